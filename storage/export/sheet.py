"""CSV for spreadsheets: RFC 4180, one row a record, and no cell that a spreadsheet would run."""

import csv
import json
import re
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TextIO

from press.record import ARTICLE_KEYS, ArticleRecord, Json, article_json
from storage.export.file import replacing

BOM = "\ufeff"

_CAPTURE = ("capture_file", "capture_offset", "capture_length", "capture_sha256")

COLUMNS = tuple(
    column for key in ARTICLE_KEYS for column in (_CAPTURE if key == "capture" else (key,))
)
"""The header: the record's keys in their order, `capture` taken apart."""

# OWASP's list (ASVS 5, 1.2.10) and the full-width forms, which spreadsheets in Chinese also take.
_RUNNABLE = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")


def write_csv(records: Iterable[ArticleRecord], target: Path | TextIO, *, bom: bool = False) -> int:
    """Writes the header and the records in the order given, and returns how many there were.

    Lines end in CRLF; `bom` puts the mark before them that Excel knows UTF-8 by. A path gets a
    file, whole or not at all; a stream is written to and left open. Raises HomeUnusable where the
    path cannot be written.
    """
    count = 0
    with replacing(target) if isinstance(target, Path) else nullcontext(target) as out:
        if bom:
            out.write(BOM)
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for record in records:
            writer.writerow(row_of(record))
            count += 1
    return count


def row_of(record: ArticleRecord) -> list[str]:
    """The record's cells in the order of COLUMNS."""
    value = article_json(record)
    place = record.place
    value |= dict(
        zip(_CAPTURE, (place.file, place.offset, place.length, place.sha256), strict=True)
    )
    return [cell_of(value[column]) for column in COLUMNS]


def cell_of(value: Json) -> str:
    """A value as its cell: null is empty, a list JSON, a text itself.

    A text that a spreadsheet would take for a formula gets an apostrophe in front, and so does one
    that looks like such a text already: taking one away where it stands gives back every text.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if _RUNNABLE.match(value) else value
    return json.dumps(value, ensure_ascii=False)


def text_of(cell: str) -> str:
    """The text that a cell was made of; "" also for null."""
    return cell[1:] if cell.startswith("'") and _RUNNABLE.match(cell) else cell
