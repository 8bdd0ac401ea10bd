"""An article, as it reads best; beside it, where it stood."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from press import citation
from press.account import Account
from press.capture import Capture
from press.errors import NotInArchive, UsageError
from press.keys import PageKey, read_key
from press.model import Picture
from press.record import ArticleRecord, Json, Tombstone
from readingroom.rooms.addresses import outside
from readingroom.rooms.leaf import Leaf, Visit
from readingroom.rooms.page import Sheet, sheet
from readingroom.rooms.scholar import meta_tags, news_article
from storage.catalogue import Reader

MAX_ID: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A picture's place on the page: the picture is not archived, its address is.

    `url` is None where there is none, or where it may not be followed.
    """

    picture: Picture
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article with its page. `before` and `after` are its neighbours there."""

    record: ArticleRecord
    title: str
    key: PageKey
    url: str | None
    frames: tuple[Frame, ...]
    sheet: Sheet
    before: ArticleRecord | None
    after: ArticleRecord | None
    tombstone: Tombstone | None
    citations: tuple[tuple[str, str], ...]
    meta: tuple[tuple[str, str], ...]
    linked_data: dict[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where an article comes from. `captures` are those of its revisions, the newest first.

    `evidence` is the page without it where it is withdrawn and that was kept.
    """

    record: ArticleRecord
    title: str
    key: PageKey
    url: str | None
    revisions: tuple[ArticleRecord, ...]
    capture: Capture | None
    account: Account
    tombstone: Tombstone | None
    evidence: Capture | None


def article(reader: Reader, visit: Visit) -> Leaf:
    """An article. Raises NotInArchive."""
    record = found(reader, visit)
    key = key_of_page(record)
    page = sheet(reader, key)
    others = [item.record for item in page.items if item.record is not None]
    at = [one.id for one in others].index(record.id)
    view = Story(
        record=record,
        title=citation.title(record.article),
        key=key,
        url=outside(record.article.url),
        frames=_frames(record.article.pictures),
        sheet=page,
        before=others[at - 1] if at else None,
        after=others[at + 1] if at + 1 < len(others) else None,
        tombstone=reader.tombstone(record.id),
        citations=(
            ("GB/T 7714", citation.gbt7714(record)),
            ("BibTeX", citation.bibtex(record)),
            ("RIS", citation.ris(record)),
        ),
        meta=tuple(meta_tags(record)),
        linked_data=news_article(record),
    )
    return Leaf(template="article.html", view=view, title=view.title)


def provenance(reader: Reader, visit: Visit) -> Leaf:
    """Where an article comes from, and where each of its source's characters went."""
    record = found(reader, visit)
    tombstone = reader.tombstone(record.id)
    shown = tombstone.evidence if tombstone else None
    view = Provenance(
        record=record,
        title=citation.title(record.article),
        key=key_of_page(record),
        url=outside(record.article.url),
        revisions=tuple(reversed(reader.revisions(record.id))),
        capture=reader.capture_at(record.place.file, record.place.offset),
        account=reader.account(record.id) or Account(),
        tombstone=tombstone,
        evidence=reader.capture_of_body(shown) if shown else None,
    )
    return Leaf(template="provenance.html", view=view, title=view.title)


def found(reader: Reader, visit: Visit) -> ArticleRecord:
    """The article that is asked for. Raises UsageError for what is no id, NotInArchive."""
    article_id = visit.parts["id"]
    if len(article_id) > MAX_ID:
        raise UsageError("the id is too long: give one like cqrb-20260112-007-353117")
    read_key(article_id)
    record = reader.article(article_id)
    if record is None:
        raise NotInArchive(f"the archive has no article {article_id}")
    return record


def key_of_page(record: ArticleRecord) -> PageKey:
    """The page on which an article stands."""
    one = record.article
    return PageKey(one.paper, one.issue_date, one.page_no)


def _frames(pictures: Sequence[Picture]) -> tuple[Frame, ...]:
    return tuple(Frame(picture=one, url=outside(one.url)) for one in pictures)
