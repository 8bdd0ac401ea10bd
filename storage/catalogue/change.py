"""The two ways to change a table: a new row, or the columns of one that differ."""

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from press.capture import Capture
from press.errors import ArchiveDamaged
from storage.catalogue.models import Base, CaptureRow
from storage.catalogue.rows import Columns, capture_columns, storable

Row = TypeVar("Row", bound=Base)


def add(session: Session, row: Row) -> Row:
    """The row, written at once: rows then reach the database in the order of their keys."""
    session.add(row)
    session.flush()
    return row


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
    place = capture.place
    here = (CaptureRow.file == place.file, CaptureRow.offset == place.offset)
    row = session.scalar(select(CaptureRow).where(*here))
    if row is None:
        row = add(session, CaptureRow(**storable(capture_columns(capture))))
    elif row.sha256 != place.sha256:
        raise ArchiveDamaged(
            f"the catalogue has another body for {place.file} at {place.offset} than the shelf: "
            "run baoku verify"
        )
    return row.id
