from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from pipeline.plan import ArchiveIssue, ArchivePage, SkipPage, plan_crawl
from press.errors import UsageError
from press.keys import PageKey
from press.outcome import LedgerEntry, State
from press.paper import Paper

NOON_UTC = datetime(2026, 1, 12, 12, 0, tzinfo=UTC)
DAY = date(2026, 1, 12)
KEY = PageKey("xmrb", DAY, 7)
PAPER = Paper(
    slug="xmrb",
    name="仙门日报",
    home_url="http://paper.example/",
    first_issue=date(2007, 12, 16),
    weekdays=frozenset(range(7)),
    published_at=time(6, 0),
    default_page=7,
    eras=(),
)


def an_entry(state: State, cause: str | None = None) -> LedgerEntry:
    return LedgerEntry(
        paper="xmrb",
        issue_date=DAY,
        page_no=7,
        state=state,
        cause=cause,
        attempts=1,
        next_attempt_at=None,
        evidence=None,
        updated_at=NOON_UTC,
        checked_at=NOON_UTC,
    )


def test_a_page_that_the_ledger_does_not_know_is_archived() -> None:
    (intent,) = plan_crawl(PAPER, [DAY], 7, {}, NOON_UTC)
    assert intent == ArchivePage(key=KEY, reason="it is not in the archive")


def test_an_archived_page_is_skipped() -> None:
    entry = an_entry("archived")
    (intent,) = plan_crawl(PAPER, [DAY], 7, {KEY: entry}, NOON_UTC)
    assert intent == SkipPage(key=KEY, entry=entry, reason="it is archived")


def test_an_archived_page_is_fetched_when_it_is_asked_for_again() -> None:
    (intent,) = plan_crawl(PAPER, [DAY], 7, {KEY: an_entry("archived")}, NOON_UTC, again=True)
    assert isinstance(intent, ArchivePage)


@pytest.mark.parametrize(
    "state", ["retry", "failed", "not_published", "no_such_page", "not_yet_due"]
)
def test_a_page_that_is_in_any_other_state_is_tried_again(state: State) -> None:
    (intent,) = plan_crawl(PAPER, [DAY], 7, {KEY: an_entry(state, "soft_404")}, NOON_UTC)
    reason = f"the last look ended as {state} (soft_404)"
    assert intent == ArchivePage(key=KEY, reason=reason, aim="retry")


def test_every_page_is_planned_as_an_issue() -> None:
    (intent,) = plan_crawl(PAPER, [DAY], "all", {}, NOON_UTC)
    assert isinstance(intent, ArchiveIssue)
    assert intent.issue_date == DAY


def test_intents_keep_the_order_of_the_dates() -> None:
    days = [date(2026, 1, 12), date(2026, 1, 10), date(2026, 1, 11)]
    intents = plan_crawl(PAPER, days, 7, {}, NOON_UTC)
    assert [intent.key.issue_date for intent in intents if isinstance(intent, ArchivePage)] == days


def test_a_date_before_the_first_issue_is_refused_with_the_first_issue() -> None:
    with pytest.raises(UsageError, match=r"no digital issue of 2007-12-15.*from 2007-12-16"):
        plan_crawl(PAPER, [date(2007, 12, 15)], 7, {}, NOON_UTC)


def test_the_date_of_the_first_issue_is_planned() -> None:
    assert plan_crawl(PAPER, [date(2007, 12, 16)], 7, {}, NOON_UTC)


def test_tomorrow_is_judged_by_the_calendar_of_beijing() -> None:
    evening_utc = datetime(2026, 1, 12, 16, 0, tzinfo=UTC)
    assert plan_crawl(PAPER, [date(2026, 1, 13)], 7, {}, evening_utc)
    with pytest.raises(UsageError, match="not out yet"):
        plan_crawl(PAPER, [date(2026, 1, 13)], 7, {}, evening_utc.replace(hour=15, minute=59))


def test_one_impossible_date_refuses_the_whole_plan() -> None:
    with pytest.raises(UsageError):
        plan_crawl(PAPER, [DAY, date(2027, 1, 1)], "all", {}, NOON_UTC)


def test_a_page_is_left_alone_while_the_servers_own_pause_lasts() -> None:
    """Retry-After holds across runs: another start of the program is no reason to ask sooner."""
    entry = replace(
        an_entry("retry", "retry_after"), next_attempt_at=NOON_UTC + timedelta(seconds=7)
    )
    during = plan_crawl(PAPER, [DAY], 7, {KEY: entry}, NOON_UTC, again=True)
    after = plan_crawl(PAPER, [DAY], 7, {KEY: entry}, NOON_UTC + timedelta(seconds=7))
    assert [type(one) for one in during + after] == [SkipPage, ArchivePage]


def test_a_pause_that_no_server_asked_for_stops_nobody_who_asks() -> None:
    entry = replace(an_entry("retry", "unreachable"), next_attempt_at=NOON_UTC + timedelta(hours=1))
    (intent,) = plan_crawl(PAPER, [DAY], 7, {KEY: entry}, NOON_UTC)
    assert isinstance(intent, ArchivePage)
