"""Stopping: the decisions as values, and what signals do to a process of its own."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.stopping import ALLOWED_S, Stop, stopping
from press.clock import Stopped

HOUSE = Path(__file__).parents[2]
BOUND_S = 30
LAST_WORDS = "baoku: stopped where it stood; the next run takes up the rest\n"
CHILD = """
import os, signal, sys
from cli.clock import SystemClock
from cli.stopping import stopping
from press.clock import Stopped

def read_for_ever():
    os.read(os.pipe()[0], 1)

def run(work, **settings):
    try:
        with stopping(**settings) as stop:
            print("ready", flush=True)
            work(stop)
    except Stopped:
        print("stopped", flush=True)
        sys.exit(130)
    print("finished", flush=True)
"""
SECONDS = st.floats(0, 10_000)
Child = subprocess.Popen[str]
Start = Callable[[str], Child]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts Python on a few lines after CHILD, and waits until they are at work."""
    children: list[Child] = []

    def begin(lines: str) -> Child:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and lines
            [sys.executable, "-c", CHILD + lines],
            cwd=HOUSE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        children.append(child)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        return child

    yield begin
    for child in children:
        child.kill()
        child.communicate()


def end_of(child: Child) -> tuple[int, str, str]:
    """The exit code and what the child still said."""
    said, complained = child.communicate(timeout=BOUND_S)
    return child.returncode, said, complained


def test_a_pause_of_a_day_ends_when_its_process_is_asked_to_end(start: Start) -> None:
    child = start(
        "run(lambda stop: SystemClock(stop).sleep(86400), allowed_s={signal.SIGTERM: 3600.0})"
    )
    child.terminate()
    assert end_of(child) == (130, "stopped\n", "")


def test_a_blocked_read_ends_when_the_time_allowed_is_over(start: Start) -> None:
    child = start("run(lambda stop: read_for_ever(), allowed_s={signal.SIGTERM: 0.2})")
    child.terminate()
    assert end_of(child) == (130, "stopped\n", "")


def test_what_can_be_finished_in_the_time_allowed_is_finished(start: Start) -> None:
    child = start(
        "def work(stop):\n"
        "    while not stop.requested:\n"
        "        pass\n"
        "    SystemClock(stop).sleep(0.01)\n"
        "run(work)"
    )
    child.terminate()
    assert end_of(child) == (0, "finished\n", "")


def test_the_second_ctrl_c_ends_at_once_what_the_first_let_go_on(start: Start) -> None:
    child = start("run(lambda stop: read_for_ever(), allowed_s={signal.SIGINT: 86400.0})")
    child.send_signal(signal.SIGINT)
    assert child.stderr is not None
    assert child.stderr.readline() == "baoku: ending after this page; Ctrl-C again ends at once\n"
    for _ in count():  # signals within half a second of the first are the same gesture
        try:
            child.wait(timeout=0.2)
            break
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGINT)
    assert end_of(child)[:2] == (130, "stopped\n")


def test_a_run_that_swallows_the_stop_is_ended_all_the_same(start: Start) -> None:
    child = start(
        "def work(stop):\n"
        "    while True:\n"
        "        try:\n"
        "            read_for_ever()\n"
        "        except BaseException:\n"
        "            print('swallowed', flush=True)\n"
        "run(work, allowed_s={signal.SIGTERM: 0.1})"
    )
    child.terminate()
    assert end_of(child) == (130, "swallowed\n", LAST_WORDS)


def test_a_signal_that_python_cannot_act_upon_ends_the_process_all_the_same(start: Start) -> None:
    child = start(
        "def work(stop):\n"
        "    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\n"
        "    print('deaf', flush=True)\n"
        "    read_for_ever()\n"
        "run(work, allowed_s={signal.SIGTERM: 0.1})"
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "deaf\n"
    child.terminate()
    assert end_of(child) == (130, "", LAST_WORDS)


def test_the_handlers_from_before_come_back() -> None:
    numbers = (*ALLOWED_S, signal.SIGALRM)
    before = [signal.getsignal(number) for number in numbers]
    with stopping():
        assert [signal.getsignal(number) for number in numbers] != before
    assert [signal.getsignal(number) for number in numbers] == before
    assert signal.set_wakeup_fd(-1) == -1


def test_a_signal_that_the_process_was_started_to_ignore_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with stopping():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    finally:
        signal.signal(signal.SIGINT, before)


def test_nothing_is_over_before_anybody_asks() -> None:
    stop = Stop()
    stop.hear(signal.SIGALRM, 5.0)
    stop.check(float("inf"))
    assert not stop.before_next()


def test_the_next_piece_of_work_is_not_begun_after_somebody_asked() -> None:
    stop = Stop()
    assert stop.before_next() is False
    stop.hear(signal.SIGTERM, 0.0)
    with pytest.raises(Stopped):
        stop.before_next()


@given(st.sampled_from(sorted(ALLOWED_S)), SECONDS, st.floats(0, 0.49))
def test_a_signal_sent_twice_in_one_gesture_counts_once(
    number: int, at_s: float, gap_s: float
) -> None:
    stop = Stop()
    stop.hear(number, at_s)
    stop.hear(number, at_s + gap_s)
    assert stop.deadline == at_s + ALLOWED_S[number]


@given(st.lists(st.tuples(st.sampled_from(sorted(ALLOWED_S)), SECONDS), min_size=1))
def test_asking_again_never_leaves_more_time(asked: list[tuple[int, float]]) -> None:
    stop, deadlines = Stop(), []
    for number, at_s in sorted(asked, key=lambda one: one[1]):
        stop.hear(number, at_s)
        assert stop.deadline is not None
        deadlines.append(stop.deadline)
    assert deadlines == sorted(deadlines, reverse=True)


@given(SECONDS, SECONDS)
def test_only_what_ends_after_the_deadline_is_stopped(at_s: float, until_s: float) -> None:
    stop = Stop()
    stop.hear(signal.SIGTERM, at_s)
    if until_s > at_s + ALLOWED_S[signal.SIGTERM]:
        with pytest.raises(Stopped):
            stop.check(until_s)
    else:
        stop.check(until_s)
