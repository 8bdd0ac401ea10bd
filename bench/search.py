"""Search on a large invented archive: what is found, on both databases, and how fast.

    python bench/search.py FOLDER [--articles 300000] [--postgresql URL] [--rounds 3] [--json]

Makes the archive in FOLDER, and in the empty PostgreSQL database where one is given, unless it is
there. Prints how much each query category took, in each round, with the machine's load; exits 1
where a result is not what an exact search of every text finds, where the two databases differ, or
where a hostile query gives more than one clear sentence.
"""

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from os import getloadavg
from pathlib import Path
from random import Random
from typing import Any, get_args

from corpus import CAPTURE, FIRST_DAY, PHRASES, READ_AT, SPECIALS, Corpus, save
from hostile import hostile_texts
from sqlalchemy import text
from sqlalchemy.orm import Session

from press.errors import PressError, UsageError
from storage.catalogue import Catalogue, Searcher, Writer
from storage.catalogue.indexing import copies, fill
from storage.catalogue.searcher import Period
from storage.search.engines import index_of
from storage.search.fields import joined
from storage.search.hits import fits
from storage.search.newest import newest_hits
from storage.search.query import parse
from storage.search.scope import Found, Scope

REPEATS = 3
HOSTILE = 20_000
SAVED = 200
MONTH = Scope(since=date(1998, 3, 1), until=date(1998, 3, 31))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query and its category."""

    kind: str
    text: str


def queries(corpus: Corpus) -> list[Asked]:
    """About ninety: 1, 2, 4 and 8 characters, common and rare, marks, digits, letters, operators."""
    rng = Random(corpus.seed)  # noqa: S311  drawn by lot, not secret

    def some(kind: str, length: int, count: int) -> list[Asked]:
        drawn = [corpus.phrase(rng.randrange(corpus.count), length) for _ in range(count)]
        return [Asked(kind=kind, text='"' + one.replace('"', '""') + '"') for one in drawn]

    common = [Asked(kind="1 common", text=one) for one in "桥灯船改8,"]
    common += [Asked(kind="2 common", text=one[:2]) for one in PHRASES[:8]]
    common += [Asked(kind="4 common", text=one[:4]) for one in PHRASES[:8]]
    common += [Asked(kind="8 common", text=one) for one in PHRASES if len(one) >= 8]
    marked = [Asked(kind="marks, digits, letters", text=one) for one in SPECIALS]
    joint = [
        Asked(kind="operators", text=one)
        for one in (
            "桥头 纸船", "桥头 OR 纸船 步道", "放灯 -渡口", "headline:放灯", "caption:罗一叶", '"New Bridge"',
            "byline:记者 8+1 OR 885路", "山城 青枫 鹿鸣", "kicker:纸船 OR deck:纸船", "column:论丛 -桥",
        )
    ]  # fmt: skip
    drawn = some("1 drawn", 1, 8) + some("2 drawn", 2, 12) + some("4 drawn", 4, 10)
    return common + marked + joint + drawn + some("8 drawn", 8, 10)


def main() -> int:
    """Runs the measurement; 0 when everything held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=300_000)
    parser.add_argument("--postgresql", metavar="URL")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="of each time")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    asked.folder.mkdir(exist_ok=True)
    corpus = Corpus(asked.articles)
    urls = {"SQLite": f"sqlite:///{asked.folder / 'catalogue.sqlite3'}"}
    urls |= {"PostgreSQL": asked.postgresql} if asked.postgresql else {}
    catalogues = {name: Catalogue.open(url) for name, url in urls.items()}
    figures: dict[str, Any] = {
        name: {"made": made(corpus, catalogue)} for name, catalogue in catalogues.items()
    }
    every = queries(corpus)
    wrong: list[str] = []
    truth, text_bytes = true_places(catalogues["SQLite"], every)
    figures |= {"queries": len(every), "text_bytes": text_bytes}
    lists: dict[str, list[Any]] = {}
    for name, catalogue in catalogues.items():
        wrong += [f"{name}: {one}" for one in differences(catalogue, every, truth)]
        wrong += [f"{name}: {one}" for one in hostile(catalogue)]
        lists[name] = [shown(catalogue, one) for one in every]
        figures[name] |= {"size": sizes(catalogue), "rounds": []}
    for _, (name, catalogue) in product(range(asked.rounds), catalogues.items()):
        figures[name]["rounds"].append(timed_round(catalogue, corpus, every))
    wrong += [
        f"{one.text}: the databases differ"
        for one, *answers in zip(every, *lists.values(), strict=True)
        if any(answer != answers[0] for answer in answers)
    ]
    figures["wrong"] = wrong
    print(json.dumps(figures, ensure_ascii=False, indent=None if asked.json else 1))
    return 1 if wrong else 0


