"""What the archive holds: every question is a method with a name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from press.account import Account
from press.capture import Capture
from press.errors import UsageError
from press.keys import PageKey, page_id
from press.model import PageNo
from press.outcome import LedgerEntry
from press.record import ArticleRecord, PageRecord, Status
from storage.catalogue import values
from storage.catalogue.models import (
    AccountRow,
    ArticleRow,
    CaptureRow,
    EntryRow,
    LedgerRow,
    PageRow,
    PaperRow,
    RevisionRow,
)
from storage.catalogue.rows import page_no_text

MAX_IDS = 10_000
"""Ids that one selection may name; SQLite takes 32,766 values in a statement."""

_BATCH = 200
"""Articles held in memory at a time."""

_Records: TypeAlias = Select[ArticleRow, RevisionRow, PageRow, CaptureRow, str]
_READING_ORDER = (
    PageRow.page_order,
    PageRow.page_no,
    ArticleRow.order,
    ArticleRow.id,
)  # within an issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which articles: those that fit every field that is not None; all by default.

    `since` and `until` are issue dates, both included. `ids` holds at most MAX_IDS.
    """

    paper: str | None = None
    since: date | None = None
    until: date | None = None
    page_no: PageNo | None = None
    ids: tuple[str, ...] | None = None
    status: Status | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much the archive holds."""

    papers: int
    pages: int
    articles: int
    captures: int


class Reader:
    """The archive at one moment. Lives as long as the transaction that gave it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ledger_entry(self, paper: str, issue_date: date, page_no: PageNo) -> LedgerEntry | None:
        """The state of a page that was due; None when it never was."""
        row = self._session.get(LedgerRow, (paper, issue_date, page_no_text(page_no)))
        return None if row is None else values.ledger_entry(row)

    def last_capture(self, url: str) -> Capture | None:
        """The newest capture of an address; of two at one moment, the one further on the shelf."""
        newest = (CaptureRow.captured_at.desc(), CaptureRow.file.desc(), CaptureRow.offset.desc())
        return self._capture(select(CaptureRow).where(CaptureRow.url == url).order_by(*newest))

    def capture_of_body(self, sha256: str) -> Capture | None:
        """The oldest capture that holds this body itself, so not a revisit."""
        oldest = (CaptureRow.captured_at, CaptureRow.file, CaptureRow.offset)
        whole = CaptureRow.kind.in_(("response", "resource"))
        return self._capture(
            select(CaptureRow).where(CaptureRow.sha256 == sha256, whole).order_by(*oldest)
        )

    def committed_ends(self) -> dict[str, int]:
        """For each file of the shelf, the byte after the last record that the catalogue knows."""
        end = func.max(CaptureRow.offset + CaptureRow.length)
        rows = self._session.execute(select(CaptureRow.file, end).group_by(CaptureRow.file))
        return dict(rows.tuples().all())

    def article(self, article_id: str) -> ArticleRecord | None:
        """The article as it now is; None when there is none of that id."""
        chosen = _selected(Selection(ids=(article_id,)))
        return next((values.article_record(*row) for row in self._rows(chosen)), None)

    def revisions(self, article_id: str) -> tuple[ArticleRecord, ...]:
        """Everything that the article ever said, by number; empty when there is none of that id.

        Each is shown where the article stands now: its order, address and zones have no history.
        """
        every = _records().where(ArticleRow.id == article_id).order_by(RevisionRow.number)
        return tuple(values.article_record(*row) for row in self._rows(every))

    def account(self, article_id: str) -> Account | None:
        """Where each character of the current revision's source went; None when no such article."""
        kept = self._session.scalar(
            select(AccountRow.pieces)
            .join(ArticleRow, ArticleRow.id == AccountRow.article_id)
            .where(ArticleRow.id == article_id, AccountRow.number == ArticleRow.revision)
        )
        return None if kept is None else values.account_value(kept)

    def page(self, key: PageKey) -> PageRecord | None:
        """The page as its index showed it; None when its index was never saved."""
        wanted = page_id(key.paper, key.issue_date, key.page_no)
        found = self._session.execute(
            select(PageRow, CaptureRow, PaperRow.name)
            .join(CaptureRow, CaptureRow.id == PageRow.capture_id)
            .join(PaperRow, PaperRow.slug == PageRow.paper)
            .where(PageRow.id == wanted)
        ).one_or_none()
        if found is None:
            return None
        row, capture, paper_name = found
        entries = self._session.scalars(
            select(EntryRow).where(EntryRow.page_id == wanted).order_by(EntryRow.order)
        )
        article_ids = self._session.scalars(
            select(ArticleRow.id)
            .where(ArticleRow.page_id == wanted)
            .order_by(ArticleRow.order, ArticleRow.id)
        )
        return values.page_record(row, entries, capture, paper_name, article_ids)

    def articles(self, selection: Selection) -> Iterator[ArticleRecord]:
        """The current revision of each article selected, in the order of reading, as a stream.

        By paper, issue date, page, place on the page, and id. Memory does not grow with their
        number. Raises UsageError for more ids than MAX_IDS.
        """
        ordered = _selected(selection).order_by(PageRow.paper, PageRow.issue_date, *_READING_ORDER)
        for row in self._rows(ordered.limit(selection.limit).execution_options(yield_per=_BATCH)):
            yield values.article_record(*row)

    def newest_articles(self, selection: Selection, limit: int) -> Iterator[ArticleRecord]:
        """The first `limit` of the articles selected, the newest issue first."""
        ordered = _selected(selection).order_by(
            PageRow.issue_date.desc(), PageRow.paper, *_READING_ORDER
        )
        for row in self._rows(ordered.limit(limit).execution_options(yield_per=_BATCH)):
            yield values.article_record(*row)

    def counts(self) -> Counts:
        """How many papers, pages, articles and captures there are."""
        papers, pages, articles, captures = (
            self._session.scalar(select(func.count()).select_from(table)) or 0
            for table in (PaperRow, PageRow, ArticleRow, CaptureRow)
        )
        return Counts(papers=papers, pages=pages, articles=articles, captures=captures)

    def _rows(
        self, statement: _Records
    ) -> Iterator[tuple[ArticleRow, RevisionRow, PageRow, CaptureRow, str]]:
        return iter(self._session.execute(statement).tuples())

    def _capture(self, statement: Select[CaptureRow]) -> Capture | None:
        row = self._session.scalar(statement.limit(1))
        return None if row is None else values.capture_value(row)


