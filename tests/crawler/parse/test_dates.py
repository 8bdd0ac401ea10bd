"""The issue date that a page prints."""

from datetime import date

import pytest
from hypothesis import given

from crawler.parse.dates import masthead_dates, printed_dates, shows_date
from tests.strategies import DATES

DAY = date(2026, 1, 12)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026年01月12日 星期一", [DAY]),
        ("2026 年\n01 月\n12 日　星期\n", [DAY]),
        ("2026年1月12日星 期 一", [DAY]),
        ("2026年1月12日 周一", [DAY]),
        ("2026年1月12日 星期一 雨 2026年1月13日 星期二", [DAY, date(2026, 1, 13)]),
        ("今天是2026年1月12日 星期一", []),
        ("今日2026年1月12日 星期一", []),
        ("2026年1月12日，雨停了", []),
        ("2026年2月30日 星期一", []),
        ("2026年13月1日 星期一", []),
        ("0000年1月1日 星期一", []),
        ("2026年1月12日 周报", []),
        ("2026-01-12 星期一", []),
        ("", []),
    ],
)
def test_a_masthead_prints_its_date_with_a_day_of_the_week(text: str, found: list[date]) -> None:
    assert list(printed_dates(text)) == found


def test_a_date_is_shown_with_or_without_the_day_of_the_week() -> None:
    assert shows_date("2026年2月30日，2026年1月12日", DAY)
    assert shows_date("出版 2026-01-12", DAY)
    assert not shows_date("12026-01-12 与 2026-01-12/3", DAY)
    text = "今天是2026年1月13日 星期二。2026年1月12日，雨停了。2026年2月30日"
    assert shows_date(text, DAY)
    assert shows_date(text, date(2026, 1, 13))
    assert not shows_date(text, date(2026, 1, 14))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-01-14 2026年1月13日 2026年1月12日 星期一", [DAY]),
        ("2026-01-14 2026年1月13日 2026年1月12日", [date(2026, 1, 13), DAY]),
        ("2026-02-30 2026-01-12 新报", [DAY]),
        ("2026-1-12 雨", []),
    ],
)
def test_around_the_articles_the_surest_form_of_date_counts(text: str, found: list[date]) -> None:
    assert list(masthead_dates(text)) == found


@given(DATES)
def test_every_printed_date_is_read_and_shown(day: date) -> None:
    text = f"新报 {day.year} 年 {day.month:02d} 月 {day.day} 日 星期 放大"
    assert printed_dates(text) == (day,)
    assert shows_date(text, day)


@pytest.mark.parametrize("pump", ["2026", " ", "2026年 ", "2026年1月1日 ", "星"])
def test_a_pump_of_50_kb_is_searched(pump: str) -> None:
    assert printed_dates("2026年1月1日" + pump * (50_000 // len(pump))) == ()
