"""`baoku doctor` as a whole: each thing is looked at, and nothing is changed."""

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.catalogue import Catalogue
from storage.home import holding, open_home
from tests.storage.samples import a_capture

SECRET = "hunter2"


def diagnoses(door: Any, exit_code: int = 0) -> dict[str, dict[str, Any]]:
    result = door.run("doctor", "--json")
    assert result.exit_code == exit_code, result.stdout
    return {one["subject"]: one for one in map(json.loads, result.stdout.splitlines())}


def fill(door: Any, **capture: Any) -> None:
    home = open_home(door.home, create=True)
    with (
        closing(Catalogue.open(f"sqlite:///{home.catalogue_path}")) as catalogue,
        catalogue.writing() as writer,
    ):
        writer.begin_run("crawl", "cqrb page 7", datetime.now(UTC) - timedelta(hours=1))
        if capture:
            writer.add_captures([a_capture(**capture)])


def test_before_there_is_an_archive_the_machine_is_looked_at(door: Any) -> None:
    assert set(diagnoses(door)) == {
        "settings", "contact", "alarms", "metrics", "sqlite", "home", "space", "vault", "clock",
    }  # fmt: skip


def test_alarms_are_counted_and_never_shown(door: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOKU_ALARMS", f"json://{SECRET}/ mailto://me:{SECRET}@mail.example")
    assert diagnoses(door)["alarms"]["sentence"] == "json://***, mailto://***"


def test_an_alarm_that_no_service_takes_is_a_problem(
    door: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAOKU_ALARMS", f"json://one.example nosuch://{SECRET}")
    found = diagnoses(door, 2)["alarms"]
    assert found["level"] == "problem"
    assert "alarm 2 (nosuch://***)" in found["sentence"]
    assert SECRET not in door.run("doctor").stdout


def test_a_metrics_file_without_a_folder_is_a_problem(
    door: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAOKU_METRICS_FILE", str(tmp_path / "none" / "baoku.prom"))
    assert diagnoses(door, 30)["metrics"]["level"] == "problem"


def test_a_clock_behind_the_archive_is_a_problem(door: Any) -> None:
    fill(door, captured_at=datetime.now(UTC) + timedelta(days=1))
    result = door.run("doctor", "--json")
    levels = {one["subject"]: one["level"] for one in map(json.loads, result.stdout.splitlines())}
    assert levels["clock"] == "problem"


def test_a_run_that_is_not_over_is_running_while_the_archive_is_held(door: Any) -> None:
    fill(door)
    assert diagnoses(door)["runs of crawl"]["level"] == "warning"
    with holding(open_home(door.home, create=False)):
        assert diagnoses(door, 40)["runs of crawl"]["sentence"].startswith("running")


def test_a_catalogue_that_is_none_is_a_problem_and_the_clock_is_still_looked_at(door: Any) -> None:
    fill(door)
    (door.home / "catalogue.sqlite3").write_bytes(b"no database" * 100)
    found = diagnoses(door, 31)
    assert found["catalogue"]["level"] == "problem"
    assert found["clock"]["level"] == "ok"
