"""Beijing's calendar date."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.clock import BEIJING, beijing_date
from tests.strategies import MOMENTS


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 1, 12, 15, 59, 59, tzinfo=UTC), date(2026, 1, 12)),
        (datetime(2026, 1, 12, 16, 0, 0, tzinfo=UTC), date(2026, 1, 13)),
        (datetime(2025, 12, 31, 16, 0, 0, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2024, 2, 28, 23, 0, tzinfo=UTC), date(2024, 2, 29)),
        (datetime(2026, 1, 12, 0, 0, tzinfo=BEIJING), date(2026, 1, 12)),
        (datetime(2026, 1, 12, 9, 0, tzinfo=timezone(-timedelta(hours=8))), date(2026, 1, 13)),
    ],
)
def test_the_day_in_beijing_begins_at_16_oclock_utc(moment: datetime, expected: date) -> None:
    assert beijing_date(moment) == expected


@given(MOMENTS, st.integers(-12, 14))
def test_the_date_does_not_depend_on_the_zone_in_which_the_moment_is_told(
    moment: datetime, hours: int
) -> None:
    elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))
    assert beijing_date(elsewhere) == beijing_date(moment)
