"""Kills workers, pauses them, restarts their database, and reads what the sites saw.

    python bench/cluster_soak.py [--kills 50] [--pauses 20] [--restarts 20] [--papers 10] [--days 30]

Four workers on this machine, each paper on a loopback address of its own. Exits 1 where a page did
not end archived, the canonical export is not that of an undisturbed archive, what a worker had told
was not in the catalogue after a restart, two requests were in flight at one host, or one came sooner
after the last than the interval.
"""

import argparse
import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import structlog

from bench.rig import BAOKU, Rig, begin_archive, rig, states
from cli.queueing import Planner
from cli.settings import Settings
from crawler.papers import find_paper
from press.clock import beijing_date
from press.errors import StoreError
from storage.catalogue import Catalogue, Selection

LEASE_S = 4.0
PAUSE_S = 6.0
"""Longer than a lease: the paused worker has been replaced when it wakes."""


def main() -> int:
    """Runs the soak; 0 when everything held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name, number in (("kills", 50), ("pauses", 20), ("restarts", 20), ("papers", 10)):
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--interval", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.disable(logging.ERROR)  # the pool tells of each restart
    today = beijing_date(datetime.now(UTC))
    since = today - timedelta(days=asked.days - 1)
    with (
        tempfile.TemporaryDirectory(prefix="baoku-soak-", dir="/tmp") as name,
        rig(Path(name), asked.papers, asked.interval, LEASE_S, today) as cluster,
    ):
        os.environ.update(cluster.settings)
        begin_archive(cluster.url, cluster.slugs, since)
        events = ["kill"] * asked.kills + ["pause"] * asked.pauses + ["restart"] * asked.restarts
        soak = _Soak(cluster, random.Random(asked.seed), asked.papers * asked.days)  # noqa: S311
        soak.run(events, asked.workers)
        verdicts = [soak.all_archived(), soak.lost == 0, _polite(cluster, asked.interval)]
        verdicts.append(_same_as_undisturbed(cluster, since, today))
        print(f"all held: {all(verdicts)} {verdicts}")
    return 0 if all(verdicts) else 1


class _Soak:
    def __init__(self, cluster: Rig, rng: random.Random, pages: int) -> None:
        self._cluster = cluster
        self._rng = rng
        self._pages = pages
        self._settings = Settings()
        self._papers = [find_paper(slug, self._settings.papers) for slug in cluster.slugs]
        self._wake: dict[int, float] = {}
        self._planned_s = 0.0
        self.done: Counter[str] = Counter()
        self.lost = 0

    def run(self, events: list[str], workers: int) -> None:
        """Every event at a random moment, then quiet until all is archived."""
        self._rng.shuffle(events)
        began_s = time.monotonic()
        for number in range(workers):
            self._cluster.start_worker(number)
        next_s = time.monotonic() + 5
        while time.monotonic() - began_s < 3600:
            self._tend()
            if events and time.monotonic() > next_s:
                self._do(events.pop())
                next_s = time.monotonic() + self._rng.uniform(0.3, 3.0)
            if not events and not self._wake and self.all_archived():
                break
            time.sleep(0.1)
        took_s = time.monotonic() - began_s
        print(
            f"{dict(self.done)} in {took_s:.0f} s; {self.lost} lost; ledger {self._states()}",
            flush=True,
        )

    def all_archived(self) -> bool:
        return self._states() == {"archived": self._pages}

    def _states(self) -> dict[str, int]:
        try:
            return states(self._cluster.url)
        except StoreError:
            return {}

    def _tend(self) -> None:
        """What a service manager and a clock would do."""
        for number, process in list(self._cluster.workers.items()):
            if (code := process.poll()) is not None:
                self.done[f"exit {code}"] += 1
                self._cluster.start_worker(number)
            if self._wake.get(number, float("inf")) < time.monotonic():
                process.send_signal(signal.SIGCONT)
                del self._wake[number]
        if time.monotonic() - self._planned_s > 2:
            pages = [(paper, 7) for paper in self._papers]
            try:
                Planner(self._settings, pages, site=None).tick()
            except StoreError:
                self.done["planner waited"] += 1
            self._planned_s = time.monotonic()

    def _do(self, event: str) -> None:
        free = [number for number in self._cluster.workers if number not in self._wake]
        number = self._rng.choice(free or list(self._cluster.workers))
        process = self._cluster.workers[number]
        self.done[event] += 1
        if event == "kill":
            process.kill()
            process.wait()
            self._wake.pop(number, None)
        elif event == "pause":
            process.send_signal(signal.SIGSTOP)
            self._wake[number] = time.monotonic() + PAUSE_S
        else:
            told = [one for one in self._cluster.told() if one["state"] == "archived"]
            self._cluster.restart_database()
            self.lost += self._missing({one["id"] for one in told})

    def _missing(self, told: set[str]) -> int:
        """How many pages that a worker had told as archived are not so after a restart."""
        catalogue = Catalogue.open(self._cluster.url, read_only=True)
        with catalogue.reading() as reader:
            there = {
                f"{one.paper}-{one.issue_date:%Y%m%d}-{one.page_no:03d}"
                for one in reader.ledger(Selection())
                if one.state == "archived"
            }
        catalogue.close()
        return len(told - there)


def _polite(cluster: Rig, interval_s: float) -> bool:
    gaps: list[float] = []
    in_flight, total = 0, 0
    for slug in cluster.slugs:
        requests = cluster.requests(slug)
        total += len(requests)
        in_flight = max(in_flight, *(one["in_flight"] for one in requests))
        times = [one["arrived_at"] for one in requests]
        gaps += [later - earlier for earlier, later in pairwise(times)]
    print(f"{total} requests; in flight at most {in_flight}; least gap {min(gaps):.4f} s")
    return in_flight == 1 and min(gaps) >= interval_s


def _same_as_undisturbed(cluster: Rig, since: date, until: date) -> bool:
    """Compares the canonical exports, character by character."""
    home = cluster.folder / "undisturbed"
    environment = cluster.environment() | {"BAOKU_INTERVAL_S": "0"}
    alone = {key: value for key, value in environment.items() if key != "BAOKU_DATABASE_URL"}
    for slug in cluster.slugs:
        words = ["backfill", slug, "--from", str(since), "--to", str(until), "--json"]
        subprocess.run(  # noqa: S603
            [*BAOKU, *words, "--home", str(home)], env=alone, check=True, stdout=subprocess.DEVNULL
        )
    words = ["export", "--format", "jsonl", "--canonical", "--home"]
    once = subprocess.run(  # noqa: S603
        [*BAOKU, *words, str(home)], env=alone, check=True, stdout=subprocess.PIPE
    )
    killed = subprocess.run(  # noqa: S603
        [*BAOKU, *words, str(cluster.folder / "worker-0")],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
    )
    print(f"canonical export equal: {once.stdout == killed.stdout} ({len(once.stdout)} bytes)")
    return once.stdout == killed.stdout


if __name__ == "__main__":
    sys.exit(main())
