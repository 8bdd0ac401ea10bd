"""A cluster on this machine until Ctrl-C: PostgreSQL, a site, the planner, two workers, a reading room.

    make cluster

No container and no root needed where PostgreSQL's programs are installed. What it made is deleted
at the end.
"""

import signal
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from bench.rig import BAOKU, begin_archive, end, rig
from press.clock import beijing_date
from tests.storage.postgresql import binaries

DAYS = 7


def main() -> int:
    """Starts everything, says where it is, and ends it."""
    if binaries() is None:
        print("a cluster needs PostgreSQL's programs: install them (Debian: postgresql)")
        return 2
    is_over = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: is_over.set())
    today = beijing_date(datetime.now(UTC))
    with (
        tempfile.TemporaryDirectory(prefix="baoku-cluster-", dir="/tmp") as name,
        rig(Path(name), papers=2, interval_s=0.5, lease_s=15, today=today) as cluster,
    ):
        begin_archive(cluster.url, cluster.slugs, today - timedelta(days=DAYS - 1))
        for number in (1, 2):
            cluster.start_worker(number)
        planners = [
            _start(cluster.environment(), ["schedule", "run", slug, "--queue", "--home", name])
            for slug in cluster.slugs
        ]
        room = _start(
            cluster.environment(),
            ["serve", "--port", "0", "--home", str(Path(name) / "worker-1")],
            is_heard=True,
        )
        print(f"everything is in {name}; results: worker-*.jsonl; Ctrl-C ends it", flush=True)
        is_over.wait()
        end([*planners, room])
    return 0


def _start(
    environment: dict[str, str], words: list[str], *, is_heard: bool = False
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        [*BAOKU, *words],
        env=environment,
        stdout=None if is_heard else subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for us
    )


if __name__ == "__main__":
    sys.exit(main())
