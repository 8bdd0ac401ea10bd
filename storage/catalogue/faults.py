"""The border where a database's errors become Baoku's."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from press.errors import (
    ArchiveDamaged,
    ArchiveHeld,
    CatalogueBusy,
    HomeUnusable,
    StoreError,
    TooExpensive,
)

_QUERY_CANCELED: Final = "57014"
"""PostgreSQL's word for a statement that ran longer than it was allowed to."""

# The primary codes of SQLite, and PostgreSQL's: a word of five characters, or how it begins.
_HELD: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_HELD_STATES: Final = ("55P03", "40001", "40P01")  # waited too long, overtaken, each for the other
_UNUSABLE: Final = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
}
_REFUSED_STATES: Final = ("25006", "42501", "28", "3D", "3F")  # read-only, rights, who, no such
_FULL_STATES: Final = ("53", "58")  # no space, memory or connection left; its system fails
_DAMAGED: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CONSTRAINT}
_DAMAGED_STATES: Final = ("XX001", "XX002")


@contextmanager
def mapped_errors(database: str) -> Iterator[None]:
    """Within it, what the database says against the archive is raised as a StoreError.

    A reading that was cut short is raised as TooExpensive, one for which no connection became
    free in time as CatalogueBusy. `database` is what the message calls
    it. An error that is our own mistake (wrong SQL) passes.
    """
    try:
        yield
    except PoolTimeout as error:
        raise CatalogueBusy(
            f"every connection to {database} is in use: try again when fewer read from it"
        ) from error
    except DBAPIError as error:
        if _is_cut_short(error):
            raise TooExpensive(
                "the answer would take too long: ask for fewer days, one page or one newspaper"
            ) from error
        is_sqlite = isinstance(error.orig, sqlite3.Error)
        told = _told_by_sqlite(error, database) if is_sqlite else _told_by_server(error, database)
        if told is None:
            raise
        raise told from error


def _is_cut_short(error: DBAPIError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_INTERRUPT or _state(error) == _QUERY_CANCELED


def _told_by_sqlite(error: DBAPIError, database: str) -> StoreError | None:
    reason = str(error.orig)
    whole_code = getattr(error.orig, "sqlite_errorcode", 0)
    code = whole_code & 0xFF  # the low byte is the primary code
    if whole_code == sqlite3.SQLITE_READONLY_ROLLBACK:
        return HomeUnusable(
            f"a run was killed while it wrote to {database}: run a command that fills the archive, "
            "such as baoku crawl, once, and it puts that right"
        )
    if code in _HELD:
        return _held(database)
    if code in _UNUSABLE:
        return HomeUnusable(
            f"{database} cannot be used ({reason}): check that it exists, that its folder is "
            "writable and that the disk has space"
        )
    if code in _DAMAGED or isinstance(error, IntegrityError):
        return _damaged(database, reason)
    return None


def _told_by_server(error: DBAPIError, database: str) -> StoreError | None:
    state, reason = _state(error), " ".join(str(error.orig).split())
    if state.startswith(_HELD_STATES):
        return _held(database)
    if state.startswith(_FULL_STATES):
        return HomeUnusable(
            f"the server of {database} has nothing left ({reason}): give it disk space, memory or "
            "connections"
        )
    if state.startswith(_REFUSED_STATES):
        return HomeUnusable(
            f"{database} may not be used so ({reason}): check the setting database_url, and the "
            "rights of its user"
        )
    if state.startswith(_DAMAGED_STATES) or isinstance(error, IntegrityError):
        return _damaged(database, reason)
    if error.connection_invalidated or isinstance(error, OperationalError):
        return HomeUnusable(
            f"{database} cannot be reached ({reason}): check that its server runs, then run it "
            "again; what was not confirmed is done anew"
        )
    return None


def _state(error: DBAPIError) -> str:
    """What PostgreSQL calls the error; "" where the connection itself failed, and for SQLite."""
    return getattr(error.orig, "sqlstate", None) or ""


def _held(database: str) -> ArchiveHeld:
    return ArchiveHeld(
        f"another run has been writing to {database} for too long: try again when it has ended"
    )


def _damaged(database: str, reason: str) -> ArchiveDamaged:
    return ArchiveDamaged(
        f"{database} is damaged ({reason}): restore a backup, or make it anew from the answers "
        "that are kept, with baoku rebuild"
    )
