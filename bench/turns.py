"""What a page costs the one who writes: turns at the catalogue, and how long each is held.

    python bench/turns.py [--days 5]

One worker archives whole issues of the replica in a PostgreSQL of its own, at no interval. Writers
take turns there, so the time of all turns of a page is the least that a page can take, however
many workers there are. CPU is the worker's own; wall time holds PostgreSQL's and the disk's too.
"""

import argparse
import io
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.sizes import LAST, server_cpu_s, site
from cli.settings import Settings
from cli.stopping import Stop
from cli.workplace import Workplace
from schedules.job import Job
from storage.catalogue.engine import Database
from tests.storage.postgresql import passing_server

PAGES = 8
"""Of an issue of the replica."""


@dataclass(slots=True)
class Turns:
    """Seconds of each turn: by the clock, and of this thread's CPU."""

    wall_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)

    @contextmanager
    def taken(self, turn: Any) -> Iterator[Any]:
        """The turn, with its time taken from when it was had."""
        with turn as session:
            wall_s, cpu_s = time.perf_counter(), time.thread_time()
            yield session
            self.cpu_s.append(time.thread_time() - cpu_s)
        self.wall_s.append(time.perf_counter() - wall_s)


def main() -> int:
    """Prints what a page took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--days", type=int, default=5)
    days = parser.parse_args().days
    turns = Turns()
    writing = Database.writing
    Database.writing = lambda self: turns.taken(writing(self))  # type: ignore[method-assign]
    with (
        tempfile.TemporaryDirectory(prefix="baoku-turns-", dir="/tmp") as name,
        passing_server(fsync="on", full_page_writes="on") as server,
        site(Path(name) / "site.log") as address,
        redirect_stdout(io.StringIO()),
    ):
        home, log = Path(name) / "home", Path(name) / "site.log"
        archive_days(server.url, home, address, LAST, 1)  # the start is not measured
        turns.wall_s.clear()
        turns.cpu_s.clear()
        asked, spent = len(log.read_bytes().splitlines()), server_cpu_s(server.folder)
        archive_days(server.url, home, address, LAST - timedelta(days=1), days)
        server_s = server_cpu_s(server.folder) - spent
        requests = len(log.read_bytes().splitlines()) - asked
    pages = days * PAGES
    figures = {
        "pages": pages,
        "requests_a_page": requests / pages,
        "turns_a_page": len(turns.wall_s) / pages,
        "held_s_a_page": sum(turns.wall_s) / pages,
        "held_cpu_s_a_page": sum(turns.cpu_s) / pages,
        "server_cpu_s_a_page": server_s / pages,
    }
    print(json.dumps({name: round(value, 4) for name, value in figures.items()}))
    return 0


def archive_days(url: str, home: Path, address: str, last: date, days: int) -> None:
    """Whole issues, as a worker does them; its connections are closed at the end."""
    settings = Settings(home=home, interval_s=0, database_url=url)
    place = Workplace(settings, site=address, stop=Stop())
    for back in range(days):
        place.do(job_of_day(last - timedelta(days=back), address))
    place.close()


def job_of_day(day: date, address: str) -> Job:
    """A whole issue."""
    return Job(
        kind="archive", paper="cqrb", since=day, until=day, page_no="all", reason="measured",
        lock=address,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
