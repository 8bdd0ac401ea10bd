"""When a page is to be looked at: its hour, its retries, its re-readings. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from press.clock import BEIJING
from press.outcome import LedgerEntry
from press.paper import Paper

LATE = (timedelta(hours=2), timedelta(hours=6), timedelta(hours=12))
"""After its hour an issue that is not there is looked for again so much later: it may be late."""

SETTLED_LOOKS = 3
"""An absence that so many looks agree on is believed also by a backfill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How an archive keeps itself up to date.

    `heal_days`: how far back a day that nobody ever asked for is asked for by itself.
    `reread_days`: so many days after it came out an issue is read again, each once.
    """

    heal_days: int = 31
    reread_days: tuple[int, ...] = (1, 7, 30)


def due_at(paper: Paper, issue_date: date) -> datetime:
    """The hour from which the issue of that date may be expected, aware."""
    return datetime.combine(issue_date, paper.published_at, BEIJING)


def appears_on(paper: Paper, issue_date: date) -> bool:
    """True on the paper's weekdays of publication, from its first issue to the end of its eras."""
    is_over = bool(paper.eras) and not paper.eras_on(issue_date)
    is_of_the_week = issue_date.weekday() in paper.weekdays
    return issue_date >= paper.first_issue and is_of_the_week and not is_over


def next_look_at(entry: LedgerEntry, paper: Paper, rules: Rules) -> datetime | None:
    """When the page is to be looked at next; None when it is settled for good.

    A retry has its own time, and so has a re-reading that failed. What is archived, or needs a
    person, is read again at the ages of the rules; what was absent is looked for at those ages too,
    and before that a few times on its first day. Of several times that passed while nobody
    looked the earliest is given: one look makes up for all of them.
    """
    due = due_at(paper, entry.issue_date)
    if entry.state == "not_yet_due":
        return due
    if entry.state == "retry":
        return entry.next_attempt_at
    ages = [timedelta(days=days) for days in rules.reread_days]
    if entry.state in {"not_published", "no_such_page"}:
        ages += LATE
    times = sorted(due + age for age in ages)
    coming = next((moment for moment in times if moment > entry.checked_at), None)
    waits = [moment for moment in (coming, entry.next_attempt_at) if moment is not None]
    return max(waits, default=None)
