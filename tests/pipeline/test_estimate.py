"""How much a plan is; and that a long one is never held in memory."""

import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.estimate import estimate
from pipeline.plan import (
    ArchiveIssue,
    ArchivePage,
    Day,
    EveryPage,
    Intent,
    SkipPage,
    days_to_fill,
    filling,
)
from pipeline.upkeep import known_to_nobody, plan_days
from press.keys import PageKey
from press.model import PageNo
from press.usual import Usual
from tests.pipeline.calendars import NOW, TODAY, a_paper, an_entry

KEY = PageKey("xmrb", TODAY, 7)
PAGE = ArchivePage(key=KEY, reason="x")
ISSUE = ArchiveIssue(issue_date=TODAY, reason="x")
HELD = SkipPage(key=KEY, entry=an_entry("archived"), reason="x")
USUAL = Usual(pages=8.0, articles=6.5)
PAPER = a_paper()


def test_a_page_is_its_index_and_its_articles() -> None:
    found = estimate([PAGE, PAGE], USUAL, 3.0)
    assert (found.pages, found.held, found.requests, found.wait_s) == (2, 0, 15, 45.0)
    assert found.page_s == 22.5


def test_an_issue_is_as_many_pages_as_usual() -> None:
    found = estimate([ISSUE], USUAL, 1.0)
    assert (found.pages, found.requests) == (8, 60)


def test_what_is_left_alone_costs_nothing() -> None:
    found = estimate([HELD, HELD], USUAL, 3.0)
    assert (found.pages, found.held, found.requests, found.wait_s, found.page_s) == (0, 2, 0, 0, 0)


@given(st.lists(st.sampled_from([PAGE, ISSUE, HELD])), st.floats(0, 60))
def test_a_longer_plan_is_never_less(intents: list[Intent], interval_s: float) -> None:
    one, more = (estimate(some, USUAL, interval_s) for some in (intents, [*intents, PAGE]))
    assert more.pages == one.pages + 1
    assert more.requests >= one.requests
    assert more.wait_s >= one.wait_s


def archived_day(issue_date: date) -> Day:
    """An issue of eight pages, one of which is still missing."""
    entries = {no: an_entry("archived", issue_date=issue_date, page_no=no) for no in range(1, 8)}
    return Day(issue_date=issue_date, entries=dict(entries), listed=range(1, 9))


def plan(years: int, page_no: PageNo | EveryPage) -> Iterator[Intent]:
    days = days_to_fill(PAPER, TODAY - timedelta(days=365 * years), TODAY, NOW)
    return plan_days(PAPER, days, page_no, filling(NOW, NOW), archived_day)


def peak_bytes(years: int) -> int:
    tracemalloc.start()
    try:
        found = estimate(plan(years, "all"), USUAL, 3.0)
        assert (found.pages, found.held) == (365 * years + 1, 7 * (365 * years + 1))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_the_plan_of_ten_years_is_never_held_in_memory() -> None:
    """Its 29,000 intents would be some megabytes; the interpreter's own warming up is 0.2 MB."""
    assert peak_bytes(10) < 500_000


def test_a_plan_begins_before_its_end_is_known() -> None:
    asked: list[date] = []

    def known(issue_date: date) -> Day:
        asked.append(issue_date)
        return known_to_nobody(issue_date)

    days = days_to_fill(PAPER, PAPER.first_issue, TODAY, NOW)
    plan_of_all = plan_days(PAPER, days, 7, filling(NOW, NOW), known)
    assert isinstance(next(plan_of_all), ArchivePage)
    assert asked == [TODAY]
