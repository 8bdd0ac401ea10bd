"""Starts two crawls, a daemon and a backfill on one archive at once, and reads the site's log.

    python bench/together.py [--days 12] [--interval 0.2] [--rounds 3]

Against the replica on this machine. Exits 1 where an address was fetched twice, where two requests
were in flight, or where one came sooner after the last than the interval.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from press.clock import beijing_date

BAOKU = [sys.executable, "-m", "cli.main"]
LONGEST_S = 240.0


def main() -> int:
    """Runs the measurement; 0 when everything held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--days", type=int, default=12)
    parser.add_argument("--interval", type=float, default=0.2)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    return max(_round(asked.days, asked.interval) for _ in range(asked.rounds))


def _round(days: int, interval_s: float) -> int:
    today = beijing_date(datetime.now(UTC))
    since = today - timedelta(days=days - 1)
    with tempfile.TemporaryDirectory(prefix="baoku-together-") as name:
        log, home = Path(name) / "site.log", Path(name) / "home"
        site = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "replica", "--latest", str(today), "--log", str(log)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert site.stdout is not None  # noqa: S101
        url = json.loads(site.stdout.readline())["url"]
        tail = ["--site", url, "--interval", str(interval_s), "--home", str(home)]
        span = ["--from", str(since), "--to", str(today)]
        commands = (["crawl"], ["crawl"], ["schedule", "run"], ["backfill", "cqrb", *span])
        runs = [_start([*words, *tail]) for words in commands]
        codes = [run.wait() for run in (runs[0], runs[1], runs[3])]
        codes.append(_start(["backfill", "cqrb", *span, *tail]).wait())
        runs[2].terminate()
        codes.append(runs[2].wait(LONGEST_S))
        again = _start(["backfill", "cqrb", *span, *tail]).wait()
        time.sleep(0.2)
        site.terminate()
        site.wait()
        requests = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    requests.sort(key=lambda one: one["arrived_at"])
    times = [one["arrived_at"] for one in requests]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    paths = Counter(one["path"] for one in requests if one["path"] != "/robots.txt")
    twice = [path for path, number in paths.items() if number > 1]
    in_flight = max(one["in_flight"] for one in requests)
    print(
        f"exit codes: crawl, crawl, backfill, backfill once more, daemon: {codes}; at last {again}"
    )
    print(f"{len(requests)} requests, {len(twice)} addresses twice, {in_flight} in flight at most")
    print(f"gaps: least {min(gaps):.4f} s, interval {interval_s} s")
    return int(bool(twice) or in_flight > 1 or min(gaps) < interval_s or again != 0)


def _start(words: list[str]) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen([*BAOKU, *words], stdout=quiet, stderr=quiet)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
