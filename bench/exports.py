"""Exports a large invented archive in each format: seconds and peak memory.

    python bench/exports.py [--articles 100000] [--keep FOLDER] [--formats csv,wacz]

With --keep the archive is made in that folder, or taken from there if it is there already.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from press.capture import Import
from press.model import Block
from storage.catalogue import Catalogue
from storage.home import open_home
from storage.raw import Shelf
from tests.storage.samples import DAY, a_page, an_article

FORMATS = "jsonl,csv,parquet,markdown,wacz,gbt7714,bibtex,ris,csl"
BAOKU = [sys.executable, "-m", "cli.main"]
ON_A_PAGE = 8
PARAGRAPH = "这是我们自己编的一段话，灯是傍晚放下去的，河水慢慢地流过了桥。" * 4
BATCH_PAGES = 50


class _Clock:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(2031, 2, 3, tzinfo=UTC)

    def monotonic(self) -> float:
        return 0.0

    def sleep(self, wait_s: float) -> None:
        raise NotImplementedError(wait_s)


def main() -> int:
    """Makes the archive and measures; 0 when every export went well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--formats", default=FORMATS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baoku-exports-") as name:
        folder = Path(name)
        home = asked.keep or folder / "home"
        if not home.exists():
            begun = time.perf_counter()
            make_archive(home, asked.articles)
            print(f"archive made in {time.perf_counter() - begun:.0f} s")
        print("| format | seconds | peak MiB | MiB written |\n|---|---:|---:|---:|")
        codes = [export(home, form, folder / f"out.{form}") for form in asked.formats.split(",")]
    return max(codes)


def export(home: Path, form: str, target: Path) -> int:
    """Exports in a process of its own, and prints what it took."""
    begun = time.perf_counter()
    words = [*BAOKU, "export", "--home", str(home), "--format", form, "-o", str(target)]
    process = subprocess.Popen(words)  # noqa: S603 - our own words
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    took = time.perf_counter() - begun
    files = [target] if target.is_file() else list(target.rglob("*.md"))
    size = sum(file.stat().st_size for file in files) / 2**20
    print(f"| {form} | {took:.1f} | {used.ru_maxrss / 1024:.0f} | {size:.0f} |", flush=True)
    return process.returncode


def make_archive(home: Path, articles: int) -> None:
    """An archive of so many articles, with a kept answer for each and for each page."""
    place = open_home(home, create=True)
    catalogue = Catalogue.open(f"sqlite:///{place.catalogue_path}")
    shelf = Shelf(place.raw, clock=_Clock(), software="baoku/bench")
    pages = iter(range(articles // ON_A_PAGE))
    while batch := list(islice(pages, BATCH_PAGES)):
        with catalogue.writing() as writer:
            for number in batch:
                day = DAY + timedelta(days=number)
                page = a_page(*(f"第{number}天第{n}篇" for n in range(1, ON_A_PAGE + 1)))
                url = f"http://paper.example/{number}"
                capture = shelf.append(_answer(f"{url}/node.html", number))
                writer.save_page(replace(page, issue_date=day), "重庆日报", capture, _Clock().now())
                for entry in page.entries:
                    article = an_article(
                        entry.native_id, issue_date=day, order=entry.order, headline=entry.title,
                        blocks=tuple(Block(type="paragraph", text=PARAGRAPH) for _ in range(5)),
                    )  # fmt: skip
                    kept = shelf.append(_answer(f"{url}/{entry.order}.html", number))
                    writer.save_article(article, kept, "founder/1", _Clock().now())
    shelf.close()
    catalogue.close()


def _answer(url: str, number: int) -> Import:
    body = f"<html><!-- {url} -->{PARAGRAPH * 5}</html>".encode()
    moment = _Clock().now() + timedelta(minutes=number)
    return Import(url=url, content_type="text/html", body=body, imported_at=moment)


if __name__ == "__main__":
    sys.exit(main())
