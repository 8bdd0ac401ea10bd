"""The contract's tests run on both databases; what is one database's own asks for it by name."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.catalogue import Catalogue
from tests.storage.postgresql import Databases


@pytest.fixture
def url(either_ready: str) -> str:
    """The address of an empty catalogue."""
    return either_ready


@pytest.fixture
def catalogue(url: str) -> Iterator[Catalogue]:
    """An empty catalogue at `url`."""
    with closing(Catalogue.open(url)) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def own_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty catalogue whose tables a test may change, in each database in turn."""
    if request.param == "postgresql":
        made: Databases = request.getfixturevalue("server_databases")
        return made.ready()
    path = f"sqlite:///{tmp_path / 'catalogue.sqlite3'}"
    Catalogue.open(path).close()
    return path


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    """The address of a file that is not there yet."""
    return f"sqlite:///{tmp_path / 'catalogue.sqlite3'}"


@pytest.fixture
def file_catalogue(file_url: str) -> Iterator[Catalogue]:
    """An empty catalogue at `file_url`."""
    with closing(Catalogue.open(file_url)) as opened:
        yield opened


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lasting(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Catalogue]:
    """A catalogue for a module's laws, of each database in turn: an example undoes what it wrote."""
    url = f"sqlite:///{tmp_path_factory.mktemp('lasting') / 'catalogue.sqlite3'}"
    if request.param == "postgresql":
        made: Databases = request.getfixturevalue("server_databases")
        url = made.ready()
    with closing(Catalogue.open(url)) as opened:
        yield opened


@pytest.fixture
def new_server_url(server_databases: Databases) -> Callable[[], str]:
    """Gives the address of an empty catalogue in PostgreSQL, another one with each call."""
    return server_databases.ready