def _records() -> _Records:
    """Every revision of every article, with what its record needs."""
    return (
        select(ArticleRow, RevisionRow, PageRow, CaptureRow, PaperRow.name)
        .join(RevisionRow, RevisionRow.article_id == ArticleRow.id)
        .join(PageRow, PageRow.id == ArticleRow.page_id)
        .join(PaperRow, PaperRow.slug == PageRow.paper)
        .join(CaptureRow, CaptureRow.id == RevisionRow.capture_id)
    )


def _selected(selection: Selection) -> _Records:
    statement = _records().where(RevisionRow.number == ArticleRow.revision)
    if selection.paper is not None:
        statement = statement.where(PageRow.paper == selection.paper)
    if selection.since is not None:
        statement = statement.where(PageRow.issue_date >= selection.since)
    if selection.until is not None:
        statement = statement.where(PageRow.issue_date <= selection.until)
    if selection.page_no is not None:
        statement = statement.where(PageRow.page_no == page_no_text(selection.page_no))
    if selection.ids is not None:
        if len(selection.ids) > MAX_IDS:
            raise UsageError(f"more than {MAX_IDS:,} ids at once: ask in several times")
        statement = statement.where(ArticleRow.id.in_(selection.ids))
    if selection.status is not None:
        statement = statement.where(ArticleRow.status == selection.status)
    return statement
