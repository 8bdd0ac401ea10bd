"""Work spread over processes."""

import os
import signal

import pytest

from cli.cores import cores, spread
from press.errors import HomeUnusable, LayoutChanged

_begun: list[int] = []


def begin(factor: int) -> None:
    _begun.append(factor)


def multiply(piece: int) -> int:
    return piece * _begun[0]


def fail(piece: int) -> int:
    if piece == 3:
        raise LayoutChanged("it looks otherwise", url="http://a/")
    return piece


def die(piece: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return piece


def test_results_come_in_the_order_of_the_pieces() -> None:
    pieces = range(40)
    results = spread(multiply, pieces, jobs=2, begin=begin, given=(3,))
    assert list(results) == [piece * 3 for piece in pieces]


def test_pieces_are_not_all_given_out_before_results_are_wanted() -> None:
    given: list[int] = []
    pieces = (given.append(piece) or piece for piece in range(40))
    results = spread(multiply, pieces, jobs=2, begin=begin, given=(3,))
    assert next(results) == 0
    assert len(given) <= 5
    results.close()  # type: ignore[attr-defined]


def test_an_error_reaches_who_asked_whole() -> None:
    with pytest.raises(LayoutChanged) as caught:
        list(spread(fail, range(9), jobs=2, begin=begin, given=(3,)))
    assert caught.value.url == "http://a/"


def test_a_killed_process_is_told_in_a_sentence() -> None:
    with pytest.raises(HomeUnusable, match="--jobs"):
        list(spread(die, range(9), jobs=2, begin=begin, given=(3,)))


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1
