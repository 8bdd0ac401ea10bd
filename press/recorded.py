"""The record read back: from the JSON of docs/record.md to the article that it says. Pure.

What is read must write the same record again; so an import of an export exports the same.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NoReturn, cast, get_args
from urllib.parse import parse_qs, quote, urlencode

from press.account import Account, Piece
from press.capture import Place
from press.errors import UsageError
from press.keys import PageKey, page_id, read_key
from press.model import Article, Block, BlockType, Contributor, Genre, PageNo, Picture, Role
from press.record import ArticleRecord, Status, article_json

_MAX_NUMBER = 2**63 - 1
_MAX_ORDER = 2**31 - 1
_ORIGIN = "record:"
_SHA256 = re.compile("[0-9a-f]{64}")
_NEXT_PIECE = re.compile("\n(?=[^\n]*: )")
"""Where the next piece of a residue begins: a line without a name goes on with the one before."""

_TEXTS = ("kicker", "headline", "deck", "column", "byline", "author_note", "page_credits")
_ONLY_WHOLE = ("first_seen_at", "fetched_at")
"""Keys that a canonical export leaves out."""


def read_record(line: bytes) -> ArticleRecord:
    """The article in one line of an export, its account made of its fields and its residue.

    Raises UsageError, with what is wrong, for anything but a whole record of this version.
    """
    try:
        value = json.loads(line, parse_constant=_refuse)
        record = _record(value)
    except RecursionError as error:
        raise UsageError("it is nested too deep to be a record") from error
    except KeyError as error:
        raise UsageError(_what_lacks(str(error.args[0]))) from error
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise UsageError(
            f"it is no record ({error}): give an export in the format jsonl"
        ) from error
    again = article_json(record)
    odd = [key for key in {**again, **value} if key not in value or again.get(key) != value[key]]
    if odd:
        raise UsageError(f"its {odd[0]} is not as this version writes it: export it again with it")
    return record


def origin_url(record: ArticleRecord) -> str:
    """The name under which an imported record is kept: it says what the record was read from."""
    place = record.place
    told = {
        "file": place.file,
        "offset": place.offset,
        "length": place.length,
        "sha256": place.sha256,
    }
    return f"{_ORIGIN}{quote(record.id, safe='')}?{urlencode(told, quote_via=quote)}"


def origin_of(url: str) -> Place | None:
    """Where the body of an imported record lay, on the shelf that it came from; else None."""
    if not url.startswith(_ORIGIN):
        return None
    told = parse_qs(url.partition("?")[2])
    return Place(
        file=told["file"][0],
        offset=int(told["offset"][0]),
        length=int(told["length"][0]),
        sha256=told["sha256"][0],
    )


def _record(value: dict[str, Any]) -> ArticleRecord:
    blocks = tuple(_block(one) for one in value["blocks"])
    pictures = tuple(_picture(one) for one in value["pictures"])
    texts = {name: _maybe(value[name]) for name in _TEXTS}
    residue = _maybe(value["residue"])
    article = Article(
        paper=_text(value["paper"]),
        paper_name=_text(value["paper_name"]),
        issue_date=date.fromisoformat(value["issue_date"]),
        page_no=_page_no(value["page_no"]),
        page_label=_text(value["page_label"]),
        page_name=_maybe(value["page_name"]),
        order=_number(value["order"], _MAX_ORDER),
        native_id=_maybe(value["native_id"]),
        url=_maybe(value["url"]),
        contributors=tuple(_contributor(one) for one in value["contributors"]),
        dateline=_maybe(value["dateline"]),
        genre=cast("Genre", _one_of(value["genre"], get_args(Genre))),
        blocks=blocks,
        pictures=pictures,
        zones=tuple(tuple((float(x), float(y)) for x, y in zone) for zone in value["zones"]),
        continues_to=_page_no_or_none(value["continues_to"]),
        continued_from=_page_no_or_none(value["continued_from"]),
        account=Account(tuple(_pieces(texts, blocks, pictures, residue))),
        **texts,
    )
    _check_id(_text(value["id"]), article)
    status = _one_of(value["status"], get_args(Status))
    if (status == "needs_review") != (residue is not None) and status != "withdrawn":
        raise ValueError(f"its status is {status}, its residue says otherwise")
    return ArticleRecord(
        id=value["id"],
        article=article,
        status=cast("Status", status),
        revision=_number(value["revision"], _MAX_ORDER),
        first_seen_at=datetime.fromisoformat(value["first_seen_at"]),
        fetched_at=datetime.fromisoformat(value["fetched_at"]),
        place=_place(value["capture"]),
        parser=_text(value["parser"]),
    )


def _pieces(
    texts: dict[str, str | None],
    blocks: tuple[Block, ...],
    pictures: tuple[Picture, ...],
    residue: str | None,
) -> Iterator[Piece]:
    """Where each character of the record stands: its fields, and what the source's account left."""
    named = dict(texts)
    named |= {f"blocks[{n}]": block.text for n, block in enumerate(blocks)}
    for n, picture in enumerate(pictures):
        named[f"pictures[{n}].caption"] = picture.caption
        named[f"pictures[{n}].credit"] = picture.credit
    yield from (Piece("field", name, text) for name, text in named.items() if text)
    for lost in () if residue is None else _NEXT_PIECE.split(residue):
        name, _, text = lost.partition(": ")
        yield Piece("residue", name, text)


