"""Workers and the planner as real processes: killed, paused past their lease, told to end."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event, Timer
from typing import Any

import pytest

from pipeline.looks import Rules
from press.clock import beijing_date
from press.outcome import LedgerEntry
from replica.answer import Answer
from replica.newspaper import Newspaper
from replica.scenario import Scenario
from replica.server import ReplicaServer
from replica.site import Site
from storage.catalogue import Catalogue, Selection
from tests.cli.conftest import Doorstep
from tests.storage.conftest import postgresql  # noqa: F401

HOUSE = Path(__file__).parents[2]
PATIENCE_S = 60.0
TODAY = beijing_date(datetime.now(UTC))
DAYS = 3
HEALED = Rules().heal_days + 1
"""Days that are due by themselves in an archive that began long ago."""


@dataclass(slots=True)
class WatchedSite:
    """A site that sends a signal to a worker while its n-th request is in flight."""

    site: Site
    signal_no: int = 0
    at_request: int = 0
    pid: int = 0
    is_known: Event = field(default_factory=Event)
    is_sent: Event = field(default_factory=Event)
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str, headers: Mapping[str, str], earlier: int = 0) -> Answer:
        self.asked.append(path)
        if len(self.asked) == self.at_request and self.is_known.wait(PATIENCE_S):
            os.kill(self.pid, self.signal_no)
            self.is_sent.set()
        return self.site.answer(path, headers, earlier)


@dataclass(slots=True)
class Cluster:
    """One database, one site, and the processes around them."""

    folder: Path
    url: str
    site: WatchedSite
    server: ReplicaServer
    processes: list["subprocess.Popen[str]"] = field(default_factory=list)

    def start(self, name: str, *words: str, is_of_site: bool = True) -> "subprocess.Popen[str]":
        environment = {k: v for k, v in os.environ.items() if not k.startswith("BAOKU_")}
        environment |= {"BAOKU_DATABASE_URL": self.url, "BAOKU_LEASE_S": "2"}
        called = [*words]
        called += ["--site", self.server.url, "--interval", "0.02"] if is_of_site else []
        with (self.folder / f"{name}.err").open("w") as trouble:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and words
                [sys.executable, "-m", "cli.main", *called, "--home", str(self.folder / name)],
                cwd=HOUSE,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=trouble,
                text=True,
            )
        self.processes.append(process)
        return process

    def worker(self, name: str) -> "subprocess.Popen[str]":
        return self.start(name, "worker")

    def plan(self) -> None:
        planner = self.start("planner", "schedule", "run", "--queue", "--verbose")
        while '"deferred"' not in (self.folder / "planner.err").read_text():
            assert planner.poll() is None, (self.folder / "planner.err").read_text()
        planner.terminate()
        assert planner.wait(PATIENCE_S) == 0

    def said(self, name: str) -> str:
        return (self.folder / f"{name}.err").read_text()

    def states(self) -> dict[date, str]:
        catalogue = Catalogue.open(self.url, read_only=True)
        with catalogue.reading() as reader:
            found = {one.issue_date: one.state for one in reader.ledger(Selection())}
        catalogue.close()
        return found

    def headlines(self) -> list[str | None]:
        catalogue = Catalogue.open(self.url, read_only=True)
        with catalogue.reading() as reader:
            found = [one.article.headline for one in reader.articles(Selection())]
        catalogue.close()
        return found

    def counts(self) -> tuple[int, int]:
        catalogue = Catalogue.open(self.url, read_only=True)
        with catalogue.reading() as reader:
            articles = list(reader.articles(Selection()))
        catalogue.close()
        return len(articles), max(one.revision for one in articles)


@pytest.fixture
def cluster(
    tmp_path: Path,
    postgresql: Callable[[], str],  # noqa: F811
) -> Iterator[Cluster]:
    """A site with DAYS issues that are due; all that was started ends with the test."""
    url, past = postgresql(), datetime.now(UTC) - timedelta(hours=1)
    catalogue = Catalogue.open(url)
    with catalogue.writing() as writer:
        writer.save_ledger(
            LedgerEntry(
                paper="cqrb", issue_date=TODAY - timedelta(days=DAYS - 1), page_no=7,
                state="retry", cause="unreachable", attempts=1, next_attempt_at=past,
                evidence=None, updated_at=past, checked_at=past,
            )
        )  # fmt: skip
    catalogue.close()
    site = WatchedSite(Site(Newspaper(7), Scenario(name="test", latest=TODAY)))
    with ReplicaServer(site) as server:  # type: ignore[arg-type]
        made = Cluster(tmp_path, url, site, server)
        limit = Timer(PATIENCE_S, lambda: [one.kill() for one in made.processes])
        limit.start()
        yield made
        limit.cancel()
        for process in made.processes:
            process.kill()
            process.communicate()


def results(process: "subprocess.Popen[str]", number: int) -> list[dict[str, Any]]:
    """What it tells next; waits for it."""
    assert process.stdout is not None
    return [json.loads(process.stdout.readline() or "{}") for _ in range(number)]


def is_polite(cluster: Cluster) -> bool:
    times = [one.arrived_at for one in cluster.server.log]
    return max(one.in_flight for one in cluster.server.log) == 1 and all(
        later - earlier >= 0.02 for earlier, later in pairwise(times)
    )


ALL_ARCHIVED = {TODAY - timedelta(days=back): "archived" for back in range(DAYS)}


def test_what_the_planner_defers_a_worker_archives_and_sigterm_ends_it(cluster: Cluster) -> None:
    cluster.plan()
    worker = cluster.worker("a")
    told = results(worker, DAYS)
    assert [one["state"] for one in told] == ["archived"] * DAYS
    worker.terminate()
    assert worker.wait(PATIENCE_S) == 0
    assert cluster.states() == ALL_ARCHIVED
    assert cluster.site.asked.count("/robots.txt") == 1


def test_a_backfill_that_is_left_to_workers_goes_as_far_back_as_it_says(cluster: Cluster) -> None:
    old = [TODAY - timedelta(days=back) for back in (401, 400)]
    words = ("backfill", "cqrb", "--from", str(old[0]), "--to", str(old[1]), "--queue")
    wanting = cluster.start("a", *words, is_of_site=False)
    assert wanting.communicate(timeout=PATIENCE_S)[0].startswith("2 pages wanted: ")
    assert [cluster.states()[day] for day in old] == ["retry", "retry"]
    cluster.plan()
    told = results(cluster.worker("a"), HEALED + len(old))
    assert {one["state"] for one in told} == {"archived"}
    assert [cluster.states()[day] for day in old] == ["archived", "archived"]


def test_a_worker_reads_the_shelf_anew_and_accepts_it(cluster: Cluster) -> None:
    cluster.plan()
    worker = cluster.worker("a")
    results(worker, DAYS)
    truth = cluster.headlines()
    catalogue = Catalogue.open(cluster.url)
    with catalogue.database.connecting() as connection:
        connection.exec_driver_sql("UPDATE revisions SET headline = 'x', content_hash = 'v1:old'")
    catalogue.close()
    assert cluster.headlines() != truth
    deferring = cluster.start("a", "replay", "--accept", "--queue", is_of_site=False)
    assert deferring.communicate(timeout=PATIENCE_S)[0] == "1 jobs deferred\n"
    told = results(worker, DAYS)
    assert [one["state"] for one in told] == ["archived"] * DAYS
    assert cluster.headlines() == truth


def test_the_page_of_a_killed_worker_is_archived_by_another(cluster: Cluster) -> None:
    cluster.site.signal_no, cluster.site.at_request = signal.SIGKILL, 5
    cluster.plan()
    killed = cluster.worker("a")
    cluster.site.pid = killed.pid
    cluster.site.is_known.set()
    assert killed.wait(PATIENCE_S) == -signal.SIGKILL
    assert [one["state"] for one in results(cluster.worker("b"), DAYS)] == ["archived"] * DAYS
    assert cluster.states() == ALL_ARCHIVED
    assert is_polite(cluster)


def test_a_worker_that_wakes_after_losing_its_lease_writes_nothing(cluster: Cluster) -> None:
    cluster.site.signal_no, cluster.site.at_request = signal.SIGSTOP, 5
    cluster.plan()
    paused = cluster.worker("a")
    cluster.site.pid = paused.pid
    cluster.site.is_known.set()
    assert cluster.site.is_sent.wait(PATIENCE_S)
    other = cluster.worker("b")
    assert [one["state"] for one in results(other, DAYS)] == ["archived"] * DAYS
    before = cluster.counts()
    paused.send_signal(signal.SIGCONT)
    while "LeaseLost" not in cluster.said("a"):
        assert paused.poll() is None, cluster.said("a")
    paused.terminate()
    assert paused.wait(PATIENCE_S) == 0
    assert paused.stdout is not None
    assert paused.stdout.read() == ""
    assert cluster.counts() == before
    assert before[1] == 1
    assert cluster.states() == ALL_ARCHIVED
    assert is_polite(cluster)


@pytest.mark.parametrize("words", [("worker",), ("schedule", "run", "--queue")])
def test_without_postgresql_workers_are_refused_in_a_sentence(door: Doorstep, words: Any) -> None:
    result = door.run(*words)
    assert result.exit_code == 2
    assert "set database_url to postgresql+psycopg://" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_without_the_queue_its_engine_is_not_imported() -> None:
    code = (
        "import sys, cli.main, cli.schedule, cli.worker; sys.exit('procrastinate' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=HOUSE, check=False).returncode == 0  # noqa: S603
