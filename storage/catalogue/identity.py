"""Which archived article a new reading is of, and what it adds to its history. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from press.capture import Capture
from press.model import Article

Moment: TypeAlias = tuple[datetime, str, int]
"""When a capture was taken, then its file and offset: puts any two captures in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article of the same page, as it now is."""

    id: str
    native_id: str | None
    order: int
    headline: str | None
    content_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A revision that the archive has: what it says, and the moment and body of its capture.

    Two readings with one `face` say the same to readers, and leave the same unaccounted for.
    `origin_sha256` is of an imported record only: the body that it was read from elsewhere.
    """

    number: int
    face: str
    moment: Moment
    sha256: str
    origin_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reading means: "same_body" as revision `number`, "nothing_new", or "new_content".

    "same_answer" is the answer that the imported record of revision `number` was read from.
    `current` is whether that revision is, or becomes, the current one: what was captured before
    the current one does not.
    """

    meaning: Literal["same_body", "same_answer", "nothing_new", "new_content"]
    number: int = 0
    current: bool = True


def moment_of(capture: Capture) -> Moment:
    """The capture's place in time."""
    return capture.captured_at, capture.place.file, capture.place.offset


def folded(title: str | None) -> str:
    """A title as titles are compared: white space left out; "" for none."""
    return "".join((title or "").split())


def same_article(
    article: Article, content_hash: str, candidates: Sequence[Candidate]
) -> Candidate | None:
    """The candidate that this article is; None when it is new.

    A native_id decides. A source without ids goes by the headline; a source with ids whose article
    is not there by its id adopts one that has none, in the same way. Where
    the headline does not single one out (three times "广告", or an untitled picture), equal content
    does, or, between two sources without ids, the same place.
    """
    if article.native_id is not None:
        for one in candidates:
            if one.native_id == article.native_id:
                return one
    title = folded(article.headline)
    alike = [
        one
        for one in candidates
        if folded(one.headline) == title and (article.native_id is None or one.native_id is None)
    ]
    if title and len(alike) == 1:
        return alike[0]
    equal = [one for one in alike if one.content_hash == content_hash]
    placed = [
        one
        for one in alike
        if article.native_id is None and one.native_id is None and one.order == article.order
    ]
    return next(iter(equal + placed), None)


def verdict(face: str, capture: Capture, current: Known, known: Sequence[Known]) -> Verdict:
    """What a reading of `capture` adds to the revisions `known`, of which one is `current`.

    A capture from before the current one is history: read again, it must not come back as news.
    """
    moment, sha256 = moment_of(capture), capture.place.sha256
    for one in known:
        # A record tells its time to the second.
        if (one.origin_sha256, one.moment[0]) == (sha256, moment[0].replace(microsecond=0)):
            return Verdict("same_answer", one.number, current=one.number == current.number)
    is_history = moment < current.moment
    past = known if is_history else [current]
    same_body = [one for one in past if one.sha256 == sha256]
    same_body.sort(key=lambda one: one.moment != moment)  # that very capture's revision first
    if same_body:
        number = same_body[0].number
        return Verdict("same_body", number, current=number == current.number)
    if any(one.face == face for one in past):
        return Verdict("nothing_new")
    return Verdict("new_content", current=not is_history)
