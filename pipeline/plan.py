"""What to archive, and why: pure decisions from the calendar, what is held, and the time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from pipeline.looks import SETTLED_LOOKS, Rules, appears_on, due_at, next_look_at
from pipeline.verdict import WANTED, is_kept, is_on_hold
from press.clock import beijing_date
from press.errors import UsageError
from press.keys import PageKey
from press.model import PageNo
from press.outcome import LedgerEntry
from press.paper import Paper
from press.record import Json

EveryPage = Literal["all"]
Aim = Literal["archive", "retry", "re-read"]

FRONT_PAGE_NO = 1
"""Under this number the ledger keeps an issue of which not even the front page is known."""

CLOSING_DAYS = 60
"""What the site will take down within so many days is fetched before all else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePage:
    """Fetch this page and its articles: for the first time, once more, or to see what changed."""

    key: PageKey
    reason: str
    aim: Aim = "archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveIssue:
    """Ask the issue's front page which pages there are, then plan each of them."""

    issue_date: date
    reason: str
    aim: Aim = "archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipPage:
    """Leave this page alone; `entry` is what the ledger says of it."""

    key: PageKey
    entry: LedgerEntry
    reason: str


PageIntent: TypeAlias = ArchivePage | SkipPage
Intent: TypeAlias = PageIntent | ArchiveIssue


@dataclass(frozen=True, slots=True)
class Choice:
    """What to do about one page, and why; `aim` is None where it is left alone."""

    aim: Aim | None
    reason: str


Policy: TypeAlias = Callable[[LedgerEntry | None], Choice]
"""What to do about a page, from what the ledger says of it (None: nothing yet)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What is known of one issue date before it is planned.

    `entries` is the ledger of its pages; `listed` are the pages that the issue lists, empty while
    no page of it is kept.
    """

    issue_date: date
    entries: Mapping[PageNo, LedgerEntry]
    listed: Sequence[PageNo]


def plan_crawl(
    paper: Paper,
    dates: Iterable[date],
    page_no: PageNo | EveryPage,
    held: Mapping[PageKey, LedgerEntry],
    now: datetime,
    *,
    again: bool = False,
) -> tuple[Intent, ...]:
    """One intent a date, in the order of `dates`: what a person asks for by its date.

    `held` is the ledger as far as it concerns these pages; `now` is aware. With `again` also an
    archived page is fetched. Raises UsageError for a date on which no issue can be held yet or
    ever was: before the first issue, or after today in Beijing.
    """
    asked = tuple(dates)
    for issue_date in asked:
        refuse_impossible(paper, issue_date, beijing_date(now))
    if page_no == "all":
        return tuple(
            ArchiveIssue(issue_date=day, reason="every page is asked for") for day in asked
        )
    keys = (PageKey(paper.slug, day, page_no) for day in asked)
    return plan_pages(keys, held, asked_for(now, again=again))


def plan_pages(
    keys: Iterable[PageKey], held: Mapping[PageKey, LedgerEntry], policy: Policy
) -> tuple[PageIntent, ...]:
    """One intent a page, in the order given."""
    return tuple(_page_intent(key, held.get(key), policy) for key in keys)


def plan_day(
    paper: Paper, day: Day, page_no: PageNo | EveryPage, policy: Policy
) -> tuple[Intent, ...]:
    """The intents of one issue date: for that page, or for every page that the issue lists.

    Of an issue whose pages nobody knows yet the front page decides.
    """
    held = {PageKey(paper.slug, day.issue_date, no): one for no, one in day.entries.items()}
    if page_no != "all":
        return plan_pages([PageKey(paper.slug, day.issue_date, page_no)], held, policy)
    if day.listed:
        numbers = dict.fromkeys((*day.listed, *day.entries))
        keys = [PageKey(paper.slug, day.issue_date, number) for number in numbers]
        return plan_pages(keys, held, policy)
    front = PageKey(paper.slug, day.issue_date, FRONT_PAGE_NO)
    intent = _page_intent(front, held.get(front), policy)
    if isinstance(intent, SkipPage):
        return (intent,)
    return (ArchiveIssue(issue_date=day.issue_date, reason=intent.reason, aim=intent.aim),)


def issue_date_of(intent: Intent) -> date:
    """The issue that an intent is about."""
    return intent.issue_date if isinstance(intent, ArchiveIssue) else intent.key.issue_date


def intent_json(intent: Intent) -> dict[str, Json]:
    """One JSON Lines object; `page_no` is "all" where the front page decides."""
    return {
        "issue_date": issue_date_of(intent).isoformat(),
        "page_no": "all" if isinstance(intent, ArchiveIssue) else intent.key.page_no,
        "what": "skip" if isinstance(intent, SkipPage) else intent.aim,
        "why": intent.reason,
    }


