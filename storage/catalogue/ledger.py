"""The ledger's rows: one state for each page that was due."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any, cast

from sqlalchemy import Select, func, or_, select
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


def find(session: Session, paper: str, issue_date: date, page_no: PageNo) -> LedgerEntry | None:
    """The state of a page; None when it never was due."""
    row = session.get(LedgerRow, (paper, issue_date, page_no_text(page_no)))
    return None if row is None else values.ledger_entry(row)


def stream(session: Session, selection: Selection) -> Iterator[LedgerEntry]:
    """The entries that a selection's paper, dates and page choose, the pages of a day as bound."""
    ordered = _selected(selection).order_by(LedgerRow.paper, LedgerRow.issue_date)
    rows = session.execute(ordered.execution_options(yield_per=_BATCH))
    for _, of_a_day in groupby(rows, key=lambda row: (row.paper, row.issue_date)):
        entries = [values.ledger_entry(cast("LedgerRow", row)) for row in of_a_day]
        yield from sorted(entries, key=lambda entry: page_order(entry.page_no))


def to_look_at(session: Session, paper: str, since: date, now: datetime) -> Iterator[LedgerEntry]:
    """The entries that may be due for a look: waiting ones whose time has come, and recent ones."""
    waiting = (LedgerRow.state == "retry") & (LedgerRow.next_attempt_at <= now)
    chosen = select(LedgerRow).where(
        LedgerRow.paper == paper, or_(waiting, LedgerRow.issue_date >= since)
    )
    for row in session.scalars(chosen.execution_options(yield_per=_BATCH)):
        yield values.ledger_entry(row)


def page_keys(session: Session, selection: Selection) -> tuple[PageKey, ...]:
    """As Reader.page_keys says."""
    found: set[PageKey] = set()
    for table in (LedgerRow, PageRow):
        keys: Select[Any] = select(table.paper, table.issue_date, table.page_no)
        rows = session.execute(_fitting(keys, table, selection)).all()
        found |= {PageKey(paper, day, page_no_of(page_no)) for paper, day, page_no in rows}
    ordered = sorted(found, key=lambda key: (key.paper, key.issue_date, page_order(key.page_no)))
    return tuple(ordered[: selection.limit])


def first_date(session: Session, paper: str, page_no: PageNo | None) -> date | None:
    """The earliest issue date of which the ledger has that page, or any; None for none."""
    chosen = select(func.min(LedgerRow.issue_date)).where(LedgerRow.paper == paper)
    if page_no is not None:
        chosen = chosen.where(LedgerRow.page_no == page_no_text(page_no))
    return session.scalar(chosen)


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


def _selected(selection: Selection) -> Select[Any]:
    columns = LedgerRow.__table__.columns  # no objects to track: years of it are read
    return _fitting(select(*columns), LedgerRow, selection)


def _fitting(
    chosen: Select[Any], table: type[LedgerRow] | type[PageRow], selection: Selection
) -> Select[Any]:
    """The rows of the selection's paper, dates and page."""
    if selection.paper is not None:
        chosen = chosen.where(table.paper == selection.paper)
    if selection.since is not None:
        chosen = chosen.where(table.issue_date >= selection.since)
    if selection.until is not None:
        chosen = chosen.where(table.issue_date <= selection.until)
    if selection.page_no is not None:
        chosen = chosen.where(table.page_no == page_no_text(selection.page_no))
    return chosen
