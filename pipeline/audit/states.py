"""Promise 1, page by page: each state of the ledger is true. Pure."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import get_args

from pipeline.audit.breach import Breach
from pipeline.verdict import WANTED
from press.clock import beijing_date
from press.errors import (
    FetchError,
    ForbiddenAddress,
    OversizedAnswer,
    RefusedEncoding,
    RobotsForbids,
    RobotsUnreadable,
    Truncated,
    Unreachable,
)
from press.outcome import LedgerEntry, State
from storage.catalogue.holdings import HeldArticle, HeldEntry, HeldPage

NO_ANSWER = frozenset(
    error.cause
    for error in (
        FetchError,
        Unreachable,
        Truncated,
        OversizedAnswer,
        RefusedEncoding,
        ForbiddenAddress,
        RobotsForbids,
        RobotsUnreadable,
    )
) | {WANTED}
"""Causes that arise before a whole answer is kept, or before one is asked for: there is none to
cite."""

_IMPORT = "resource"

_READ_AGAIN = frozenset({"archived", "withdrawn", "failed"})
"""States that wait for another attempt where reading them again has failed."""


def breaches_of_state(page: HeldPage, now: datetime) -> Iterator[Breach]:
    """What is wrong with a page's state, and what it says is still to be fetched."""
    entry = page.entry
    if entry is None:
        if page.index_capture_id is not None and page.index_kind != _IMPORT:
            yield _damage(page, "its index is kept, but the ledger has no entry of it")
        return
    yield from _form(page, entry)
    yield from _evidence(page, entry)
    if entry.state == "archived":
        yield from _archived(page)
    if entry.state in {"not_published", "no_such_page"}:
        for article in filter(_is_of_the_web, page.articles):
            yield _damage(page, f"it is {entry.state}, but {article.id} stands on it")
    yield from _open(page, entry, now)


def is_live(article: HeldArticle) -> bool:
    """True for an article that readers see."""
    return article.status != "withdrawn"


def _is_of_the_web(article: HeldArticle) -> bool:
    """True for a live article that a crawl brought; an import says nothing of what a site shows."""
    current = article.current
    is_import = current is not None and current.kind == _IMPORT
    return is_live(article) and article.native_id is not None and not is_import


def _form(page: HeldPage, entry: LedgerEntry) -> Iterator[Breach]:
    if entry.state not in get_args(State):
        yield _damage(page, f'"{entry.state}" is no state')
    waits = entry.next_attempt_at is not None
    if waits != (entry.state == "retry") and entry.state not in _READ_AGAIN:
        word = "has no" if entry.next_attempt_at is None else "has a"
        yield _damage(page, f"its state {entry.state} {word} time of the next attempt")
    if entry.state in {"retry", "failed"} and entry.cause is None:
        yield _damage(page, f"its state {entry.state} has no cause")


def _evidence(page: HeldPage, entry: LedgerEntry) -> Iterator[Breach]:
    if entry.evidence is None:
        if entry.state != "not_yet_due" and entry.cause not in NO_ANSWER:
            yield _damage(page, f"its state {entry.state} cites no evidence")
    elif entry.evidence not in page.bodies:
        yield _damage(page, f"the evidence of its state {entry.state} is not on the shelf")


def _archived(page: HeldPage) -> Iterator[Breach]:
    if page.index_capture_id is None:
        yield _damage(page, "it is archived, but its index is not kept")
    elif not page.entries:
        yield _damage(page, "it is archived, but announces no article")
    articles = {article.id: article for article in page.articles}
    for entry in page.entries:
        fault = _fault_of_entry(entry, articles, page.index_capture_id)
        if fault is not None:
            yield _damage(page, f"its entry {entry.order} {fault}")
    owners = Counter(entry.article_id for entry in page.entries if entry.article_id is not None)
    for article_id in (key for key, number in owners.items() if number > 1):
        yield _damage(page, f"several entries of it lead to {article_id}")
    announced = {entry.native_id for entry in page.entries}
    for article in page.articles:
        if _is_of_the_web(article) and article.native_id not in announced:
            yield _damage(page, f"{article.id} is stored, but not announced")
        if is_live(article) and article.current is not None and article.current.has_residue:
            yield _damage(
                page,
                f"it is archived, but text of {article.id} is in no field (baoku explain "
                f"{article.id})",
            )


def _fault_of_entry(
    entry: HeldEntry, articles: dict[str, HeldArticle], index_capture_id: int | None
) -> str | None:
    if entry.article_id is None:
        return "has no article"
    article = articles.get(entry.article_id)
    if article is None:
        return f"leads to {entry.article_id}, which is not on the page"
    if not is_live(article):
        return f"leads to {article.id}, which is withdrawn"
    if entry.native_id is not None and entry.native_id != article.native_id:
        return f"leads to {article.id}, which is another article"
    current = article.current
    if current is not None and current.capture_id == index_capture_id and current.kind != _IMPORT:
        return f"leads to {article.id}, which has no capture of its own"
    return None


def _open(page: HeldPage, entry: LedgerEntry, now: datetime) -> Iterator[Breach]:
    cause = f" ({entry.cause})" if entry.cause else ""
    if entry.state == "retry" and entry.next_attempt_at is not None:
        when = f"{entry.next_attempt_at:%Y-%m-%d %H:%M} UTC"
        yield _gap(page, f"it is still to be fetched{cause}: crawl it from {when} on")
    if entry.state == "failed":
        yield _gap(page, f"it could not be archived{cause}: see what came, then crawl it again")
    if entry.state == "not_yet_due" and entry.issue_date < beijing_date(now):
        yield _gap(page, "its hour has come, and it was not asked for since: crawl it")


def _damage(page: HeldPage, sentence: str) -> Breach:
    advice = "restore a backup, or fetch it with baoku crawl --again"
    return Breach(promise=1, subject=page.id, sentence=f"{sentence}: {advice}")


def _gap(page: HeldPage, sentence: str) -> Breach:
    return Breach(promise=1, subject=page.id, sentence=sentence, kind="gap")
