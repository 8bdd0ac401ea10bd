"""Hostile queries: each gives results or one clear sentence, in the reading room and on both databases.

    python bench/hostile.py FOLDER [--queries 20000] [--postgresql URL]

Makes a small archive in FOLDER, and in the empty PostgreSQL database where one is given, unless it
is there; what its articles print is hostile too, so that it is found, marked and cut. Exits 1 where
a query gives anything else, or the two databases differ.
"""

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

from corpus import CAPTURE, FIRST_DAY, READ_AT, Corpus
from lxml import etree
from starlette.types import Message

from cli.clock import SystemClock
from press.errors import UsageError
from press.model import Block
from readingroom.app import make_app
from readingroom.doorkeeper import Doorkeeper
from readingroom.library import BUDGET_S, Library
from readingroom.rooms.router import make_rooms
from readingroom.shield import MAX_TARGET_BYTES, Rules, Shield
from storage.catalogue import Catalogue, Searcher
from storage.raw import Shelf
from storage.search.fields import FIELDS, article_fields
from storage.search.hits import kwic
from storage.search.query import parse

ARTICLES = 300
SENTENCE_CHARACTERS = 300
ROUTES = ("/search", "/api/v1/search", "/feeds/search")
ODD = (
    '""“”\'-*():^+{}[]|&!~\\/%_;,.<>=#?@$`\0\x01\x1b\x7f\x85\u00ad\u200b\u200d\u202e\u2028\ufeff'
    "\u0301\u0e33\u3099\ufe0f\ud800\udfff\ue000\ufdd0\ufffd\ufffe\uffff\U00020bb7\U0001f600"
    "\U000e0041\U000f0000\U0010ffff \t\r\n　改革灯桥AIaiorＡ８1ßİſ㎡ﬁ"
)
PLANES = (0x100, 0x3000, 0x10000, 0x110000)
SAYINGS = (
    "NEAR(桥 灯, 2)", "body : 桥", "{body headline} : 桥", "^桥", "桥*", "桥 AND 灯", "NOT 桥", "rank", "search_index",
    "' OR 1=1;--", "'; DROP TABLE articles;--", '" OR "" = "', "桥' & !灯 | 船:*", "<->", "桥:A", "$$桥$$", "%s %(x)s {0} %%",
    "桥%_", "\\\\x00", "(?P<x>.*)+", "[[:alpha:]]", "../../etc/passwd", "<script>alert(1)</script>", "&lt;&#x0;&amp", "]]>",
    "{{7*7}}", "${x}", "%00", "%FF%FE", "%u6865", "+", "a&q=b", "a;b", "#", "OR", "-", "--", '""', "headline:", "caption：",
    "-headline:桥", "OR OR", "headline:OR", "a OR -b", "\x1b[31m桥", "１２３", "𠮷𠮷", "e\u0301\u0301", "\u200b", "\ufffe", "null",
)  # fmt: skip


def hostile_texts(count: int, seed: int = 1) -> Iterator[str]:
    """So many queries that nobody types: soups of odd characters, syntax of others, endless ones."""
    rng = Random(f"{seed} hostile")  # noqa: S311  drawn by lot, not secret
    for _ in range(count):
        kind = rng.random()
        if kind < 0.4:
            yield _soup(rng, ODD, 12)
        elif kind < 0.5:
            yield "".join(chr(rng.randrange(rng.choice(PLANES))) for _ in range(rng.randint(1, 8)))
        elif kind < 0.9:
            parts = rng.choices((*SAYINGS, *(f"{field}:" for field in FIELDS)), k=rng.randint(1, 5))
            yield rng.choice(("", " ", '"', " OR ", "　")).join([*parts, _soup(rng, ODD, 3)])
        else:
            yield _endless(rng)


def _soup(rng: Random, characters: str, most: int) -> str:
    return "".join(rng.choices(characters, k=rng.randint(0, most)))


