"""Turns at a host."""

import threading
from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.catalogue import Catalogue, HostGate
from storage.catalogue.gate import QUEUE_TURNS
from tests.storage.samples import START

HOST = "http://paper.example:80"


def after(seconds):
    return START + timedelta(seconds=seconds)


@pytest.fixture
def gate(catalogue):
    return HostGate(catalogue)


def test_the_first_turn_is_now(gate):
    assert gate.claim(HOST, 3, START) == START


def test_turns_are_an_interval_apart(gate):
    assert [gate.claim(HOST, 3, START) for _ in range(3)] == [after(0), after(3), after(6)]


def test_a_late_claim_is_due_at_once(gate):
    gate.claim(HOST, 3, START)
    assert gate.claim(HOST, 3, after(10)) == after(10)


def test_hosts_do_not_wait_for_each_other(gate):
    gate.claim(HOST, 3, START)
    assert gate.claim("http://other.example:80", 3, START) == START


def test_a_request_that_left_late_moves_the_next_turn(gate):
    gate.claim(HOST, 3, START)
    gate.went(HOST, 3, after(2))
    assert gate.claim(HOST, 3, after(4)) == after(5)


def test_a_request_that_left_early_gives_no_turn_back(gate):
    gate.claim(HOST, 3, START)
    gate.claim(HOST, 3, START)
    gate.went(HOST, 3, START)
    assert gate.claim(HOST, 3, START) == after(6)


def test_a_request_without_a_claim_opens_the_gate_an_interval_later(gate):
    gate.went(HOST, 3, START)
    assert gate.claim(HOST, 3, START) == after(3)


def test_without_an_interval_every_turn_is_now(gate):
    assert [gate.claim(HOST, 0, after(n)) for n in (0, 0, 1)] == [START, START, after(1)]


def test_a_clock_put_back_does_not_close_the_host(gate):
    gate.claim(HOST, 3, START)
    long_ago = START - timedelta(days=1)
    assert gate.claim(HOST, 3, long_ago) == long_ago
    assert gate.claim(HOST, 3, long_ago) == long_ago + timedelta(seconds=3)


def test_a_full_queue_is_not_taken_for_a_wrong_clock(gate):
    turns = [gate.claim(HOST, 3, START) for _ in range(QUEUE_TURNS + 1)]
    assert turns == [after(3 * n) for n in range(QUEUE_TURNS + 1)]


def test_the_gate_outlives_the_program(gate, url):
    gate.claim(HOST, 3, START)
    second = Catalogue.open(url)
    assert HostGate(second).claim(HOST, 3, START) == after(3)
    second.close()


def test_threads_never_share_a_turn(gate):
    turns = []
    threads = [
        threading.Thread(target=lambda: turns.append(gate.claim(HOST, 1.5, START)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(turns) == [after(1.5 * n) for n in range(8)]


@settings(max_examples=40, deadline=None)
@given(
    steps=st.lists(st.tuples(st.integers(0, 5_000_000), st.booleans()), max_size=12),
    interval_s=st.sampled_from([0.5, 3, 60]),
)
def test_requests_are_never_closer_than_the_interval(lasting, steps, interval_s):
    shared = HostGate(lasting)
    host, now, sent = f"http://{uuid4()}:80", START, []
    for pause_us, is_late in steps:
        turn = shared.claim(host, interval_s, now)
        sent.append(turn + timedelta(seconds=0.7 * is_late))
        shared.went(host, interval_s, sent[-1])
        now = max(now, sent[-1]) + timedelta(microseconds=pause_us)
    gaps = [(b - a).total_seconds() for a, b in pairwise(sent)]
    assert all(gap >= interval_s for gap in gaps)
