"""Hits over time: no period left out, each bar a search for what it counts."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readingroom.rooms.chart import HEIGHT, MOST_BARS, chart_of, period_for

ASKED = {"q": "城市", "page": "7"}


@pytest.mark.parametrize(
    ("months", "period"),
    [
        ([], "month"), (["2026-01"], "day"), (["2025-11", "2026-01"], "day"),
        (["2025-10", "2026-01"], "month"), (["2022-02", "2026-01"], "month"),
        (["2022-01", "2026-01"], "year"),
    ],
)  # fmt: skip
def test_bars_are_as_long_as_the_hits_are_far_apart(months: list[str], period: str) -> None:
    assert period_for(months) == period


def test_months_without_a_hit_have_their_place() -> None:
    chart = chart_of([("2025-11", 4), ("2026-02", 2)], "month", ASKED)
    assert chart is not None
    assert [(bar.label, bar.count, bar.height) for bar in chart.bars] == [
        ("2025-11", 4, HEIGHT), ("2025-12", 0, 0), ("2026-01", 0, 0), ("2026-02", 2, HEIGHT // 2)
    ]  # fmt: skip
    assert parse_qs(urlsplit(chart.bars[3].path).query) == {
        "q": ["城市"], "page": ["7"], "from": ["2026-02-01"], "to": ["2026-02-28"]
    }  # fmt: skip


def test_years_and_days_are_searched_alone() -> None:
    year = chart_of([("2024", 1)], "year", ASKED)
    day = chart_of([("2024-02-29", 1)], "day", ASKED)
    assert year is not None
    assert day is not None
    assert "from=2024-01-01&to=2024-12-31" in year.bars[0].path
    assert "from=2024-02-29&to=2024-02-29" in day.bars[0].path
    assert chart_of([], "day", ASKED) is None


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 99), min_size=1, max_size=20))
def test_every_day_between_the_first_and_the_last_has_a_bar(counts: dict[int, int]) -> None:
    start = date(2023, 12, 1)
    days = sorted(((start + timedelta(days=n)).isoformat(), count) for n, count in counts.items())
    chart = chart_of(days, "day", ASKED)
    assert chart is not None
    span = max(counts) - min(counts) + 1
    assert len(chart.bars) == min(span, MOST_BARS)
    assert chart.bars[-1].label == days[-1][0]
    assert all(0 <= bar.height <= HEIGHT for bar in chart.bars)
    if span <= MOST_BARS:
        assert sum(bar.count for bar in chart.bars) == sum(counts.values())
