"""Promise 5: what came again stored nothing; each article is there once, with its revisions. Pure."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import get_args

from pipeline.audit.breach import Breach
from press.record import Status
from storage.catalogue.holdings import HeldArticle, HeldPage, HeldRevision

_ADVICE = "restore a backup"


def breaches_of_history(page: HeldPage) -> Iterator[Breach]:
    """What is wrong with the identities and revisions of a page's articles."""
    native_ids = Counter(one.native_id for one in page.articles if one.native_id is not None)
    for native_id in (key for key, number in native_ids.items() if number > 1):
        yield _breach(page.id, f"several articles of it have the paper's id {native_id}")
    if page.entry is not None and page.entry.state == "archived":
        yield from _orders(page)
    for article in page.articles:
        if not article.id.startswith(f"{page.id}-"):
            yield _breach(article.id, f"it stands on page {page.id}, which is not its own")
        yield from _tombstone(article, page.bodies)
        yield from _numbers(article)
        yield from _repeats(article)


def _orders(page: HeldPage) -> Iterator[Breach]:
    """Where an article stands is where its entry says; so no two stand in one place."""
    orders = {entry.article_id: entry.order for entry in page.entries}
    for article in page.articles:
        told = orders.get(article.id, article.order)
        if article.status != "withdrawn" and article.order != told:
            yield _breach(
                article.id, f"it stands in place {article.order}, its page announces it in {told}"
            )


def _tombstone(article: HeldArticle, bodies: frozenset[str]) -> Iterator[Breach]:
    if article.status not in get_args(Status):
        yield _breach(article.id, f'"{article.status}" is no status')
    is_withdrawn = article.status == "withdrawn"
    if is_withdrawn != (article.withdrawn_at is not None):
        word = "no time" if is_withdrawn else "a time"
        yield _breach(
            article.id, f"its status is {article.status}, and it has {word} of withdrawal"
        )
    if is_withdrawn and article.withdrawn_evidence is None:
        yield _breach(article.id, "it is withdrawn and cites no evidence")
    elif article.withdrawn_evidence is not None and article.withdrawn_evidence not in bodies:
        yield _breach(article.id, "the evidence of its withdrawal is not on the shelf")


def _numbers(article: HeldArticle) -> Iterator[Breach]:
    numbers = [one.number for one in article.revisions]
    follows = pairwise([0, *numbers])
    # An imported record tells its own number: of those before it this archive need not know.
    kinds = [one.kind for one in article.revisions]
    if any(
        (n != before + 1 and kind != "resource") or n <= before
        for (before, n), kind in zip(follows, kinds, strict=True)
    ):
        told = ", ".join(map(str, numbers))
        yield _breach(article.id, f"its revisions are numbered {told}, with a gap")
    current = article.current
    if current is None:
        yield _breach(article.id, f"its current revision {article.revision} is not there")
        return
    newest = max(filter(_has_moment, article.revisions), key=_moment, default=current)
    if _has_moment(current) and _moment(newest) > _moment(current):
        yield _breach(
            article.id, f"its current revision is {current.number}, but {newest.number} is newer"
        )


def _repeats(article: HeldArticle) -> Iterator[Breach]:
    """Neighbours in time never say the same of the same body.

    Of two bodies they may: a parser that learnt to pass over what differs reads both alike.
    """
    in_time = sorted(filter(_has_moment, article.revisions), key=_moment)
    for one, other in pairwise(in_time):
        if (one.content_hash, one.sha256) == (other.content_hash, other.sha256):
            yield _breach(article.id, f"its revisions {one.number} and {other.number} are the same")


def _has_moment(revision: HeldRevision) -> bool:
    return revision.moment is not None


def _moment(revision: HeldRevision) -> tuple[object, ...]:
    return revision.moment or ()


def _breach(subject: str, sentence: str) -> Breach:
    return Breach(promise=5, subject=subject, sentence=f"{sentence}: {_ADVICE}")
