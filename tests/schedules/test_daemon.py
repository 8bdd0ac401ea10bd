"""The daemon under clocks that stand still, jump and go back, and under an archive in trouble."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.clock import Stopped
from press.errors import ArchiveDamaged, ArchiveHeld, HomeUnusable, StoreError
from schedules.daemon import (
    PAUSE_MAX_S,
    PERIOD_S,
    SLACK_S,
    Daemon,
    Reading,
    is_overdue,
    pause_s,
)

MOMENT = datetime(2026, 1, 12, tzinfo=UTC)
HOUR_S = 3600.0


class ScriptedClock:
    """Passes when somebody sleeps; `jumps` are steps of wall time, by the sleep after which."""

    def __init__(self, jumps: dict[int, timedelta] | None = None) -> None:
        self.wall = MOMENT
        self.elapsed_s = 0.0
        self.sleeps = 0
        self.jumps = jumps or {}

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.elapsed_s

    def sleep(self, wait_s: float) -> None:
        self.elapsed_s += wait_s
        self.wall += timedelta(seconds=wait_s) + self.jumps.get(self.sleeps, timedelta())
        self.sleeps += 1


class Watched:
    """A daemon whose ticks, and what it tells, are kept; `raises` gives the n-th tick's error."""

    def __init__(
        self,
        clock: ScriptedClock,
        raises: Callable[[int], BaseException | None] = lambda _: None,
    ) -> None:
        self.clock = clock
        self.raises = raises
        self.ticks: list[float] = []
        self.told: list[str | None] = []

    def tick(self) -> None:
        self.ticks.append(self.clock.elapsed_s)
        error = self.raises(len(self.ticks))
        if error is not None:
            raise error

    def tell(self, error: StoreError | None) -> None:
        self.told.append(None if error is None else str(error))

    def run(self, until_s: float) -> None:
        daemon = Daemon(self.tick, clock=self.clock, tell=self.tell)
        daemon.run(lambda: self.clock.elapsed_s >= until_s)


@pytest.fixture(autouse=True)
def no_thread_is_left_behind() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = set(threading.enumerate()) - before
    assert not [thread for thread in left if thread.name == "APScheduler"]


def test_the_first_look_is_at_once() -> None:
    watched = Watched(ScriptedClock())
    watched.run(until_s=0.0)
    assert watched.ticks == [0.0]


def test_the_bell_of_apscheduler_makes_it_look() -> None:
    frozen = ScriptedClock()
    frozen.sleep = lambda _: None  # type: ignore[method-assign]  # on these clocks nothing is late
    ticks: list[None] = []
    daemon = Daemon(lambda: ticks.append(None), clock=frozen, tell=print, period_s=0.01)
    daemon.run(lambda: len(ticks) >= 3)
    assert len(ticks) == 3


@given(
    st.dictionaries(
        st.integers(0, 3000),
        st.timedeltas(min_value=timedelta(days=-20_000), max_value=timedelta(days=20_000)),
        max_size=8,
    )
)
def test_no_clock_keeps_it_from_looking_and_each_jump_makes_it_look(
    jumps: dict[int, timedelta],
) -> None:
    watched = Watched(ScriptedClock(jumps))
    watched.run(until_s=HOUR_S)
    ticks = [*watched.ticks, HOUR_S]
    assert max(later - sooner for sooner, later in pairwise(ticks)) <= 67
    for sleep, jump in jumps.items():
        if abs(jump) > timedelta(seconds=SLACK_S + 1):
            assert sleep + 1.0 in watched.ticks


def test_after_a_suspend_it_looks_within_a_second() -> None:
    watched = Watched(ScriptedClock({10: timedelta(days=3)}))
    watched.run(until_s=12.0)
    assert watched.ticks == [0.0, 11.0]


def test_an_archive_in_use_is_waited_for_and_told_once() -> None:
    held = ArchiveHeld("another run has it")
    watched = Watched(ScriptedClock(), lambda n: held if n < 4 else None)
    watched.run(until_s=HOUR_S)
    assert len(watched.ticks) > 50
    assert watched.told == ["another run has it", None]


def test_a_home_that_fills_up_is_waited_for_with_longer_and_longer_pauses() -> None:
    full = HomeUnusable("no space")
    watched = Watched(ScriptedClock(), lambda n: full if 1 < n < 9 else None)
    watched.run(until_s=6 * HOUR_S)
    gaps = [b - a for a, b in zip(watched.ticks[1:8], watched.ticks[2:9], strict=True)]
    assert gaps == sorted(gaps)
    assert (gaps[0] < 200, gaps[-1] >= PAUSE_MAX_S) == (True, True)
    assert watched.told == ["no space", None]
    assert watched.ticks[10] - watched.ticks[9] < 70


@pytest.mark.parametrize(
    ("tick_no", "error"),
    [
        (1, HomeUnusable("no folder")),
        (2, ArchiveDamaged("a file is cut")),
        (2, StoreError("something else")),
        (2, KeyError("a fault of ours")),
        (3, Stopped()),
    ],
)
def test_what_needs_a_person_ends_it(tick_no: int, error: BaseException) -> None:
    watched = Watched(ScriptedClock(), lambda n: error if n == tick_no else None)
    with pytest.raises(type(error)):
        watched.run(until_s=HOUR_S)
    assert len(watched.ticks) == tick_no


def test_a_stop_between_two_ticks_ends_it_before_the_next() -> None:
    watched = Watched(ScriptedClock())
    watched.run(until_s=30.0)
    assert watched.ticks == [0.0]


@given(st.floats(0, 1e6), st.floats(-1e6, 1e6))
def test_it_is_overdue_when_late_or_when_the_clocks_part(waited_s: float, passed_s: float) -> None:
    last = Reading(at=MOMENT, monotonic_s=100.0)
    now = Reading(at=MOMENT + timedelta(seconds=passed_s), monotonic_s=100.0 + waited_s)
    if waited_s > PERIOD_S + SLACK_S + 1 or abs(waited_s - passed_s) > SLACK_S + 1:
        assert is_overdue(last, now, PERIOD_S)
    if waited_s < PERIOD_S and abs(waited_s - passed_s) < SLACK_S - 1:
        assert not is_overdue(last, now, PERIOD_S)


@given(st.integers(0, 10_000))
def test_pauses_grow_from_nothing_to_an_hour(failures: int) -> None:
    assert pause_s(0, PERIOD_S) == 0
    assert pause_s(failures, PERIOD_S) <= pause_s(failures + 1, PERIOD_S) <= PAUSE_MAX_S
