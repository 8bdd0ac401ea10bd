"""The server crashes, commits are lost: every page ends archived, once, and none is lost again."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.pipeline.disturbances import archived_despite, crashes, undisturbed
from tests.storage.dropping import Cut, Dropping
from tests.storage.postgresql import Databases, binaries, passing_server

DAYS = [date(2026, 1, 5) + timedelta(days=n) for n in range(4)]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return undisturbed(tmp_path_factory.mktemp("undisturbed"), DAYS)


def test_commits_whose_reply_is_lost(
    expected: list[str], server_databases: Databases, tmp_path: Path
) -> None:
    runs: list[list[Cut | None]] = [
        ["before"], [None, "after"], ["reply"], [None, "before"], [None, "reply"]
    ]  # fmt: skip
    with Dropping(server_databases.ready()) as line:
        left = iter(runs)
        lines, lost = archived_despite(
            tmp_path, line.url, DAYS, lambda _: line.cuts.extend(next(left, []))
        )
        assert line.carried_out == lost == len(runs)
    assert lines == expected


def test_a_server_that_crashes(expected: list[str], tmp_path: Path) -> None:
    if binaries() is None:
        pytest.skip("a named server is not ours to crash: install one of our own")
    with passing_server() as server:
        disturb = crashes(server, Random(5), number=4, apart=80)  # noqa: S311 - a seed, no secret
        lines, lost = archived_despite(tmp_path, server.url, DAYS, disturb)
    assert lines == expected
    assert lost >= 3
