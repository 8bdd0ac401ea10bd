"""Catalogues that close themselves."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.catalogue import Catalogue


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
