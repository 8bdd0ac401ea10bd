"""Leases: one holder at a time, and who lost it writes nothing."""

from threading import Thread

import pytest

from press.errors import LeaseLost
from storage.catalogue import Catalogue, Tenure
from tests.storage.samples import START

NAME = "http://paper.example:80"


@pytest.fixture
def shared(postgresql):
    opened = Catalogue.open(postgresql())
    yield opened
    opened.close()


def written(catalogue):
    with catalogue.reading() as reader:
        return reader.last_run()


def write(tenure, catalogue):
    with catalogue.guarded(tenure.prove).writing() as writer:
        writer.begin_run("crawl", "what is due", START)


def test_a_lease_is_one_workers(shared):
    first, second = Tenure(shared, "a", 60), Tenure(shared, "b", 60)
    assert first.take(NAME) == 0
    assert 50 < second.take(NAME) <= 60


def test_who_holds_it_may_write(shared):
    tenure = Tenure(shared, "a", 60)
    tenure.take(NAME)
    write(tenure, shared)
    assert written(shared) is not None


def test_who_holds_none_writes_nothing(shared):
    with pytest.raises(LeaseLost):
        write(Tenure(shared, "a", 60), shared)
    assert written(shared) is None


def test_a_lease_that_ran_out_is_still_its_holders_while_nobody_took_it(shared):
    tenure = Tenure(shared, "a", 0.001)
    tenure.take(NAME)
    write(tenure, shared)
    assert written(shared) is not None


def test_who_was_replaced_writes_nothing(shared):
    old, new = Tenure(shared, "a", 0.001), Tenure(shared, "b", 60)
    old.take(NAME)
    while new.take(NAME) > 0:
        pass
    with pytest.raises(LeaseLost, match="taken over"):
        write(old, shared)
    assert written(shared) is None


def test_who_was_replaced_releases_nothing(shared):
    old, new = Tenure(shared, "a", 0.001), Tenure(shared, "b", 60)
    old.take(NAME)
    while new.take(NAME) > 0:
        pass
    old.release()
    assert Tenure(shared, "c", 60).take(NAME) > 50


def test_a_released_lease_is_free_at_once(shared):
    first, second = Tenure(shared, "a", 60), Tenure(shared, "b", 60)
    first.take(NAME)
    first.release()
    assert second.take(NAME) == 0


def test_proving_renews_it(shared):
    tenure = Tenure(shared, "a", 60)
    tenure.take(NAME)
    with shared.database.connecting() as connection:
        connection.exec_driver_sql("UPDATE leases SET expires_at = 0")
    write(tenure, shared)
    assert Tenure(shared, "b", 60).take(NAME) > 50


def test_a_lease_is_not_taken_in_the_midst_of_its_holders_writing(shared):
    old, new = Tenure(shared, "a", 0.001), Tenure(shared, "b", 60)
    old.take(NAME)
    taking = Thread(target=lambda: [None for _ in iter(lambda: new.take(NAME), 0)])
    with shared.guarded(old.prove).writing() as writer:
        taking.start()
        writer.begin_run("crawl", "what is due", START)
        taking.join(timeout=0.2)
        assert taking.is_alive()
    taking.join(timeout=20)
    assert not taking.is_alive()
    assert written(shared) is not None
    with pytest.raises(LeaseLost):
        write(old, shared)
