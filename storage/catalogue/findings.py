"""The findings' rows: opened once, told once, closed when they are no longer so."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from press.finding import Finding, KeptFinding
from press.keys import PageKey, page_no_of
from storage.catalogue.change import add, assign
from storage.catalogue.models import FindingRow
from storage.catalogue.rows import page_no_text, storable


def settle(
    session: Session,
    key: PageKey,
    found: Iterable[Finding],
    now: datetime,
    unjudged: Collection[str] = (),
) -> None:
    """Makes the page's open findings those that were found: new ones open, others close.

    One that is still so keeps its times; one that closes before anybody was told is forgotten.
    One that closed and is so again before the closing was told is as it was: to whoever was told,
    nothing changed.
    What is of an `unjudged` kind stays as it is.
    """
    of_page = (
        FindingRow.paper == key.paper,
        FindingRow.issue_date == key.issue_date,
        FindingRow.page_no == page_no_text(key.page_no),
    )
    kept = {row.kind: row for row in session.scalars(select(FindingRow).where(*of_page))}
    for finding in found:
        row = kept.pop(finding.kind, None)
        if row is None:
            add(session, FindingRow, storable(_columns(finding) | {"opened_at": now}))
        else:
            assign(row, storable({"sentence": finding.sentence}) | {"closed_at": None})
    for row in kept.values():
        if row.kind in unjudged:
            continue
        if row.told_at is None:
            session.delete(row)
        elif row.closed_at is None:
            row.closed_at = now


def all_of(session: Session, paper: str | None = None) -> tuple[KeptFinding, ...]:
    """Every finding, open or not yet told as closed, the newest issue first."""
    chosen = select(FindingRow).order_by(
        FindingRow.issue_date.desc(), FindingRow.paper, FindingRow.page_no, FindingRow.kind
    )
    if paper is not None:
        chosen = chosen.where(FindingRow.paper == paper)
    return tuple(_kept(row) for row in session.scalars(chosen))


def mark_told(session: Session, told: Iterable[KeptFinding], now: datetime) -> None:
    """A person knows of these: what is open is not told again, what is closed is forgotten."""
    for one in told:
        key, kind = one.finding.key, one.finding.kind
        page_no = page_no_text(key.page_no)
        row = session.get(FindingRow, (key.paper, key.issue_date, page_no, kind))
        if row is None or (row.closed_at is None) != (one.closed_at is None):
            continue  # it changed since, and that is to be told
        if row.closed_at is None:
            row.told_at = now
        else:
            session.delete(row)


def _columns(finding: Finding) -> dict[str, object]:
    return {
        "paper": finding.key.paper,
        "issue_date": finding.key.issue_date,
        "page_no": page_no_text(finding.key.page_no),
        "kind": finding.kind,
        "sentence": finding.sentence,
    }


def _kept(row: FindingRow) -> KeptFinding:
    key = PageKey(row.paper, row.issue_date, page_no_of(row.page_no))
    return KeptFinding(
        finding=Finding(key=key, kind=row.kind, sentence=row.sentence),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        told_at=row.told_at,
    )
