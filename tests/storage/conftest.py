"""Catalogues that close themselves."""

import os
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from storage.catalogue import Catalogue
from tests.storage.postgresql import binaries, passing_server


@pytest.fixture
def url(tmp_path: Path) -> str:
    """An address where nothing is yet."""
    return f"sqlite:///{tmp_path / 'catalogue.sqlite3'}"


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty catalogue, closed: copied faster than made."""
    path = tmp_path_factory.mktemp("empty") / "catalogue.sqlite3"
    Catalogue.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def catalogue(url: str, empty_file: Path) -> Iterator[Catalogue]:
    """An empty catalogue at `url`."""
    shutil.copyfile(empty_file, url.removeprefix("sqlite:///"))
    opened = Catalogue.open(url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[], str]]:
    """Gives the address of an empty PostgreSQL database each time that it is called.

    Where no server can be started the tests are skipped, and say why; under CI they fail.
    """
    missing = None
    if binaries() is None:
        missing = "PostgreSQL is not tested: install its server (Debian: postgresql)"
    elif find_spec("psycopg") is None:
        missing = "PostgreSQL is not tested: pip install psycopg[binary]"
    if missing and os.environ.get("CI"):
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    numbers = count(1)
    with passing_server() as url:
        engine = create_engine(url, isolation_level="AUTOCOMMIT")

        def empty() -> str:
            name = f"catalogue_{next(numbers)}"
            with engine.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name}"))
            return make_url(url).set(database=name).render_as_string(hide_password=False)

        yield empty
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address where nothing is yet, of each database in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'catalogue.sqlite3'}"
    empty: Callable[[], str] = request.getfixturevalue("postgresql")
    return empty()


@pytest.fixture
def either(either_url: str) -> Iterator[Catalogue]:
    """An empty catalogue in each database in turn."""
    opened = Catalogue.open(either_url)
    yield opened
    opened.close()
