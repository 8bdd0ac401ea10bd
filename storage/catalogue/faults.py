"""The border where a database's errors become Baoku's."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from press.errors import ArchiveDamaged, ArchiveHeld, HomeUnusable, StoreError, TooExpensive

_QUERY_CANCELED = "57014"
"""PostgreSQL's word for a statement that ran longer than it was allowed to."""

_HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNUSABLE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CONSTRAINT}


@contextmanager
def mapped_errors(database: str) -> Iterator[None]:
    """Within it, what the database says against the archive is raised as a StoreError.

    A reading that was cut short is raised as TooExpensive. `database` is what the message calls
    it. An error that is our own mistake (wrong SQL) passes.
    """
    try:
        yield
    except DBAPIError as error:
        if _is_cut_short(error):
            raise TooExpensive(
                "the answer would take too long: ask for fewer days, one page or one newspaper"
            ) from error
        told = _told(error, database)
        if told is None:
            raise
        raise told from error


def _is_cut_short(error: DBAPIError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", None)
    return (
        code == sqlite3.SQLITE_INTERRUPT or getattr(error.orig, "sqlstate", "") == _QUERY_CANCELED
    )


def _told(error: DBAPIError, database: str) -> StoreError | None:
    reason = str(error.orig)
    whole_code = getattr(error.orig, "sqlite_errorcode", 0)
    code = whole_code & 0xFF  # the low byte is the primary code
    if whole_code == sqlite3.SQLITE_READONLY_ROLLBACK:
        return HomeUnusable(
            f"a run was killed while it wrote to {database}: run a command that fills the archive, "
            "such as baoku crawl, once, and it puts that right"
        )
    if code in _HELD:
        return ArchiveHeld(
            f"another run has been writing to {database} for too long: try again when it has ended"
        )
    if code in _UNUSABLE:
        return HomeUnusable(
            f"{database} cannot be used ({reason}): check that it exists, that its folder is "
            "writable and that the disk has space"
        )
    if code in _DAMAGED or isinstance(error, IntegrityError):
        return ArchiveDamaged(
            f"{database} is damaged ({reason}): restore a backup, or make it anew from the answers "
            "that are kept, with baoku rebuild"
        )
    if code == 0 and isinstance(error, OperationalError):
        return HomeUnusable(f"{database} cannot be used ({reason}): check that its server runs")
    return None
