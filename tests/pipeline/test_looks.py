from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.looks import Rules, appears_on, due_at, next_look_at
from press.outcome import State
from tests.pipeline.calendars import NOW, TODAY, a_paper, an_entry

PAPER = a_paper()
RULES = Rules()
DUE = due_at(PAPER, TODAY)


def looks(state: State, first: datetime, rules: Rules = RULES) -> list[timedelta]:
    """How long after the issue's hour it is looked at again, when each look finds the same."""
    entry = an_entry(state, checked_at=first)
    times: list[datetime] = []
    while (moment := next_look_at(entry, PAPER, rules)) is not None:
        times.append(moment)
        entry = an_entry(state, checked_at=moment)
    return [moment - DUE for moment in times]


def test_the_hour_of_an_issue_is_beijings() -> None:
    assert DUE.isoformat() == "2026-01-12T06:00:00+08:00"


def test_an_archived_issue_is_read_again_after_1_7_and_30_days() -> None:
    assert looks("archived", DUE) == [timedelta(days=days) for days in (1, 7, 30)]


def test_what_was_absent_is_first_looked_for_on_its_own_day() -> None:
    hours = [age.total_seconds() / 3600 for age in looks("not_published", DUE)]
    assert hours == [2, 6, 12, 24, 7 * 24, 30 * 24]


def test_an_issue_that_is_archived_long_after_it_came_out_is_settled() -> None:
    assert looks("archived", DUE + timedelta(days=31)) == []


def test_one_look_makes_up_for_those_that_were_missed() -> None:
    assert looks("archived", DUE + timedelta(days=8)) == [timedelta(days=30)]


def test_a_retry_has_its_own_time_and_a_page_before_its_hour_that_hour() -> None:
    soon = NOW + timedelta(minutes=15)
    assert next_look_at(an_entry("retry", next_attempt_at=soon), PAPER, RULES) == soon
    assert next_look_at(an_entry("not_yet_due"), PAPER, RULES) == DUE


def test_a_re_reading_that_failed_waits_for_its_next_attempt() -> None:
    later = DUE + timedelta(days=1, hours=3)
    entry = an_entry("archived", checked_at=DUE, next_attempt_at=later)
    assert next_look_at(entry, PAPER, RULES) == later


def test_a_look_that_failed_is_made_up_for_also_past_the_last_age() -> None:
    old, later = DUE + timedelta(days=40), DUE + timedelta(days=41)
    entry = an_entry("archived", checked_at=old, next_attempt_at=later)
    assert next_look_at(entry, PAPER, RULES) == later


@pytest.mark.parametrize("ages", [(), (2,), (30, 1)])
def test_the_ages_are_a_setting(ages: tuple[int, ...]) -> None:
    expected = [timedelta(days=days) for days in sorted(ages)]
    assert looks("archived", DUE, Rules(reread_days=ages)) == expected


def test_a_paper_appears_on_its_weekdays_from_its_first_issue_on() -> None:
    weekly = a_paper(weekdays=frozenset({4}), first_issue=date(2026, 1, 9))
    fridays = [date(2026, 1, 2) + timedelta(days=days) for days in range(15)]
    assert [day for day in fridays if appears_on(weekly, day)] == [
        date(2026, 1, 9),
        date(2026, 1, 16),
    ]


@given(
    st.sampled_from(["archived", "failed", "withdrawn", "not_published", "no_such_page"]),
    st.timedeltas(timedelta(days=-1), timedelta(days=60)),
)
def test_the_next_look_lies_after_the_last_and_they_come_to_an_end(
    state: State, age: timedelta
) -> None:
    ages = looks(state, DUE + age)
    assert all(one > age for one in ages)
    assert ages == sorted(set(ages))
    assert len(ages) <= 6
