"""An archive in a folder of its own, fed from the replica's site without a network."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.fetch import Fetcher, MemoryGate, retry_after_s
from crawler.papers import find_paper
from crawler.papers.addresses import Mirror
from crawler.reading import Answer
from pipeline.harvest import Harvest
from pipeline.keeping import Keeper, Known
from pipeline.past import Past
from pipeline.plan import Intent, asked_for
from pipeline.report import PageResult
from pipeline.site import Site
from pipeline.source import LiveSource, Source
from pipeline.visit import Step
from press.capture import Capture, Exchange
from press.errors import FetchError
from press.keys import PageKey
from press.outcome import LedgerEntry
from press.record import ArticleRecord, canonical_json, json_line
from replica.answer import missing
from replica.newspaper import Newspaper
from replica.scenario import Scenario
from replica.server import ReplicaServer
from replica.site import Site as ReplicaSite
from storage.catalogue import Catalogue, Selection
from storage.raw import Shelf
from storage.raw.vault import Vault

PAPER = find_paper("cqrb")


class SteppingClock:
    """A second passes with each look; sleeping passes the time that was asked for."""

    step = timedelta(seconds=1)

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 12, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += self.step
        return self.moment

    def monotonic(self) -> float:
        return self.now().timestamp()

    def sleep(self, wait_s: float) -> None:
        self.moment += timedelta(seconds=wait_s)


class ReplicaSource:
    """Answers from the replica's site as a function, kept like those of the wire.

    `spoils` maps a path's ending to an error to raise instead; a path that ends in `gone` is 404;
    `bodies` replaces the bodies of whole paths; with an `origin` the captures carry the addresses of that mirror.
    """

    def __init__(self, site: ReplicaSite, keeper: Keeper, clock: SteppingClock) -> None:
        self.site = site
        self._keeper = keeper
        self._clock = clock
        self.asked: list[str] = []
        self.spoils: dict[str, FetchError] = {}
        self.gone: str | None = None
        self.origin: str | None = None
        self.bodies: dict[str, bytes] = {}
        self._reads: Counter[str] = Counter()

    def answer(self, url: str) -> tuple[Answer, Capture]:
        self.asked.append(url)
        path = urlsplit(url).path
        spoil = next((what for end, what in self.spoils.items() if path.endswith(end)), None)
        if spoil is not None:
            raise spoil
        is_gone = self.gone is not None and path.endswith(self.gone)
        given = missing() if is_gone else self.site.answer(path, {}, self._reads[path])
        if path in self.bodies:
            given = dataclasses.replace(given, body=self.bodies[path])
        self._reads[path] += 1
        sent_at = self._clock.now()
        asked = Mirror(self.origin).outward(url)
        self._keeper.keep(exchange_of(asked, given.status, given.headers, given.body, sent_at))
        headers = dict(given.headers)
        answer = Answer(
            url=url,
            status=given.status,
            content_type=headers.get("Content-Type"),
            body=given.body,
            wait_s=retry_after_s(headers.get("Retry-After"), sent_at),
        )
        return answer, self._keeper.latest()


class Desk:
    """One archive and one site, and what the tests ask of them."""

    def __init__(
        self,
        folder: Path,
        scenario: Scenario,
        url: str | None = None,
        *,
        vault: Vault | None = None,
        writer: str = "",
    ) -> None:
        self.folder = folder
        self.clock = SteppingClock()
        self.catalogue = Catalogue.open(url or f"sqlite:///{folder / 'catalogue.sqlite3'}")
        self.shelf = Shelf(
            folder / "raw", clock=self.clock, software="baoku/test", vault=vault, writer=writer
        )
        with self.catalogue.reading() as reader:
            recovery = self.shelf.recover(reader.committed_ends())
        with self.catalogue.writing() as writing:
            writing.add_captures(recovery.adopted)
        self.adopted = len(recovery.adopted)
        self.keeper = Keeper(self.shelf, self.catalogue)
        self.source = ReplicaSource(ReplicaSite(Newspaper(7), scenario), self.keeper, self.clock)
        self.steps: list[Step] = []
        self.live: LiveSource | None = None
        self.read_from(self.source)

    def begin_run(self) -> None:
        """What the program knows only while it runs is forgotten."""
        self.source.asked.clear()
        self.read_from(self.source)

    def read_from(self, source: Source) -> None:
        """From now on the harvest has its answers from there."""
        self.harvest = Harvest(
            paper=PAPER,
            site=Site(PAPER, source),
            keeper=self.keeper,
            catalogue=self.catalogue,
            past=Past(PAPER, self.shelf),
            clock=self.clock,
            looked_at=lambda _: self.clock.now(),
            watch=self.steps.append,
        )

    def archive(self, day: date, page_no: int = 7) -> PageResult:
        return self.harvest.archive_page(PageKey("cqrb", day, page_no))

    def carry_out(self, intents: list[Intent]) -> list[PageResult]:
        policy = asked_for(self.clock.moment, again=False)
        return list(self.harvest.carry_out(intents, policy))

    def ledger(self, day: date, page_no: int = 7) -> LedgerEntry | None:
        with self.catalogue.reading() as reader:
            return reader.ledger_entry("cqrb", day, page_no)

    def articles(self) -> list[ArticleRecord]:
        with self.catalogue.reading() as reader:
            return list(reader.articles(Selection()))

    def canonical(self) -> list[str]:
        return [json_line(canonical_json(record)) for record in self.articles()]

    def captures(self) -> int:
        with self.catalogue.reading() as reader:
            return reader.counts().captures

    def close(self) -> None:
        self.shelf.close()
        self.catalogue.close()


@pytest.fixture
def new_desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Makes desks; two with the same name share a folder, so the second comes after a restart."""
    desks: list[Desk] = []

    def make(scenario: Scenario | None = None, name: str = "home") -> Desk:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        desks.append(Desk(folder, scenario or Scenario(name="healthy")))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()


@pytest.fixture
def go_live(new_desk: Callable[..., Desk]) -> Iterator[Callable[..., ReplicaServer]]:
    """Serves a desk's site on a port, and has the desk read it from there through `live`."""
    with ExitStack() as stack:

        def go(desk: Desk, known: Callable[[str], Known | None] | None = None) -> ReplicaServer:
            server = stack.enter_context(ReplicaServer(desk.source.site, sleep=lambda _: None))
            fetcher = Fetcher(
                hosts=frozenset({urlsplit(server.url).netloc}),
                contact=None,
                interval_s=0,
                clock=desk.clock,
                gate=MemoryGate(),
                keep=desk.keeper.keep,
                version="test",
            )
            stack.enter_context(fetcher)
            mirror = Mirror(server.url)
            desk.live = LiveSource(fetcher, desk.keeper, mirror, known or desk.keeper.known)
            desk.read_from(desk.live)
            return server

        yield go


def exchange_of(
    url: str, status: int, headers: tuple[tuple[str, str], ...], body: bytes, sent_at: datetime
) -> Exchange:
    """An exchange whose bytes are those of a plain HTTP/1.1 answer."""
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in headers)]
    lines.append(f"Content-Length: {len(body)}")
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    return Exchange(
        url=url,
        request_bytes=b"GET / HTTP/1.1\r\n\r\n",
        response_bytes=head + body,
        status=status,
        headers=headers,
        body=body,
        sent_at=sent_at,
        ip_address=None,
    )
