"""The two ways to change a table: a new row, or the columns of one that differ."""

from typing import Literal

from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from press.capture import Capture, Place
from press.errors import ArchiveDamaged
from storage.catalogue.models import Base, CaptureRow
from storage.catalogue.rows import Columns, capture_columns, storable

SavedAs = Literal["new", "unchanged", "revised", "reparsed"]
"""What became of an article: first seen, nothing to do, its source changed, or its parser did."""

_CAPTURE_IDS = "capture_ids"


def add(session: Session, table: type[Base], *new: Columns) -> None:
    """Writes rows at once, so that they reach the database in the order of their keys."""
    if new:
        session.execute(insert(table), new)


def assign(row: Base, columns: Columns) -> bool:
    """Sets the columns that differ; True when any did. A row that agrees is not written."""
    differing = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)


def capture_id(session: Session, capture: Capture) -> int:
    """The id of the capture's row, which is entered if it is not there.

    Raises ArchiveDamaged where another body is on record for the same place.
    """
    known: dict[Place, int] = session.info.setdefault(_CAPTURE_IDS, {})
    if capture.place not in known:
        known[capture.place] = _entered(session, capture)
    return known[capture.place]


def _entered(session: Session, capture: Capture) -> int:
    place = capture.place
    found = _found(session, place)
    if found is None:
        is_sqlite = session.get_bind().dialect.name == "sqlite"
        row: sqlite.Insert | postgresql.Insert = (
            sqlite.insert(CaptureRow) if is_sqlite else postgresql.insert(CaptureRow)
        ).values(storable(capture_columns(capture)))
        entered = row.on_conflict_do_nothing().returning(CaptureRow.id)
        new_id: int | None = session.scalars(entered).one_or_none()
        if new_id is not None:
            return new_id
        found = _found(session, place)  # another machine adopts the same, and was faster
    if found is None:
        raise ArchiveDamaged(f"{place.file} at {place.offset} cannot be entered: run baoku verify")
    row_id, sha256 = found
    if sha256 != place.sha256:
        raise ArchiveDamaged(
            f"the catalogue has another body for {place.file} at {place.offset} than the shelf: "
            "run baoku verify"
        )
    return row_id


def _found(session: Session, place: Place) -> tuple[int, str] | None:
    here = (CaptureRow.file == place.file, CaptureRow.offset == place.offset)
    row = session.execute(select(CaptureRow.id, CaptureRow.sha256).where(*here)).one_or_none()
    return None if row is None else (row.id, row.sha256)
