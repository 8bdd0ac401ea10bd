"""Where a catalogue is: the two kinds of addresses, and what may be said of one. Pure."""

import re
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from press.errors import SettingError

_SQLITE: Final = "sqlite:///"
_POSTGRESQL: Final = "postgresql+psycopg"
_PLAIN: Final = re.compile(r"(?:[^@?]*@)?(?P<place>[^@?]*)(?:\?[^@]*)?")
"""An address, after its "://", of which it is certain where the password ends."""


def file_path(url: str) -> str | None:
    """The path in `sqlite:///PATH`, as it is; None where the address names no file.

    Raises SettingError for SQLite's names of a database that is gone at the end.
    """
    if not url.startswith(_SQLITE):
        return None
    path = url.removeprefix(_SQLITE)
    if path in {"", ":memory:"}:
        raise _no_address(url)
    return path


def server_address(url: str) -> URL:
    """The parts of `postgresql+psycopg://...`; raises SettingError for any other address."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        address = None
    if address is None or address.drivername != _POSTGRESQL:
        raise _no_address(url)
    return address


def public_name(url: str) -> str:
    """What people call the database: a file's path, else the address without who and how.

    No name, no password, no option is in it, nor any piece of one, however they were mistyped.
    """
    if url.startswith(_SQLITE):
        return url.removeprefix(_SQLITE)
    scheme, mark, rest = url.partition("://")
    if not mark:
        return scheme if "@" not in scheme else "that text"
    plain = _PLAIN.fullmatch(rest)
    return f"{scheme}://{plain['place'] if plain else '...'}"


def _no_address(url: str) -> SettingError:
    return SettingError(
        f"{public_name(url)} is no address of a catalogue: give {_SQLITE}PATH or "
        f"{_POSTGRESQL}://USER@HOST/NAME"
    )
