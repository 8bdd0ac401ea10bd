"""Which days, in which order, and what is done about each of their pages."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.looks import Rules
from pipeline.plan import (
    ArchiveIssue,
    ArchivePage,
    Day,
    SkipPage,
    days_to_fill,
    days_to_keep_up,
    filling,
    keeping_up,
    plan_day,
)
from press.errors import UsageError
from press.outcome import LedgerEntry, State
from tests.pipeline.calendars import NOW, TODAY, a_paper, an_entry

PAPER = a_paper()
EARLIER = NOW - timedelta(hours=1)


def day_of(*entries: LedgerEntry, listed: tuple[int, ...] = ()) -> Day:
    held = {entry.page_no: entry for entry in entries}
    return Day(issue_date=TODAY, entries=held, listed=listed)


def days(since: date, until: date, now: datetime = NOW, **changes: object) -> list[date]:
    return list(days_to_fill(a_paper(**changes), since, until, now))


def test_both_ends_are_included_and_the_newest_comes_first() -> None:
    assert days(date(2026, 1, 10), TODAY) == [TODAY, date(2026, 1, 11), date(2026, 1, 10)]


def test_a_span_of_one_day_is_that_day() -> None:
    assert days(TODAY, TODAY) == [TODAY]


def test_days_without_an_issue_by_the_calendar_are_left_out() -> None:
    found = days(date(2026, 1, 1), TODAY, weekdays=frozenset({0}))
    assert found == [TODAY, date(2026, 1, 5)]


@pytest.mark.parametrize(
    ("since", "until", "says"),
    [
        (TODAY, date(2026, 1, 10), "is after"),
        (date(2007, 12, 15), TODAY, "no digital issue"),
        (TODAY, date(2026, 1, 13), "not out yet"),
    ],
)
def test_an_impossible_span_is_refused_at_once(since: date, until: date, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        days_to_fill(PAPER, since, until, NOW)


def test_what_the_site_will_soon_take_down_comes_first_the_oldest_of_it_before_all() -> None:
    found = days(date(2023, 1, 1), TODAY, public_days=730)
    gone_next = TODAY - timedelta(days=730)
    assert found[:2] == [gone_next, gone_next + timedelta(days=1)]
    assert found[61:63] == [TODAY, TODAY - timedelta(days=1)]
    assert found[-1] == date(2023, 1, 1)


@given(
    st.dates(date(2020, 1, 1), TODAY),
    st.integers(0, 900),
    st.none() | st.integers(1, 2000),
)
def test_every_publication_day_of_the_span_is_planned_once(
    until: date, length: int, public_days: int | None
) -> None:
    since = until - timedelta(days=length)
    found = days(since, until, public_days=public_days)
    assert sorted(found) == [since + timedelta(days=n) for n in range(length + 1)]


def test_ten_years_over_shanghais_summer_times_lose_and_double_no_day() -> None:
    old = a_paper(first_issue=date(1985, 1, 1))
    found = list(days_to_fill(old, date(1985, 12, 31), date(1995, 12, 31), NOW))
    assert len(found) == len(set(found)) == 3653


def kept_up(beginning: date | None, now: datetime = NOW, heal_days: int = 3) -> list[date]:
    return list(days_to_keep_up(PAPER, beginning, now, Rules(heal_days=heal_days)))


def test_an_empty_archive_begins_today() -> None:
    assert kept_up(None) == [TODAY]


def test_days_missed_since_the_archive_began_are_due_as_far_as_the_rules_go_back() -> None:
    assert kept_up(date(2026, 1, 11)) == [TODAY, date(2026, 1, 11)]
    assert kept_up(date(2020, 1, 1)) == [TODAY - timedelta(days=n) for n in range(4)]


def test_todays_issue_is_due_from_its_hour_on() -> None:
    six_in_beijing = datetime.fromisoformat("2026-01-12T06:00+08:00")
    assert kept_up(date(2026, 1, 11), six_in_beijing)[0] == TODAY
    assert kept_up(date(2026, 1, 11), six_in_beijing - timedelta(seconds=1)) == [date(2026, 1, 11)]


def test_a_clock_that_jumps_loses_no_day() -> None:
    """Each look asks the calendar anew: two days forwards and one back come to the same days."""
    entries: set[date] = {TODAY}
    for jump in (2, 1, 3):
        entries |= set(kept_up(min(entries), NOW + timedelta(days=jump), heal_days=31))
    assert entries == {TODAY + timedelta(days=n) for n in range(4)}


@pytest.mark.parametrize("state", ["archived", "retry", "failed", "withdrawn", "not_yet_due"])
def test_a_backfill_does_not_look_twice(state: State) -> None:
    policy = filling(NOW, EARLIER)
    (intent,) = plan_day(PAPER, day_of(an_entry(state, checked_at=NOW)), 7, policy)
    assert isinstance(intent, SkipPage)


@pytest.mark.parametrize("state", ["retry", "failed", "withdrawn", "not_published"])
def test_a_new_backfill_tries_again_what_is_not_archived(state: State) -> None:
    policy = filling(NOW, NOW)
    (intent,) = plan_day(PAPER, day_of(an_entry(state, checked_at=EARLIER)), 7, policy)
    assert isinstance(intent, ArchivePage)
    assert intent.aim == "retry"


def test_a_backfill_that_goes_on_takes_up_what_has_become_due_meanwhile() -> None:
    entry = an_entry("retry", checked_at=EARLIER, next_attempt_at=NOW)
    (intent,) = plan_day(PAPER, day_of(entry), 7, filling(NOW, EARLIER))
    assert isinstance(intent, ArchivePage)


@pytest.mark.parametrize(("attempts", "kind"), [(1, ArchivePage), (2, ArchivePage), (3, SkipPage)])
def test_an_absence_is_believed_by_a_backfill_after_three_looks(
    attempts: int, kind: type[object]
) -> None:
    entry = an_entry("not_published", checked_at=EARLIER, attempts=attempts)
    (intent,) = plan_day(PAPER, day_of(entry), 7, filling(NOW, NOW))
    assert isinstance(intent, kind)


def test_an_unattended_run_does_only_what_is_due() -> None:
    policy = keeping_up(PAPER, NOW, Rules())
    fresh, stale = an_entry("archived"), an_entry("archived", checked_at=NOW - timedelta(days=9))
    old = TODAY - timedelta(days=8)
    (left,) = plan_day(PAPER, day_of(fresh), 7, policy)
    again = plan_day(
        PAPER,
        Day(
            issue_date=old,
            entries={7: an_entry("archived", issue_date=old, checked_at=stale.checked_at)},
            listed=(),
        ),
        7,
        policy,
    )
    assert isinstance(left, SkipPage)
    assert [(type(one), one.aim) for one in again if isinstance(one, ArchivePage)] == [
        (ArchivePage, "re-read")
    ]


def test_an_issue_of_which_nothing_is_known_is_asked_for_its_pages() -> None:
    (intent,) = plan_day(PAPER, day_of(), "all", filling(NOW, NOW))
    assert isinstance(intent, ArchiveIssue)


def test_of_an_issue_whose_pages_are_known_only_what_is_missing_is_asked_for() -> None:
    day = day_of(an_entry("archived", page_no=1), listed=(1, 2, 3))
    intents = plan_day(PAPER, day, "all", filling(NOW, NOW))
    assert [type(intent) for intent in intents] == [SkipPage, ArchivePage, ArchivePage]


def test_a_page_that_the_issue_lists_no_more_is_still_planned() -> None:
    day = day_of(an_entry("retry", page_no=9, checked_at=EARLIER), listed=(1,))
    intents = plan_day(PAPER, day, "all", filling(NOW, NOW))
    assert [intent.key.page_no for intent in intents if not isinstance(intent, ArchiveIssue)] == [
        1,
        9,
    ]


def test_an_issue_that_did_not_come_out_is_not_asked_for_its_pages_again() -> None:
    entry = an_entry("not_published", page_no=1, attempts=3, checked_at=EARLIER)
    (intent,) = plan_day(PAPER, day_of(entry), "all", filling(NOW, NOW))
    assert isinstance(intent, SkipPage)


@pytest.mark.parametrize(
    ("state", "aim"), [("not_published", "retry"), ("retry", "retry"), ("archived", None)]
)
def test_what_a_clock_that_ran_ahead_did_not_find_is_looked_for_again(
    state: State, aim: str | None
) -> None:
    later = NOW + timedelta(days=400)
    seen = an_entry(state, checked_at=later)
    assert keeping_up(PAPER, NOW, Rules())(seen).aim == aim
