"""Atom feeds: the newest articles of the archive, of a newspaper, of a page. Pure but for reading."""

import re
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from urllib.parse import quote

from press.record import ArticleRecord, time_json
from readingroom.answer import Answer
from readingroom.api import parameters as p
from readingroom.api.operation import Asked, Operation
from readingroom.api.papers import next_url
from readingroom.library import Library
from storage.catalogue import Reader, Selection

ATOM = "application/atom+xml"
SUMMARY_CHARACTERS = 200

_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


def give_feed(_: Library, reader: Reader, asked: Asked) -> Answer:
    """The newest articles that fit."""
    paper, page_no, genre = asked.get(p.PAPER), asked.get(p.PAGE_NO), asked.get(p.GENRE)
    chosen = Selection(paper=paper, page_no=page_no, genre=genre)
    records = list(reader.newest_articles(chosen, asked.need(p.LIMIT)))
    name = (records[0].article.paper_name if records else paper) if paper else "报库 Baoku"
    parts = [name, None if page_no is None else f"第{page_no}版", genre]
    address = next_url("/feeds/articles", {"paper": paper, "page": page_no, "genre": genre})
    return feed_answer(" ".join(filter(None, parts)), address, records)


def feed_answer(title: str, address: str, records: Sequence[ArticleRecord]) -> Answer:
    """An Atom feed at that address of this server; its links are relative to it."""
    updated_at = max((one.fetched_at for one in records), default=_EARLIEST)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<title>{_text(title)}</title>",
        f"<id>{_urn(address)}</id>",
        f"<updated>{time_json(updated_at)}</updated>",
        f'<link rel="self" type="{ATOM}" href="{_text(address)}"/>',
        *(line for record in records for line in _entry(record)),
        "</feed>",
    ]
    return Answer(
        body="\n".join(lines).encode(),
        media_type=ATOM,
        last_modified_at=updated_at if records else None,
    )


def _entry(record: ArticleRecord) -> Iterator[str]:
    article = record.article
    here = quote(record.id)
    names = [one.name for one in article.contributors] or [article.paper_name]
    title = article.headline or f"[{article.genre}] {article.page_name or article.page_label}"
    yield "<entry>"
    yield f"<title>{_text(title)}</title>"
    yield f"<id>{_urn(record.id)}</id>"
    yield f"<updated>{time_json(record.fetched_at)}</updated>"
    yield f"<published>{time_json(record.first_seen_at)}</published>"
    for name in names:
        yield f"<author><name>{_text(name)}</name></author>"
    yield f'<link rel="alternate" type="text/html" href="/articles/{here}"/>'
    yield f'<link rel="alternate" type="application/json" href="/api/v1/articles/{here}"/>'
    yield f'<category term="{_text(article.genre)}"/>'
    yield f"<summary>{_text(article.text[:SUMMARY_CHARACTERS])}</summary>"
    yield "</entry>"


def _text(printed: str) -> str:
    """The text as XML: what means markup escaped, what XML cannot hold left out."""
    return escape(_NO_XML.sub("", printed))


def _urn(name: str) -> str:
    """A name for good that says nothing of where this server is."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"baoku:{name}").urn


OPERATIONS = (
    Operation(
        path="/feeds/articles",
        name="give_feed",
        summary="An Atom feed of the newest articles: of all, of a newspaper, of a page.",
        gives=(ATOM,),
        answer=give_feed,
        parameters=(p.PAPER, p.PAGE_NO, p.GENRE, p.LIMIT),
    ),
)