def made(corpus: Corpus, catalogue: Catalogue) -> dict[str, float]:
    """Fills the catalogue unless it is filled; the seconds that rows and index took."""
    with catalogue.reading() as reader:
        if reader.counts().articles:
            return {}
    begin = time.perf_counter()
    with catalogue.database.writing() as session:
        save(corpus, session)
    middle, cpu = time.perf_counter(), time.process_time()
    with catalogue.database.writing() as session:
        fill(session)
    end = time.perf_counter()
    if not catalogue.database.is_sqlite:
        with catalogue.database.engine.connect().execution_options(
            isolation_level="AUTOCOMMIT"
        ) as connection:
            connection.execute(text("VACUUM ANALYZE"))
    return {
        "rows_s": round(middle - begin),
        "index_s": round(end - middle),
        "index_cpu_s": round(time.process_time() - cpu),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
    }


def true_places(catalogue: Catalogue, every: list[Asked]) -> tuple[list[list[Found]], int]:
    """For each query what an exact search of every text finds, in order; the bytes of all texts."""
    asked = [parse(one.text) for one in every]
    found: list[list[Found]] = [[] for _ in asked]
    size = 0
    with catalogue.searching() as searcher:
        session = searcher._session
        rows = session.execute(
            text('SELECT doc, article_id, paper, page_order, page_no, "order" FROM search_docs')
        ).all()
        docs = {row.article_id: Found(**row._mapping) for row in rows}
        for article_id, copy in copies(session, list(docs)):
            size += len(joined(copy).encode())
            for query, hits in zip(asked, found, strict=True):
                if fits(query, copy):
                    hits.append(docs[article_id])
    for hits in found:
        hits.sort(key=lambda one: one.place)
    return found, size


def differences(
    catalogue: Catalogue, every: list[Asked], truth: list[list[Found]]
) -> Iterator[str]:
    """Each query of which lists, counts or paging are not those of the truth."""
    with catalogue.searching() as searcher:
        index = index_of(searcher._session)
        for one, hits in zip(every, truth, strict=True):
            query = parse(one.text)
            ids = [hit.article_id for hit in hits]
            found = newest_hits(index, query, Scope(), len(hits) + 1, None)
            if [hit.article_id for hit in found] != ids:
                yield f"{one.text}: {len(found)} hits, and {len(hits)} in truth"
            total = searcher.total(query)
            if total.count != (len(hits) if total.is_exact else 2_000) or (
                total.is_exact != (len(hits) <= 2_000)
            ):
                yield f"{one.text}: counted {total} of {len(hits)}"
            if sum(n for _, n in searcher.count_by(query, "month")) != len(hits):
                yield f"{one.text}: months that do not add up"
            for at in (19, 1_000):
                if len(hits) > at + 1:
                    start = next(hit for hit in found if hit.article_id == ids[at])
                    page = newest_hits(index, query, Scope(), 20, start)
                    if [hit.article_id for hit in page] != ids[at + 1 : at + 21]:
                        yield f"{one.text}: another page after hit {at}"
            in_month = [hit.article_id for hit in hits if _is_in_month(hit)]
            page = newest_hits(index, query, MONTH, len(in_month) + 1, None)
            if [hit.article_id for hit in page] != in_month:
                yield f"{one.text}: other hits in a month"


def hostile(catalogue: Catalogue) -> Iterator[str]:
    """Each of HOSTILE random queries, typed by nobody, that raised anything but a UsageError."""
    with catalogue.searching() as searcher:
        for number, typed in enumerate(hostile_texts(HOSTILE)):
            try:
                scope = MONTH if number % 20 else Scope()  # a whole archive takes its time
                newest_hits(index_of(searcher._session), parse(typed), scope, 1, None)
            except UsageError:
                continue
            except (PressError, Exception) as error:  # noqa: BLE001 - that is what is counted
                yield f"{typed!r}: {error!r}"


def shown(catalogue: Catalogue, one: Asked) -> list[Any]:
    """What people see of a query, for comparing databases."""
    query = parse(one.text)
    with catalogue.searching() as searcher:
        best = searcher.search(query, sort="relevance")
        newest = searcher.search(query)
        return [
            [hit.record.id for hit in best.hits],
            [(hit.record.id, hit.snippet) for hit in newest.hits],
            searcher.total(query),
            [searcher.count_by(query, period) for period in get_args(Period)],
            [(hit.record.id, hit.snippet) for hit in searcher.search(query, MONTH).hits],
            searcher.facets(query),
        ]


