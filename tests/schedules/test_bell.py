"""The bell: rings, stops, and does not count what it missed."""

from datetime import UTC, datetime, timedelta
from threading import Event

from hypothesis import given
from hypothesis import strategies as st

from schedules.bell import Every, ringing
from tests.strategies import MOMENTS

BOUND_S = 30


@given(MOMENTS, MOMENTS, st.floats(0.001, 86_400))
def test_the_next_ring_is_one_period_from_now_however_long_ago_the_last_one_was(
    last: datetime, now: datetime, period_s: float
) -> None:
    ring_at = Every(period_s).get_next_fire_time(last, now)
    assert ring_at == now + timedelta(seconds=period_s)


def test_it_rings_again_and_again() -> None:
    rung = Event()
    with ringing(rung.set, 0.01):
        for _ in range(3):
            assert rung.wait(BOUND_S)
            rung.clear()


def test_it_is_silent_before_the_first_period_is_over_and_can_be_set_anew() -> None:
    rung = Event()
    with ringing(rung.set, 86_400) as ring_anew:
        ring_anew()
        assert not rung.is_set()
    assert not rung.is_set()


def test_its_next_ring_does_not_depend_on_the_zone() -> None:
    now = datetime(1991, 9, 14, 16, 30, tzinfo=UTC)  # Shanghai's last change of the clock
    assert Every(60).get_next_fire_time(None, now) - now == timedelta(minutes=1)
