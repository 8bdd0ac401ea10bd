"""What an archive weighs: bytes and rows a page and an article, CPU, requests, commits a second.

    python bench/sizes.py [--days 30] [--json]

Archives whole issues of the replica at no interval, in SQLite and, where its programs are on this
machine, in PostgreSQL. What a page costs is the difference to a run of one day, so that the start
of a process is not in it. docs/scaling.md multiplies these figures.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text

from cli.clock import SystemClock
from storage.catalogue import Catalogue
from storage.raw import Shelf
from tests.storage.postgresql import binaries, passing_server

HOUSE = Path(__file__).parents[1]
LAST = date(2025, 9, 30)
COMMITS_S = 3.0
WRITERS = (1, 4, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a run took; `server_cpu_s` is PostgreSQL's, 0 for SQLite, which runs in the process."""

    wall_s: float
    cpu_s: float
    server_cpu_s: float
    peak_bytes: int
    pages: int
    requests: int


def main() -> int:
    """Prints the figures of each database."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if asked.days < 3:
        parser.error("give 3 days or more: the first run takes one, the second the others")
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="baoku-sizes-", dir="/tmp") as name:
        folder = Path(name)
        figures["SQLite"] = measured(folder / "sqlite", asked.days, None, None)
        if binaries():
            # As it would run: durable, so that a commit costs what a commit costs.
            durable = {"fsync": "on", "full_page_writes": "on", "shared_buffers": "256MB"}
            with passing_server(**durable) as server:
                url = server.url
                figures["PostgreSQL"] = measured(folder / "pg", asked.days, url, server.folder)
                figures["commits a second"] = {n: commits_a_second(url, n) for n in WRITERS}
    print(json.dumps(figures, indent=None if asked.json else 1, ensure_ascii=False))
    return 0


def measured(folder: Path, days: int, url: str | None, server: Path | None) -> dict[str, Any]:
    """One archive of so many days: what the run spent, what is on the shelf and in the tables."""
    folder.mkdir()
    with site(folder / "site.log") as address:
        first = run(folder, address, LAST, 1, url, server)
        rest = run(folder, address, LAST - timedelta(days=1), days - 1, url, server)
    home = folder / "home"
    with closing(Catalogue.open(url or f"sqlite:///{home / 'catalogue.sqlite3'}")) as catalogue:
        shelf = of_shelf(home / "raw", catalogue)
        return {
            "a page": a_page(first, rest),
            "peak_mib": rest.peak_bytes >> 20,
            "counts": counts(catalogue),
            "shelf": shelf,
            "tables": tables(catalogue),
        }


@contextmanager
def site(log: Path) -> Iterator[str]:
    """The replica's address, while it is served by a process of its own."""
    words = [sys.executable, "-m", "replica", "--scenario", "demo", "--log", str(log)]
    server = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=HOUSE)  # noqa: S603
    assert server.stdout is not None  # noqa: S101
    try:
        yield json.loads(server.stdout.readline())["url"]
    finally:
        server.terminate()
        server.wait()


def run(
    folder: Path, address: str, last: date, days: int, url: str | None, server: Path | None
) -> Spent:
    """A backfill of so many days up to `last`, in a process of its own."""
    log = folder / "site.log"
    asked = len(log.read_bytes().splitlines()) if log.exists() else 0
    before_s, began = server_cpu_s(server), time.monotonic()
    since = last - timedelta(days=days - 1)
    words = ["backfill", "cqrb", "--page", "all", "--from", str(since), "--to", str(last)]
    words += ["--site", address, "--interval", "0", "--home", str(folder / "home"), "--summary"]
    environ = os.environ | ({"BAOKU_DATABASE_URL": url} if url else {})
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "cli.main", *words], env=environ, stdout=subprocess.PIPE, cwd=HOUSE
    )
    assert process.stdout is not None  # noqa: S101
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    pages = sum(json.loads(said.splitlines()[-1])["pages"].values())
    return Spent(
        wall_s=time.monotonic() - began,
        cpu_s=usage.ru_utime + usage.ru_stime,
        server_cpu_s=server_cpu_s(server) - before_s,
        peak_bytes=usage.ru_maxrss * 1024,
        pages=pages,
        requests=len(log.read_bytes().splitlines()) - asked,
    )


