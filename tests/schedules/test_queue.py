"""The queue, behind the engine's own double for tests, and in PostgreSQL."""

from datetime import date

import pytest
from procrastinate.testing import InMemoryConnector

from press.errors import HomeUnusable
from schedules.job import Job
from schedules.queue import _engine_job, opened, queue_at
from tests.storage.conftest import postgresql  # noqa: F401

HOST = "http://h:80"


def a_job(number=1, lock=HOST, kind="archive", paper="p"):
    day = date(2031, 2, number)
    return Job(
        kind=kind, paper=paper, since=day, until=day, page_no=7, reason="it is due", lock=lock
    )


@pytest.fixture
def connector():
    return InMemoryConnector()


@pytest.fixture
def queue(connector):
    with opened(connector, beat_s=60) as one:
        yield one


def test_a_job_is_taken_as_it_was_deferred(queue):
    queue.defer([a_job()])
    taken = queue.take()
    assert taken is not None
    assert taken.job == a_job()


def test_an_empty_queue_gives_nothing(queue):
    assert queue.take() is None


def test_the_same_job_waits_only_once(queue):
    assert queue.defer([a_job(), a_job()]) == (a_job(),)
    assert queue.defer([a_job(), a_job(2)]) == (a_job(2),)


def test_a_job_in_hand_is_not_deferred_again(queue):
    queue.defer([a_job()])
    queue.take()
    assert queue.defer([a_job()]) == ()


def test_a_finished_job_leaves_nothing_behind(queue, connector):
    queue.defer([a_job()])
    queue.finish(queue.take())
    assert connector.jobs == {}
    assert queue.waiting() == 0
    assert queue.defer([a_job()]) == (a_job(),)


def test_what_a_worker_did_not_finish_it_takes_again(queue):
    queue.defer([a_job(1), a_job(2)])
    first = queue.take()
    assert queue.take() == first


def test_who_leaves_puts_back_what_is_in_hand(connector):
    with opened(connector, beat_s=60) as queue:
        queue.defer([a_job()])
        queue.take()
    assert [job["status"] for job in connector.jobs.values()] == ["todo"]


@pytest.fixture
def url(request):
    return request.getfixturevalue("postgresql")()


@pytest.fixture
def two(url):
    """Two workers of one queue in PostgreSQL."""
    with queue_at(url, beat_s=60) as mine, queue_at(url, beat_s=60) as theirs:
        yield mine, theirs


def test_of_one_host_one_job_is_done_at_a_time(two):
    mine, theirs = two
    mine.defer([a_job(1), a_job(2), a_job(3, lock="http://other:80")])
    first, second = mine.take(), theirs.take()
    assert (first.job, second.job) == (a_job(1), a_job(3, lock="http://other:80"))
    theirs.finish(second)
    assert theirs.take() is None
    mine.finish(first)
    assert theirs.take().job == a_job(2)


def test_the_papers_take_turns(two):
    mine, _ = two
    long = [a_job(number) for number in (1, 2, 3)]
    short = [a_job(number, lock="http://other:80", paper="q") for number in (1, 2)]
    mine.defer([*long, *short])
    assert _each(mine) == [long[0], short[0], long[1], short[1], long[2]]


def test_what_becomes_due_is_not_kept_back_by_a_long_list(two):
    mine, _ = two
    long = [a_job(number) for number in (1, 2, 3)]
    mine.defer(long)
    first = mine.take()
    mine.defer([a_job(4), *long])
    mine.finish(first)
    assert _each(mine) == [a_job(4), *long[1:]]


def _each(queue):
    """Every job that is left, done one after another."""
    done = []
    for _ in range(queue.waiting()):
        taken = queue.take()
        done.append(taken.job)
        queue.finish(taken)
    return done


def test_the_job_of_a_silent_worker_goes_to_another(two):
    dead, alive = two
    dead.defer([a_job()])
    lost = dead.take()
    assert alive.rescue(0) == 1
    assert alive.take() == lost
    dead.finish(lost)  # it wakes, and ends nothing that is another's
    assert alive.waiting() == 1


def test_a_worker_that_gives_signs_of_life_keeps_its_job(url):
    with queue_at(url, beat_s=0.01) as mine, queue_at(url, beat_s=60) as theirs:
        mine.defer([a_job()])
        mine.take()
        assert theirs.rescue(30) == 0
        assert theirs.take() is None


def test_a_rescued_job_whose_twin_waits_is_dropped_and_the_rest_is_rescued(two):
    mine, theirs = two
    mine.defer([a_job(1), a_job(2, lock="http://other:80")])
    first = mine.take()
    engine_defer = theirs._app.job_manager  # the planner, before it saw that the first is in hand
    theirs._wait(engine_defer.defer_job_async(_engine_job(first.job, turn=3)))
    assert theirs.rescue(0) == 0
    assert theirs.take().job == a_job(2, lock="http://other:80")
    assert theirs.waiting() == 2


def test_a_worker_that_was_forgotten_joins_anew(two):
    mine, theirs = two
    mine.defer([a_job(1)])
    lost = mine.take()
    assert theirs.rescue(0) == 1
    taken = theirs.take()
    assert taken == lost
    mine.finish(lost)
    theirs.finish(taken)
    mine.defer([a_job(2)])
    with pytest.raises(HomeUnusable):
        mine.take()
    assert mine.take().job == a_job(2)


def test_the_tables_are_made_once_however_many_come_at_once(url):
    with queue_at(url, beat_s=60) as queue:
        queue.prepare()
        assert queue.waiting() == 0


def test_a_database_that_is_not_there_is_named_in_a_sentence():
    with (
        pytest.raises(HomeUnusable, match="check that its server runs"),
        queue_at("postgresql+psycopg://nobody@127.0.0.1:1/none", beat_s=60, connect_s=1),
    ):
        pass