def timed_round(catalogue: Catalogue, corpus: Corpus, every: list[Asked]) -> dict[str, Any]:
    """Everything that is timed, once, and the load of the machine before and after."""
    before = getloadavg()[0]
    ms = timed(catalogue, every)
    save_ms = saved(catalogue, corpus)
    return {"load": [before, getloadavg()[0]], "ms": ms, "save_ms": save_ms}


def timed(catalogue: Catalogue, every: list[Asked]) -> dict[str, dict[str, list[float]]]:
    """Milliseconds of each operation, as _spread gives them, by category and over all.

    "CPU" is the time of this thread, and of PostgreSQL's process for it, whoever else is at work.
    """
    operations: dict[str, Callable[[Searcher, Any], Any]] = {
        "newest 20": lambda searcher, query: searcher.search(query),
        "newest 20, ids": lambda searcher, query: newest_hits(
            index_of(searcher._session), query, Scope(), 20, None
        ),
        "one month": lambda searcher, query: searcher.search(query, MONTH),
        "total": lambda searcher, query: searcher.total(query),
        "relevance": lambda searcher, query: searcher.search(query, sort="relevance"),
        "by month": lambda searcher, query: searcher.count_by(query, "month"),
        "facets": lambda searcher, query: searcher.facets(query),
    }
    figures: dict[str, dict[str, list[float]]] = {}
    for name, operation in operations.items():
        times: dict[str, list[float]] = {}
        of_cpu: list[float] = []
        for one in every:
            query, wall, cpu = parse(one.text), [], []
            for _ in range(REPEATS):
                with catalogue.searching() as searcher:
                    server = server_of(searcher._session)
                    begin, spent = time.perf_counter(), spent_s(server)
                    operation(searcher, query)
                    wall.append((time.perf_counter() - begin) * 1e3)
                    cpu.append((spent_s(server) - spent) * 1e3)
            times.setdefault(one.kind, []).append(statistics.median(wall))
            of_cpu.append(statistics.median(cpu))
        times["all"] = [ms for of_kind in times.values() for ms in of_kind]
        times["all, CPU"] = of_cpu
        figures[name] = {kind: _spread(of_kind) for kind, of_kind in times.items()}
    return figures


def server_of(session: Session) -> Path | None:
    """Where Linux says how long PostgreSQL's process for this session has worked; SQLite has none."""
    if session.get_bind().dialect.name == "sqlite":
        return None
    return Path(f"/proc/{session.scalar(text('SELECT pg_backend_pid()'))}/schedstat")


def spent_s(server: Path | None) -> float:
    """Seconds that this thread has worked, and PostgreSQL's process."""
    server_ns = 0 if server is None else int(server.read_text().split()[0])
    return time.thread_time() + server_ns / 1e9


def saved(catalogue: Catalogue, corpus: Corpus) -> dict[str, list[float]]:
    """Milliseconds that indexing one article took, within the transaction that saves it."""
    wall, cpu = [], []
    for number in range(SAVED):
        article = corpus.article(corpus.count + number)
        late = replace(article, issue_date=FIRST_DAY, native_id=f"9{number}")
        with catalogue.database.writing() as session:
            server = server_of(session)
            writer = Writer(session)
            writer.save_article(late, CAPTURE, "corpus", READ_AT)
            session.flush()
            begin, spent = time.perf_counter(), spent_s(server)
            writer._indexing.settle()
            wall.append((time.perf_counter() - begin) * 1e3)
            cpu.append((spent_s(server) - spent) * 1e3)
            session.rollback()
    return {"all": _spread(wall), "all, CPU": _spread(cpu)}


def sizes(catalogue: Catalogue) -> dict[str, int]:
    """Bytes of the index."""
    with catalogue.reading() as reader:
        session = reader._session
        if catalogue.database.is_sqlite:
            parts = {
                "index": "SELECT SUM(pgsize) FROM dbstat WHERE name GLOB 'search_index*'",
                "docs": "SELECT SUM(pgsize) FROM dbstat WHERE name GLOB '*search_docs*'",
            }
        else:
            parts = {
                "index": "SELECT pg_relation_size('ix_search_docs_grams')",
                "docs": "SELECT pg_total_relation_size('search_docs')"
                " - pg_relation_size('ix_search_docs_grams')",
            }
        return {name: session.scalar(text(sql)) for name, sql in parts.items()}


def _is_in_month(found: Found) -> bool:
    return found.doc in MONTH.span


def _spread(times: list[float]) -> list[float]:
    ordered = sorted(times)
    at = min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))
    return [round(statistics.median(ordered), 2), round(ordered[at], 2), round(ordered[-1], 2)]


if __name__ == "__main__":
    sys.exit(main())
