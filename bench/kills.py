"""Kills a backfill again and again at random moments, and compares what it comes to.

    python bench/kills.py [--kills 200] [--days 30] [--seed 1]

Against the replica on this machine. Prints what was counted; exits 1 where the canonical export is
not that of an undisturbed run, where an address was asked for again although it was not of the page
in hand at a kill, or where `baoku verify` finds a breach.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

LAST = date(2025, 10, 31)
BAOKU = [sys.executable, "-m", "cli.main"]
ALL_DONE = {0, 10, 11}


def main() -> int:
    """Runs the measurement; 0 when everything held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--days", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    since = LAST - timedelta(days=asked.days - 1)
    with tempfile.TemporaryDirectory(prefix="baoku-kills-") as name:
        folder = Path(name)
        undisturbed, killed = folder / "undisturbed", folder / "killed"
        with _Site(folder / "first.log") as url:
            code = _backfill(url, undisturbed, since).wait()
        once = Counter(_paths(folder / "first.log"))
        print(f"undisturbed: exit {code}, {once.total()} requests for {asked.days} issues")
        log = folder / "second.log"
        with _Site(log) as url:
            cuts = _kill(url, killed, since, asked.kills, random.Random(asked.seed), log)  # noqa: S311
        paths = _paths(log)
        stray = _asked_again(paths, cuts)
        export = [_export(home) for home in (undisturbed, killed)]
        audit = subprocess.run([*BAOKU, "verify", "--home", str(killed)], check=False)  # noqa: S603
    print(f"{len(cuts)} kills; {len(paths) - once.total()} requests more than undisturbed")
    print(f"asked again though not of the page in hand at a kill: {len(stray)} {stray[:3]}")
    print(f"canonical export equal: {export[0] == export[1]} ({len(export[0])} bytes)")
    print(f"verify: exit {audit.returncode}")
    return 0 if export[0] == export[1] and not stray and audit.returncode == 0 else 1


def _asked_again(paths: list[str], cuts: list[int]) -> list[str]:
    """The paths that came again without their page having been in hand at a kill in between.

    `cuts` are the numbers of requests that had come at each kill. robots.txt is asked by each run.
    """
    stray = []
    last: dict[str, int] = {}
    for number, path in enumerate(paths):
        if path in last and path != "/robots.txt":
            between = [cut for cut in cuts if last[path] < cut <= number]
            page = path.rpartition("/")[0]
            if not any(paths[cut - 1].rpartition("/")[0] in {page, ""} for cut in between):
                stray.append(path)
        last[path] = number
    return stray


class _Site:
    """The replica in a process of its own, with a log of its requests."""

    def __init__(self, log: Path) -> None:
        self._log = log

    def __enter__(self) -> str:
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "replica", "--scenario", "demo", "--log", str(self._log)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None  # noqa: S101
        return str(json.loads(self._process.stdout.readline())["url"])

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()


def _backfill(url: str, home: Path, since: date) -> subprocess.Popen[bytes]:
    words = ["backfill", "cqrb", "--from", str(since), "--to", str(LAST), "--site", url]
    return subprocess.Popen(  # noqa: S603
        [*BAOKU, *words, "--interval", "0.05", "--home", str(home), "--json"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _kill(
    url: str, home: Path, since: date, kills: int, rng: random.Random, log: Path
) -> list[int]:
    """Starts and kills, at most that often, until a run comes to its end; then a last run."""
    cuts: list[int] = []
    for _ in range(kills):
        seen = len(_paths(log))
        process = _backfill(url, home, since)
        for _ in range(600):  # until it works, or for a minute
            if len(_paths(log)) > seen or process.poll() is not None:
                break
            time.sleep(0.1)
        try:
            process.wait(rng.uniform(0.0, 0.7))
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            cuts.append(len(_paths(log)))
    while (code := _backfill(url, home, since).wait()) not in ALL_DONE:
        print(f"a run ended with exit {code}")
    return cuts


def _paths(log: Path) -> list[str]:
    return [json.loads(line)["path"] for line in log.read_text(encoding="utf-8").splitlines()]


def _export(home: Path) -> bytes:
    words = ["export", "--format", "jsonl", "--canonical", "--home", str(home)]
    return subprocess.run([*BAOKU, *words], check=True, stdout=subprocess.PIPE).stdout  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
