"""`baoku replay` and `baoku rebuild` as a person calls them."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from replica.server import ReplicaServer
from tests.cli.conftest import DAY, Doorstep

OLDER_PARSER = (
    "UPDATE revisions SET headline = '老解析器读出的标题', content_hash = 'v1:old', "
    "parser = 'baoku-parse/0' WHERE article_id = (SELECT min(id) FROM articles)"
)


@pytest.fixture
def filled(door: Doorstep, serve: Callable[..., ReplicaServer]) -> Doorstep:
    assert door.crawl(serve().url).exit_code == 0
    return door


def canonical(door: Doorstep) -> str:
    return door.run("export", "--canonical").stdout


def alter(door: Doorstep, statement: str) -> None:
    with closing(sqlite3.connect(door.home / "catalogue.sqlite3")) as database, database:
        database.execute(statement)


def test_nothing_differs_where_nothing_changed(filled: Doorstep) -> None:
    result = filled.run("replay")
    assert result.exit_code == 0
    assert "1 pages, 6 articles read; 0 differ" in result.stdout


def test_a_difference_is_shown_and_then_accepted(filled: Doorstep) -> None:
    truth = canonical(filled)
    alter(filled, OLDER_PARSER)
    shown = filled.run("replay")
    assert "老解析器读出的标题" in shown.stdout
    assert "--accept" in shown.stdout
    assert canonical(filled) != truth
    assert filled.run("replay", "--accept").exit_code == 0
    assert canonical(filled) == truth
    assert "0 differ" in filled.run("replay").stdout


def test_a_difference_is_told_to_machines_too(filled: Doorstep) -> None:
    alter(filled, OLDER_PARSER)
    (change,) = filled.records("replay")
    assert change["what"] == "changed"
    assert [one["field"] for one in change["differences"]] == ["headline"]


def test_filters_choose_the_pages(filled: Doorstep) -> None:
    assert "0 pages" in filled.run("replay", "--to", "2026-01-09").stdout
    assert "1 pages" in filled.run("replay", "--from", DAY, "--page", 7).stdout


def test_a_catalogue_that_is_lost_comes_back_from_the_shelf(filled: Doorstep) -> None:
    truth, states = canonical(filled), filled.run("status", "--json").stdout
    (filled.home / "catalogue.sqlite3").unlink()
    result = filled.run("rebuild")
    assert result.exit_code == 0
    assert "6 articles; 0 records not entered" in result.stdout
    assert canonical(filled) == truth
    assert filled.run("status", "--json").stdout == states
    assert filled.run("verify").exit_code == 0


def test_the_old_catalogue_is_kept_beside_the_new_one(filled: Doorstep) -> None:
    alter(filled, OLDER_PARSER)
    result = filled.run("rebuild")
    (old,) = filled.home.glob("catalogue-until-*.sqlite3")
    assert old.name in result.stdout
    with closing(sqlite3.connect(old)) as database:
        (parser,) = database.execute("SELECT min(parser) FROM revisions").fetchone()
    assert parser == "baoku-parse/0"


def test_a_rebuilt_archive_goes_on_where_it_was(
    filled: Doorstep, serve: Callable[..., ReplicaServer]
) -> None:
    filled.run("rebuild")
    server = serve()
    result = filled.crawl(server.url, "--json")
    assert json.loads(result.stdout)["held_before"] is True
    assert server.log == ()


def test_without_an_archive_there_is_nothing_to_rebuild(door: Doorstep) -> None:
    result = door.run("rebuild")
    assert result.exit_code == 30
    assert "there is no archive" in result.stderr


@pytest.fixture
def week(door: Doorstep, serve: Callable[..., ReplicaServer]) -> Doorstep:
    """An archive of several batches."""
    words = ("--from", "2025-12-01", "--to", "2026-01-10", "--page", 7, "--interval", 0)
    door.run("backfill", "cqrb", *words, "--site", serve().url)
    return door


def test_several_processes_read_what_one_reads(week: Doorstep) -> None:
    truth = canonical(week)
    alter(week, OLDER_PARSER.replace("= (SELECT min(id)", "IN (SELECT id"))
    older = canonical(week)
    alone = week.run("replay", "--jobs", 1, "--json")
    together = week.run("replay", "--jobs", 2, "--json")
    assert together.stdout == alone.stdout
    assert len(alone.stdout.splitlines()) > 200
    assert canonical(week) == older
    assert week.run("replay", "--accept", "--jobs", 2).exit_code == 0
    assert canonical(week) == truth


def test_workers_accept_what_they_read(door: Doorstep) -> None:
    result = door.run("replay", "--queue")
    assert result.exit_code == 2
    assert "--accept" in result.stderr