def server_cpu_s(server: Path | None) -> float:
    """CPU seconds of a PostgreSQL server and of its sessions that have ended; Linux only."""
    if server is None:
        return 0.0
    time.sleep(1)  # a session that was just left is still ending
    pid = (server / "data" / "postmaster.pid").read_text("ascii").split()[0]
    ticks = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[11:15]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def a_page(first: Spent, rest: Spent) -> dict[str, float]:
    """What a page took in the second run, the start of a process taken off by the first."""
    pages = rest.pages - first.pages

    def share(name: str) -> float:
        return round((getattr(rest, name) - getattr(first, name)) / pages, 4)

    names = ("wall_s", "cpu_s", "server_cpu_s", "requests")
    return {"pages": rest.pages} | {name: share(name) for name in names}


def counts(catalogue: Catalogue) -> dict[str, float]:
    """How much the archive holds."""
    asked = {
        "issues": "SELECT COUNT(*) FROM issues",
        "pages": "SELECT COUNT(*) FROM pages",
        "articles": "SELECT COUNT(*) FROM articles",
        "captures": "SELECT COUNT(*) FROM captures",
        "characters": "SELECT SUM(char_count) FROM revisions",
    }
    with catalogue.database.reading() as session:
        return {name: session.scalar(text(sql)) for name, sql in asked.items()}


def of_shelf(folder: Path, catalogue: Catalogue) -> dict[str, Any]:
    """Records and their bytes: of pages, of articles, of all else; and the bodies' mean bytes."""
    length, body, count = Counter[str](), Counter[str](), Counter[str]()
    with catalogue.database.reading() as session:
        of = {
            name: set(session.scalars(text(f"SELECT capture_id FROM {table}")))  # noqa: S608
            for name, table in (("page", "pages"), ("article", "revisions"))
        }
        ids = {
            (row.file, row.offset): row.id
            for row in session.execute(text('SELECT id, file, "offset" FROM captures'))
        }
    with closing(Shelf(folder, clock=SystemClock(), software="baoku/bench")) as shelf:
        for capture, kept in shelf.captures():
            number = ids.get((capture.place.file, capture.place.offset))
            kind = next((name for name, some in of.items() if number in some), "other")
            count[kind] += 1
            length[kind] += capture.place.length
            body[kind] += len(kept.body or b"")
    return {
        "bytes": sum(path.stat().st_size for path in folder.iterdir() if path.is_file()),
        **{
            kind: {
                "records": number,
                "record_bytes": length[kind] // number,
                "body_bytes": body[kind] // number,
            }
            for kind, number in sorted(count.items())
        },
    }


def tables(catalogue: Catalogue) -> dict[str, Any]:
    """Each table with rows, bytes of its own (its long values in it), and bytes of each index."""
    database = catalogue.database
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as session:
            session.execute(text("VACUUM ANALYZE"))
    with database.reading() as session:
        names = inspect(session.connection()).get_table_names()
        size = _sqlite_sizes if database.is_sqlite else _postgresql_sizes
        found = {
            name: {"rows": session.scalar(text(f"SELECT COUNT(*) FROM {name}"))}  # noqa: S608
            | size(session, name)
            for name in names
        }
    return dict(sorted(found.items(), key=lambda item: -item[1]["bytes"]))


def _postgresql_sizes(session: Any, name: str) -> dict[str, Any]:
    sql = "SELECT indexname, pg_relation_size(indexname::regclass) FROM pg_indexes"
    indexes = session.execute(text(f"{sql} WHERE tablename = :name"), {"name": name})
    size = session.scalar(text("SELECT pg_table_size(CAST(:name AS regclass))"), {"name": name})
    return {"bytes": size, "indexes": dict(indexes.all())}


def _sqlite_sizes(session: Any, name: str) -> dict[str, Any]:
    sql = "SELECT m.name, SUM(d.pgsize) FROM sqlite_schema m JOIN dbstat d ON d.name = m.name"
    found = session.execute(text(f"{sql} WHERE m.tbl_name = :name GROUP BY 1"), {"name": name})
    sizes = dict(found.all())
    return {"bytes": sizes.pop(name, 0), "indexes": sizes}


def commits_a_second(url: str, writers: int) -> int:
    """Durable commits of one small row each, by so many connections at once."""
    import psycopg  # noqa: PLC0415  where PostgreSQL is, its driver is

    address = url.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bench_commits (n int)")
    until = time.monotonic() + COMMITS_S

    def commit() -> int:
        done = 0
        with psycopg.connect(address, autocommit=True) as connection:
            while time.monotonic() < until:
                connection.execute("INSERT INTO bench_commits VALUES (1)")
                done += 1
        return done

    with ThreadPoolExecutor(writers) as pool:
        return round(sum(pool.map(lambda _: commit(), range(writers))) / COMMITS_S)


if __name__ == "__main__":
    sys.exit(main())
