"""From the ledger to intents: what a backfill and an unattended run have to do, day by day."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta

from pipeline.looks import Rules, next_look_at
from pipeline.plan import (
    FRONT_PAGE_NO,
    ArchiveIssue,
    ArchivePage,
    Day,
    EveryPage,
    Intent,
    Policy,
    SkipPage,
    days_to_keep_up,
    issue_date_of,
    keeping_up,
    plan_day,
)
from pipeline.verdict import WANTED
from press.clock import beijing_date
from press.keys import PageKey
from press.model import PageNo
from press.outcome import LedgerEntry
from press.paper import Paper
from storage.catalogue import Catalogue, Reader, Selection


def plan_days(
    paper: Paper,
    days: Iterable[date],
    page_no: PageNo | EveryPage,
    policy: Policy,
    known: Callable[[date], Day],
) -> Iterator[Intent]:
    """The intents of each day in the order given, planned when its turn comes.

    So what one day's work taught holds for the next, and memory does not grow with their number.
    """
    for issue_date in days:
        yield from plan_day(paper, known(issue_date), page_no, policy)


def known_to(catalogue: Catalogue, paper: Paper) -> Callable[[date], Day]:
    """What the catalogue knows of a day at the moment it is asked."""

    def known(issue_date: date) -> Day:
        with catalogue.reading() as reader:
            return _day_known(reader, paper, issue_date)

    return known


def known_to_nobody(issue_date: date) -> Day:
    """A day of an archive that does not exist yet."""
    return Day(issue_date=issue_date, entries={}, listed=())


def plan_due(
    catalogue: Catalogue, paper: Paper, page_no: PageNo | EveryPage, now: datetime, rules: Rules
) -> Iterator[ArchivePage | ArchiveIssue]:
    """All that is due now and nothing else: the newest issue first, nothing twice.

    Days that were never asked for, and looks that were missed, as far back as the rules say; and
    every page of the ledger, of whatever date, that waits for another attempt and whose time has
    come. Of an issue that is asked for as a whole no page is given beside it.
    """
    policy = keeping_up(paper, now, rules)
    with catalogue.reading() as reader:
        beginning = reader.beginning(paper.slug, None if page_no == "all" else page_no)
        waiting = _due_entries(reader, paper, now, rules)
    days = tuple(days_to_keep_up(paper, beginning, now, rules))
    planned: set[PageKey | date] = set()
    for intent in plan_days(paper, days, page_no, policy, known_to(catalogue, paper)):
        if isinstance(intent, ArchivePage):
            planned.add(intent.key)
        if not isinstance(intent, SkipPage):
            yield intent
        if isinstance(intent, ArchiveIssue):
            planned.add(intent.issue_date)
    for entry in waiting:
        key = PageKey(entry.paper, entry.issue_date, entry.page_no)
        if planned.isdisjoint((key, entry.issue_date)):
            yield _look_again(catalogue, paper, entry, page_no, policy)


def wanted(intents: Iterable[Intent], paper: Paper, now: datetime) -> Iterator[LedgerEntry]:
    """What the ledger says of pages that are to be fetched and that nobody has looked at: due now.

    An issue whose pages nobody knows stands under its front page's number.
    """
    for intent in intents:
        if isinstance(intent, SkipPage):
            continue
        page_no = FRONT_PAGE_NO if isinstance(intent, ArchiveIssue) else intent.key.page_no
        yield LedgerEntry(
            paper=paper.slug,
            issue_date=issue_date_of(intent),
            page_no=page_no,
            state="retry",
            cause=WANTED,
            attempts=0,
            next_attempt_at=now,
            evidence=None,
            updated_at=now,
            checked_at=now,
        )


def _day_known(reader: Reader, paper: Paper, issue_date: date) -> Day:
    """What the catalogue knows of an issue date."""
    of_day = Selection(paper=paper.slug, since=issue_date, until=issue_date)
    return Day(
        issue_date=issue_date,
        entries={entry.page_no: entry for entry in reader.ledger(of_day)},
        listed=reader.listed_pages(paper.slug, issue_date),
    )


def _due_entries(reader: Reader, paper: Paper, now: datetime, rules: Rules) -> list[LedgerEntry]:
    oldest = max((*rules.reread_days, 1)) + 1 + rules.heal_days
    recent = beijing_date(now) - timedelta(days=oldest)
    entries = [
        entry
        for entry in reader.ledger_to_look_at(paper.slug, recent, now)
        if _is_due(entry, paper, now, rules)
    ]
    return sorted(entries, key=lambda entry: entry.issue_date, reverse=True)


def _is_due(entry: LedgerEntry, paper: Paper, now: datetime, rules: Rules) -> bool:
    look_at = next_look_at(entry, paper, rules)
    return look_at is not None and look_at <= now


def _look_again(
    catalogue: Catalogue,
    paper: Paper,
    entry: LedgerEntry,
    page_no: PageNo | EveryPage,
    policy: Policy,
) -> ArchivePage | ArchiveIssue:
    """Under the front page's number stands the whole issue where no page of it is known."""
    choice = policy(entry)
    reason, aim = choice.reason, choice.aim or "retry"
    day = known_to(catalogue, paper)(entry.issue_date)
    stands_for_all = entry.page_no == FRONT_PAGE_NO != page_no and len(day.entries) == 1
    if stands_for_all and not day.listed:
        return ArchiveIssue(issue_date=entry.issue_date, reason=reason, aim=aim)
    key = PageKey(entry.paper, entry.issue_date, entry.page_no)
    return ArchivePage(key=key, reason=reason, aim=aim)
