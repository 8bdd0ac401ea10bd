from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch import retry_after_s
from crawler.fetch.retry import retry_wait_s
from press.errors import (
    FetchError,
    ForbiddenAddress,
    OversizedAnswer,
    RefusedEncoding,
    RobotsForbids,
    Truncated,
    Unreachable,
)

NOW = datetime(2026, 1, 12, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize("outcome", [Unreachable, Truncated, 500, 502, 504])
def test_what_may_pass_is_tried_three_times(outcome: type[FetchError] | int) -> None:
    waits = [retry_wait_s(outcome, attempt=n, attempts=3) for n in (1, 2, 3)]
    assert waits == [1.0, 4.0, None]


@pytest.mark.parametrize(
    "outcome",
    [
        *(ForbiddenAddress, OversizedAnswer, RefusedEncoding, RobotsForbids),
        *(200, 301, 403, 404, 429, 501, 503),
    ],
)
def test_what_will_not_pass_is_not_tried_again(outcome: type[FetchError] | int) -> None:
    assert retry_wait_s(outcome, attempt=1, attempts=3) is None


def test_a_short_pause_that_is_asked_for_is_made() -> None:
    assert retry_wait_s(502, attempt=1, attempts=3, retry_after_s=9) == 9
    assert retry_wait_s(502, attempt=1, attempts=3, retry_after_s=0) == 1


def test_a_long_pause_is_left_to_the_ledger() -> None:
    assert retry_wait_s(502, attempt=1, attempts=3, retry_after_s=31) is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        (" 120 ", 120),
        ("1000000000", 86400),
        ("9" * 5000, 86400),
        ("Mon, 12 Jan 2026 22:01:00 GMT", 60),
        ("Monday, 12-Jan-26 22:01:00 GMT", 60),
        ("Mon Jan 12 22:01:00 2026", 60),
        ("Tue, 12 Jan 2027 22:00:00 GMT", 86400),
        ("Mon, 12 Jan 2026 21:59:00 GMT", None),
        ("-5", None),
        ("1.5", None),
        ("1e9", None),
        ("٣", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("Mon, 99 Jan 2026 99:99:99 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after_s(value, NOW) == seconds


@given(st.text(max_size=60))
def test_any_retry_after_gives_a_day_at_most_or_nothing(value: str) -> None:
    wait_s = retry_after_s(value, NOW)
    assert wait_s is None or 0 <= wait_s <= 86400


@given(st.integers(min_value=0, max_value=86400))
def test_a_date_is_read_to_the_second(seconds: int) -> None:
    value = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert retry_after_s(value, NOW) == seconds
