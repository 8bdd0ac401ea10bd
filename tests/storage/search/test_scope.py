"""Where is searched, and the numbers of the index."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.errors import UsageError
from storage.search.scope import Found, Scope, day_of, days_docs


@given(st.dates(max_value=date.max - timedelta(days=1)))
def test_numbers_of_a_later_day_are_larger(day: date) -> None:
    numbers, later = days_docs(day), days_docs(day + timedelta(days=1))
    assert numbers.stop <= later.start
    assert day_of(numbers[0]) == day_of(numbers[-1]) == day


def test_every_number_fits_an_integer_of_eight_bytes() -> None:
    assert days_docs(date.max).stop < 2**63


def test_a_scope_without_days_is_of_every_day() -> None:
    assert days_docs(date(1995, 1, 1))[0] in Scope().span
    assert not Scope(since=date(2026, 1, 2), until=date(2026, 1, 1)).span


@pytest.mark.parametrize("paper", ["", "CQRB", "重庆日报", "a\0", "\ud800", "a b"])
def test_what_is_no_slug_is_refused(paper: str) -> None:
    with pytest.raises(UsageError, match="short name"):
        Scope(paper=paper)


def test_the_newest_issue_stands_first_and_within_it_paper_page_and_order() -> None:
    day, before = days_docs(date(2026, 1, 2)).start, days_docs(date(2026, 1, 1)).start
    in_order = [
        Found(doc=day + 5, article_id="c", paper="a", page_order=1, page_no="1", order=1),
        Found(doc=day + 1, article_id="b", paper="a", page_order=1, page_no="1", order=2),
        Found(doc=day + 9, article_id="a", paper="a", page_order=10_001, page_no="A01", order=1),
        Found(doc=day + 0, article_id="d", paper="b", page_order=1, page_no="1", order=1),
        Found(doc=before, article_id="e", paper="a", page_order=1, page_no="1", order=1),
    ]
    shuffled = [in_order[at] for at in (3, 0, 4, 2, 1)]
    assert sorted(shuffled, key=lambda one: one.place) == in_order
