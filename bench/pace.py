"""How long a backfill takes beside requests x interval, and the gaps that the site saw.

python bench/pace.py [--days 30] [--interval 0.2]
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import mean

LAST = date(2025, 9, 30)


def main() -> int:
    """Prints the figures; 1 where the wall time is above 1.05 times the ideal."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--interval", type=float, default=0.2)
    asked = parser.parse_args()
    since = LAST - timedelta(days=asked.days - 1)
    with tempfile.TemporaryDirectory(prefix="baoku-pace-") as name:
        log, home = Path(name) / "site.log", Path(name) / "home"
        site = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "replica", "--log", str(log)], stdout=subprocess.PIPE, text=True
        )
        assert site.stdout is not None  # noqa: S101
        url = json.loads(site.stdout.readline())["url"]
        words = ["backfill", "cqrb", "--from", str(since), "--to", str(LAST), "--site", url]
        began = time.monotonic()
        code = subprocess.run(  # noqa: S603
            [*_baoku(), *words, "--interval", str(asked.interval), "--home", str(home)],
            stdout=subprocess.DEVNULL,
            check=False,
        ).returncode
        wall_s = time.monotonic() - began
        site.terminate()
        site.wait()
        times = [json.loads(line)["arrived_at"] for line in log.read_text("utf-8").splitlines()]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    ideal_s = len(times) * asked.interval
    first_s, last_s = times[0] - began, began + wall_s - times[-1]
    print(f"exit {code}, {len(times)} requests, {wall_s:.2f} s, {wall_s / ideal_s:.3f} x the ideal")
    print(f"gaps: least {min(gaps):.4f} s, mean {mean(gaps):.4f} s")
    print(f"before the first request {first_s:.2f} s, after the last {last_s:.2f} s")
    return int(wall_s > 1.05 * ideal_s)


def _baoku() -> list[str]:
    return [sys.executable, "-m", "cli.main"]


if __name__ == "__main__":
    sys.exit(main())
