"""`baoku db copy`: to PostgreSQL and back, and what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from replica.server import ReplicaServer
from storage.catalogue.models import Base
from storage.home import Home, holding
from tests.cli.conftest import DAY, Doorstep
from tests.storage.postgresql import Databases


@pytest.fixture
def crawled(door: Doorstep, serve: Callable[..., ReplicaServer]) -> str:
    """The address of a catalogue with a page."""
    assert door.crawl(serve().url).exit_code == 0
    return f"sqlite:///{door.home / 'catalogue.sqlite3'}"


def exported(door: Doorstep) -> str:
    result = door.run("export", "--canonical")
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_an_archive_goes_to_a_server_and_back(
    door: Doorstep,
    crawled: str,
    server_databases: Databases,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    serve: Callable[..., ReplicaServer],
) -> None:
    before, server, back = exported(door), server_databases.empty(), tmp_path / "back.sqlite3"
    result = door.run("db", "copy", crawled, server)
    assert result.exit_code == 0, result.stderr
    assert "the same on both sides. The shelf (raw/) stays in its home" in result.stdout
    monkeypatch.setenv("BAOKU_DATABASE_URL", server)
    assert exported(door) == before
    assert door.run("verify").exit_code == 0
    again = door.crawl(serve().url)
    assert again.exit_code == 0, again.stderr
    assert door.run("db", "copy", server, f"sqlite:///{back}").exit_code == 0
    monkeypatch.setenv("BAOKU_DATABASE_URL", f"sqlite:///{back}")
    assert exported(door) == before


def test_for_programs_each_table_is_a_line(door: Doorstep, crawled: str, tmp_path: Path) -> None:
    result = door.run("db", "copy", crawled, f"sqlite:///{tmp_path / 'b.sqlite3'}", "--json")
    lines: list[dict[str, Any]] = [json.loads(line) for line in result.stdout.splitlines()]
    assert {one["table"] for one in lines} | {"search_docs", "search_version"} == set(
        Base.metadata.tables
    )
    for one in lines:
        assert (one["rows"], one["sha256"]) == (one["copied_rows"], one["copied_sha256"])
    assert next(one["rows"] for one in lines if one["table"] == "pages") == 1


def test_nothing_is_copied_over_an_archive_onto_itself_or_from_nowhere(
    door: Doorstep, crawled: str, tmp_path: Path
) -> None:
    target = f"sqlite:///{tmp_path / 'b.sqlite3'}"
    assert door.run("db", "copy", crawled, target).exit_code == 0
    for words, code, sentence in (
        ((crawled, target), 2, "holds an archive already"),
        ((crawled, crawled), 2, "both addresses are the same"),
        ((f"sqlite:///{tmp_path / 'none.sqlite3'}", target), 30, "cannot be used"),
        (("mysql://u:geheim@h/d", target), 2, "no address of a catalogue"),
    ):
        result = door.run("db", "copy", *words)
        assert (result.exit_code, sentence in result.stderr) == (code, True), result.stderr
        assert "geheim" not in result.output


def test_a_password_is_not_repeated(door: Doorstep, crawled: str) -> None:
    result = door.run("db", "copy", crawled, "postgresql+psycopg://u:geheim@127.0.0.1:1/d")
    assert (result.exit_code, "geheim" in result.output) == (30, False)
    assert "postgresql+psycopg://127.0.0.1:1/d cannot be reached" in result.stderr


def test_while_a_run_fills_the_archive_it_is_not_copied(
    door: Doorstep, crawled: str, tmp_path: Path
) -> None:
    with holding(Home(door.home)):
        result = door.run("db", "copy", crawled, f"sqlite:///{tmp_path / 'b.sqlite3'}")
    assert (result.exit_code, DAY.isoformat() in result.output) == (40, False)
