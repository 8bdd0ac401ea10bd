"""A month by four workers, PostgreSQL and an object store: the archive that one process makes."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.fetch import Fetcher
from crawler.papers.addresses import Mirror
from pipeline.keeping import Keeper
from pipeline.looks import Rules
from pipeline.plan import SkipPage, keeping_up, plan_day
from pipeline.source import LiveSource
from pipeline.upkeep import known_to, plan_due
from replica.newspaper import Newspaper
from replica.server import ReplicaServer
from replica.site import Site
from schedules.job import Job, job_for
from schedules.queue import Queue, queue_at
from schedules.worker import Worker
from storage.catalogue import SharedGate, Tenure
from storage.raw.vault import Vault
from tests.pipeline.conftest import PAPER, Desk, SteppingClock
from tests.pipeline.test_month import HALF_PAST_NINE, MORNINGS, SCENARIO, forty_mornings
from tests.storage.postgresql import Databases
from tests.vaults import object_store

WORKERS = 4
LEASE_S = 60.0


@dataclass(slots=True)
class Hand:
    """A worker: a home and a clock of its own, one line to the site, a place in the queue."""

    desk: Desk
    queue: Queue
    tenure: Tenure
    done: int = 0

    def take_turn(self) -> None:
        """Does one job, if there is one."""
        worker = Worker(
            self.queue, self._do, clock=SteppingClock(), tell=_fail, silent_s=3 * LEASE_S
        )
        turns = iter((False, True))
        worker.run(lambda: next(turns))

    def begin_morning(self, now: datetime) -> None:
        """What a worker knows only while it runs is forgotten."""
        self.desk.clock.moment = now
        assert self.desk.live is not None
        self.desk.read_from(self.desk.live)

    def _do(self, job: Job) -> None:
        assert self.tenure.take(job.lock) == 0
        now = self.desk.clock.moment
        policy = keeping_up(PAPER, now, Rules())
        day = known_to(self.desk.catalogue, PAPER)(job.since)
        planned = plan_day(PAPER, day, job.page_no, policy)
        intents = [one for one in planned if not isinstance(one, SkipPage)]
        self.done += len(list(self.desk.harvest.carry_out(intents, policy)))
        self.tenure.release()


def _fail(error: Exception) -> None:
    raise error


@pytest.fixture
def vault() -> Iterator[Vault]:
    with object_store() as store:
        store.make_bucket("shelf")
        yield store.vault("shelf")


@pytest.fixture
def server() -> Iterator[ReplicaServer]:
    with ReplicaServer(Site(Newspaper(7), SCENARIO), sleep=lambda _: None) as serving:
        yield serving


@pytest.fixture
def hands(
    tmp_path: Path, server_databases: Databases, vault: Vault, server: ReplicaServer
) -> Iterator[list[Hand]]:
    """Four of them at one catalogue, one vault and one site."""
    url = server_databases.ready()
    with ExitStack() as stack:
        yield [
            stack.enter_context(_hand(tmp_path / name, url, vault, server.url))
            for name in map(str, range(WORKERS))
        ]


@contextmanager
def _hand(folder: Path, url: str, vault: Vault, site: str) -> Iterator[Hand]:
    folder.mkdir()
    desk = Desk(folder, SCENARIO, url, vault=vault, writer=f"worker-{folder.name}")
    desk.clock.step = timedelta(milliseconds=1)  # leave to go grows old within a second
    tenure = Tenure(desk.catalogue, folder.name, LEASE_S)
    desk.catalogue = desk.catalogue.guarded(tenure.prove)
    desk.keeper = Keeper(desk.shelf, desk.catalogue)
    fetcher = Fetcher(
        hosts=frozenset({urlsplit(site).netloc}),
        contact=None,
        interval_s=0,
        clock=desk.clock,
        gate=SharedGate(desk.catalogue, desk.clock, lasts_s=LEASE_S, prove=tenure.prove),
        keep=desk.keeper.keep,
        version="test",
    )
    desk.live = LiveSource(fetcher, desk.keeper, Mirror(site), desk.keeper.known)
    with closing(desk), fetcher, queue_at(url, beat_s=LEASE_S) as queue:
        yield Hand(desk, queue, tenure)


def forty_mornings_of(hands: list[Hand], site: str) -> None:
    """Each morning what is due is put into the queue, and the hands do it job by job in turn.

    In turn, since of one host only one job is done at a time: the others would wait.
    """
    for morning in range(MORNINGS):
        now = HALF_PAST_NINE + timedelta(days=morning)
        for hand in hands:
            hand.begin_morning(now)
        due = plan_due(hands[0].desk.catalogue, PAPER, 7, now, Rules())
        jobs = hands[0].queue.defer([job_for(intent, PAPER, Mirror(site)) for intent in due])
        for number in range(len(jobs)):
            hands[(morning + number) % WORKERS].take_turn()
        assert hands[0].queue.waiting() == 0


def test_four_workers_make_the_archive_that_one_process_makes(
    hands: list[Hand], server: ReplicaServer, vault: Vault, tmp_path: Path
) -> None:
    forty_mornings_of(hands, server.url)
    alone = Desk(tmp_path, SCENARIO)
    with closing(alone):
        list(forty_mornings(alone))
        assert len(alone.canonical()) > 100
        assert hands[0].desk.canonical() == alone.canonical()
    assert all(hand.done > 5 for hand in hands)
    assert max(one.in_flight for one in server.log) == 1
    kept = {one.name for one in vault.files()}
    with hands[0].desk.catalogue.reading() as reader:
        assert reader.committed_ends().keys() <= kept
