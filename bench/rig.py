"""A cluster on this machine: PostgreSQL, sites on loopback addresses, workers. For bench/cluster*.py."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from press.clock import beijing_date
from press.outcome import LedgerEntry
from replica.newspaper import Newspaper
from replica.scenario import Scenario
from replica.server import ReplicaServer
from replica.site import Site
from storage.catalogue import Catalogue, Selection
from tests.storage.postgresql import OwnServer

BAOKU = [sys.executable, "-m", "cli.main"]
PAPER = """
slug = "{slug}"
name = "Invented {slug}"
home_url = "{url}/"
first_issue = 2020-07-01
weekdays = [0, 1, 2, 3, 4, 5, 6]
published_at = 00:00:00
default_page = 7

[[eras]]
name = "only"
since = 2020-07-01
evidence = [2021-02-23, 2026-01-12]
platform = "page_folders"
front_url = "{url}/cqrb/{{yyyy}}-{{mm}}/{{dd}}/001/node.htm"
page_url = "{url}/cqrb/{{yyyy}}-{{mm}}/{{dd}}/{{page:03d}}/node.htm"
article_url = "{url}/cqrb/{{yyyy}}-{{mm}}/{{dd}}/{{page:03d}}/content_rb_{{native_id}}.htm"
"""


@dataclass(slots=True)
class Rig:
    """Where everything is; `slugs` are the papers, each on a host of its own."""

    folder: Path
    server: OwnServer
    slugs: list[str]
    workers: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The address of the catalogue."""
        return self.server.url

    def log(self, slug: str) -> Path:
        """The site's own record of its requests."""
        return self.folder / f"{slug}.log"

    def requests(self, slug: str) -> list[dict[str, Any]]:
        """The site's requests in the order in which they came."""
        lines = self.log(slug).read_text(encoding="utf-8").splitlines()
        return sorted(map(json.loads, lines), key=lambda one: float(one["arrived_at"]))

    def environment(self) -> dict[str, str]:
        """For Baoku's processes."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("BAOKU_")}
        return clean | self.settings | {"PYTHONPATH": str(Path(__file__).parents[1])}

    def start_worker(self, number: int) -> None:
        """Starts the worker of that number, in its own home."""
        home = self.folder / f"worker-{number}"
        output = (self.folder / f"worker-{number}.jsonl").open("ab")
        trouble = (self.folder / f"worker-{number}.err").open("ab")
        self.workers[number] = subprocess.Popen(  # noqa: S603
            [*BAOKU, "worker", "--home", str(home)],
            stdout=output,
            stderr=trouble,
            env=self.environment(),
            start_new_session=True,
        )

    def told(self) -> list[dict[str, Any]]:
        """Every result that a worker has told, in no order; a line cut by a kill is left out."""
        lines = [
            line
            for path in self.folder.glob("worker-*.jsonl")
            for line in path.read_bytes().split(b"\n")[:-1]
        ]
        return [json.loads(line) for line in lines if line.startswith(b"{") and line.endswith(b"}")]

    def restart_database(self) -> None:
        """As a crash would: every connection is cut."""
        self.server.crash()


@contextmanager
def rig(
    folder: Path, papers: int, interval_s: float, lease_s: float, today: date | None = None
) -> Iterator[Rig]:
    """A cluster without workers, all of it ended when this is left."""
    folder.chmod(0o711)  # PostgreSQL is another user where we are root
    with ExitStack() as stack:
        database = OwnServer(folder / "pg", fsync="on", full_page_writes="on")
        stack.callback(database.stop)
        described = folder / "papers"
        described.mkdir()
        slugs = [f"inv{number:02d}" for number in range(1, papers + 1)]
        made = Rig(folder, database, slugs)
        latest = today or beijing_date(datetime.now(UTC))
        for number, slug in enumerate(slugs, start=1):
            site = Site(Newspaper(number), Scenario(name="cluster", latest=latest))
            server = ReplicaServer(site, address=f"127.0.0.{number}", log_file=made.log(slug))
            served = stack.enter_context(server).url
            text = PAPER.format(slug=slug, url=served)
            (described / f"{slug}.toml").write_text(text, encoding="utf-8")
        made.settings = {
            "BAOKU_DATABASE_URL": database.url,
            "BAOKU_PAPERS": str(described),
            "BAOKU_INTERVAL_S": str(interval_s),
            "BAOKU_LEASE_S": str(lease_s),
        }
        try:
            yield made
        finally:
            end(made.workers.values())


def end(processes: Sequence[subprocess.Popen[bytes]] | Any) -> None:
    """Ends processes of ours, paused ones too."""
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.terminate()
    for process in processes:
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def begin_archive(url: str, slugs: list[str], since: date) -> None:
    """An archive that began on that day, so that everything since is due."""
    past = datetime.now(UTC) - timedelta(days=1)
    catalogue = Catalogue.open(url)
    with catalogue.writing() as writer:
        for slug in slugs:
            writer.save_ledger(
                LedgerEntry(
                    paper=slug, issue_date=since, page_no=7, state="retry", cause="unreachable",
                    attempts=1, next_attempt_at=past, evidence=None, updated_at=past,
                    checked_at=past,
                )
            )  # fmt: skip
    catalogue.close()


def states(url: str) -> dict[str, int]:
    """How many pages of the ledger are in which state."""
    catalogue = Catalogue.open(url, read_only=True)
    try:
        with catalogue.reading() as reader:
            found: dict[str, int] = {}
            for entry in reader.ledger(Selection()):
                found[entry.state] = found.get(entry.state, 0) + 1
            return found
    finally:
        catalogue.close()


def remove(folder: Path) -> None:
    """Deletes what was made."""
    shutil.rmtree(folder, ignore_errors=True)
