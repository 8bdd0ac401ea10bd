import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cli.verify import sentences_of
from pipeline.audit import Audit
from storage.home import holding, open_home
from tests.cli.conftest import DAY


@pytest.fixture
def filled(door: Any, serve: Callable[..., Any]) -> Any:
    """An archive with page 7 of one issue."""
    assert door.crawl(serve().url).exit_code == 0
    return door


def harm(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(home / "catalogue.sqlite3")) as connection:
        assert connection.execute(statement).rowcount > 0
        connection.commit()


def test_an_intact_archive_is_told_in_two_sentences(filled: Any) -> None:
    result = filled.run("verify")
    assert (result.exit_code, result.stderr) == (0, "")
    counts, end = result.stdout.splitlines()
    assert "articles on 1 pages" in counts
    assert end == "No breach."


def test_damage_is_named_and_ends_with_31(filled: Any) -> None:
    harm(filled.home, "UPDATE revisions SET headline = '别的'")
    result = filled.run("verify")
    assert result.exit_code == 31
    assert "promise 2, damage: cqrb-20260110-007-" in result.stdout
    assert "headline has other characters than its source" in result.stdout
    assert "breaches are damage" in result.stdout


def test_a_gap_is_named_and_ends_with_20(filled: Any, serve: Callable[..., Any]) -> None:
    assert filled.crawl(serve().url, "--date", DAY - timedelta(days=3)).exit_code == 0
    result = filled.run("verify", "--quick")
    assert result.exit_code == 20
    assert "promise 1, gap: cqrb page 7 2026-01-08..2026-01-09: never asked for" in result.stdout
    assert "1 gaps are still to be filled" in result.stdout


def test_machines_get_one_line_a_breach_and_then_the_audit(filled: Any) -> None:
    harm(filled.home, "UPDATE ledger SET evidence = NULL")
    result = filled.run("verify", "--json", "--sample", 1)
    *breaches, audit = map(json.loads, result.stdout.splitlines())
    assert [(one["promise"], one["kind"], one["subject"]) for one in breaches] == [
        (1, "damage", "cqrb-20260110-007")
    ]
    assert (audit["damage"], audit["reread"], audit["exit_code"]) == (1, 1, 31)
    assert result.exit_code == 31


def test_it_runs_while_another_run_holds_the_archive(filled: Any) -> None:
    with holding(open_home(filled.home, create=False)):
        assert filled.run("verify").exit_code == 0


def test_it_leaves_no_file_behind_and_changes_none(filled: Any) -> None:
    def state() -> dict[str, bytes]:
        paths = (path for path in filled.home.rglob("*") if path.is_file())
        return {str(path): path.read_bytes() for path in paths}

    before = state()
    filled.run("verify")
    assert state() == before


def test_quick_and_a_sample_exclude_each_other(filled: Any) -> None:
    result = filled.run("verify", "--quick", "--sample", 2)
    assert result.exit_code == 2
    assert "leave out --quick or --sample" in result.stderr


def test_where_there_is_no_archive_it_says_so(door: Any) -> None:
    result = door.run("verify")
    assert result.exit_code == 30
    assert "there is no archive" in result.stderr


def test_a_catalogue_that_is_no_database_ends_with_31(filled: Any) -> None:
    (filled.home / "catalogue.sqlite3").write_bytes(b"no database" * 100)
    result = filled.run("verify")
    assert result.exit_code == 31
    assert "is damaged" in result.stderr


def test_all_that_a_person_should_know_is_told() -> None:
    audit = Audit(reparsed=1, unknown=2, quarantined=3, others=4, damage=5, gaps=6)
    told = "\n".join(sentences_of(audit))
    for words in (
        "1 of them today's parser reads otherwise", "2 answers are newer", "3 torn tails",
        "4 files beside", "5 breaches are damage", "6 gaps",
    ):  # fmt: skip
        assert words in told
    assert "No breach" not in told
