"""No answer is larger, slower or longer than allowed, whatever its status."""

import gzip
import time
from collections.abc import Callable

import pytest

from crawler.fetch import Fetcher, Limits
from press.capture import Exchange
from press.errors import OversizedAnswer, Truncated, Unreachable
from tests.crawler.fetch.conftest import FakeClock, RealClock, Site

OK = b"HTTP/1.1 200 OK\r\n"
ENDLESS = b"Content-Length: 100000000\r\n\r\n"


@pytest.mark.parametrize("status", ["200 OK", "302 Found", "404 Not Found", "500 Error"])
def test_a_bomb_is_stopped_in_every_kind_of_answer(
    site: Site, fetcher: Fetcher, kept: list[Exchange], status: str
) -> None:
    bomb = gzip.compress(bytes(8 << 20))
    headers = ("Content-Encoding: gzip", "Location: /b")
    site.answers("/a", site.answer(bomb, *headers, status=status))
    with pytest.raises(OversizedAnswer, match="200 times"):
        fetcher.fetch(site.url("/a"))
    assert site.paths == ["/robots.txt", "/a"]
    assert len(kept) == 1


@pytest.mark.parametrize("framing", [ENDLESS, b"\r\n"])
def test_an_endless_body_is_stopped_at_the_cap(
    site: Site, open_fetcher: Callable[..., Fetcher], framing: bytes
) -> None:
    site.answers("/a", site.repeats(OK + framing, bytes(50_000)))
    with pytest.raises(OversizedAnswer, match="longer than 300000 bytes"):
        open_fetcher(limits=Limits(attempts=3, wire_bytes=300_000)).fetch(site.url("/a"))
    assert site.paths == ["/robots.txt", "/a"]


def test_an_answer_of_exactly_the_cap_is_whole(
    site: Site, open_fetcher: Callable[..., Fetcher]
) -> None:
    answer = site.answer(bytes(90_000))
    site.answers("/a", answer)
    site.answers("/b", site.answer(bytes(90_001)))
    fetcher = open_fetcher(limits=Limits(attempts=1, wire_bytes=len(answer)))
    assert len(fetcher.fetch(site.url("/a")).body) == 90_000
    with pytest.raises(OversizedAnswer):
        fetcher.fetch(site.url("/b"))


@pytest.mark.parametrize(
    "unit", [b"X-Header: " + b"x" * 90 + b"\r\n", b"x" * 100, b"HTTP/1.1 100 Continue\r\n\r\n"]
)
def test_endless_headers_are_stopped(site: Site, fetcher: Fetcher, unit: bytes) -> None:
    start = b"" if unit.startswith(b"HTTP") else OK
    site.answers("/a", site.repeats(start, unit * 100))
    with pytest.raises((OversizedAnswer, Unreachable)) as caught:
        fetcher.fetch(site.url("/a"))
    assert "65536 bytes" in str(caught.value)


def drips(site: Site) -> dict[str, object]:
    return {
        "headers": site.repeats(OK, b"X", pause_s=0.01),
        "body": site.repeats(OK + ENDLESS, b"x", pause_s=0.01),
        "interim": site.repeats(b"", b"HTTP/1.1 102 Processing\r\n\r\n", pause_s=0.01),
        "nothing": site.repeats(b"", b"", pause_s=0.01),
        "stall": site.repeats(OK + ENDLESS + b"abc", b"", pause_s=0.01),
    }


@pytest.mark.parametrize("part", ["headers", "body", "interim", "nothing", "stall"])
def test_the_deadline_is_for_the_whole_answer(
    site: Site, open_fetcher: Callable[..., Fetcher], real_clock: RealClock, part: str
) -> None:
    site.answers("/a", drips(site)[part])
    fetcher = open_fetcher(clock=real_clock, limits=Limits(attempts=3, total_s=0.2))
    began = time.monotonic()
    with pytest.raises(OversizedAnswer, match="later"):
        fetcher.fetch(site.url("/a"))
    assert 0.19 < time.monotonic() - began < 5  # not once for each drip
    assert site.paths == ["/robots.txt", "/a"]


def test_the_deadline_holds_however_often_something_comes(
    site: Site, open_fetcher: Callable[..., Fetcher], clock: FakeClock
) -> None:
    site.page("/a")
    site.answers("/b", site.repeats(OK + ENDLESS, b"x" * 100, pause_s=0.001))
    fetcher = open_fetcher(limits=Limits(attempts=3, total_s=10))
    fetcher.fetch(site.url("/a"))
    clock.tick_s = 0.5
    began = clock.elapsed_s
    with pytest.raises(OversizedAnswer, match="more than 10 seconds"):
        fetcher.fetch(site.url("/b"))
    assert clock.elapsed_s - began <= 15


def test_a_slow_answer_is_given_up_before_the_deadline(
    site: Site, open_fetcher: Callable[..., Fetcher], clock: FakeClock
) -> None:
    site.answers("/robots.txt", site.answer())
    site.answers("/a", site.repeats(OK + ENDLESS, b"x" * 200, pause_s=0.001))
    fetcher = open_fetcher(limits=Limits(attempts=1, total_s=600))
    fetcher.fetch(site.url("/robots.txt"))
    clock.tick_s = 0.5
    began = clock.elapsed_s
    with pytest.raises(OversizedAnswer, match="1024 bytes a second"):
        fetcher.fetch(site.url("/a"))
    assert 20 <= clock.elapsed_s - began < 30


def test_an_answer_that_is_fast_enough_may_take_its_time(
    site: Site, open_fetcher: Callable[..., Fetcher], clock: FakeClock
) -> None:
    site.page("/a")
    site.answers("/b", site.repeats(OK + ENDLESS, b"x" * 100_000, pause_s=0.001))
    fetcher = open_fetcher(limits=Limits(attempts=1, total_s=600, wire_bytes=2_000_000))
    fetcher.fetch(site.url("/a"))
    clock.tick_s = 0.5
    with pytest.raises(OversizedAnswer, match="2000000 bytes"):
        fetcher.fetch(site.url("/b"))


def test_the_wait_for_a_turn_is_not_the_servers_time(
    site: Site, open_fetcher: Callable[..., Fetcher]
) -> None:
    site.page("/a")
    fetcher = open_fetcher(interval_s=100.0, limits=Limits(attempts=1, total_s=0.1))
    assert fetcher.fetch(site.url("/a")).status == 200


def test_a_cut_answer_is_cut_even_when_it_is_long(site: Site, fetcher: Fetcher) -> None:
    site.answers("/a", site.closes_after(OK + ENDLESS + bytes(500_000)))
    with pytest.raises(Truncated):
        fetcher.fetch(site.url("/a"))
