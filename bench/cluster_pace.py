"""How much faster several workers are than one, at the same interval for each host.

    python bench/cluster_pace.py [--papers 10] [--days 2] [--interval 1] [--workers 4]

Each paper on a loopback address of its own. Counted from the first request to the last. Exits 1
where so many workers are not at least 7/8 as many times as fast.
"""

import argparse
import os
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from bench.rig import begin_archive, rig, states
from cli.harvesting import rules_of
from cli.queueing import queue_of
from cli.settings import Settings
from crawler.papers import find_paper
from crawler.papers.addresses import Mirror
from pipeline.upkeep import plan_due
from press.clock import beijing_date
from schedules.job import job_for
from storage.catalogue import Catalogue


def main() -> int:
    """Runs the measurement."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--papers", type=int, default=10)
    parser.add_argument("--days", type=int, default=2)
    parser.add_argument("--interval", type=float, default=1.0)
    parser.add_argument("--workers", type=int, default=4)
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    alone_s = _archive(asked.papers, asked.days, asked.interval, 1)
    together_s = _archive(asked.papers, asked.days, asked.interval, asked.workers)
    print(f"{asked.workers} workers are {alone_s / together_s:.2f} x as fast as one")
    return 0 if alone_s / together_s >= asked.workers * 7 / 8 else 1


def _archive(papers: int, days: int, interval_s: float, workers: int) -> float:
    today = beijing_date(datetime.now(UTC))
    with (
        tempfile.TemporaryDirectory(prefix="baoku-pace-", dir="/tmp") as name,
        rig(Path(name), papers, interval_s, 60, today) as cluster,
    ):
        os.environ.update(cluster.settings)
        begin_archive(cluster.url, cluster.slugs, today - timedelta(days=days - 1))
        settings = Settings()
        for number in range(workers):
            cluster.start_worker(number)
        time.sleep(10)  # until all are there
        papers_here = [find_paper(slug, settings.papers) for slug in cluster.slugs]
        now, rules = datetime.now(UTC), rules_of(settings)
        with closing(Catalogue.open(cluster.url)) as catalogue, queue_of(settings) as queue:
            queue.defer(
                job_for(intent, paper, Mirror())
                for paper in papers_here
                for intent in plan_due(catalogue, paper, 7, now, rules)
            )
        while states(cluster.url) != {"archived": papers * days}:
            time.sleep(0.5)
        requests = [one for slug in cluster.slugs for one in cluster.requests(slug)]
    times = [one["arrived_at"] for one in requests]
    took_s = max(times) - min(times)
    least_s = len(requests) * interval_s / workers
    print(f"{workers} workers: {len(requests)} requests in {took_s:.1f} s (pace: {least_s:.1f} s)")
    return float(took_s)


if __name__ == "__main__":
    sys.exit(main())
