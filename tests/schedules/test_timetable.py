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

from press.clock import BEIJING, beijing_date
from press.model import PageNo
from press.outcome import LedgerEntry, State
from press.paper import Era, Paper
from schedules.timetable import Appointment, due, due_at, issue_dates, upcoming

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


def look_at(entry: LedgerEntry) -> datetime | None:
    """Enough of a rule for these tests: a retry has its time, all else is settled."""
    return entry.next_attempt_at


def table(
    entries: Iterable[LedgerEntry] = (),
    *,
    now: datetime = NOON,
    since: date = MONDAY,
    paper: Paper = DAILY,
    page_no: PageNo = 7,
) -> Iterable[Appointment]:
    return upcoming(paper, page_no, entries, now, since=since, next_look_at=look_at)


def test_an_empty_archive_begins_with_the_first_day_and_goes_on_for_ever() -> None:
    first, second, *_ = islice(table(), 1000)
    assert (first.key.issue_date, first.reason) == (MONDAY, "today's issue")
    assert (second.key.issue_date, second.reason) == (MONDAY + DAY, "a coming issue")
    assert first.at == datetime(2026, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "aim"),
    [
        ("archived", "re-read"),
        ("withdrawn", "re-read"),
        ("not_yet_due", "archive"),
        ("retry", "retry"),
        ("failed", "retry"),
        ("not_published", "retry"),
        ("no_such_page", "retry"),
    ],
)
def test_each_state_of_the_ledger_has_its_aim(state: State, aim: str) -> None:
    first = next(iter(table([entry_of(MONDAY, state, again_at=NOON - DAY)])))
    assert (first.key.issue_date, first.aim, first.at) == (MONDAY, aim, NOON - DAY)


def test_a_settled_day_is_left_out() -> None:
    first = next(iter(table([entry_of(MONDAY, "archived")])))
    assert first.key.issue_date == MONDAY + DAY


def test_a_paper_whose_last_era_is_over_has_an_end() -> None:
    ended = replace(DAILY, eras=(replace(ERA, until=MONDAY + DAY),))
    assert [one.key.issue_date for one in table(paper=ended)] == [MONDAY, MONDAY + DAY]
    assert list(table(paper=ended, since=MONDAY + 2 * DAY)) == []


def test_days_between_two_eras_have_no_issue() -> None:
    gap = replace(DAILY, eras=(replace(ERA, until=MONDAY), replace(ERA, since=MONDAY + 3 * DAY)))
    assert list(islice(issue_dates(gap, MONDAY), 2)) == [MONDAY, MONDAY + 3 * DAY]


def test_the_calendar_ends_with_the_last_date_there_is() -> None:
    assert list(issue_dates(DAILY, date.max - DAY)) == [date.max - DAY, date.max]


def test_a_weekly_appears_once_a_week() -> None:
    weekly = replace(DAILY, weekdays=frozenset({2}))
    days = [one.key.issue_date for one in islice(table(paper=weekly), 60)]
    assert {later - sooner for sooner, later in pairwise(days)} == {timedelta(days=7)}
    assert {day.weekday() for day in days} == {2}


def test_one_page_of_an_issue_that_is_known_keeps_the_rest_from_being_asked_as_a_whole() -> None:
    known = [entry_of(MONDAY, "retry", page_no=3, again_at=NOON)]
    first, second = islice(table(known, page_no="all"), 2)
    assert (first.key.page_no, second.key.page_no) == (3, "all")
    assert second.key.issue_date == MONDAY + DAY


def test_a_front_page_that_was_not_there_stands_for_its_issue() -> None:
    known = [entry_of(MONDAY, "retry", page_no=1, again_at=NOON)]
    assert next(iter(table(known, page_no="all"))).key.page_no == "all"
    assert next(iter(table(known, page_no=1))).key.page_no == 1


ENTRIES = st.lists(
    st.builds(
        entry_of,
        st.dates(MONDAY - 40 * DAY, MONDAY),
        st.sampled_from(["retry", "archived", "failed"]),
        again_at=st.none() | st.timedeltas(-30 * DAY, 30 * DAY).map(lambda by: NOON + by),
    ),
    unique_by=lambda entry: entry.issue_date,
)


@given(ENTRIES, st.integers(0, 60))
def test_it_is_sorted_and_names_each_publication_day_that_is_not_settled_once(
    entries: list[LedgerEntry], days: int
) -> None:
    since = MONDAY - days * DAY
    found = list(islice(table(entries, since=since), 200))
    assert [one.at for one in found] == sorted(one.at for one in found)
    named = Counter(one.key.issue_date for one in found)
    assert set(named.values()) == {1}
    settled = {one.issue_date for one in entries if one.next_attempt_at is None}
    past = {since + n * DAY for n in range(days + 1)}
    waiting = {one.issue_date for one in entries} - settled
    assert {day for day in named if day <= MONDAY} == (past | waiting) - settled


class World:
    """A site that publishes at eight, an archive, and a machine whose clock may be wrong."""

    def __init__(self) -> None:
        self.true = datetime.combine(MONDAY, time(9), BEIJING)
        self.clock = self.true
        self.ledger: dict[date, LedgerEntry] = {}
        self.archived: Counter[date] = Counter()

    def tick(self) -> None:
        coming = table(self.ledger.values(), now=self.clock)
        for one in due(coming, self.clock):
            day = one.key.issue_date
            if due_at(DAILY, day) <= self.true:
                self.archived[day] += 1
                self.ledger[day] = entry_of(day, "archived", at=self.clock)
            else:
                again_at = self.clock + HOUR
                self.ledger[day] = entry_of(day, "retry", at=self.clock, again_at=again_at)

    def run(self, lasting: timedelta) -> None:
        """The daemon ticks, every quarter of an hour for short."""
        for _ in range(max(1, lasting // timedelta(minutes=15))):
            self.tick()
            self.pass_by(timedelta(minutes=15))

    def pass_by(self, lasting: timedelta) -> None:
        """Time goes on and nobody ticks: downtime, or a lid that is closed."""
        self.true += lasting
        self.clock += lasting

    def published(self) -> set[date]:
        last = beijing_date(self.true - HOUR * 8)
        return {MONDAY + n * DAY for n in range((last - MONDAY).days + 1)}


def test_a_week_of_downtime_loses_nothing() -> None:
    world = World()
    world.run(DAY)
    world.pass_by(7 * DAY)
    world.tick()
    assert world.archived == Counter(world.published())
    assert len(world.archived) == 9


def test_a_clock_two_days_ahead_and_then_one_day_back_loses_nothing_and_asks_nothing_twice() -> (
    None
):
    world = World()
    world.run(DAY)
    world.clock += 2 * DAY
    world.run(HOUR)
    world.clock -= DAY
    world.run(2 * DAY)
    world.clock -= DAY
    world.run(3 * DAY)
    assert world.archived == Counter(world.published())


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
    world.pass_by(30 * DAY)  # a retry that a fast clock put off has come due by then
    world.tick()
    assert world.archived == Counter(world.published())


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
