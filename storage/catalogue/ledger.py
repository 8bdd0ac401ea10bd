"""The ledger's rows: one state for each page that was due."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import cast

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.orm import Session

from press.keys import PageKey, page_no_of
from press.model import PageNo
from press.outcome import LedgerEntry
from storage.catalogue import values
from storage.catalogue.change import add, assign
from storage.catalogue.models import LedgerRow, PageRow
from storage.catalogue.rows import ledger_columns, page_no_text, page_order, storable
from storage.catalogue.selection import Selection

_BATCH = 500
_ASKED_FOR_A_PAUSE = "retry_after"


def find(session: Session, paper: str, issue_date: date, page_no: PageNo) -> LedgerEntry | None:
    """The state of a page; None when it never was due."""
    row = session.get(LedgerRow, (paper, issue_date, page_no_text(page_no)))
    return None if row is None else values.ledger_entry(row)


def stream(
    session: Session, selection: Selection, *, after: PageKey | None = None
) -> Iterator[LedgerEntry]:
    """The entries that a selection's paper, dates and page choose, the pages of a day as bound.

    With `after` only those behind that page, whether the ledger has it or not.
    """
    columns = LedgerRow.__table__.columns  # no objects to track: years of it are read
    chosen = select(*columns).where(*_conditions(LedgerRow, selection))
    if after is not None:
        first = tuple_(after.paper, after.issue_date)
        chosen = chosen.where(tuple_(LedgerRow.paper, LedgerRow.issue_date) >= first)
    ordered = chosen.order_by(LedgerRow.paper, LedgerRow.issue_date)
    rows = session.execute(ordered.execution_options(yield_per=_BATCH))
    for _, of_a_day in groupby(rows, key=lambda row: (row.paper, row.issue_date)):
        entries = [values.ledger_entry(cast("LedgerRow", row)) for row in of_a_day]
        in_order = sorted(entries, key=lambda entry: page_order(entry.page_no))
        yield from (one for one in in_order if after is None or _is_behind(one, after))


def to_look_at(session: Session, paper: str, since: date, now: datetime) -> Iterator[LedgerEntry]:
    """The entries that may be due for a look: waiting ones whose time has come, and recent ones."""
    waiting = (LedgerRow.state == "retry") & (LedgerRow.next_attempt_at <= now)
    chosen = select(LedgerRow).where(
        LedgerRow.paper == paper, or_(waiting, LedgerRow.issue_date >= since)
    )
    for row in session.scalars(chosen.execution_options(yield_per=_BATCH)):
        yield values.ledger_entry(row)


def hold_until(session: Session, paper: str, now: datetime) -> datetime | None:
    """As Reader.hold_until says."""
    return session.scalar(
        select(func.max(LedgerRow.next_attempt_at)).where(
            LedgerRow.paper == paper,
            LedgerRow.cause == _ASKED_FOR_A_PAUSE,
            LedgerRow.next_attempt_at > now,
        )
    )


def page_keys(session: Session, selection: Selection) -> tuple[PageKey, ...]:
    """As Reader.page_keys says."""
    found: set[PageKey] = set()
    for table in (LedgerRow, PageRow):
        keys = select(table.paper, table.issue_date, table.page_no)
        rows = session.execute(keys.where(*_conditions(table, selection)))
        found |= {PageKey(paper, day, page_no_of(page_no)) for paper, day, page_no in rows}
    ordered = sorted(found, key=lambda key: (key.paper, key.issue_date, page_order(key.page_no)))
    return tuple(ordered[: selection.limit])


def first_date(session: Session, paper: str, page_no: PageNo | None) -> date | None:
    """The earliest issue date of which the ledger has that page, or any; None for none."""
    chosen = select(func.min(LedgerRow.issue_date)).where(LedgerRow.paper == paper)
    if page_no is not None:
        chosen = chosen.where(LedgerRow.page_no == page_no_text(page_no))
    return session.scalar(chosen)


def state_counts(session: Session) -> dict[tuple[str, str], int]:
    """How many pages of a paper are in a state, by slug and state; those that there are."""
    grouped = select(LedgerRow.paper, LedgerRow.state, func.count())
    rows = session.execute(grouped.group_by(LedgerRow.paper, LedgerRow.state))
    counts = {(paper, state): count for paper, state, count in rows}
    return dict(sorted(counts.items()))  # a database may sort letters as a dictionary does


def count_overdue(session: Session, before: datetime) -> int:
    """How many pages were to be tried again before that moment."""
    overdue = (LedgerRow.state == "retry", LedgerRow.next_attempt_at < before)
    return session.scalar(select(func.count()).where(*overdue)) or 0


def listed_pages(session: Session, paper: str, issue_date: date) -> tuple[PageNo, ...]:
    """The pages of an issue as the first of them that is kept lists them; empty when none does."""
    of_issue = select(PageRow).where(PageRow.paper == paper, PageRow.issue_date == issue_date)
    for row in session.scalars(of_issue.order_by(PageRow.page_order)):
        if row.page_links:
            return values.listed_page_nos(row)
    return ()


def save(session: Session, entry: LedgerEntry) -> None:
    """Sets the state of one page."""
    columns = storable(ledger_columns(entry))
    key = (columns["paper"], columns["issue_date"], columns["page_no"])
    row = session.get(LedgerRow, key)
    if row is None:
        add(session, LedgerRow, columns)
    else:
        assign(row, columns)


def add_unknown(session: Session, entries: Iterable[LedgerEntry]) -> int:
    """Sets the states of the pages that have none yet; gives how many those were."""
    unknown = [
        one for one in entries if find(session, one.paper, one.issue_date, one.page_no) is None
    ]
    for entry in unknown:
        save(session, entry)
    return len(unknown)


def _is_behind(entry: LedgerEntry, after: PageKey) -> bool:
    here = (entry.paper, entry.issue_date, page_order(entry.page_no))
    return here > (after.paper, after.issue_date, page_order(after.page_no))


def _conditions(
    table: type[LedgerRow] | type[PageRow], selection: Selection
) -> Iterator[ColumnElement[bool]]:
    """What chooses the rows of the selection's paper, dates and page."""
    if selection.paper is not None:
        yield table.paper == selection.paper
    if selection.since is not None:
        yield table.issue_date >= selection.since
    if selection.until is not None:
        yield table.issue_date <= selection.until
    if selection.page_no is not None:
        yield table.page_no == page_no_text(selection.page_no)
