"""Values of press as the columns that keep them; values.py is the way back. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from press.account import Account
from press.capture import Capture
from press.errors import UnreadableMarkup, UsageError
from press.keys import page_no_of
from press.model import Article, Block, Entry, Page, PageNo, Zone
from press.outcome import LedgerEntry

Columns: TypeAlias = dict[str, Any]
"""Column name to value; the models say of which type each is."""


def page_no_text(page_no: PageNo) -> str:
    """The number as its column keeps it; raises UsageError where it would not come back equal."""
    text = str(page_no)
    if page_no_of(text) != page_no:
        raise UsageError(f'"{page_no}" is no page number: give one like 7 or A01')
    return text


def page_order(page_no: PageNo) -> int:
    """Sorts pages as they are bound: 1, 2, 10, then A01, A02, B01, then AA01."""
    text = page_no_text(page_no)
    letters = text.rstrip("0123456789")
    section = 0
    for letter in letters:
        section = section * 27 + ord(letter) - ord("A") + 1
    return section * 10_000 + int(text.removeprefix(letters))


def page_columns(page: Page) -> Columns:
    """The columns of `pages` that a page index fills, but its id, capture and time."""
    return {
        "paper": page.paper,
        "issue_date": page.issue_date,
        "page_no": page_no_text(page.page_no),
        "page_order": page_order(page.page_no),
        "page_label": page.page_label,
        "page_name": page.page_name,
        "url": page.url,
        "facsimile_url": page.facsimile_url,
        "pdf_url": page.pdf_url,
        "previous_url": page.previous_url,
        "next_url": page.next_url,
        "printed_date": page.printed_date,
        "page_links": [
            {
                "page_no": page_no_text(link.page_no),
                "page_label": link.page_label,
                "page_name": link.page_name,
                "url": link.url,
                "pdf_url": link.pdf_url,
            }
            for link in page.page_links
        ],
    }


def entry_columns(entry: Entry) -> Columns:
    """The columns of `entries` but its page and article."""
    return {
        "order": entry.order,
        "native_id": entry.native_id,
        "url": entry.url,
        "title": entry.title,
        "listed": entry.listed,
        "mapped": entry.mapped,
        "zones": _lists(entry.zones),
    }


def standing_columns(article: Article) -> Columns:
    """The columns of `articles` that say where the article stands."""
    return {
        "native_id": article.native_id,
        "order": article.order,
        "url": article.url,
        "zones": _lists(article.zones),
    }


def revision_columns(article: Article) -> Columns:
    """The columns of `revisions` that come from the article, but its content_hash."""
    return {
        "page_label": article.page_label,
        "page_name": article.page_name,
        "kicker": article.kicker,
        "headline": article.headline,
        "deck": article.deck,
        "column": article.column,
        "byline": article.byline,
        "contributors": [{"name": c.name, "role": c.role} for c in article.contributors],
        "dateline": article.dateline,
        "genre": article.genre,
        "blocks": [_block(block) for block in article.blocks],
        "text": article.text,
        "char_count": article.char_count,
        "author_note": article.author_note,
        "page_credits": article.page_credits,
        "pictures": [
            {"order": p.order, "url": p.url, "caption": p.caption, "credit": p.credit}
            for p in article.pictures
        ],
        "continues_to": _page_no_or_null(article.continues_to),
        "continued_from": _page_no_or_null(article.continued_from),
        "residue": [piece for piece in pieces(article.account) if piece[0] == "residue"] or None,
    }


def pieces(account: Account) -> list[list[str]]:
    """An account as JSON: [kind, name, text] for each piece, in source order."""
    return [[piece.kind, piece.name, piece.text] for piece in account.pieces]


def capture_columns(capture: Capture) -> Columns:
    """The columns of `captures` but its id."""
    return {
        "file": capture.place.file,
        "offset": capture.place.offset,
        "length": capture.place.length,
        "sha256": capture.place.sha256,
        "url": capture.url,
        "status": capture.status,
        "content_type": capture.content_type,
        "kind": capture.kind,
        "captured_at": capture.captured_at,
    }


def ledger_columns(entry: LedgerEntry) -> Columns:
    """The columns of `ledger`."""
    return {
        "paper": entry.paper,
        "issue_date": entry.issue_date,
        "page_no": page_no_text(entry.page_no),
        "state": entry.state,
        "cause": entry.cause,
        "attempts": entry.attempts,
        "next_attempt_at": entry.next_attempt_at,
        "evidence": entry.evidence,
        "updated_at": entry.updated_at,
        "checked_at": entry.checked_at,
    }


def storable(columns: Columns) -> Columns:
    """The same columns. Raises UnreadableMarkup where a text could not be kept on both databases.

    PostgreSQL refuses NUL, and a lone surrogate has no UTF-8. The cleaning rules remove both, so
    meeting one here means that a rule was passed by.
    """
    for name, value in columns.items():
        for text in _texts(value):
            if "\0" in text or not _is_unicode(text):
                raise UnreadableMarkup(
                    f'"{name}" holds a NUL or half a surrogate pair, which is no text: '
                    "clean it before it is saved"
                )
    return columns


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _block(block: Block) -> dict[str, object]:
    kept: dict[str, object] = {"type": block.type, "text": block.text}
    return kept | {"rows": [list(row) for row in block.rows]} if block.rows else kept


def _lists(zones: tuple[Zone, ...]) -> list[list[list[float]]]:
    return [[[x, y] for x, y in zone] for zone in zones]


def _page_no_or_null(page_no: PageNo | None) -> str | None:
    return None if page_no is None else page_no_text(page_no)
