from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch import MemoryGate
from crawler.fetch.pace import Turn, closing_turn

NOW = datetime(2026, 1, 12, 22, 0, tzinfo=UTC)


def test_the_first_turn_is_now() -> None:
    assert MemoryGate().claim("http://a:80", 3, NOW) == NOW


def test_hosts_do_not_wait_for_each_other() -> None:
    gate = MemoryGate()
    gate.claim("http://a:80", 3, NOW)
    assert gate.claim("http://b:80", 3, NOW) == NOW


def test_a_request_that_left_late_puts_off_the_next_turn() -> None:
    gate = MemoryGate()
    gate.claim("http://a:80", 3, NOW)
    gate.went("http://a:80", 3, NOW + timedelta(seconds=2))
    assert gate.claim("http://a:80", 3, NOW) == NOW + timedelta(seconds=5)


def test_a_request_that_left_never_brings_a_turn_forward() -> None:
    gate = MemoryGate()
    gate.claim("http://a:80", 30, NOW)
    gate.went("http://a:80", 3, NOW)
    assert gate.claim("http://a:80", 3, NOW) == NOW + timedelta(seconds=30)


seconds = st.floats(min_value=0, max_value=100)


@given(st.lists(st.tuples(seconds, seconds, seconds), max_size=30))
def test_turns_are_never_closer_than_the_interval(steps: list[tuple[float, ...]]) -> None:
    gate, now, earliest = MemoryGate(), NOW, NOW
    for passed_s, interval_s, late_s in steps:
        now += timedelta(seconds=passed_s)
        turn = gate.claim("http://a:80", interval_s, now)
        assert turn >= max(now, earliest)
        sent_at = turn + timedelta(seconds=late_s)
        gate.went("http://a:80", interval_s, sent_at)
        earliest = sent_at + timedelta(seconds=interval_s)


class WallClock:
    """Its wall time is set by hand; its elapsed time is true."""

    def __init__(self) -> None:
        self.wall = NOW
        self.elapsed_s = 0.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.elapsed_s

    def sleep(self, wait_s: float) -> None:
        self.elapsed_s += wait_s
        self.wall += timedelta(seconds=wait_s)


def leave_twice(clock: WallClock, interval_s: float, answer_s: float) -> float:
    """The gap between two requests, the first answered after `answer_s`."""
    gate, arrived, left = MemoryGate(), {}, []
    for _ in range(2):
        turn = Turn(
            gate=gate, clock=clock, host="http://a:80", interval_s=interval_s, arrived=arrived
        )
        turn.approach()
        turn.wait()
        turn.left()
        left.append(clock.elapsed_s)
        clock.sleep(answer_s)
        turn.arrived()
    return left[1] - left[0]


@pytest.mark.parametrize("answer_s", [0.0, 0.003, 2.0])
def test_the_interval_counts_from_the_answer_since_only_that_proves_the_arrival(
    answer_s: float,
) -> None:
    assert leave_twice(WallClock(), 0.1, answer_s) == pytest.approx(0.1 + answer_s)


def test_a_clock_set_forward_does_not_shorten_the_interval() -> None:
    clock, gate = WallClock(), MemoryGate()
    arrived: dict[str, float] = {}
    left: list[float] = []
    for _ in range(3):
        turn = Turn(gate=gate, clock=clock, host="http://a:80", interval_s=3, arrived=arrived)
        turn.approach()
        turn.wait()
        turn.left()
        turn.arrived()
        left.append(clock.elapsed_s)
        clock.wall += timedelta(hours=1)
    assert [round(gap, 3) for gap in (left[1] - left[0], left[2] - left[1])] == [3.0, 3.0]


class SlowGate(MemoryGate):
    """A gate that others share: `answers` are what it says, and how long it took to say so."""

    fresh_s = 1.0

    def __init__(self, clock: WallClock, answers: list[tuple[float, float]]) -> None:
        super().__init__()
        self.clock = clock
        self.answers = answers
        self.is_shut = False

    def enter(self, host: str, interval_s: float) -> float:
        wait_s, took_s = self.answers.pop(0)
        self.clock.elapsed_s += took_s
        self.is_shut = wait_s == 0
        return wait_s

    def leave(self, host: str) -> None:
        self.is_shut = False


def turn_at(gate: SlowGate) -> Turn:
    turn = Turn(gate=gate, clock=gate.clock, host="http://a:80", interval_s=0.0, arrived={})
    turn.wait()
    return turn


def test_a_request_waits_for_one_that_another_has_in_flight() -> None:
    gate = SlowGate(WallClock(), [(7.0, 0.0), (3.0, 0.0), (0.0, 0.0)])
    turn_at(gate)
    assert gate.answers == []
    assert gate.clock.elapsed_s == 10.0


@pytest.mark.parametrize("paused_s", [2.0, 600.0])
def test_leave_to_go_that_a_pause_made_old_is_asked_for_again(paused_s: float) -> None:
    gate = SlowGate(WallClock(), [(0.0, paused_s), (4.0, 0.0), (0.0, 0.0)])
    turn_at(gate)
    assert gate.answers == []
    assert gate.is_shut


def test_a_machine_that_slept_tells_it_by_its_wall_clock() -> None:
    clock = WallClock()
    gate = SlowGate(clock, [(0.0, 0.0), (0.0, 0.0)])
    slept = iter([timedelta(hours=8), timedelta()])
    now, gate_enter = clock.now, gate.enter

    def enter(host: str, interval_s: float) -> float:
        wait_s = gate_enter(host, interval_s)
        clock.wall = now() + next(slept)
        return wait_s

    gate.enter = enter  # type: ignore[method-assign]
    turn_at(gate)
    assert gate.answers == []


def test_the_host_is_open_again_when_the_request_is_over_whatever_came_of_it() -> None:
    gate = SlowGate(WallClock(), [(0.0, 0.0)])
    turn = turn_at(gate)
    was_shut = []

    def fail() -> None:
        with closing_turn(turn):
            was_shut.append(gate.is_shut)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (was_shut, gate.is_shut) == ([True], False)
