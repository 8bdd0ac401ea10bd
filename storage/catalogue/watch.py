"""Whether anything was committed since: for who keeps what was made of the archive."""

from threading import Lock
from typing import Final, TypeAlias

from sqlalchemy import Connection

from storage.catalogue.engine import Database
from storage.catalogue.faults import mapped_errors

Moment: TypeAlias = tuple[int, str]
"""Compares as equal only where nothing was committed in between."""

_SQLITE: Final = "PRAGMA data_version"
"""Changes with every commit of another connection (sqlite.org/pragma.html#pragma_data_version)."""

_SERVER: Final = "SELECT pg_current_snapshot()::text"
"""Names the transactions whose work is seen (postgresql.org/docs/15/functions-info.html)."""


class Watch:
    """Looks at the database through one connection of its own; threads may share it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._connection: Connection | None = None
        self._connections = 0

    def moment(self) -> Moment:
        """Now. Another connection counts anew, so what it says is no moment of the last one's.

        Raises StoreError and TooExpensive as a reading does.
        """
        asked = _SQLITE if self._database.is_sqlite else _SERVER
        with self._lock, mapped_errors(self._database.name):
            connection = self._connection or self._connected()
            try:
                with connection.begin():
                    said = connection.exec_driver_sql(asked).scalar_one()
            except BaseException:
                self._let_go()
                raise
        return self._connections, str(said)

    def close(self) -> None:
        """Lets go of the connection."""
        with self._lock:
            self._let_go()

    def _connected(self) -> Connection:
        self._connection = self._database.engine.connect()
        self._connections += 1
        return self._connection

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()
