"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime

from sqlalchemy import JSON, DateTime, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

KeyText = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Text that rows are sorted by: in the order of code points on both databases."""

MaybeJson = JSON(none_as_null=True)
"""JSON where Python's None is SQL's NULL, so that "is there any?" can be asked in SQL."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time; SQLite, which keeps no zone, gets the bare UTC time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time in UTC, without its zone on SQLite. Raises TypeError for a naive time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError(f"{value} has no zone: times are aware UTC")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
