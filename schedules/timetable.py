"""The timetable: which page will be looked at when, and why. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge

from pipeline.looks import Rules, appears_on, due_at, next_look_at
from pipeline.plan import (
    FRONT_PAGE_NO,
    Aim,
    ArchiveIssue,
    ArchivePage,
    EveryPage,
    issue_date_of,
    keeping_up,
)
from pipeline.verdict import is_kept
from press.clock import beijing_date
from press.model import PageNo
from press.outcome import LedgerEntry
from press.paper import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One look at one page; `page_no` is "all" where the front page decides. `at` is aware."""

    at: datetime
    issue_date: date
    page_no: PageNo | EveryPage
    aim: Aim
    reason: str


def due_now(intents: Iterable[ArchivePage | ArchiveIssue], now: datetime) -> Iterator[Appointment]:
    """What the plan has for this moment, in the order in which it will be done."""
    for intent in intents:
        yield Appointment(
            at=now,
            issue_date=issue_date_of(intent),
            page_no="all" if isinstance(intent, ArchiveIssue) else intent.key.page_no,
            aim=intent.aim,
            reason=intent.reason,
        )


def upcoming(
    paper: Paper,
    page_no: PageNo | EveryPage,
    entries: Iterable[LedgerEntry],
    now: datetime,
    rules: Rules,
) -> Iterator[Appointment]:
    """Every look that will come due after `now`, the earliest first.

    `entries` is the paper's ledger. Issues still to come have no end; a paper whose last era has
    ended has none.
    """
    known = tuple(entries)
    held = {entry.issue_date for entry in known if page_no in ("all", entry.page_no)}
    looks = (_look(entry, paper, page_no, rules) for entry in known)
    later = [look for look in looks if look is not None and look.at > now]
    issues = (
        Appointment(
            at=due_at(paper, day),
            issue_date=day,
            page_no=page_no,
            aim="archive",
            reason="the issue will be out",
        )
        for day in issue_dates(paper, beijing_date(now))
        if day not in held and due_at(paper, day) > now
    )
    return merge(sorted(later, key=_moment), issues, key=_moment)


def issue_dates(paper: Paper, since: date) -> Iterator[date]:
    """The publication days from `since` on, in order, each once, as far as the eras reach."""
    last = max((era.until or date.max for era in paper.eras), default=date.min)
    for ordinal in range(since.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if appears_on(paper, day) and paper.eras_on(day):
            yield day


def _look(
    entry: LedgerEntry, paper: Paper, page_no: PageNo | EveryPage, rules: Rules
) -> Appointment | None:
    """The next look at a page, told as the plan will tell it when its time has come."""
    at = next_look_at(entry, paper, rules)
    if at is None:
        return None
    choice = keeping_up(paper, at, rules)(entry)
    stands_for_issue = page_no == "all" and entry.page_no == FRONT_PAGE_NO and not is_kept(entry)
    return Appointment(
        at=at,
        issue_date=entry.issue_date,
        page_no="all" if stands_for_issue else entry.page_no,
        aim=choice.aim or "retry",
        reason=choice.reason,
    )


def _moment(appointment: Appointment) -> tuple[datetime, date]:
    return appointment.at, appointment.issue_date
