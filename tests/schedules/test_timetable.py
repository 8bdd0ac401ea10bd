"""The timetable: sorted, complete, and unmoved by downtime, jumping clocks and summer time."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.looks import Rules, due_at, next_look_at
from pipeline.plan import (
    ArchiveIssue,
    ArchivePage,
    Day,
    SkipPage,
    days_to_keep_up,
    issue_date_of,
    keeping_up,
)
from pipeline.upkeep import plan_days
from press.clock import BEIJING, beijing_date
from press.keys import PageKey
from press.model import PageNo
from press.outcome import LedgerEntry, State
from press.paper import Era, Paper
from schedules.timetable import Appointment, due_now, issue_dates, upcoming

HOUSE = Path(__file__).parents[2]
ERA = Era(
    name="only", since=date(1980, 1, 1), until=None, evidence=(date(1980, 1, 1),) * 2,
    platform="none", front_url="", page_url=None, article_url="",
)  # fmt: skip
DAILY = Paper(
    slug="daily", name="日报", home_url="", first_issue=date(1980, 1, 1),
    weekdays=frozenset(range(7)), published_at=time(8), default_page=7, eras=(ERA,),
)  # fmt: skip
MONDAY = date(2026, 1, 12)
NOON = datetime(2026, 1, 12, 12, tzinfo=BEIJING)
RULES = Rules(heal_days=400)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def entry_of(
    issue_date: date,
    state: State,
    *,
    at: datetime = NOON,
    again_at: datetime | None = None,
    page_no: PageNo = 7,
) -> LedgerEntry:
    return LedgerEntry(
        paper="daily", issue_date=issue_date, page_no=page_no, state=state, cause=None, attempts=1,
        next_attempt_at=again_at, evidence=None, updated_at=at, checked_at=at,
    )  # fmt: skip


def table(
    entries: Iterable[LedgerEntry] = (),
    *,
    now: datetime = NOON,
    paper: Paper = DAILY,
    page_no: PageNo = 7,
) -> list[Appointment]:
    return list(islice(upcoming(paper, page_no, entries, now, RULES), 100))


def test_before_its_hour_todays_issue_is_the_first_and_after_it_tomorrows() -> None:
    early = datetime(2026, 1, 12, 7, 59, tzinfo=BEIJING)
    assert [one.issue_date for one in table(now=early)[:2]] == [MONDAY, MONDAY + DAY]
    assert table(now=early)[0].at == datetime(2026, 1, 12, 0, tzinfo=UTC)
    assert table(now=NOON)[0].issue_date == MONDAY + DAY


def test_issues_that_will_be_out_have_no_end() -> None:
    assert len(table()) == 100


@pytest.mark.parametrize(
    ("state", "aim", "hours"),
    [
        ("archived", "re-read", 20),
        ("not_published", "retry", 2),
        ("no_such_page", "retry", 2),
        ("failed", "retry", 20),
    ],
)
def test_each_state_of_the_ledger_has_its_next_look(state: State, aim: str, hours: int) -> None:
    found = table([entry_of(MONDAY, state)])
    (look,) = [one for one in found if one.issue_date == MONDAY]
    assert (look.aim, look.at) == (aim, NOON + hours * HOUR)


def test_a_retry_has_its_own_time_and_one_that_is_due_is_no_longer_coming() -> None:
    retry = entry_of(MONDAY, "retry", again_at=NOON + HOUR)
    assert table([retry])[0].at == NOON + HOUR
    assert table([retry], now=NOON + HOUR)[0].issue_date == MONDAY + DAY


def test_an_issue_that_was_looked_for_too_early_comes_once() -> None:
    early = datetime(2026, 1, 12, 7, tzinfo=BEIJING)
    found = table([entry_of(MONDAY, "not_yet_due", at=early)], now=early)
    assert [one.issue_date for one in found[:2]] == [MONDAY, MONDAY + DAY]
    assert found[0].at == early + HOUR


def test_what_is_due_keeps_the_order_of_the_plan_and_comes_now() -> None:
    plan = [
        ArchivePage(key=PageKey("daily", MONDAY, 7), reason="b"),
        ArchiveIssue(issue_date=MONDAY - DAY, reason="a", aim="retry"),
    ]
    one, two = due_now(plan, NOON)
    assert (one.at, one.issue_date, one.page_no, one.aim, one.reason) == (
        NOON, MONDAY, 7, "archive", "b",
    )  # fmt: skip
    assert (two.at, two.issue_date, two.page_no, two.aim) == (NOON, MONDAY - DAY, "all", "retry")


def test_a_paper_whose_last_era_is_over_has_an_end() -> None:
    ended = replace(DAILY, eras=(replace(ERA, until=MONDAY + DAY),))
    assert [one.issue_date for one in table(paper=ended)] == [MONDAY + DAY]
    assert table(paper=replace(DAILY, eras=())) == []


def test_days_between_two_eras_have_no_issue() -> None:
    gap = replace(DAILY, eras=(replace(ERA, until=MONDAY), replace(ERA, since=MONDAY + 3 * DAY)))
    assert list(islice(issue_dates(gap, MONDAY), 2)) == [MONDAY, MONDAY + 3 * DAY]


def test_the_calendar_ends_with_the_last_date_there_is() -> None:
    assert list(issue_dates(DAILY, date.max - DAY)) == [date.max - DAY, date.max]


def test_a_weekly_appears_once_a_week() -> None:
    weekly = replace(DAILY, weekdays=frozenset({2}))
    days = [one.issue_date for one in table(paper=weekly)]
    assert {later - sooner for sooner, later in pairwise(days)} == {timedelta(days=7)}
    assert {day.weekday() for day in days} == {2}


def test_one_page_that_is_known_keeps_its_issue_from_being_asked_as_a_whole() -> None:
    early = datetime(2026, 1, 12, 7, tzinfo=BEIJING)
    known = [entry_of(MONDAY, "retry", page_no=3, again_at=NOON)]
    assert [one.page_no for one in table(known, now=early, page_no="all")[:2]] == [3, "all"]
    assert [one.page_no for one in table(known, now=early)[:2]] == [7, 3]


def test_a_front_page_that_was_not_there_stands_for_its_issue() -> None:
    known = [entry_of(MONDAY, "retry", page_no=1, again_at=NOON + HOUR)]
    assert table(known, page_no="all")[0].page_no == "all"
    assert table(known, page_no=1)[0].page_no == 1


ENTRIES = st.lists(
    st.builds(
        entry_of,
        st.dates(MONDAY - 40 * DAY, MONDAY),
        st.sampled_from(["retry", "archived", "failed", "not_published", "not_yet_due"]),
        again_at=st.none() | st.timedeltas(-30 * DAY, 30 * DAY).map(lambda by: NOON + by),
    ),
    unique_by=lambda entry: entry.issue_date,
)


@given(ENTRIES)
def test_it_is_sorted_all_of_it_is_to_come_and_no_page_comes_twice(
    entries: list[LedgerEntry],
) -> None:
    found = table(entries)
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert all(one.at > NOON for one in found)
    assert set(Counter(one.issue_date for one in found).values()) == {1}
    waiting = {e.issue_date: next_look_at(e, DAILY, RULES) for e in entries}
    last = found[-1].at
    expected = {day for day, at in waiting.items() if at is not None and NOON < at < last}
    assert expected <= {one.issue_date for one in found}


class World:
    """A site that publishes at eight, an archive, and a machine whose clock may be wrong.

    The daemon of this world asks the real plan.
    """

    def __init__(self) -> None:
        self.true = datetime.combine(MONDAY, time(9), BEIJING)
        self.clock = self.true
        self.ledger: dict[date, LedgerEntry] = {}
        self.archived: Counter[date] = Counter()

    def known(self, day: date) -> Day:
        entries = {7: self.ledger[day]} if day in self.ledger else {}
        return Day(issue_date=day, entries=entries, listed=())

    def tick(self) -> None:
        now = self.clock
        days = days_to_keep_up(DAILY, MONDAY, now, RULES)
        for intent in plan_days(DAILY, days, 7, keeping_up(DAILY, now, RULES), self.known):
            if isinstance(intent, SkipPage):
                continue
            day = issue_date_of(intent)
            is_out = due_at(DAILY, day) <= self.true
            self.ledger[day] = entry_of(day, "archived" if is_out else "not_published", at=now)
            if is_out and intent.aim != "re-read":
                self.archived[day] += 1

    def run(self, lasting: timedelta) -> None:
        """The daemon ticks: every two hours, for short."""
        for _ in range(max(1, lasting // (2 * HOUR))):
            self.tick()
            self.pass_by(2 * HOUR)
        self.tick()

    def pass_by(self, lasting: timedelta) -> None:
        """Time goes on and nobody ticks: downtime, or a lid that is closed."""
        self.true += lasting
        self.clock += lasting

    def published(self) -> Counter[date]:
        last = beijing_date(self.true - HOUR * 8)
        return Counter(MONDAY + n * DAY for n in range((last - MONDAY).days + 1))


def test_a_week_of_downtime_loses_nothing() -> None:
    world = World()
    world.run(DAY)
    world.pass_by(7 * DAY)
    world.tick()
    assert world.archived == world.published()
    assert len(world.archived) == 9


def test_a_clock_two_days_ahead_and_then_a_day_back_loses_nothing_and_stores_nothing_twice() -> (
    None
):
    world = World()
    world.run(DAY)
    world.clock += 2 * DAY
    world.run(2 * HOUR)
    world.clock -= DAY
    world.run(2 * DAY)
    world.clock -= DAY
    world.run(3 * DAY)
    assert world.archived == world.published()


@pytest.mark.parametrize("days", [1, 2, 40, 399])
def test_days_that_a_clock_ahead_took_for_days_without_an_issue_are_asked_for_again(
    days: int,
) -> None:
    world = World()
    world.clock += days * DAY
    world.tick()
    world.clock = world.true
    world.run(3 * DAY)
    assert world.archived == world.published()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["run", "away", "jump"]),
            st.timedeltas(min_value=-2 * DAY, max_value=3 * DAY),
        ),
        max_size=6,
    )
)
def test_whatever_the_machine_went_through_each_issue_is_archived_once(
    past: list[tuple[str, timedelta]],
) -> None:
    world = World()
    world.tick()
    for what, by in past:
        match what:
            case "run":
                world.run(abs(by))
            case "away":
                world.pass_by(abs(by))
            case _:
                world.clock += by
                world.tick()
    world.clock = world.true
    world.pass_by(60 * DAY)  # by then each day that a wrong clock saw is of an age to be read again
    world.run(DAY)
    assert world.archived == world.published()


DAYS_OF_CHANGE = """
import sys
from datetime import date, datetime, timedelta, UTC
from itertools import islice
from press.clock import beijing_date
from tests.schedules.test_timetable import DAILY, due_at, issue_dates

