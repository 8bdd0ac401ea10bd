import gzip
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.inflate import decoded, inflated
from crawler.fetch.limits import Limits
from press.errors import FetchError, OversizedAnswer, RefusedEncoding, Truncated

SMALL = Limits(inflated_bytes=4096, ratio_from_bytes=1024, inflate_ratio=50)


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@given(st.binary(max_size=5000), st.integers(min_value=1, max_value=700))
def test_a_whole_member_inflates_to_what_was_deflated(body: bytes, size: int) -> None:
    assert inflated(pieces(gzip.compress(body), size), Limits()) == body


@given(st.binary(max_size=3000))
def test_any_bytes_give_a_bounded_body_or_a_named_error(data: bytes) -> None:
    for given_bytes in (data, gzip.compress(data)[:-9] + data, gzip.compress(data * 9)):
        try:
            assert len(inflated(pieces(given_bytes, 100), SMALL)) <= SMALL.inflated_bytes
        except (Truncated, OversizedAnswer):
            continue


@given(st.binary(min_size=1, max_size=2000), st.data())
def test_a_cut_member_is_never_accepted(body: bytes, data: st.DataObject) -> None:
    member = gzip.compress(body)
    cut = data.draw(st.integers(min_value=1, max_value=len(member) - 1))
    with pytest.raises(Truncated):
        inflated([member[:cut]], Limits())


@pytest.mark.parametrize("tail", [b"\n", b"<html>", gzip.compress(b"second", mtime=0)])
@pytest.mark.parametrize("together", [True, False])
def test_bytes_after_the_member_are_noticed(tail: bytes, together: bool) -> None:
    member = gzip.compress(b"body")
    with pytest.raises(Truncated, match="follow"):
        inflated([member + tail] if together else [member, tail], Limits())


def test_a_wrong_checksum_is_noticed() -> None:
    member = bytearray(gzip.compress(b"body"))
    member[-8] ^= 1
    with pytest.raises(Truncated, match="damaged"):
        inflated([bytes(member)], Limits())


def test_plain_text_that_calls_itself_gzip_is_noticed() -> None:
    with pytest.raises(Truncated, match="damaged"):
        decoded([b"<html></html>"], "gzip", Limits())


def test_a_body_of_exactly_one_step_is_whole() -> None:
    body = b"a" * (64 << 10)
    assert inflated([gzip.compress(body)], Limits()) == body


def test_the_cap_on_the_inflated_size_is_exact() -> None:
    at_cap, beyond = b"ab" * 2048, b"ab" * 2048 + b"c"
    generous = Limits(inflated_bytes=4096)
    assert inflated([gzip.compress(at_cap)], generous) == at_cap
    with pytest.raises(OversizedAnswer, match="4096"):
        inflated([gzip.compress(beyond)], generous)


def test_the_ratio_counts_only_beyond_its_floor() -> None:
    dense = gzip.compress(b"\0" * 1000)
    assert len(inflated([dense], SMALL)) == 1000
    with pytest.raises(OversizedAnswer, match="50 times"):
        inflated([gzip.compress(b"\0" * 4000)], SMALL)


def bomb() -> Iterator[bytes]:
    """Ten thousand MiB of zeros, a piece at a time; made as it is read."""
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b"\0" * (1 << 20)
    for _ in range(10_000):
        yield engine.compress(block)


def test_a_bomb_is_stopped_early_and_in_little_memory() -> None:
    tracemalloc.start()
    try:
        with pytest.raises(OversizedAnswer):
            inflated(bomb(), Limits())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 << 20


def test_a_bomb_of_low_ratio_is_stopped_at_the_cap() -> None:
    limits = Limits(inflate_ratio=2000)
    tracemalloc.start()
    try:
        with pytest.raises(OversizedAnswer, match="bytes; it is no page"):
            inflated(bomb(), limits)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < limits.inflated_bytes + (16 << 20)


@pytest.mark.parametrize("coding", ["br", "zstd", "deflate", "gzip, gzip", "gzip,identity", "x"])
def test_codings_not_asked_for_are_refused_unread(coding: str) -> None:
    def unread() -> Iterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    with pytest.raises(RefusedEncoding) as caught:
        decoded(unread(), coding, Limits())
    assert (caught.value.exit_code, caught.value.cause) == (20, "encoding")
    assert isinstance(caught.value, FetchError)


@pytest.mark.parametrize("coding", [None, "", "identity", " Identity "])
def test_a_body_without_coding_is_itself(coding: str | None) -> None:
    assert decoded([b"a", b"b"], coding, Limits()) == b"ab"


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", " GZIP "])
def test_gzip_has_two_names(coding: str) -> None:
    assert decoded([gzip.compress(b"ab")], coding, Limits()) == b"ab"
    assert decoded([], coding, Limits()) == b""
