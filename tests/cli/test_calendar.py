"""From ledger entries to gaps, totals and days: everything counted, runs folded, nothing made up."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.calendar import WORST_FIRST, Gap, coverage, months, page_ranges, span
from press.keys import PageKey
from press.outcome import LedgerEntry
from tests.storage.samples import DAY, START, a_ledger_entry
from tests.strategies import LEDGER_ENTRIES

SETTLED = {"state": "archived", "cause": None, "next_attempt_at": None}


def entry(day: int, **changes: Any) -> LedgerEntry:
    """An entry so many days after DAY; archived unless the changes say otherwise."""
    return a_ledger_entry(**{**SETTLED, "issue_date": DAY + timedelta(days=day), **changes})


def lost(day: int, **changes: Any) -> LedgerEntry:
    return entry(day, **{"state": "retry", "cause": "busy", "next_attempt_at": START, **changes})


def always(_: PageKey) -> bool:
    return True


def never(_: PageKey) -> bool:
    return False


def brief(gaps: tuple[Gap, ...]) -> list[tuple[object, ...]]:
    return [
        (g.standing, g.cause, (g.since - DAY).days, (g.until - DAY).days, g.pages) for g in gaps
    ]


def in_order(entries: list[LedgerEntry]) -> list[LedgerEntry]:
    """One paper's entries by date, each page of a day once."""
    kept = {(one.issue_date, str(one.page_no)): one for one in entries}
    return [kept[key] for key in sorted(kept)]


NEAR = st.builds(
    lambda one, day, page: a_ledger_entry(
        state=one.state, cause=one.cause, attempts=one.attempts,
        next_attempt_at=one.next_attempt_at, issue_date=DAY + timedelta(days=day), page_no=page,
    ),
    LEDGER_ENTRIES, st.integers(0, 40), st.sampled_from([1, 7, "A01"]),
)  # fmt: skip


@given(st.lists(NEAR, max_size=30).map(in_order))
def test_every_page_is_counted_once_and_every_unsettled_one_lies_in_a_gap(
    entries: list[LedgerEntry],
) -> None:
    found = coverage(entries, always)
    never_asked = found.totals["never_asked"]
    assert sum(found.totals.values()) == len(entries) + never_asked
    lying = sum(((gap.until - gap.since).days + 1) * len(gap.pages) for gap in found.gaps)
    assert lying == never_asked + sum(not one.is_settled for one in entries)
    assert set(found.days) >= {one.issue_date for one in entries}


@given(st.lists(NEAR, max_size=30).map(in_order))
def test_gaps_come_with_the_worst_first_and_then_the_newest(entries: list[LedgerEntry]) -> None:
    gaps = coverage(entries, always).gaps
    order = [(WORST_FIRST.index(gap.standing), -gap.until.toordinal()) for gap in gaps]
    assert order == sorted(order)


@given(st.lists(NEAR, max_size=30).map(in_order))
def test_nothing_was_never_asked_for_where_nothing_was_due(entries: list[LedgerEntry]) -> None:
    found = coverage(entries, never)
    assert found.totals["never_asked"] == 0
    assert set(found.days) == {one.issue_date for one in entries}


def test_days_in_a_row_are_one_gap_with_all_looks_and_the_earliest_next_one() -> None:
    later = START + timedelta(hours=2)
    entries = [
        lost(0, attempts=3, next_attempt_at=later), lost(1, attempts=1), entry(2), lost(3)
    ]  # fmt: skip
    newest, folded = coverage(entries, always).gaps
    assert (newest.since - DAY).days == 3
    assert ((folded.since - DAY).days, (folded.until - DAY).days) == (0, 1)
    assert (folded.looks, folded.next_attempt_at) == ((1, 3), START)


