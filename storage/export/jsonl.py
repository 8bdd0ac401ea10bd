"""JSON Lines: one record a line."""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TextIO, TypeAlias

from press.record import ArticleRecord, Json, article_json, json_line
from storage.export.file import replacing

Encoder: TypeAlias = Callable[[ArticleRecord], dict[str, Json]]
"""What a line says of a record: press.record.article_json, canonical_json, or another."""


def write_jsonl(
    records: Iterable[ArticleRecord], target: Path | TextIO, encoder: Encoder = article_json
) -> int:
    """Writes the records in the order given and returns how many there were.

    A path gets a UTF-8 file, whole or not at all; a stream is written to and left open. With
    canonical_json and Reader.articles, archives of the same source give the same bytes. Raises
    HomeUnusable where the path cannot be written; an error of the stream is its owner's.
    """
    count = 0
    with replacing(target) if isinstance(target, Path) else nullcontext(target) as out:
        for record in records:
            out.write(json_line(encoder(record)) + "\n")
            count += 1
    return count
