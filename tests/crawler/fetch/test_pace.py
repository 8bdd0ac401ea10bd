"""Politeness as the server measures it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from math import inf

import pytest

from crawler.fetch import Fetcher, Limits, MemoryGate
from press.errors import PressError
from tests.crawler.fetch.conftest import FakeClock, RealClock, Site


def gaps(site: Site) -> list[float]:
    return [after.at - before.at for before, after in pairwise(site.arrivals)]


class LoggingGate:
    """A gate that remembers what it was told."""

    fresh_s = inf

    def __init__(self) -> None:
        self.gate = MemoryGate()
        self.turns: list[tuple[str, float, datetime]] = []
        self.went_at: list[datetime] = []

    def claim(self, host: str, interval_s: float, now: datetime) -> datetime:
        turn = self.gate.claim(host, interval_s, now)
        self.turns.append((host, interval_s, turn))
        return turn

    def went(self, host: str, interval_s: float, sent_at: datetime) -> None:
        self.went_at.append(sent_at)
        self.gate.went(host, interval_s, sent_at)

    def enter(self, host: str, interval_s: float) -> float:
        return self.gate.enter(host, interval_s)

    def leave(self, host: str) -> None:
        self.gate.leave(host)


def spacing(gate: LoggingGate) -> list[float]:
    moments = sorted(set(gate.went_at))
    return [(after - before).total_seconds() for before, after in pairwise(moments)]


@pytest.mark.parametrize("keep_alive", [True, False])
def test_requests_leave_at_least_the_interval_apart(
    site: Site, open_fetcher: Callable[..., Fetcher], real_clock: RealClock, keep_alive: bool
) -> None:
    """Arrivals depend on how the site's threads wake; what is ours to keep is the departure."""
    gate = LoggingGate()
    answer = site.answer(b"a") if keep_alive else site.closes_after(site.answer(b"a"))
    site.answers("/a", answer)
    fetcher = open_fetcher(clock=real_clock, gate=gate, interval_s=0.02)
    for _ in range(20):
        fetcher.fetch(site.url("/a"))
    assert len(gaps(site)) == 20
    departures = gate.went_at[-20:]
    assert all(after - before >= timedelta(seconds=0.02) for before, after in pairwise(departures))


def test_robots_redirects_and_retries_take_turns_too(
    site: Site, open_fetcher: Callable[..., Fetcher]
) -> None:
    gate = LoggingGate()
    site.answers("/a", site.answer(b"", "Location: /b", status="302 Found"))
    site.answers("/b", site.closes_after(b""), site.answer(status="500 Error"), site.answer())
    fetcher = open_fetcher(gate=gate, interval_s=10.0, limits=Limits())
    fetcher.fetch(site.url("/a"))
    assert site.paths == ["/robots.txt", "/a", "/b", "/b", "/b"]
    assert [turn[:2] for turn in gate.turns] == [(f"http://{site.host}", 10.0)] * 5
    assert spacing(gate) == pytest.approx([10.0] * 4)


def test_the_crawl_delay_counts_from_robots_on(
    site: Site, open_fetcher: Callable[..., Fetcher]
) -> None:
    gate = LoggingGate()
    site.answers("/robots.txt", site.answer(b"User-agent: *\nCrawl-delay: 30\n"))
    fetcher = open_fetcher(gate=gate, interval_s=2.0)
    for _ in range(3):
        fetcher.fetch(site.url("/a"))
    assert [interval_s for _, interval_s, _ in gate.turns] == [2.0, 30.0, 30.0, 30.0]
    assert spacing(gate) == pytest.approx([30.0] * 3)
    other = gate.gate.claim(f"http://{site.host}", 2.0, gate.went_at[0])
    assert (other - gate.went_at[-1]).total_seconds() == pytest.approx(30)


def test_a_shorter_crawl_delay_does_not_shorten_the_interval(
    site: Site, open_fetcher: Callable[..., Fetcher]
) -> None:
    gate = LoggingGate()
    site.answers("/robots.txt", site.answer(b"User-agent: *\nCrawl-delay: 1\n"))
    open_fetcher(gate=gate, interval_s=5.0).fetch(site.url("/a"))
    assert spacing(gate) == pytest.approx([5.0])


@pytest.mark.parametrize(("asked_s", "kept_s"), [(0.0, 3.0), (1.0, 3.0), (8.0, 8.0)])
def test_a_real_host_is_never_asked_faster_than_every_three_seconds(
    open_fetcher: Callable[..., Fetcher], asked_s: float, kept_s: float
) -> None:
    gate = LoggingGate()
    fetcher = open_fetcher(
        hosts=frozenset({"epaper.example"}),
        contact="archive@library.example",
        gate=gate,
        interval_s=asked_s,
        resolve=lambda _host, _port: [],
        limits=Limits(),
    )
    with pytest.raises(PressError):
        fetcher.fetch("http://epaper.example/a")
    assert [turn[:2] for turn in gate.turns] == [("http://epaper.example:80", kept_s)] * 3
    assert gate.went_at == []
    turns = [turn[2] for turn in gate.turns]
    assert all(b.timestamp() - a.timestamp() >= kept_s for a, b in pairwise(turns))


def test_another_process_turn_is_waited_for(
    site: Site, open_fetcher: Callable[..., Fetcher], clock: FakeClock
) -> None:
    gate = MemoryGate()
    gate.claim(f"http://{site.host}", 45.0, clock.now())
    started = clock.now()
    exchange = open_fetcher(gate=gate).fetch(site.url("/a"))
    assert (exchange.sent_at - started).total_seconds() >= 45
