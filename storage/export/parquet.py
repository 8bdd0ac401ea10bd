"""Parquet: typed columns for data frames. Needs pyarrow, the extra `parquet`."""

from collections.abc import Callable, Iterable
from datetime import datetime
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from press.errors import UsageError
from press.record import ARTICLE_KEYS, ArticleRecord, article_json
from storage.export.file import replacing_bytes

GROUP_ROWS = 1_000
"""Rows in a row group; two of them are in memory."""

_MOMENTS = ("first_seen_at", "fetched_at")
_NUMBERS = ("page_no", "continues_to", "continued_from")
"""Numbers and strings like "A01" in the record, strings in a column."""


def write_parquet(
    records: Iterable[ArticleRecord], target: Path, load: Callable[[str], Any] = import_module
) -> int:
    """Writes one row a record in the order given, and returns how many there were.

    The columns are the record's keys in their order. The file comes whole or not at all. Raises
    UsageError where `load` finds no pyarrow, HomeUnusable where the path cannot be written.
    """
    arrow = _loaded(load)
    schema = _schema(arrow)
    count = 0
    left = iter(records)
    with (
        replacing_bytes(target) as out,
        arrow.parquet.ParquetWriter(out, schema, compression="zstd") as writer,
    ):
        while rows := [_row(record) for record in islice(left, GROUP_ROWS)]:
            writer.write_table(arrow.Table.from_pylist(rows, schema=schema))
            count += len(rows)
    return count


def _row(record: ArticleRecord) -> dict[str, object]:
    value: dict[str, object] = {**article_json(record)}
    value["issue_date"] = record.article.issue_date
    for name in _MOMENTS:
        value[name] = datetime.fromisoformat(str(value[name]))
    for name in _NUMBERS:
        value[name] = None if value[name] is None else str(value[name])
    return value


def _schema(arrow: Any) -> Any:
    """The column types; a moment has whole seconds in the record, so that it has them here."""
    text, whole = arrow.string(), arrow.int64()
    moment = arrow.timestamp("ms", tz="UTC")
    types = {
        "issue_date": arrow.date32(),
        "order": whole,
        "contributors": arrow.list_(arrow.struct({"name": text, "role": text})),
        "blocks": arrow.list_(
            arrow.struct({"type": text, "text": text, "rows": arrow.list_(arrow.list_(text))})
        ),
        "pictures": arrow.list_(
            arrow.struct({"order": whole, "url": text, "caption": text, "credit": text})
        ),
        "zones": arrow.list_(arrow.list_(arrow.list_(arrow.float64()))),
        "char_count": whole,
        "revision": whole,
        "first_seen_at": moment,
        "fetched_at": moment,
        "capture": arrow.struct({"file": text, "offset": whole, "length": whole, "sha256": text}),
    }
    return arrow.schema([(name, types.get(name, text)) for name in ARTICLE_KEYS])


def _loaded(load: Callable[[str], Any]) -> Any:
    try:
        arrow = load("pyarrow")
        load("pyarrow.parquet")
    except ImportError as error:
        raise UsageError(
            "Parquet needs pyarrow: install baoku with its extra parquet, or export as jsonl or csv"
        ) from error
    return arrow