for since in (date(1986, 4, 28), date(1986, 9, 8), date(1991, 4, 8), date(1991, 9, 9),
              date(2026, 3, 2), date(2026, 3, 23), date(2026, 10, 19), date(2026, 10, 26)):
    days = list(islice(issue_dates(DAILY, since), 14))
    assert days == [date.fromordinal(since.toordinal() + n) for n in range(14)], days
    hours = [due_at(DAILY, day) for day in days]
    assert {b - a for a, b in zip(hours, hours[1:])} == {timedelta(days=1)}
    assert [beijing_date(hour) for hour in hours] == days
    each = [datetime(since.year, since.month, since.day, tzinfo=UTC) + timedelta(minutes=15) * n
            for n in range(14 * 96)]
    seen = [beijing_date(moment) for moment in each]
    assert seen == sorted(seen) and all(seen.count(day) == 96 for day in set(seen[64:-32]))
print("ok")
"""


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Europe/Helsinki", "UTC"])
def test_no_day_is_lost_or_doubled_where_clocks_change_in_shanghai_or_where_the_machine_is(
    zone: str,
) -> None:
    ran = subprocess.run(  # noqa: S603 - our own interpreter and lines
        [sys.executable, "-c", DAYS_OF_CHANGE],
        cwd=HOUSE,
        env={**os.environ, "TZ": zone, "PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.stdout, ran.stderr) == ("ok\n", "")