def _endless(rng: Random) -> str:
    one, count = rng.choice(ODD), rng.randint(1, 1_200)
    return rng.choice((one * count, f"{one} " * count, " OR ".join(one * (count // 20)), '"' * count,
        "e" + "\u0301" * count, " -".join(one * (count // 20)), f'headline:"{one * count}"'))  # fmt: skip


def main() -> int:
    """Asks everything; 0 when nothing was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--queries", type=int, default=20_000)
    parser.add_argument("--postgresql", metavar="URL")
    asked = parser.parse_args()
    asked.folder.mkdir(exist_ok=True)
    url = f"sqlite:///{asked.folder / 'catalogue.sqlite3'}"
    urls = [url, asked.postgresql] if asked.postgresql else [url]
    for one in urls:
        with closing(Catalogue.open(one)) as catalogue:
            fill(catalogue)
    texts = list(hostile_texts(asked.queries))
    statuses: Counter[str] = Counter()
    wrong = asyncio.run(ask_rooms(asked.folder, url, texts, statuses))
    wrong += list(ask_searchers(urls, texts))
    figures = {
        "queries": len(texts),
        "statuses": statuses,
        "databases": len(urls),
        "wrong": len(wrong),
    }
    print(json.dumps(figures, indent=1))
    for one in wrong[:20]:
        print(one[:300])
    return 1 if wrong else 0


def fill(catalogue: Catalogue) -> None:
    """Saves ARTICLES articles that print hostile text, unless some are there."""
    with catalogue.reading() as reader:
        if reader.counts().articles:
            return
    corpus = Corpus(ARTICLES)
    texts = (text for text in hostile_texts(100 * ARTICLES, seed=2) if printable(text))
    with catalogue.writing() as writer:
        for number in range(ARTICLES):
            said = [next(texts) for _ in range(6)]
            article = replace(
                corpus.article(number),
                issue_date=FIRST_DAY + timedelta(days=number),
                headline=said[0] or None,
                column=said[1] or None,
                blocks=tuple(Block(type="paragraph", text=text) for text in said[2:] if text),
            )
            writer.save_article(article, CAPTURE, "hostile", READ_AT)


def printable(text: str) -> bool:
    """True for what an article may hold: no NUL and no half of a character, which cleaning takes out."""
    return "\0" not in text and not any("\ud800" <= one <= "\udfff" for one in text)


def ask_searchers(urls: list[str], texts: list[str]) -> Iterator[str]:
    """Each query that raised anything but a UsageError, or that the databases answer differently."""
    with ExitStack() as opened:
        searchers = [
            opened.enter_context(
                opened.enter_context(closing(Catalogue.open(url, read_only=True))).searching()
            )
            for url in urls
        ]
        for typed in texts:
            try:
                first, *others = (answer(searcher, typed) for searcher in searchers)
            except Exception as error:  # noqa: BLE001 - that is what is counted
                yield f"{typed!a}: {error!a}"
                continue
            if any(other != first for other in others):
                yield f"{typed!a}: the databases differ"
            if isinstance(first[0], str) and not is_sentence(first[0]):
                yield f"{typed!a}: no clear sentence: {first[0]!a}"


def answer(searcher: Searcher, typed: str) -> list[Any]:
    """All that a searcher says of a query; the sentence where it is none."""
    try:
        query = parse(typed)
    except UsageError as error:
        return [str(error)]
    found = searcher.search(query)
    return [
        [(hit.record.id, hit.headline_marks, hit.snippet) for hit in found.hits],
        [line for hit in found.hits for line in kwic(article_fields(hit.record.article), query)],
        [hit.record.id for hit in searcher.search(query, sort="relevance").hits],
        searcher.total(query),
        searcher.count_by(query, "month"),
        searcher.facets(query),
    ]


async def ask_rooms(home: Path, url: str, texts: list[str], statuses: Counter[str]) -> list[str]:
    """Each query that a route of the reading room answers with neither results nor a sentence.

    Four of five are escaped as a browser does it, the others sent as they are.
    """
    wrong = []
    with closing(Catalogue.open(url, read_only=True, budget_s=BUDGET_S)) as catalogue:
        library = Library(
            catalogue, Shelf(home / "raw", clock=SystemClock(), software="bench"), SystemClock()
        )
        app = make_app(
            library, home, rules=Rules(hosts=None), doorkeeper=Doorkeeper(), version="bench",
            rooms=make_rooms(library),
        )  # fmt: skip
        for number, typed in enumerate(texts):
            said = typed.encode("utf-8", "surrogatepass")
            said = said if number % 5 == 0 else quote(said).encode()
            for path in ROUTES:
                query = b"q=" + said[: MAX_TARGET_BYTES - len(path) - 2]
                status, body = await ask(app, path, query)
                statuses[f"{path} {status}"] += 1
                fault = fault_of(path, status, body)
                if fault is not None:
                    wrong.append(f"{path}?{query!a}: {status}, {fault}")
    return wrong


async def ask(app: Shield, path: str, query: bytes) -> tuple[int, bytes]:
    """The status and the body of one GET, without a server between."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": path.encode(), "root_path": "", "query_string": query, "client": ("127.0.0.1", 1),
        "server": ("localhost", 80), "headers": [(b"host", b"localhost")],
    }  # fmt: skip
    try:
        await app(scope, receive, send)
    except Exception:  # noqa: BLE001 - Starlette raises it again after its answer, 500
        return 500, b""
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:])


def fault_of(path: str, status: int, body: bytes) -> str | None:
    """What is wrong with an answer; None where nothing is."""
    if status not in {200, 400}:
        return "no status for a query"
    text = body.decode()
    if path == "/search":
        return None if text.rstrip().endswith("</html>") else "no whole page"
    if status == 400:
        detail = json.loads(text)["detail"]
        return None if is_sentence(detail) else f"no clear sentence: {detail!a}"
    try:
        etree.fromstring(body) if path.startswith("/feeds") else json.loads(text)
    except (ValueError, etree.XMLSyntaxError) as error:
        return str(error)
    return None


def is_sentence(text: str) -> bool:
    """True for one line that a terminal shows as it is, neither empty nor endless."""
    return text.isprintable() and 0 < len(text) <= SENTENCE_CHARACTERS


if __name__ == "__main__":
    sys.exit(main())
