from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.dates import read_date
from press.errors import UsageError

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize("text", ["2026-01-12", "20260112", "2026/1/12", " 2026-1-12 "])
def test_a_date_may_be_written_in_three_ways(text: str) -> None:
    assert read_date(text, TODAY) == date(2026, 1, 12)


def test_today_and_yesterday_are_counted_from_the_day_given() -> None:
    assert read_date("today", TODAY) == TODAY
    assert read_date("Yesterday", TODAY) == date(2026, 2, 28)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "20260100", "0000-01-01"])
def test_a_day_that_is_in_no_calendar_is_named(text: str) -> None:
    with pytest.raises(UsageError, match="in no calendar"):
        read_date(text, TODAY)


@pytest.mark.parametrize("text", ["", "soon", "2026-01/12", "2026112", "12-01-2026", "2026-01-12x"])
def test_what_is_no_date_is_told_how_to_write_one(text: str) -> None:
    with pytest.raises(UsageError, match="give one like 2026-01-12"):
        read_date(text, TODAY)


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d"]))
def test_every_date_reads_back(day: date, form: str) -> None:
    assert read_date(day.strftime(form), TODAY) == day


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_a_usage_error(text: str) -> None:
    with suppress(UsageError):
        assert isinstance(read_date(text, TODAY), date)
