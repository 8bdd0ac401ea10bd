"""The catalogue as an auditor reads it: every row, doubted, in bounded memory."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TypeVar

from sqlalchemy import Text, cast, func, literal_column, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import aliased

from press.account import Account
from press.capture import Capture
from press.errors import ArchiveDamaged, UsageError
from press.keys import PageKey, page_no_of
from press.model import PageNo
from press.record import ArticleRecord, PageRecord
from storage.catalogue import holdings, values
from storage.catalogue.holdings import HeldPage
from storage.catalogue.models import (
    AccountRow,
    ArticleRow,
    Base,
    CaptureRow,
    LedgerRow,
    PageRow,
    PaperRow,
    RevisionRow,
)
from storage.catalogue.reader import Reader

T = TypeVar("T")

_BATCH = 500
_FAULTS = 100
"""Faults that SQLite's own check names at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """The current revision of an article, and what is kept beside it.

    `text` and `char_count` are as stored, not as they follow from the blocks.
    """

    record: ArticleRecord
    account: Account
    capture: Capture
    content_hash: str
    text: str
    char_count: int
    read_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """A page, its index's capture, and when the catalogue last took something new from it."""

    record: PageRecord
    capture: Capture
    read_at: datetime


class Fixity(Reader):
    """The archive at one moment, read to find fault with it.

    Every method, and every stream while it is read, raises ArchiveDamaged where a row holds what
    no program of ours wrote.
    """

    def faults(self) -> Iterator[str]:
        """What SQLite's own check finds; nothing where all is well, and on PostgreSQL."""
        if not self._is_sqlite:
            return
        try:
            for (fault,) in self._session.execute(text(f"PRAGMA integrity_check({_FAULTS})")):
                if fault != "ok":
                    yield " ".join(str(fault).split())
        except DatabaseError as error:  # so badly damaged that the check itself cannot go on
            yield str(error.orig)

    def orphans(self) -> Iterator[tuple[str, str]]:
        """Each row that refers to one which is not there: its name, and that row's table.

        Nothing on PostgreSQL, which admits none.
        """
        if self._is_sqlite:
            found = self._session.execute(text("PRAGMA foreign_key_check")).all()
            for table, row_id, parent, _ in found:
                yield self._row_name(table, row_id), parent

    def captures(self, file: str) -> Iterator[Capture]:
        """What the catalogue knows of a file of the shelf, by offset, as a stream."""
        rows = self._session.scalars(
            select(CaptureRow)
            .where(CaptureRow.file == file)
            .order_by(CaptureRow.offset, CaptureRow.id)
            .execution_options(yield_per=_BATCH)
        )
        for row in _doubted(rows):
            yield values.capture_value(row)

    def bodiless(self) -> Iterator[Capture]:
        """Each revisit whose body no other record of the catalogue holds."""
        whole = aliased(CaptureRow)
        has_body = (
            select(whole.id)
            .where(whole.sha256 == CaptureRow.sha256, whole.kind != "revisit")
            .exists()
        )
        lost = select(CaptureRow).where(CaptureRow.kind == "revisit", ~has_body)
        rows = self._session.scalars(lost.order_by(CaptureRow.file, CaptureRow.offset))
        for row in _doubted(rows):
            yield values.capture_value(row)

    def pages(self) -> Iterator[HeldPage]:
        """Every page that the ledger knows, in its order; then those that are only kept."""
        yield from _doubted(holdings.of_ledger(self._session))
        yield from _doubted(holdings.outside_ledger(self._session))

    def due_days(self) -> Iterator[tuple[str, PageNo, Iterator[date]]]:
        """For each paper and page number of the ledger the issue dates that it has, in order."""
        keys = (LedgerRow.paper, LedgerRow.page_no, LedgerRow.issue_date)
        rows = self._session.execute(
            select(*keys).order_by(*keys).execution_options(yield_per=_BATCH)
        )
        for (paper, page_no), days in groupby(_doubted(rows), key=lambda row: (row[0], row[1])):
            yield paper, page_no_of(page_no), (row[2] for row in days)

    def known_issues(self, paper: str, since: date, until: date) -> dict[date, frozenset[PageNo]]:
        """The pages that the issues of those days have, both ends included.

        None at all for a day that the ledger says had no issue; a day of which nothing is known
        is left out.
        """
        unpublished = select(LedgerRow.issue_date).where(
            LedgerRow.paper == paper,
            LedgerRow.issue_date.between(since, until),
            LedgerRow.state == "not_published",
        )
        known = dict.fromkeys(_doubted(self._session.scalars(unpublished)), frozenset[PageNo]())
        rows = self._session.scalars(
            select(PageRow)
            .where(PageRow.paper == paper, PageRow.issue_date.between(since, until))
            .execution_options(yield_per=_BATCH)
        )
        with _reading(f"{paper} from {since} to {until}"):
            for row in rows:
                if row.page_links:
                    listed = frozenset(values.listed_page_nos(row))
                    known[row.issue_date] = known.get(row.issue_date, frozenset()) | listed
        return known

    def stored_article(self, article_id: str) -> StoredArticle | None:
        """The current revision; None where it, its account or its capture is not there."""
        with _reading(article_id):
            found = self._session.execute(
                select(ArticleRow, RevisionRow, PageRow, CaptureRow, PaperRow.name)
                .add_columns(RevisionRow.text, AccountRow.pieces)
                .join(RevisionRow, RevisionRow.article_id == ArticleRow.id)
                .join(PageRow, PageRow.id == ArticleRow.page_id)
                .join(PaperRow, PaperRow.slug == PageRow.paper)
                .join(CaptureRow, CaptureRow.id == RevisionRow.capture_id)
                .join(AccountRow, AccountRow.article_id == ArticleRow.id)
                .where(ArticleRow.id == article_id, RevisionRow.number == ArticleRow.revision)
                .where(AccountRow.number == ArticleRow.revision)
            ).one_or_none()
            if found is None:
                return None
            article, revision, page, capture, paper_name, text_, pieces = found
            return StoredArticle(
                record=values.article_record(article, revision, page, capture, paper_name),
                account=values.account_value(pieces),
                capture=values.capture_value(capture),
                content_hash=revision.content_hash,
                text=text_,
                char_count=revision.char_count,
                read_at=revision.read_at,
            )

    def stored_page(self, key: PageKey) -> StoredPage | None:
        """The page with its index's capture; None where one of them is not there."""
        with _reading(f"page {key.page_no} of {key.paper} {key.issue_date}"):
            record = self.page(key)
            if record is None:
                return None
            row, capture = self._session.execute(
                select(PageRow, CaptureRow)
                .join(CaptureRow, CaptureRow.id == PageRow.capture_id)
                .where(PageRow.id == record.id)
            ).one()
            read_at = row.read_at or capture.captured_at
            return StoredPage(record=record, capture=values.capture_value(capture), read_at=read_at)

    def body_of(self, capture: Capture) -> Capture | None:
        """The capture that holds the body: itself, or for a revisit an earlier one; None if lost."""
        return capture if capture.kind != "revisit" else self.capture_of_body(capture.place.sha256)

    def files(self) -> dict[str, int]:
        """How many captures the catalogue knows of each file of the shelf."""
        counted = select(CaptureRow.file, func.count()).group_by(CaptureRow.file)
        return dict(iter(self._session.execute(counted)))

    @property
    def _is_sqlite(self) -> bool:
        return self._session.get_bind().dialect.name == "sqlite"

    def _row_name(self, table: str, row_id: int) -> str:
        """What people call the row: the table and its key."""
        key = Base.metadata.tables[table].primary_key.columns
        columns = [cast(column, Text) for column in key]
        found = self._session.execute(
            select(*columns).where(literal_column("rowid") == row_id)
        ).one_or_none()
        return " ".join([table, *map(str, found or [row_id])])


_ODD = (ValueError, TypeError, KeyError, LookupError, AttributeError, UsageError)
"""What turning a row into a value raises where the row is not one of ours."""


def _doubted(rows: Iterable[T]) -> Iterator[T]:
    try:
        yield from rows
    except _ODD as error:
        raise _unreadable("the catalogue", error) from error


@contextmanager
def _reading(subject: str) -> Iterator[None]:
    try:
        yield
    except _ODD as error:
        raise _unreadable(subject, error) from error


def _unreadable(subject: str, error: Exception) -> ArchiveDamaged:
    return ArchiveDamaged(f"{subject} has a row that cannot be read ({error}): restore a backup")
