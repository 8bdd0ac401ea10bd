"""Many readers at once while a crawl writes: how fast the reading room answers, and what fails.

    python bench/readers.py --articles 20000 --readers 200 --requests 5000

Fills a throw-away archive, starts `baoku serve` and a writer beside it, and asks as so many
connections can. Prints the statuses, the rate and the percentiles of the waits.
"""

import argparse
import asyncio
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event
from pathlib import Path
from urllib.parse import quote

from press.account import Account
from press.capture import Capture, Place
from press.errors import StoreError
from press.model import Article, Block
from press.outcome import LedgerEntry
from storage.catalogue import Catalogue

FIRST_DAY = date(2012, 1, 1)
ON_A_PAGE = 5
PARAGRAPHS = 8
SENTENCE = "桥头的灯是傍晚放下去的，水面上先亮了一盏，后来一条河都亮了。" * 3


@dataclass(slots=True, kw_only=True)
class Writes:
    """What became of the writer's transactions, and how long the slowest took."""

    kept: int = 0
    refused: int = 0
    longest_s: float = 0.0


def an_article(number: int) -> tuple[Article, Capture]:
    """The article of that number, invented, and where it would lie."""
    day = FIRST_DAY + timedelta(days=number // ON_A_PAGE)
    article = Article(
        paper="cqrb", paper_name="重庆日报", issue_date=day, page_no=7, page_label="第007版",
        page_name="试刊", order=number % ON_A_PAGE + 1, native_id=str(100_000 + number),
        url=None, kicker=None, headline=f"第{number}盏灯", deck=None, column=None, byline=None,
        contributors=(), dateline=None, genre="article",
        blocks=tuple(Block(type="paragraph", text=SENTENCE) for _ in range(PARAGRAPHS)),
        author_note=None, page_credits=None, pictures=(), zones=(), continues_to=None,
        continued_from=None, account=Account(),
    )  # fmt: skip
    place = Place(file="a.warc.gz", offset=number * 1000, length=900, sha256=f"{number:064x}")
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
    capture = Capture(
        url=f"http://paper.example/{number}", status=200, content_type="text/html",
        captured_at=at, kind="response", place=place,
    )  # fmt: skip
    return article, capture


def revised(number: int) -> tuple[Article, Capture]:
    """The same article with another headline, captured now."""
    article, capture = an_article(number)
    now = datetime.now(UTC)
    place = replace(capture.place, file="b.warc.gz", offset=time.time_ns())
    return (
        replace(article, headline=f"{article.headline}　{now}"),
        replace(capture, captured_at=now, place=place),
    )


def fill(url: str, first: int, count: int) -> None:
    """Saves so many articles from that number on, a page a transaction at most."""
    with closing(Catalogue.open(url)) as catalogue:
        for start in range(first, first + count, 500):
            with catalogue.writing() as writer:
                for number in range(start, min(start + 500, first + count)):
                    article, capture = an_article(number)
                    writer.save_article(article, capture, "bench/1", capture.captured_at)


def keep_writing(url: str, ended: Event, told: SimpleQueue[Writes]) -> None:
    """A page's articles, each with a new revision, and its ledger entry every fifth of a second."""
    writes = Writes()
    with closing(Catalogue.open(url)) as catalogue:
        number = 0
        while not ended.wait(0.2):
            began_s = time.monotonic()
            try:
                with catalogue.writing() as writer:
                    for _ in range(ON_A_PAGE):
                        article, capture = revised(number)
                        writer.save_article(article, capture, "bench/1", capture.captured_at)
                        number += 1
                    writer.save_ledger(an_entry(article, capture))
                writes.kept += 1
            except StoreError:
                writes.refused += 1
            writes.longest_s = max(writes.longest_s, time.monotonic() - began_s)
    told.put(writes)


def an_entry(article: Article, capture: Capture) -> LedgerEntry:
    """The state of the page that the article stood on."""
    at = capture.captured_at
    return LedgerEntry(
        paper="cqrb", issue_date=article.issue_date, page_no=7, state="archived", cause=None,
        attempts=1, next_attempt_at=None, evidence=capture.place.sha256, updated_at=at,
        checked_at=at,
    )  # fmt: skip


def paths(articles: int, seed: int, *, for_people: bool) -> list[str]:
    """What programs ask for: articles, lists, issues, feeds; or people: the pages of the rooms."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    found = []
    for _ in range(5000):
        day = FIRST_DAY + timedelta(days=chance.randrange(articles // ON_A_PAGE))
        number = (day - FIRST_DAY).days * ON_A_PAGE + chance.randrange(ON_A_PAGE)
        article_id = f"cqrb-{day:%Y%m%d}-007-{100_000 + number}"
        found.append(
            chance.choices(
                [
                    f"/articles/{article_id}",
                    f"/cqrb/{day}/7",
                    f"/cqrb/{day}",
                    "/",
                    f"/articles/{article_id}/provenance",
                    f"/search?q={quote('桥头')}&from={day}&to={day}",
                ]
                if for_people
                else [
                    f"/api/v1/articles/{article_id}",
                    f"/api/v1/articles?paper=cqrb&from={day}&limit=10",
                    f"/api/v1/articles?after={article_id}&limit=5",
                    f"/api/v1/papers/cqrb/issues?from={day}&limit=31",
                    f"/api/v1/issues/cqrb/{day}",
                    "/feeds/articles?paper=cqrb&limit=10",
                ],
                weights=[60, 10, 10, 5, 10, 5],
            )[0]
        )
    return found


async def ask(port: int, wanted: list[str], statuses: Counter[str], waits_s: list[float]) -> None:
    """One reader on one line, until nothing is wanted any more."""
    line = None
    while wanted:
        path = wanted.pop()
        began_s = time.monotonic()
        try:
            line = line or await asyncio.open_connection("127.0.0.1", port)
            reader, writer = line
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
            await reader.readexactly(length)
            statuses[head[9:12].decode()] += 1
        except (OSError, asyncio.IncompleteReadError) as error:
            statuses[type(error).__name__] += 1
            line = None
        waits_s.append(time.monotonic() - began_s)


def cpu_s(pid: int) -> float:
    """Seconds of a core that a process of this Linux has used: what other work does not distort."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def crowd(port: int, readers: int, wanted: list[str]) -> tuple[Counter[str], list[float]]:
    """All readers at once."""
    statuses: Counter[str] = Counter()
    waits_s: list[float] = []
    await asyncio.gather(*(ask(port, wanted, statuses, waits_s) for _ in range(readers)))
    return statuses, waits_s


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--requests", type=int, default=5_000)
    parser.add_argument("--people", action="store_true", help="ask for pages, not the API")
    parser.add_argument(
        "--home", type=Path, help="an archive of this script's, kept and used again"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baoku-bench-") as folder:
        home = asked.home or Path(folder)
        url = f"sqlite:///{home / 'catalogue.sqlite3'}"
        if not (home / "catalogue.sqlite3").exists():
            home.mkdir(parents=True, exist_ok=True)
            fill(url, 0, asked.articles)
        server = subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "-m", "cli.main", "serve", "--port", "0", "--home", str(home)],
            stdout=subprocess.PIPE,
            text=True,
        )
        ended, told = multiprocessing.Event(), multiprocessing.SimpleQueue()
        scribe = multiprocessing.Process(target=keep_writing, args=(url, ended, told), daemon=True)
        try:
            line = server.stdout.readline() if server.stdout else ""
            port = int(line.split("/;")[0].rpartition(":")[2])
            scribe.start()
            some = paths(asked.articles, 7, for_people=asked.people)
            wanted = (some * (asked.requests // len(some) + 1))[: asked.requests]
            began_s, began_cpu_s = time.monotonic(), cpu_s(server.pid)
            statuses, waits_s = asyncio.run(crowd(port, asked.readers, wanted))
            lasted_s, used_s = time.monotonic() - began_s, cpu_s(server.pid) - began_cpu_s
            ended.set()
            writes = told.get()
        finally:
            if scribe.is_alive():
                scribe.kill()
            server.terminate()
            server.wait()
    waits_s.sort()
    print(f"{asked.readers} readers, {len(waits_s)} requests, {asked.articles} articles")
    print(f"statuses {dict(statuses)}; {len(waits_s) / lasted_s:.0f} a second")
    print(f"the server used {used_s * 1000 / len(waits_s):.2f} ms of a core for each")
    print(f"writer: {writes}")
    for share in (0.5, 0.9, 0.99, 1.0):
        print(f"p{share * 100:g}: {waits_s[max(0, int(len(waits_s) * share) - 1)] * 1000:.0f} ms")


if __name__ == "__main__":
    main()
