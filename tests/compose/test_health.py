"""The health checks, run as they stand: each passes where all is well, and else does not."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from press.errors import HomeUnusable
from storage.catalogue import Catalogue
from storage.home import open_home
from tests.compose.reading import HOUSE, ONCE, OURS, SERVICES, words


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive with nothing in it."""
    Catalogue.open(f"sqlite:///{open_home(tmp_path / 'home', create=True).catalogue_path}").close()
    return tmp_path / "home"


@contextmanager
def reading_room(home: Path) -> Iterator[int]:
    """The port of `baoku serve` on a free one."""
    room = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", "cli.main", "serve", "--port=0", f"--home={home}"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=HOUSE,
    )
    assert room.stdout is not None
    try:
        yield int(room.stdout.readline().partition("127.0.0.1:")[2].partition("/")[0])
    finally:
        room.terminate()
        room.communicate(timeout=20)


def test_the_reading_rooms_health_check_says_whether_it_is_open(home: Path) -> None:
    command, *arguments = words(SERVICES["readingroom"]["healthcheck"]["test"])[1:]
    assert command == "python"

    def check(port: int) -> int:
        asked = [one.replace(":8080", f":{port}") for one in arguments]
        return subprocess.run(  # noqa: S603 - the file's own words
            [sys.executable, *asked], check=False, stderr=subprocess.DEVNULL
        ).returncode

    with reading_room(home) as port:
        assert check(port) == 0
    assert check(port) != 0


def test_the_others_health_check_says_whether_the_catalogue_answers(home: Path) -> None:
    checks = {name: SERVICES[name]["healthcheck"]["test"] for name in set(OURS) - ONCE}
    del checks["readingroom"]
    assert all(check == checks["scheduler"] for check in checks.values())
    command, *arguments = words(checks["scheduler"])[1:]
    assert command == "baoku"

    def check(**variables: str) -> int:
        return subprocess.run(  # noqa: S603 - the file's own words
            [sys.executable, "-m", "cli.main", *arguments],
            env=os.environ | {"BAOKU_HOME": str(home)} | variables,
            cwd=HOUSE,
            check=False,
            capture_output=True,
        ).returncode

    assert check() == 0
    away = "postgresql+psycopg://baoku@127.0.0.1:1/baoku"
    assert (
        check(BAOKU_DATABASE_URL=away, BAOKU_SHELF_URL=f"file://{home}") == HomeUnusable.exit_code
    )
