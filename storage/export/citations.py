"""Citations of the records, in the forms that reference managers read."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from press.citation import bibtex, csl, gbt7714, ris
from press.record import ArticleRecord, json_line
from storage.export.file import replacing


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A form of citation: each record's entry, and what stands around and between entries."""

    entry: Callable[[ArticleRecord], str]
    before: str = ""
    between: str = ""
    after: str = ""


STYLES: Mapping[str, Style] = {
    "gbt7714": Style(entry=lambda record: gbt7714(record) + "\n"),
    "bibtex": Style(entry=bibtex, between="\n"),
    "ris": Style(entry=ris, between="\r\n"),
    "csl": Style(
        entry=lambda record: json_line(csl(record)), before="[\n", between=",\n", after="\n]\n"
    ),
}


def write_citations(records: Iterable[ArticleRecord], target: Path | TextIO, style: Style) -> int:
    """Writes one entry a record in the order given, and returns how many there were.

    A path gets a UTF-8 file, whole or not at all; a stream is written to and left open. Raises
    HomeUnusable where the path cannot be written.
    """
    count = 0
    with replacing(target) if isinstance(target, Path) else nullcontext(target) as out:
        out.write(style.before)
        for record in records:
            if count:
                out.write(style.between)
            out.write(style.entry(record))
            count += 1
        out.write(style.after)
    return count