def _check_id(article_id: str, article: Article) -> None:
    key, part = read_key(article_id)
    own = PageKey(article.paper, article.issue_date, article.page_no)
    prefix = page_id(own.paper, own.issue_date, own.page_no)
    if key != own or part is None or article_id != f"{prefix}-{part}":
        raise ValueError("its id is not that of its page")


def _what_lacks(key: str) -> str:
    if key in _ONLY_WHOLE:
        return f"it lacks {key}, as a canonical export does: export without --canonical"
    return f"it is no record, for it lacks {key}: give an export in the format jsonl"


def _block(value: dict[str, Any]) -> Block:
    kind = cast("BlockType", _one_of(value["type"], get_args(BlockType)))
    if kind != "table":
        return Block(type=kind, text=_text(value["text"]))
    rows = tuple(tuple(_text(cell) for cell in row) for row in value["rows"])
    return Block(type=kind, text="\n".join("\t".join(row) for row in rows), rows=rows)


def _picture(value: dict[str, Any]) -> Picture:
    return Picture(
        order=_number(value["order"], _MAX_ORDER),
        url=_maybe(value["url"]),
        caption=_maybe(value["caption"]),
        credit=_maybe(value["credit"]),
    )


def _contributor(value: dict[str, Any]) -> Contributor:
    role = cast("Role", _one_of(value["role"], get_args(Role)))
    return Contributor(name=_text(value["name"]), role=role)


def _place(value: dict[str, Any]) -> Place:
    sha256 = _text(value["sha256"])
    if not _SHA256.fullmatch(sha256):
        raise ValueError("its sha256 is no digest")
    if "file" not in value:
        raise KeyError("capture.file")
    return Place(
        file=_text(value["file"]),
        offset=_number(value["offset"], _MAX_NUMBER),
        length=_number(value["length"], _MAX_NUMBER),
        sha256=sha256,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is not one")
    if "\0" in value:
        raise ValueError("a text has a NUL")
    value.encode()  # half a surrogate pair is a ValueError
    return value


def _maybe(value: object) -> str | None:
    if value == "":
        raise ValueError("a text is empty where it should be null")
    return None if value is None else _text(value)


def _number(value: object, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError("a number is not one, or out of bounds")
    return value


def _page_no(value: object) -> PageNo:
    return value if type(value) is int else _text(value)


def _page_no_or_none(value: object) -> PageNo | None:
    return None if value is None else _page_no(value)


def _one_of(value: object, words: tuple[str, ...]) -> str:
    if value not in words:
        raise ValueError(f'"{value}" is none of {", ".join(words)}')
    return str(value)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")
