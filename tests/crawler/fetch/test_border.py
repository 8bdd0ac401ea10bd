from collections.abc import Iterator

import httpcore
import httpx
import pytest

from crawler.fetch.border import FOREIGN, border, translated
from press.errors import (
    FetchError,
    ForbiddenAddress,
    OversizedAnswer,
    RefusedEncoding,
    Truncated,
    Unreachable,
)


def descendants(root: type[Exception]) -> Iterator[type[Exception]]:
    yield root
    for child in root.__subclasses__():
        yield from descendants(child)


def exceptions_of(module: object) -> list[type[Exception]]:
    found = [value for value in vars(module).values() if isinstance(value, type)]
    return [kind for kind in found if issubclass(kind, Exception)]


@pytest.mark.parametrize("kind", sorted(set(descendants(httpx.TransportError)), key=str))
@pytest.mark.parametrize("answering", [False, True])
def test_each_transport_error_becomes_one_of_ours(
    kind: type[httpx.TransportError], answering: bool
) -> None:
    ours = translated(kind("broken"), url="http://paper.example/", answering=answering)
    expected = Truncated if answering else Unreachable
    if issubclass(kind, httpx.TimeoutException):
        expected = OversizedAnswer
    if issubclass(kind, httpx.ConnectTimeout):
        expected = Unreachable
    if issubclass(kind, httpx.UnsupportedProtocol):
        expected = ForbiddenAddress
    assert type(ours) is expected
    assert ours.url == "http://paper.example/"


@pytest.mark.parametrize("module", [httpx, httpcore])
def test_no_error_of_the_libraries_passes_the_border(module: object) -> None:
    kinds = exceptions_of(module)
    assert len(kinds) > 10
    assert [kind for kind in kinds if not issubclass(kind, FOREIGN)] == []


def test_a_foreign_error_is_chained_to_ours() -> None:
    with pytest.raises(FetchError) as caught, border("http://paper.example/"):
        raise ConnectionRefusedError("refused")
    assert isinstance(caught.value.__cause__, ConnectionRefusedError)


def test_our_own_error_passes_and_learns_its_url() -> None:
    with pytest.raises(RefusedEncoding) as caught, border("http://paper.example/"):
        raise RefusedEncoding("no")
    assert caught.value.url == "http://paper.example/"
