"""Catalogues that close themselves."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.catalogue import Catalogue
from tests.storage.postgresql import Databases


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
def postgresql(server_databases: Databases) -> Callable[[], str]:
    """Gives the address of an empty PostgreSQL database each time that it is called."""
    return server_databases.empty


@pytest.fixture(params=["sqlite", "postgresql"])
def either_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address where nothing is yet, of each database in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'catalogue.sqlite3'}"
    made: Databases = request.getfixturevalue("server_databases")
    return made.empty()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_ready(request: pytest.FixtureRequest, tmp_path: Path, empty_file: Path) -> str:
    """The address of an empty catalogue, in each database in turn."""
    if request.param == "sqlite":
        path = tmp_path / "catalogue.sqlite3"
        shutil.copyfile(empty_file, path)
        return f"sqlite:///{path}"
    made: Databases = request.getfixturevalue("server_databases")
    return made.shared()


@pytest.fixture
def either(either_ready: str) -> Iterator[Catalogue]:
    """An empty catalogue in each database in turn."""
    opened = Catalogue.open(either_ready)
    yield opened
    opened.close()
