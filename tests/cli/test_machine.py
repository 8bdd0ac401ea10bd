"""What a doctor sees of the machine."""

from datetime import timedelta
from pathlib import Path

import pytest

from cli.machine import RELEASED_AT, SLACK, examine_clock, examine_metrics

NOW = RELEASED_AT + timedelta(days=400)


def test_a_clock_that_is_later_than_the_archive_is_right() -> None:
    assert examine_clock(NOW, NOW - timedelta(hours=1)).level == "ok"
    assert examine_clock(NOW, None).level == "ok"


def test_a_clock_behind_the_archive_is_a_problem_but_not_for_a_moment() -> None:
    assert examine_clock(NOW, NOW + SLACK).level == "ok"
    found = examine_clock(NOW, NOW + SLACK + timedelta(seconds=1))
    assert (found.level, found.exit_code) == ("problem", 2)
    assert found.sentence.endswith("set it")


def test_a_clock_from_before_the_release_is_a_problem() -> None:
    found = examine_clock(RELEASED_AT - timedelta(seconds=1), None)
    assert (found.level, found.exit_code) == ("problem", 2)


def test_no_metrics_file_is_no_problem() -> None:
    assert examine_metrics(None).level == "ok"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("baoku.prom", "ok"),
        ("baoku.txt", "warning"),
        ("none/baoku.prom", "problem"),
        ("", "problem"),
    ],
)
def test_a_metrics_file_must_have_a_folder_and_should_have_its_ending(
    name: str, level: str, tmp_path: Path
) -> None:
    found = examine_metrics(tmp_path / name)
    assert found.level == level
    assert found.exit_code == (30 if level == "problem" else 0)
