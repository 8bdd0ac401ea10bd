"""Coverage as a calendar: every day once, the worst of its pages shown."""

from datetime import date, timedelta
from itertools import pairwise
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from press.holdings import IssueHoldings, PageHoldings
from press.outcome import State
from readingroom.rooms.calendar import WORST_FIRST, coverage_of, standing_of, worst


def a_page(
    state: str | None = "archived", cause: str | None = None, articles: int = 1
) -> PageHoldings:
    return PageHoldings(
        id="cqrb-20260112-007", page_no=7, page_label=None, page_name=None,
        state=state, cause=cause, articles=articles,  # type: ignore[arg-type]
    )  # fmt: skip


def an_issue(day: date, *pages: PageHoldings) -> IssueHoldings:
    return IssueHoldings(paper="cqrb", paper_name=None, issue_date=day, pages=pages or (a_page(),))


def test_every_state_has_its_rank() -> None:
    assert set(WORST_FIRST) == {*get_args(State), "unknown"}


def test_what_is_kept_but_needs_a_person_is_not_shown_as_archived() -> None:
    assert standing_of(a_page(cause="needs_review")) == "failed"
    assert standing_of(a_page()) == "archived"
    assert standing_of(a_page(state=None)) == "archived"
    assert standing_of(a_page(state="retry", cause="challenge")) == "retry"


def test_a_day_shows_the_worst_of_its_pages() -> None:
    issue = an_issue(
        date(2026, 1, 12), a_page(), a_page(state="retry"), a_page(state="no_such_page")
    )
    (month,) = coverage_of([issue]).months
    (cell,) = [cell for week in month.weeks for cell in week if cell and cell.is_known]
    assert (cell.day, cell.standing, cell.articles) == (date(2026, 1, 12), "retry", 3)
    assert worst([]) == "unknown"


def test_the_months_are_those_between_the_first_and_the_last_day_on_record() -> None:
    days = [date(2026, 2, 1), date(2025, 11, 30)]
    months = coverage_of(map(an_issue, days)).months
    assert [(month.year, month.number) for month in months] == [
        (2025, 11), (2025, 12), (2026, 1), (2026, 2)
    ]  # fmt: skip
    assert coverage_of([]).months == ()


@given(st.sets(st.dates(date(2024, 1, 1), date(2026, 12, 31)), max_size=40))
def test_each_day_of_its_months_has_one_cell_in_its_week(days: set[date]) -> None:
    coverage = coverage_of(map(an_issue, days))
    shown = []
    for month in coverage.months:
        for week in month.weeks:
            assert len(week) == 7
            for weekday, cell in enumerate(week):
                if cell is not None:
                    assert cell.day.weekday() == weekday
                    assert (cell.day.year, cell.day.month) == (month.year, month.number)
                    shown.append(cell)
    assert {cell.day for cell in shown if cell.is_known} == days
    in_order = [cell.day for cell in shown]
    assert all(b - a == timedelta(days=1) for a, b in pairwise(in_order))
    assert dict(coverage.totals).get("archived", 0) == len(days)
