"""PostgreSQL as a catalogue needs it: how a session is set up, how its transactions begin."""

import json
import logging
from collections.abc import Mapping
from functools import partial
from typing import Final

from sqlalchemy import URL, Connection, Engine, create_engine, event

from press.errors import SettingError
from storage.catalogue.address import server_address

CONNECT_TIMEOUT_S: Final = 10
"""A server that takes longer to answer counts as not there."""

_TURN: Final = 0x62616F6B7577  # "baokuw"
_PATIENCE: Final = "set_config('idle_in_transaction_session_timeout', '20s', true)"
"""Below the wait for a turn: a writer that was paused within its transaction loses it, and those
who wait go on."""

WRITER: Final = {
    "isolation_level": "READ COMMITTED",
    "opening": f"SELECT {_PATIENCE}, pg_advisory_xact_lock({_TURN})",
}
"""Execution options of a transaction that writes: it is the only one of its kind until its end,
and sees all that was committed before it began."""

TOUCHER: Final = {"isolation_level": "READ COMMITTED", "opening": f"SELECT {_PATIENCE}"}
"""Of a transaction that touches single rows, each in one statement: it needs no turn."""

logging.getLogger("psycopg").addHandler(logging.NullHandler())  # what is wrong it raises as well

_SESSION: Final = {
    "TimeZone": "UTC",  # whatever the server's is
    "DateStyle": "ISO,YMD",
    "tcp_keepalives_idle": "30",  # a writer whose machine died holds up the others for a minute,
    "tcp_keepalives_interval": "10",  # not for the two hours that are usual
    "tcp_keepalives_count": "3",
}


def server_engine(url: str, *, read_only: bool, wait_ms: int, budget_ms: int | None) -> Engine:
    """An engine for `postgresql+psycopg://...`; opens nothing yet.

    A transaction sees one moment of the database, and writes nothing. One under the options
    WRITER waits at most `wait_ms` for its turn. No statement runs longer than `budget_ms`.
    Raises SettingError for another address, and where the driver is not installed.
    """
    address = server_address(url)
    session = _session(read_only=read_only, wait_ms=wait_ms, budget_ms=budget_ms)
    said: dict[str, str | int] = {
        "options": _options(address, session),
        "client_encoding": "utf8",
    }
    defaults: dict[str, str | int] = {
        "connect_timeout": CONNECT_TIMEOUT_S,
        "fallback_application_name": "baoku",
    }
    said |= {name: value for name, value in defaults.items() if name not in address.query}
    try:
        engine = create_engine(
            address,
            json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
            pool_timeout=(wait_ms if budget_ms is None else budget_ms) / 1000,
            pool_pre_ping=True,  # a server that was started anew is found again
            isolation_level="REPEATABLE READ",
            use_native_hstore=False,  # else each connection begins with a transaction about it
            connect_args=said,
        )
    except ModuleNotFoundError as error:
        raise SettingError("PostgreSQL needs its driver: pip install psycopg[binary]") from error
    event.listen(engine, "begin", _begin)
    return engine


def session_keywords(url: str) -> dict[str, str]:
    """The same database in libpq's words, its sessions set as ours are: for another program's use.

    The password is among them, if there is one. Raises SettingError for another address.
    """
    address = server_address(url)
    parts = address.translate_connect_args(username="user", database="dbname")
    query = {name: _listed(value) for name, value in address.query.items()}
    ours = {"options": _options(address, _SESSION), "client_encoding": "utf8"}
    return {name: str(value) for name, value in (parts | query | ours).items()}


def _listed(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ",".join(value)  # several hosts


def _options(address: URL, session: Mapping[str, str]) -> str:
    """What the address itself says of a session, then what we do."""
    given = address.query.get("options", "")
    options = [given] if isinstance(given, str) else list(given)
    options += [f"-c {name}={value}" for name, value in session.items()]
    return " ".join(filter(None, options))


def _session(*, read_only: bool, wait_ms: int, budget_ms: int | None) -> dict[str, str]:
    """What holds for a session, as the server is told when it connects."""
    chosen = _SESSION | {"lock_timeout": str(wait_ms)}
    if read_only:
        chosen["default_transaction_read_only"] = "on"
    if budget_ms is not None:
        chosen["statement_timeout"] = str(budget_ms)
    return chosen


def _begin(connection: Connection) -> None:
    """A writer takes its turn: what it reads from then on stays so until it has written."""
    opening = connection.get_execution_options().get("opening")
    if opening is not None:
        connection.exec_driver_sql(opening).close()
