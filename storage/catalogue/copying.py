"""A catalogue copied into another database, of either kind; nothing is kept that is not the same.

Every table is read in the order of its key, a batch at a time, and written with the same row ids.
Then it is read back, and both sides are compared, before the target commits: so an interrupted or
a wrong copy leaves the target as empty as it was. The search index is not copied but made anew.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, Table, Text, func, insert, select
from sqlalchemy.orm import Session

from press.errors import ArchiveDamaged, UsageError
from press.record import Json
from storage.catalogue import indexing
from storage.catalogue.catalogue import Catalogue
from storage.catalogue.fixity import Fixity
from storage.catalogue.models import Base, SearchDocRow, SearchVersionRow

BATCH: Final = 200
"""Rows held in memory at a time; an account is some 30 kB."""

_MADE_ANEW: Final = {SearchDocRow.__tablename__, SearchVersionRow.__tablename__}


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedTable:
    """A table on both sides: its rows, and the SHA-256 of them in the order of their key."""

    table: str
    rows: int
    sha256: str
    copied_rows: int
    copied_sha256: str

    @property
    def is_same(self) -> bool:
        """True when the copy has exactly the rows."""
        return (self.rows, self.sha256) == (self.copied_rows, self.copied_sha256)

    def as_json(self) -> dict[str, Json]:
        """The table in one JSON object: "A copied table" in docs/record.md."""
        return {
            "table": self.table,
            "rows": self.rows,
            "sha256": self.sha256,
            "copied_rows": self.copied_rows,
            "copied_sha256": self.copied_sha256,
        }


def copy(
    source: Catalogue, target: Catalogue, tell: Callable[[CopiedTable], None]
) -> tuple[CopiedTable, ...]:
    """Copies every row of `source`, as it is at one moment, into the empty `target`.

    `tell` is given each table when both sides were read, those that others refer to first. Raises
    UsageError where the target holds anything, ArchiveDamaged where the source refers to rows that
    are not there, or the copy is another thing than the source; the target then stays empty.
    """
    with source.database.reading() as old, target.database.writing() as new:
        _refuse_used(new, target.database.name)
        _refuse_orphans(old, source.database.name)
        written = {table: _Digest() for table in _tables()}
        for table, digest in written.items():
            for batch in _batches(old, table):
                digest.add(batch)
                new.execute(insert(table), [dict(row._mapping) for row in batch])
            _count_on(new, table)
        indexing.fill(new)
        copied = tuple(_compared(new, table, digest) for table, digest in written.items())
        for one in copied:
            tell(one)
        different = ", ".join(one.table for one in copied if not one.is_same)
        if different:
            raise ArchiveDamaged(
                f"the copy differs in {different}, so nothing was kept in {target.database.name}: "
                "look for a trigger or a rule on its tables, or copy into another database"
            )
    return copied


class _Digest:
    """Rows as one SHA-256: the same values in the same order, whichever database gave them."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.rows = 0

    def add(self, rows: Iterable[Row[*tuple[Any, ...]]]) -> None:
        for row in rows:
            line = json.dumps(list(row), ensure_ascii=False, sort_keys=True, default=_plain)
            self._hash.update(line.encode() + b"\n")
            self.rows += 1

    def hex(self) -> str:
        return self._hash.hexdigest()


def _tables() -> list[Table]:
    """The tables to copy, each after those that it refers to."""
    return [table for table in Base.metadata.sorted_tables if table.name not in _MADE_ANEW]


def _batches(session: Session, table: Table) -> Iterator[Sequence[Row[*tuple[Any, ...]]]]:
    rows = session.execute(_every_row(session, table).execution_options(yield_per=BATCH))
    yield from rows.partitions()


def _every_row(session: Session, table: Table) -> Select[*tuple[Any, ...]]:
    """All rows by their key; texts in the order of code points, as SQLite has them."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    keys: list[ColumnElement[Any]] = [
        key if is_sqlite or not isinstance(key.type, Text) else key.collate("C")
        for key in table.primary_key.columns
    ]
    return select(table).order_by(*keys)


def _compared(session: Session, table: Table, written: _Digest) -> CopiedTable:
    read = _Digest()
    for batch in _batches(session, table):
        read.add(batch)
    return CopiedTable(
        table=table.name,
        rows=written.rows,
        sha256=written.hex(),
        copied_rows=read.rows,
        copied_sha256=read.hex(),
    )


def _count_on(session: Session, table: Table) -> None:
    """Lets PostgreSQL number new rows behind the copied ones; SQLite does so by itself."""
    column = table.autoincrement_column
    if column is None or session.get_bind().dialect.name == "sqlite":
        return
    last = session.scalar(select(func.max(column)))
    if last is not None:
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        session.execute(select(func.setval(sequence, last)))


def _refuse_used(session: Session, name: str) -> None:
    for table in _tables():
        if session.execute(select(table).limit(1)).first() is not None:
            raise UsageError(f"{name} holds an archive already: name an empty database")


def _refuse_orphans(session: Session, name: str) -> None:
    if next(Fixity(session).orphans(), None) is not None:
        raise ArchiveDamaged(f"{name} has rows that refer to rows which are gone: run baoku verify")


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no canonical form")
