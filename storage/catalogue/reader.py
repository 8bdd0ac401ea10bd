"""What the archive holds: every question is a method with a name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final, TypeAlias

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from press.account import Account
from press.capture import Capture
from press.finding import KeptFinding
from press.holdings import IssueHoldings, PaperHoldings
from press.keys import PageKey, page_id
from press.model import PageNo
from press.outcome import LedgerEntry
from press.profile import PageProfile
from press.record import ArticleRecord, PageRecord, Tombstone
from press.run import History, Run
from press.usual import Usual
from storage.catalogue import browsing, findings, ledger, paging, profiles, runs, tombstones, values
from storage.catalogue.models import (
    AccountRow,
    ArticleRow,
    CaptureRow,
    EntryRow,
    PageRow,
    PaperRow,
    RevisionRow,
)
from storage.catalogue.selection import Selection, ids_in_order

BATCH = 200
"""Articles held in memory at a time."""

_ADDRESSES: Final = 10_000
_ORIGIN: Final = re.compile(r"https?://[^/?#]+")

_Records: TypeAlias = Select[ArticleRow, RevisionRow, PageRow, CaptureRow, str]


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
        return ledger.find(self._session, paper, issue_date, page_no)

    def ledger(
        self, selection: Selection, *, after: PageKey | None = None
    ) -> Iterator[LedgerEntry]:
        """What the ledger says of the pages that paper, dates and page of a selection choose.

        By paper, issue date and page, as a stream; with `after` those behind that page. The
        selection's other fields are not looked at.
        """
        return ledger.stream(self._session, selection, after=after)

    def papers(self) -> tuple[PaperHoldings, ...]:
        """How much there is of each paper that the ledger or the shelf knows, by slug."""
        return browsing.papers(self._session)

    def issues(
        self, paper: str, since: date | None = None, until: date | None = None, *, limit: int
    ) -> tuple[IssueHoldings, ...]:
        """The first `limit` issues from `since` to `until`, both included, the earliest first.

        An issue is a day of which anything is kept or was due; empty when there is none.
        """
        return browsing.issues(self._session, paper, since, until, limit)

    def issue_span(self, paper: str) -> tuple[date, date] | None:
        """The first and the last day of which anything is kept or was due; None for none."""
        return browsing.span(self._session, paper)

    def issues_beside(self, paper: str, day: date) -> tuple[date | None, date | None]:
        """The nearest such days before and after that one; None where there is none."""
        return browsing.beside(self._session, paper, day)

    def ledger_to_look_at(self, paper: str, since: date, now: datetime) -> Iterator[LedgerEntry]:
        """The entries that may be due for a look, in no order, as a stream.

        Those that wait for another attempt whose time has come, and all from `since` on.
        """
        return ledger.to_look_at(self._session, paper, since, now)

    def hold_until(self, paper: str, now: datetime) -> datetime | None:
        """Until when a server of the paper asked to be left alone; None where none does now."""
        return ledger.hold_until(self._session, paper, now)

    def beginning(self, paper: str, page_no: PageNo | None) -> date | None:
        """The earliest issue date that the ledger knows of that page, or of any; None for none."""
        return ledger.first_date(self._session, paper, page_no)

    def listed_pages(self, paper: str, issue_date: date) -> tuple[PageNo, ...]:
        """The pages of an issue, as a page of it that is kept lists them; empty when none is."""
        return ledger.listed_pages(self._session, paper, issue_date)

    def findings(self, paper: str | None = None) -> tuple[KeptFinding, ...]:
        """Every finding that is open, or closed and not yet told so; the newest issue first."""
        return findings.all_of(self._session, paper)

    def unfinished_run(self, command: str, asked: str) -> Run | None:
        """The newest run of that task if it was stopped before its end; None when it was not."""
        return runs.unfinished(self._session, command, asked)

    def last_run(self, command: str | None = None) -> Run | None:
        """The newest run, or the newest of a command; None when there was none."""
        return runs.last(self._session, command)

    def histories(self) -> tuple[History, ...]:
        """The runs of each command, by its name; empty when there were none."""
        return runs.histories(self._session)

    def state_counts(self) -> dict[tuple[str, str], int]:
        """How many pages of a paper are in a ledger state, by slug and state."""
        return ledger.state_counts(self._session)

    def count_overdue(self, before: datetime) -> int:
        """How many pages were to be tried again before that moment."""
        return ledger.count_overdue(self._session, before)

    def last_captured_at(self) -> datetime | None:
        """When the newest capture of all was taken; None when there is none."""
        return self._session.scalar(select(func.max(CaptureRow.captured_at)))

    def last_capture(self, url: str, until: datetime | None = None) -> Capture | None:
        """The newest capture of an address; of two at one moment, the one further on the shelf.

        With `until` (aware) the newest of those that were taken up to then.
        """
        newest = (CaptureRow.captured_at.desc(), CaptureRow.file.desc(), CaptureRow.offset.desc())
        found = select(CaptureRow).where(CaptureRow.url == url).order_by(*newest)
        return self._capture(
            found if until is None else found.where(CaptureRow.captured_at <= until)
        )

    def was_read(self, sha256: str) -> bool:
        """True when a page, or a revision of an article, on record was read from that body."""
        bodies = select(CaptureRow.id).where(CaptureRow.sha256 == sha256)
        page = select(PageRow.id).where(PageRow.capture_id.in_(bodies))
        revision = select(RevisionRow.number).where(RevisionRow.capture_id.in_(bodies))
        return bool(self._session.scalar(select(page.exists() | revision.exists())))

    def origins(self) -> tuple[str, ...]:
        """Each scheme://host[:port] under which there are captures, in the order of the letters.

        Imports that bear no address of the web have none. Memory does not grow with the captures.
        """
        urls = self._session.scalars(select(CaptureRow.url).execution_options(yield_per=_ADDRESSES))
        return tuple(sorted({found[0] for url in urls if (found := _ORIGIN.match(url))}))

    def capture_of_body(self, sha256: str) -> Capture | None:
        """The oldest capture that holds this body itself, so not a revisit."""
        oldest = (CaptureRow.captured_at, CaptureRow.file, CaptureRow.offset)
        whole = CaptureRow.kind.in_(("response", "resource"))
        return self._capture(
            select(CaptureRow).where(CaptureRow.sha256 == sha256, whole).order_by(*oldest)
        )

    def capture_at(self, file: str, offset: int) -> Capture | None:
        """The capture whose record lies there; None when the catalogue knows none."""
        here = (CaptureRow.file == file, CaptureRow.offset == offset)
        return self._capture(select(CaptureRow).where(*here))

    def committed_ends(self) -> dict[str, int]:
        """For each file of the shelf, the byte after the last record that the catalogue knows."""
        end = func.max(CaptureRow.offset + CaptureRow.length)
        rows = self._session.execute(select(CaptureRow.file, end).group_by(CaptureRow.file))
        return dict(iter(rows))

    def article(self, article_id: str) -> ArticleRecord | None:
        """The article as it now is; None when there is none of that id."""
        row = self._session.execute(
            _records().where(ArticleRow.id == article_id, RevisionRow.number == ArticleRow.revision)
        ).one_or_none()
        return None if row is None else values.article_record(*row)

    def revisions(self, article_id: str) -> tuple[ArticleRecord, ...]:
        """Everything that the article ever said, by number; empty when there is none of that id.

        Each is shown where the article stands now: its order, address and zones have no history.
        """
        every = _records().where(ArticleRow.id == article_id).order_by(RevisionRow.number)
        return tuple(values.article_record(*row) for row in self._session.execute(every))

    def tombstone(self, article_id: str) -> Tombstone | None:
        """Since when the article is withdrawn; None when it stands, or is not there."""
        return tombstones.find(self._session, article_id)

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

    def page_keys(self, selection: Selection) -> tuple[PageKey, ...]:
        """The pages of the ledger and those that are kept, which paper, dates and page choose.

        By paper, issue date and page; at most the selection's limit.
        """
        return ledger.page_keys(self._session, selection)

    def withdrawn_articles(self, key: PageKey) -> tuple[str, ...]:
        """The ids of the page's articles that it no longer announces, in their order."""
        return tombstones.ids_of(self._session, key)

    def profiles_before(self, key: PageKey, *, limit: int) -> tuple[PageProfile, ...]:
        """How full that page was on the last `limit` issue dates before; the newest first."""
        return profiles.before(self._session, key, limit)

    def usual(self, paper: str) -> Usual:
        """How large the paper's issues usually are, as far as the archive knows."""
        return profiles.usual(self._session, paper)

    def articles(self, selection: Selection) -> Iterator[ArticleRecord]:
        """The current revision of each article selected, in the order of reading, as a stream.

        By paper, issue date, page, place on the page, and id. Memory does not grow with their
        number. Raises UsageError for more ids than MAX_IDS.
        """
        ids = self._session.scalars(ids_in_order(selection).execution_options(yield_per=BATCH))
        return self._in_order(ids.partitions())

    def articles_after(
        self, article_id: str | None, selection: Selection, limit: int
    ) -> Iterator[ArticleRecord]:
        """As `articles`, but the first `limit` after that article, or of all for None.

        Raises NotInArchive when there is none of that id.
        """
        ids = paging.ids_after(self._session, selection, article_id, limit)
        return self._in_order(_batches(ids))

    def newest_articles(self, selection: Selection, limit: int) -> Iterator[ArticleRecord]:
        """As `articles`, but the first `limit` of them with the newest issue first."""
        return self._in_order(_batches(paging.newest(self._session, selection, limit)))

    def counts(self) -> Counts:
        """How many papers, pages, articles and captures there are."""
        papers, pages, articles, captures = (
            self._session.scalar(select(func.count()).select_from(table)) or 0
            for table in (PaperRow, PageRow, ArticleRow, CaptureRow)
        )
        return Counts(papers=papers, pages=pages, articles=articles, captures=captures)

    def _in_order(self, batches: Iterable[Sequence[str]]) -> Iterator[ArticleRecord]:
        """The articles of those ids in their order; only the ids are sorted, not the bodies."""
        for batch in batches:
            current = _records().where(
                ArticleRow.id.in_(batch), RevisionRow.number == ArticleRow.revision
            )
            rows = self._session.execute(current)
            found = {row[0].id: values.article_record(*row) for row in rows}
            yield from (found[article_id] for article_id in batch)

    def _capture(self, statement: Select[CaptureRow]) -> Capture | None:
        row = self._session.scalar(statement.limit(1))
        return None if row is None else values.capture_value(row)


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


@cache
def _records() -> _Records:
    """Every revision of every article, with what its record needs."""
    return (
        select(ArticleRow, RevisionRow, PageRow, CaptureRow, PaperRow.name)
        .join(RevisionRow, RevisionRow.article_id == ArticleRow.id)
        .join(PageRow, PageRow.id == ArticleRow.page_id)
        .join(PaperRow, PaperRow.slug == PageRow.paper)
        .join(CaptureRow, CaptureRow.id == RevisionRow.capture_id)
    )
