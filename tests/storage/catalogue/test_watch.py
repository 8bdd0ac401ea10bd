"""Moments: equal only where nothing was committed in between, on both databases."""

from contextlib import closing
from itertools import count, pairwise
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.catalogue import Catalogue
from tests.storage.samples import a_ledger_entry


class Undone(Exception):
    """Leaves a transaction."""


_attempts = count(2)


def commit(catalogue: Catalogue) -> None:
    """Commits what no other call has committed."""
    with catalogue.writing() as writer:
        writer.save_ledger(a_ledger_entry(attempts=next(_attempts)))


def undo(catalogue: Catalogue) -> None:
    with catalogue.writing() as writer:
        writer.save_ledger(a_ledger_entry())
        raise Undone


def test_nothing_committed_is_the_same_moment(either: Catalogue) -> None:
    before = either.moment()
    with either.reading() as reader:
        reader.counts()
    with pytest.raises(Undone):
        undo(either)
    if either.database.is_sqlite:  # a server counts the transaction that was undone
        assert either.moment() == before
    assert either.moment() == either.moment()


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.sampled_from(["commit", "look"]), max_size=12))
def test_every_commit_of_anybody_is_another_moment(either_ready: str, steps: list[str]) -> None:
    with (
        closing(Catalogue.open(either_ready)) as other,
        closing(Catalogue.open(either_ready, read_only=True)) as watching,
    ):
        moments = [watching.moment()]
        for step in steps:
            if step == "commit":
                commit(other)
            moments.append(watching.moment())
        same = [one == two for one, two in pairwise(moments)]
        assert same == [step == "look" for step in steps]


def test_a_commit_under_way_is_not_seen_and_then_is(either_ready: str) -> None:
    with (
        closing(Catalogue.open(either_ready)) as other,
        closing(Catalogue.open(either_ready, read_only=True)) as watching,
    ):
        before = watching.moment()
        with other.writing() as writer:
            writer.save_ledger(a_ledger_entry())
            with watching.reading() as reader:
                assert list(reader.state_counts()) == []
        assert watching.moment() != before


def test_threads_may_share_it(either: Catalogue) -> None:
    found = []
    threads = [Thread(target=lambda: found.append(either.moment())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1


def test_another_connection_is_another_moment(either: Catalogue) -> None:
    before = either.moment()
    either._watch.close()
    assert either.moment() != before
