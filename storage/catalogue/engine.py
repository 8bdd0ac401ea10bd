"""The connection to the database: how it is opened, how a transaction begins."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from sqlite3 import SQLITE_LIMIT_ATTACHED, connect, sqlite_version_info
from sqlite3 import Connection as SqliteConnection
from sqlite3 import Error as SqliteError
from typing import Literal
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from press.errors import UsageError
from storage.catalogue.address import file_path, public_name
from storage.catalogue.faults import mapped_errors
from storage.catalogue.postgresql import TOUCHER, WRITER, server_engine

BUSY_TIMEOUT_MS = 30_000
"""How long a writer waits for another one before it gives up."""

CONNECTION_WAIT_S = 30.0
"""How long a thread without a budget waits for a connection that others use."""

_STEPS = 10_000
"""SQLite's own steps between two looks at the time; well under a millisecond."""


class Database:
    """One database and its transactions; threads may share it.

    Every error that the database raises inside them leaves as a StoreError.
    """

    def __init__(self, url: str, *, read_only: bool, budget_s: float | None = None) -> None:
        """Opens nothing yet. Raises SettingError for an address that is of neither database.

        With a budget a transaction on SQLite, a statement on PostgreSQL, is cut short that many
        seconds after it began, and waits no longer than that for a writer, nor for a connection.
        """
        self.name = public_name(url)
        path = file_path(url)
        if path is not None:
            self.engine = make_engine(path, read_only=read_only, budget_s=budget_s)
            self._writers = self.engine.execution_options(begin="IMMEDIATE")
            self._touchers = self._writers
        else:
            budget_ms = None if budget_s is None else int(budget_s * 1000)
            # Below the budget: else the server says that the statement was long, not who holds it.
            wait_ms = BUSY_TIMEOUT_MS if budget_ms is None else budget_ms * 9 // 10
            self.engine = server_engine(
                url, read_only=read_only, wait_ms=wait_ms, budget_ms=budget_ms
            )
            self._writers = self.engine.execution_options(**WRITER)
            self._touchers = self.engine.execution_options(**TOUCHER)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction whose every statement sees the same moment of the database."""
        with mapped_errors(self.name), Session(self.engine, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that holds the only write lock; committed at the end, or undone whole.

        Where the connection is lost while the commit is on its way, it may be either: then an
        error is raised, and to write the same again must do no harm.
        """
        with mapped_errors(self.name), Session(self._writers) as session, session.begin():
            session.connection()  # begins now: after a read, a lock is refused and not waited for
            yield session

    @contextmanager
    def touching(self) -> Iterator[Session]:
        """A transaction of statements each of which reads and writes one row by itself.

        On PostgreSQL it waits for nobody but those who touch the same row.
        """
        with mapped_errors(self.name), Session(self._touchers) as session, session.begin():
            yield session

    @contextmanager
    def connecting(self) -> Iterator[Connection]:
        """As `writing`, for a caller that speaks to the connection itself."""
        with mapped_errors(self.name), self._writers.begin() as connection:
            yield connection

    @property
    def is_sqlite(self) -> bool:
        """True for a database that is one file."""
        return self.engine.dialect.name == "sqlite"

    def copy_to(self, path: Path) -> None:
        """Copies an SQLite database as it is at one moment; a writer waits only that long.

        SQLite's own backup does it, so that no half-written page is copied. Raises StoreError.
        """
        with mapped_errors(self.name), closing(self.engine.raw_connection()) as connection:
            source = connection.driver_connection
            if not isinstance(source, SqliteConnection):
                raise UsageError(f"{self.name} is no file: copy it with PostgreSQL's own pg_dump")
            try:
                with closing(connect(path)) as target:
                    source.backup(target)
            except SqliteError as error:
                raise DBAPIError.instance(
                    "backup", None, error, SqliteError, dialect=self.engine.dialect
                ) from error

    def close(self) -> None:
        """Lets go of every connection."""
        self.engine.dispose()


def make_engine(path: str, *, read_only: bool, budget_s: float | None = None) -> Engine:
    """An engine for the SQLite file at that path.

    With a budget a transaction is cut short that many seconds after it began, and waits no longer
    than that for a writer.
    """
    name = f"file:{quote(os.fsencode(Path(path).absolute()))}" if read_only else path
    query = {"mode": "ro", "uri": "true"} if read_only else {}
    engine = create_engine(
        URL.create("sqlite", database=name, query=query),
        pool_timeout=CONNECTION_WAIT_S if budget_s is None else budget_s,
        json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
    )
    event.listen(engine, "connect", partial(_set_up, read_only=read_only, budget_s=budget_s))
    event.listen(engine, "begin", _begin)
    if budget_s is not None:
        event.listen(engine, "begin", partial(_limit, budget_s=budget_s))
    return engine


def journal_mode(version: tuple[int, int, int]) -> Literal["WAL", "DELETE"]:
    """WAL where that SQLite is free of the WAL-reset race, else the rollback journal.

    The race loses commits in 3.7.0 to 3.51.2; fixed in 3.51.3 and, in their lines, in 3.50.7 and
    3.44.6 (sqlite.org/wal.html#walresetbug).
    """
    mended = (
        version >= (3, 51, 3)
        or (3, 50, 7) <= version < (3, 51, 0)
        or (3, 44, 6) <= version < (3, 45, 0)
    )
    return "WAL" if mended else "DELETE"


def journal_choice() -> str:
    """The SQLite in use, its journal mode and why, in a sentence for people."""
    version = ".".join(map(str, sqlite_version_info))
    if journal_mode(sqlite_version_info) == "WAL":
        return f"SQLite {version}, journal mode WAL"
    return (
        f"SQLite {version}, journal mode DELETE: in WAL mode this version can lose commits "
        "(mended in 3.51.3); readers and the writer take turns"
    )


def _set_up(
    connection: SqliteConnection, _record: object, *, read_only: bool, budget_s: float | None
) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: _begin does
    wait_ms = BUSY_TIMEOUT_MS if budget_s is None else int(budget_s * 1000)
    pragmas = [f"busy_timeout = {wait_ms}", "foreign_keys = ON"]
    if read_only:
        pragmas += ["query_only = ON", "trusted_schema = OFF", "cell_size_check = ON"]
        connection.setlimit(SQLITE_LIMIT_ATTACHED, 0)  # "ro" does not hold for another file
    else:
        pragmas += [f"journal_mode = {journal_mode(sqlite_version_info)}", "synchronous = FULL"]
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', '')}")


def _limit(connection: Connection, *, budget_s: float) -> None:
    """From now on SQLite asks every few steps whether the time is up."""
    until_s = time.monotonic() + budget_s
    driver = connection.connection.driver_connection
    if isinstance(driver, SqliteConnection):
        driver.set_progress_handler(lambda: time.monotonic() > until_s, _STEPS)
