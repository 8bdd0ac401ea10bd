"""The timetable: which page will be looked at when, and why. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from typing import Final, Literal

from pipeline.harvest import FRONT_PAGE_NO
from press.clock import BEIJING, beijing_date
from press.keys import PageKey
from press.model import PageNo
from press.outcome import LedgerEntry
from press.paper import Paper

Aim = Literal["archive", "retry", "re-read"]

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One look at one page; `key` has the page number "all" for an issue not yet looked into.

    `at` is aware; where it has passed, the look is due now.
    """

    at: datetime
    key: PageKey
    aim: Aim
    reason: str


def upcoming(
    paper: Paper,
    page_no: PageNo,
    entries: Iterable[LedgerEntry],
    now: datetime,
    *,
    since: date,
    next_look_at: Callable[[LedgerEntry], datetime | None],
) -> Iterator[Appointment]:
    """Every look at that page ("all": at every page), the earliest first, without end.

    `entries` is the ledger as far as it concerns the paper and the page, `next_look_at` says when
    an entry is due (None: it is settled), `since` is the issue date from which on a day that the
    ledger does not know is asked for. It ends only for a paper whose last era has ended.
    """
    known = tuple(entries)
    looks = [
        _look(entry, at, asked=page_no)
        for entry in known
        if (at := next_look_at(entry)) is not None
    ]
    held = {entry.issue_date for entry in known}
    today = beijing_date(now)
    issues = (
        Appointment(
            at=due_at(paper, day),
            key=PageKey(paper.slug, day, page_no),
            aim="archive",
            reason=_reason(day, today),
        )
        for day in issue_dates(paper, since)
        if day not in held
    )
    return merge(sorted(looks, key=_moment), issues, key=_moment)


def due(appointments: Iterable[Appointment], now: datetime) -> Iterator[Appointment]:
    """The appointments of a timetable whose time has come."""
    for one in appointments:
        if one.at > now:
            return
        yield one


def issue_dates(paper: Paper, since: date) -> Iterator[date]:
    """The publication days from `since` on, in order, each once, as far as the eras reach."""
    day = max(since, paper.first_issue)
    last = max((era.until or date.max for era in paper.eras), default=date.min)
    while day <= last:
        if day.weekday() in paper.weekdays and paper.eras_on(day):
            yield day
        if day == date.max:
            return
        day += _DAY


def due_at(paper: Paper, issue_date: date) -> datetime:
    """The hour from which the issue of that date may be expected, aware."""
    return datetime.combine(issue_date, paper.published_at, BEIJING)


def _look(entry: LedgerEntry, at: datetime, *, asked: PageNo) -> Appointment:
    """The look that an entry waits for; a front page that is not there stands for its issue."""
    cause = f" ({entry.cause})" if entry.cause else ""
    ended = f"the last look ended as {entry.state}{cause}"
    is_issue = asked == "all" and entry.page_no == FRONT_PAGE_NO and entry.state != "archived"
    key = PageKey(entry.paper, entry.issue_date, "all" if is_issue else entry.page_no)
    match entry.state:
        case "archived" | "withdrawn":
            return Appointment(at=at, key=key, aim="re-read", reason="its age for a re-reading")
        case "not_yet_due":
            return Appointment(at=at, key=key, aim="archive", reason="its hour had not come")
        case _:
            return Appointment(at=at, key=key, aim="retry", reason=ended)


def _reason(issue_date: date, today: date) -> str:
    if issue_date < today:
        return "it was never asked for"
    return "today's issue" if issue_date == today else "a coming issue"


def _moment(appointment: Appointment) -> tuple[datetime, date]:
    return appointment.at, appointment.key.issue_date
