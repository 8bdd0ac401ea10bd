"""Reading while others write, and what is told when that cannot be."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from press import errors
from readingroom.problem import problem_of
from tests.readingroom.asking import ARTICLE, Room

PATH = f"/api/v1/articles/{ARTICLE}"


def test_a_writer_that_holds_the_catalogue_is_waited_for_and_then_told_of(room: Room) -> None:
    impatient = replace(room, budget_s=0.05)
    with closing(sqlite3.connect(room.home / "catalogue.sqlite3")) as writer:
        (answer,) = impatient.ask([("GET", PATH)], first=lambda: writer.execute("BEGIN EXCLUSIVE"))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert answer.json()["detail"] == "the archive is being written to: try again"
    assert room.get(PATH).status_code == 200


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.UsageError("x"), 400),
        (errors.NotInArchive("x"), 404),
        (errors.TooExpensive("x"), 503),
        (errors.ArchiveHeld("/secret"), 503),
        (errors.HomeUnusable("/secret"), 503),
        (errors.ArchiveDamaged("/secret"), 503),
        (errors.CaptureMissing("/secret"), 503),
        (errors.SettingError("/secret"), 503),
    ],
)
def test_every_error_is_a_problem_and_none_names_a_path(
    error: errors.PressError, status: int
) -> None:
    problem = problem_of(error)
    assert problem.status == status
    assert "secret" not in problem.detail
    assert (problem.retry_after_s is not None) == (status == 503)