def test_another_cause_is_another_gap() -> None:
    entries = [lost(0), lost(1, cause="challenge"), lost(2, state="failed", cause="challenge")]
    assert brief(coverage(entries, always).gaps) == [
        ("failed", "challenge", 2, 2, (7,)),
        ("retry", "challenge", 1, 1, (7,)),
        ("retry", "busy", 0, 0, (7,)),
    ]


def test_pages_of_the_same_days_are_one_gap() -> None:
    entries = [lost(day, page_no=page) for day in (0, 1) for page in (1, 2, 10, "A02", "A01")]
    (gap,) = coverage([*entries, lost(2, page_no=10)], always).gaps[1:]
    assert gap.pages == (1, 2, "A01", "A02")


def test_days_that_were_due_between_two_of_a_page_were_never_asked_for() -> None:
    weekdays_only: Callable[[PageKey], bool] = lambda key: key.issue_date.weekday() < 5  # noqa: E731
    monday = date(2031, 2, 3)
    assert monday == DAY
    entries = [entry(0), entry(0, page_no=8), entry(2), entry(9)]
    found = coverage(entries, weekdays_only)
    assert brief(found.gaps) == [
        ("never_asked", None, 3, 8, (7,)),
        ("never_asked", None, 1, 1, (7,)),
    ]
    assert found.totals["never_asked"] == 5
    assert found.gaps[0].looks == (0, 0)
    assert DAY + timedelta(days=5) not in found.days


def test_a_run_goes_on_over_days_without_an_issue() -> None:
    assert brief(coverage([lost(4), lost(7)], never).gaps) == [("retry", "busy", 4, 7, (7,))]


def test_an_archived_page_that_needs_a_person_counts_as_failed() -> None:
    found = coverage([entry(0, cause="needs_review")], always)
    assert brief(found.gaps) == [("failed", "needs_review", 0, 0, (7,))]
    assert found.totals == {"failed": 1}


@pytest.mark.parametrize("worst", WORST_FIRST[:4])
def test_a_day_stands_as_its_worst_page(worst: str) -> None:
    settled = [entry(0, page_no=n, state=s) for n, s in ((1, "archived"), (9, "no_such_page"))]
    bad = entry(0, page_no=7, state=worst, cause="x")
    assert coverage([*settled, bad], always).days == {DAY: worst}
    assert coverage(settled, always).days == {DAY: "archived"}


def test_the_calendar_has_the_newest_year_first_and_no_month_outside() -> None:
    days = {date(2023, 11, 30): "retry", date(2024, 1, 1): "archived", date(2024, 3, 1): "failed"}
    years = list(months(days))  # type: ignore[arg-type]
    assert [[(row.year, row.month) for row in rows] for rows in years] == [
        [(2024, 1), (2024, 2), (2024, 3)],
        [(2023, 11)],
    ]
    assert [len(row.standings) for row in years[0]] == [31, 29, 31]
    assert years[0][0].standings[:2] == ("archived", None)
    assert set(years[0][1].standings) == {None}
    assert years[1][0].standings[29] == "retry"
    assert list(months({})) == []


@pytest.mark.parametrize(
    ("since", "until", "text"),
    [
        (date(2025, 11, 18), date(2025, 11, 18), "2025-11-18"),
        (date(2025, 11, 18), date(2025, 11, 19), "2025-11-18..19"),
        (date(2025, 11, 18), date(2025, 12, 2), "2025-11-18..12-02"),
        (date(2025, 11, 18), date(2026, 11, 19), "2025-11-18..2026-11-19"),
    ],
)
def test_a_span_repeats_nothing(since: date, until: date, text: str) -> None:
    assert span(since, until) == text


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        ([7], "page 7"),
        ([1, 2, 3, 4], "pages 1..4"),
        ([1, 2, 4, 7, 8, "A01", "A02"], "pages 1..2, 4, 7..8, A01, A02"),
    ],
)
def test_page_numbers_in_a_row_are_folded(pages: list[int | str], text: str) -> None:
    assert page_ranges(pages) == text
