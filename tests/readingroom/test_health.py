"""When a machine that watches is told that something is wrong."""

from dataclasses import replace
from datetime import timedelta

import pytest

from press.run import History, Run
from readingroom.health import RESERVE_BYTES, STALE, Check, check_age, check_space, health_answer
from tests.readingroom.asking import NOW, Room


def a_history(command: str = "crawl", count: int = 2, hours: float | None = 1) -> History:
    run = Run(
        id=1, command=command, asked="x", started_at=NOW, finished_at=NOW, exit_code=0, tally={}
    )
    success = None if hours is None else NOW - timedelta(hours=hours)
    return History(command=command, count=count, last=run, succeeded_at=success)


@pytest.mark.parametrize(
    ("history", "is_fine"),
    [
        (a_history(), True),
        (a_history(hours=STALE / timedelta(hours=1)), True),
        (a_history(hours=37), False),
        (a_history("schedule run", hours=37), False),
        (a_history(hours=None), False),
        (a_history("backfill", hours=999), True),
        (a_history(count=1, hours=999), True),
    ],
)
def test_an_archive_that_is_filled_day_by_day_must_have_had_a_success_lately(
    history: History, is_fine: bool
) -> None:
    assert check_age([history], NOW).is_fine is is_fine


def test_one_command_that_succeeded_is_enough() -> None:
    assert check_age([a_history(hours=99), a_history("schedule run", hours=1)], NOW).is_fine


def test_space_must_be_left_for_the_next_run() -> None:
    assert check_space(RESERVE_BYTES).is_fine
    assert not check_space(RESERVE_BYTES - 1).is_fine


def test_one_problem_makes_the_answer_a_503() -> None:
    fine = Check(subject="space", is_fine=True, sentence="enough")
    assert health_answer([fine]).status == 200
    assert health_answer([fine, replace(fine, is_fine=False)]).status == 503


def test_a_catalogue_that_is_gone_is_unhealthy_and_the_server_still_alive(room: Room) -> None:
    assert room.get("/healthz").json()["status"] == "ok"
    calls = [("GET", "/healthz"), ("GET", "/livez"), ("GET", "/api/v1/papers")]
    answers = room.ask(calls, first=lambda: spoil(room))
    assert [answer.status_code for answer in answers] == [503, 200, 503]
    assert answers[0].json()["checks"][0]["subject"] == "catalogue"


def spoil(room: Room) -> None:
    (room.home / "catalogue.sqlite3").write_bytes(b"no database at all" * 99)
