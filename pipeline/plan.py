"""What to archive, and why: pure decisions from the calendar, what is held, and the time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from pipeline.verdict import is_on_hold
from press.clock import beijing_date
from press.errors import UsageError
from press.keys import PageKey
from press.model import PageNo
from press.outcome import LedgerEntry
from press.paper import Paper

EveryPage = Literal["all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePage:
    """Fetch this page and its articles."""

    key: PageKey
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveIssue:
    """Ask the issue's front page which pages there are, then plan each of them."""

    issue_date: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipPage:
    """Leave this page alone; `entry` is what the ledger says of it."""

    key: PageKey
    entry: LedgerEntry
    reason: str


PageIntent: TypeAlias = ArchivePage | SkipPage
Intent: TypeAlias = PageIntent | ArchiveIssue


def plan_crawl(
    paper: Paper,
    dates: Iterable[date],
    page_no: PageNo | EveryPage,
    held: Mapping[PageKey, LedgerEntry],
    now: datetime,
    *,
    again: bool = False,
) -> tuple[Intent, ...]:
    """One intent a date, in the order of `dates`.

    `held` is the ledger as far as it concerns these pages; `now` is aware. With `again` also an
    archived page is fetched. Raises UsageError for a date on which no issue can be held yet or
    ever was: before the first issue, or after today in Beijing.
    """
    asked = tuple(dates)
    for issue_date in asked:
        _refuse_impossible(paper, issue_date, beijing_date(now))
    if page_no == "all":
        return tuple(
            ArchiveIssue(issue_date=day, reason="every page is asked for") for day in asked
        )
    keys = (PageKey(paper.slug, day, page_no) for day in asked)
    return plan_pages(keys, held, now, again=again)


def plan_pages(
    keys: Iterable[PageKey], held: Mapping[PageKey, LedgerEntry], now: datetime, *, again: bool
) -> tuple[PageIntent, ...]:
    """One intent a page, in the order given. A page whose server asked for a pause is left alone
    until it is over, whoever asks."""
    return tuple(_page_intent(key, held.get(key), now, again=again) for key in keys)


def _page_intent(
    key: PageKey, entry: LedgerEntry | None, now: datetime, *, again: bool
) -> PageIntent:
    if entry is None:
        return ArchivePage(key=key, reason="it is not in the archive")
    if is_on_hold(entry, now):
        return SkipPage(key=key, entry=entry, reason="the server asked for a pause")
    if entry.state != "archived":
        cause = f" ({entry.cause})" if entry.cause else ""
        return ArchivePage(key=key, reason=f"the last attempt ended as {entry.state}{cause}")
    if again:
        return ArchivePage(key=key, reason="it is archived, and asked for again")
    return SkipPage(key=key, entry=entry, reason="it is archived")


def _refuse_impossible(paper: Paper, issue_date: date, today: date) -> None:
    if issue_date < paper.first_issue:
        raise UsageError(
            f"{paper.name} has no digital issue of {issue_date}: give a date from "
            f"{paper.first_issue} on"
        )
    if issue_date > today:
        raise UsageError(
            f"the issue of {issue_date} is not out yet (in Beijing it is {today}): give a date "
            f"up to {today}"
        )
