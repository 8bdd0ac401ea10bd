"""Turns at a host among several machines: spacing, and never two requests in flight."""

from threading import Thread

import pytest

from press.errors import LeaseLost
from storage.catalogue import Catalogue, SharedGate, Tenure
from tests.storage.catalogue.hand import NOW, Hand

HOST = "http://paper.example:80"


@pytest.fixture
def shared(postgresql):
    opened = Catalogue.open(postgresql())
    yield opened
    opened.close()


@pytest.fixture
def gates(shared):
    return [SharedGate(shared, Hand(), lasts_s=60) for _ in range(2)]


def test_a_host_is_shut_while_a_request_is_in_flight(gates):
    mine, theirs = gates
    assert mine.enter(HOST, 3) == 0
    assert 50 < theirs.enter(HOST, 3) <= 60


def test_it_is_shut_for_the_interval_after_the_request_arrived(gates):
    mine, theirs = gates
    mine.enter(HOST, 3)
    mine.went(HOST, 3, NOW)
    mine.leave(HOST)
    assert 2 < theirs.enter(HOST, 3) <= 3
    assert 2 < mine.enter(HOST, 3) <= 3


def test_the_time_that_the_answer_took_counts(shared):
    hand = Hand()
    mine, theirs = SharedGate(shared, hand, lasts_s=60), SharedGate(shared, Hand(), lasts_s=60)
    mine.enter(HOST, 30)
    mine.went(HOST, 30, NOW)
    hand.sleep(20)
    mine.leave(HOST)
    assert 9 < theirs.enter(HOST, 30) <= 10


def test_a_request_that_was_never_sent_leaves_the_host_open(gates):
    mine, theirs = gates
    mine.enter(HOST, 3)
    mine.leave(HOST)
    assert theirs.enter(HOST, 3) == 0


def test_whoever_shut_it_may_go_in_again_before_the_request_left(gates):
    mine, theirs = gates
    assert [mine.enter(HOST, 3), mine.enter(HOST, 3)] == [0, 0]
    assert theirs.enter(HOST, 3) > 50


def test_after_the_longest_that_a_request_may_last_another_is_let_in(shared):
    dead, alive = SharedGate(shared, Hand(), lasts_s=0.001), SharedGate(shared, Hand(), lasts_s=60)
    assert dead.enter(HOST, 3) == 0
    while (wait_s := alive.enter(HOST, 3)) > 0:
        assert wait_s <= 0.001
    dead.leave(HOST)  # it wakes, and opens nothing that another has shut
    assert SharedGate(shared, Hand(), lasts_s=60).enter(HOST, 3) > 50


def test_a_delay_that_robots_txt_asks_for_holds_for_all(gates):
    mine, theirs = gates
    mine.enter(HOST, 3)
    mine.went(HOST, 3, NOW)
    mine.leave(HOST)
    mine.went(HOST, 40, NOW)
    assert 39 < theirs.enter(HOST, 3) <= 40


def test_hosts_do_not_wait_for_each_other(gates):
    gates[0].enter(HOST, 3)
    assert gates[1].enter("http://other.example:80", 3) == 0


def test_a_gate_that_a_wrong_clock_put_far_ahead_is_open(shared, gates):
    SharedGate(shared, Hand(), lasts_s=86_400 * 365).enter(HOST, 3)
    assert gates[0].enter(HOST, 3) == 0


def test_who_may_ask_no_more_is_refused_and_the_gate_stays_open(shared, gates):
    tenure = Tenure(shared, "a", 60)
    with pytest.raises(LeaseLost):
        SharedGate(shared, Hand(), lasts_s=60, prove=tenure.prove).enter(HOST, 3)
    assert gates[0].enter(HOST, 3) == 0


def test_of_many_at_once_one_is_let_in(shared):
    waits = []

    def ask():
        waits.append(SharedGate(shared, Hand(), lasts_s=60).enter(HOST, 3))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(waits)[0] == 0
    assert sorted(waits)[1] > 50
