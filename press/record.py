"""The record: an archived article or page as JSON, the same on every way out (docs/record.md)."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeAlias

from press.account import Account, visible_count
from press.capture import Place
from press.model import Article, Block, Page, Zone

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

ARTICLE_KEYS = (
    "id", "paper", "paper_name", "issue_date", "page_no", "page_label", "page_name", "order",
    "native_id", "url", "kicker", "headline", "deck", "column", "byline", "contributors",
    "dateline", "genre", "blocks", "text", "author_note", "page_credits", "pictures", "zones",
    "continues_to", "continued_from", "char_count", "status", "revision", "first_seen_at",
    "fetched_at", "capture", "parser", "residue",
)  # fmt: skip
"""The keys of an article's object, in their order."""

Status = Literal["ok", "needs_review", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """An article as archived: its id for good, its revision (from 1), and its source."""

    id: str
    article: Article
    status: Status
    revision: int
    first_seen_at: datetime
    fetched_at: datetime
    place: Place
    parser: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """That an article's page no longer announces it: since when we know, and what shows it.

    `evidence` is the sha256 of the page's body without it, None where none was kept.
    """

    withdrawn_at: datetime
    evidence: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """A page as archived; `article_ids` are in the order of the page."""

    id: str
    paper_name: str
    page: Page
    place: Place
    fetched_at: datetime
    article_ids: tuple[str, ...]


def article_json(record: ArticleRecord) -> dict[str, Json]:
    """The object of docs/record.md; its keys are in that order."""
    article, place = record.article, record.place
    return {
        "id": record.id,
        "paper": article.paper,
        "paper_name": article.paper_name,
        "issue_date": article.issue_date.isoformat(),
        "page_no": article.page_no,
        "page_label": article.page_label,
        "page_name": article.page_name,
        "order": article.order,
        "native_id": article.native_id,
        "url": article.url,
        "kicker": article.kicker,
        "headline": article.headline,
        "deck": article.deck,
        "column": article.column,
        "byline": article.byline,
        "contributors": [{"name": c.name, "role": c.role} for c in article.contributors],
        "dateline": article.dateline,
        "genre": article.genre,
        "blocks": [block_json(block) for block in article.blocks],
        "text": article.text,
        "author_note": article.author_note,
        "page_credits": article.page_credits,
        "pictures": [
            {"order": p.order, "url": p.url, "caption": p.caption, "credit": p.credit}
            for p in article.pictures
        ],
        "zones": zones_json(article.zones),
        "continues_to": article.continues_to,
        "continued_from": article.continued_from,
        "char_count": article.char_count,
        "status": record.status,
        "revision": record.revision,
        "first_seen_at": time_json(record.first_seen_at),
        "fetched_at": time_json(record.fetched_at),
        "capture": {
            "file": place.file,
            "offset": place.offset,
            "length": place.length,
            "sha256": place.sha256,
        },
        "parser": record.parser,
        "residue": article.account.residue,
    }


def canonical_json(record: ArticleRecord) -> dict[str, Json]:
    """The record without what differs between two archives of the same source.

    Left out: capture times, the record's place on the shelf. Kept: the body's digest.
    """
    full = article_json(record)
    del full["first_seen_at"], full["fetched_at"]
    full["capture"] = {"sha256": record.place.sha256}
    return full


def page_json(record: PageRecord) -> dict[str, Json]:
    """A page: its labels and links, what it announces (`entries`, `headlines`), its articles."""
    page = record.page
    return {
        "id": record.id,
        "paper": page.paper,
        "paper_name": record.paper_name,
        "issue_date": page.issue_date.isoformat(),
        "page_no": page.page_no,
        "page_label": page.page_label,
        "page_name": page.page_name,
        "url": page.url,
        "facsimile_url": page.facsimile_url,
        "pdf_url": page.pdf_url,
        "previous_url": page.previous_url,
        "next_url": page.next_url,
        "headlines": list(page.headlines),
        "entries": [
            {
                "order": e.order,
                "native_id": e.native_id,
                "url": e.url,
                "title": e.title,
                "listed": e.listed,
                "mapped": e.mapped,
                "zones": zones_json(e.zones),
            }
            for e in page.entries
        ],
        "pages": [
            {
                "page_no": link.page_no,
                "page_label": link.page_label,
                "page_name": link.page_name,
                "url": link.url,
                "pdf_url": link.pdf_url,
            }
            for link in page.page_links
        ],
        "articles": list(record.article_ids),
        "fetched_at": time_json(record.fetched_at),
        "capture": {
            "file": record.place.file,
            "offset": record.place.offset,
            "length": record.place.length,
            "sha256": record.place.sha256,
        },
    }


def account_json(article_id: str, account: Account) -> dict[str, Json]:
    """The object of docs/record.md, "An account": its pieces in source order, then the sums in visible characters."""
    pieces: list[Json] = [
        {
            "kind": piece.kind,
            "name": piece.name,
            "text": piece.text,
            "char_count": visible_count(piece.text),
        }
        for piece in account.pieces
    ]
    return {
        "id": article_id,
        "pieces": pieces,
        "visible": sum(visible_count(piece.text) for piece in account.pieces),
        "in_fields": account.count("field"),
        "dropped": account.count("dropped"),
        "residue": account.count("residue"),
        "is_closed": account.is_closed,
    }


def json_line(value: dict[str, Json]) -> str:
    """One JSON Lines line without its newline; line separators inside strings are escaped."""
    text = json.dumps(value, ensure_ascii=False)
    for separator in ("\x85", "\u2028", "\u2029"):
        text = text.replace(separator, f"\\u{ord(separator):04x}")
    return text


def block_json(block: Block) -> dict[str, Json]:
    """A block: its type and text, or, for a table, its rows."""
    if block.type == "table":
        return {"type": "table", "rows": [list(row) for row in block.rows]}
    return {"type": block.type, "text": block.text}


def zones_json(zones: tuple[Zone, ...]) -> Json:
    """Polygons as lists of [x, y], whole numbers as integers."""
    return [[[_number(x), _number(y)] for x, y in zone] for zone in zones]


def time_json(moment: datetime) -> str:
    """RFC 3339 in UTC, to the second: 2026-01-12T22:00:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value