def asked_for(now: datetime, *, again: bool) -> Policy:
    """A person asks for the page: only what is archived, or on the server's hold, is left alone."""

    def choose(entry: LedgerEntry | None) -> Choice:
        if entry is None:
            return Choice("archive", "it is not in the archive")
        if is_on_hold(entry, now):
            return Choice(None, "the server asked for a pause")
        if not is_kept(entry):
            return Choice("retry", f"the last look ended as {_state(entry)}")
        if again:
            return Choice("re-read", "it is kept, and asked for again")
        return Choice(None, f"it is {_state(entry)}")

    return choose


def filling(now: datetime, since: datetime) -> Policy:
    """A backfill that began at `since`, maybe before it was stopped and taken up again.

    What was looked at since then is not asked for twice, unless its next attempt is due; and
    neither is an absence that several looks agreed on.
    """

    def choose(entry: LedgerEntry | None) -> Choice:
        if entry is not None and entry.checked_at >= since and not _is_waiting(entry, now):
            return Choice(None, f"this run has looked at it: {_state(entry)}")
        if entry is not None and entry.state in {"not_published", "no_such_page"}:
            if entry.attempts >= SETTLED_LOOKS:
                return Choice(None, f"{entry.attempts} looks agree: {entry.state}")
            return Choice("retry", f"only {entry.attempts} of {SETTLED_LOOKS} looks say so")
        return asked_for(now, again=False)(entry)

    return choose


def keeping_up(paper: Paper, now: datetime, rules: Rules) -> Policy:
    """An unattended run: what was never asked for, and what is due for another look."""

    def choose(entry: LedgerEntry | None) -> Choice:
        if entry is None:
            return Choice("archive", "it is due and not in the archive")
        if entry.checked_at > now and not is_kept(entry) and not is_on_hold(entry, now):
            return Choice("retry", "it was looked at by a clock that ran ahead")
        look_at = next_look_at(entry, paper, rules)
        if look_at is None or look_at > now:
            return Choice(None, f"nothing is due: {_state(entry)}")
        if entry.cause == WANTED:
            return Choice("archive", "a backfill wants it")
        if entry.state in {"archived", "withdrawn"}:
            return Choice("re-read", "it is of the age at which an issue is read again")
        return Choice("retry", f"the last look ended as {_state(entry)}")

    return choose


def days_to_fill(paper: Paper, since: date, until: date, now: datetime) -> Iterator[date]:
    """The publication days from `since` to `until`, both included, in the order to be fetched.

    First what the site will soon take down, the oldest of it first; then the newest first. Raises
    UsageError for a reversed range, and for days before the first issue or after today.
    """
    today = beijing_date(now)
    if since > until:
        raise UsageError(f"{since} is after {until}: give the earlier date with --from")
    for end in (since, until):
        refuse_impossible(paper, end, today)
    return _in_order(paper, since, until, today)


def days_to_keep_up(
    paper: Paper, beginning: date | None, now: datetime, rules: Rules
) -> Iterator[date]:
    """The publication days that an unattended run asks for by itself, the newest first.

    From the archive's `beginning` (None: it is empty, and begins today) but no further back than
    the rules say, to the last issue whose hour has come.
    """
    today = beijing_date(now)
    since = max(beginning or today, today - timedelta(days=rules.heal_days), paper.first_issue)
    for day in _backwards(today, since):
        if appears_on(paper, day) and due_at(paper, day) <= now:
            yield day


def refuse_impossible(paper: Paper, issue_date: date, today: date) -> None:
    """Raises UsageError for a date before the first issue or after today in Beijing."""
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


def _page_intent(key: PageKey, entry: LedgerEntry | None, policy: Policy) -> PageIntent:
    choice = policy(entry)
    if choice.aim is not None:
        return ArchivePage(key=key, reason=choice.reason, aim=choice.aim)
    if entry is None:
        raise ValueError("a page that the ledger does not know cannot be left alone")
    return SkipPage(key=key, entry=entry, reason=choice.reason)


def _in_order(paper: Paper, since: date, until: date, today: date) -> Iterator[date]:
    closing: tuple[date, date] | None = None
    if paper.public_days is not None:
        first = max(since, today - timedelta(days=paper.public_days))
        last = min(until, today - timedelta(days=paper.public_days - CLOSING_DAYS))
        closing = (first, last) if first <= last else None
    if closing is not None:
        for day in reversed(tuple(_backwards(closing[1], closing[0]))):
            if appears_on(paper, day):
                yield day
    for day in _backwards(until, since):
        if appears_on(paper, day) and not (closing and closing[0] <= day <= closing[1]):
            yield day


def _backwards(until: date, since: date) -> Iterator[date]:
    for back in range((until - since).days + 1):
        yield until - timedelta(days=back)


def _is_waiting(entry: LedgerEntry, now: datetime) -> bool:
    """True for a page whose next attempt is due."""
    return entry.next_attempt_at is not None and entry.next_attempt_at <= now


def _state(entry: LedgerEntry) -> str:
    return entry.state + (f" ({entry.cause})" if entry.cause else "")
