"""`baoku crawl` as a line in a crontab calls it: without a date, without a terminal."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from click.testing import Result

from press.clock import beijing_date
from replica.newspaper import Newspaper
from replica.scenario import Fault, Scenario, Where
from replica.server import ReplicaServer
from replica.site import Site

TODAY = beijing_date(datetime.now(UTC))
Start = Callable[..., Any]


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def serve_today() -> Iterator[Start]:
    """Starts sites on which today's issue is out."""
    servers: list[ReplicaServer] = []

    def start(faults: dict[Where, Fault] | None = None) -> ReplicaServer:
        scenario = Scenario(name="test", faults=faults or {}, latest=TODAY + timedelta(days=1))
        servers.append(ReplicaServer(Site(Newspaper(7), scenario)).__enter__())
        return servers[-1]

    yield start
    for server in servers:
        server.__exit__(None, None, None)


def crawl(door: Any, server: Any, *words: object) -> Result:
    return door.run("crawl", "--site", server.url, "--interval", 0, *words)  # type: ignore[no-any-return]


def begun(door: Any, server: Any, days: int) -> None:
    """The archive's ledger begins so many days ago."""
    assert crawl(door, server, "--date", back(days)).exit_code == 0


def test_days_missed_since_the_archive_began_are_healed_in_silence(
    door: Any, serve_today: Start
) -> None:
    server = serve_today()
    begun(door, server, 3)
    result = crawl(door, server)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    kept = {record["issue_date"] for record in door.records("show")}
    assert {str(back(days)) for days in range(4)} <= kept


def test_when_all_is_done_nothing_is_asked_for_and_nothing_is_said(
    door: Any, serve_today: Start
) -> None:
    server = serve_today()
    begun(door, server, 2)
    crawl(door, server)
    requests = len(server.log)
    result = crawl(door, server)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert len(server.log) == requests


def test_what_goes_wrong_is_one_sentence_and_the_exit_code(door: Any, serve_today: Start) -> None:
    server = serve_today({back(1): Fault("soft_404")})
    begun(door, server, 2)
    result = crawl(door, server)
    assert (result.exit_code, result.stdout) == (20, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("baoku: ")
    assert str(back(1)) in line


def test_a_failure_whose_next_attempt_has_not_come_is_left_alone(
    door: Any, serve_today: Start
) -> None:
    server = serve_today({back(1): Fault("soft_404")})
    begun(door, server, 2)
    crawl(door, server)
    requests = len(server.log)
    result = crawl(door, server)
    assert (result.exit_code, result.stderr, len(server.log)) == (0, "", requests)


def test_today_comes_first_and_then_the_newest(door: Any, serve_today: Start) -> None:
    server = serve_today()
    begun(door, server, 3)
    told = [json.loads(line) for line in crawl(door, server, "--json").stdout.splitlines()]
    assert [line["issue_date"] for line in told][-3:] == [str(back(days)) for days in range(3)]


def test_the_summary_counts_what_was_healed(door: Any, serve_today: Start) -> None:
    server = serve_today()
    begun(door, server, 2)
    (line,) = crawl(door, server, "--summary").stdout.splitlines()
    told = json.loads(line)
    assert told["asked"] == "cqrb what is due page 7"
    assert told["pages"]["archived"] >= 2
    assert told["exit_code"] == 0


def test_a_new_archive_begins_today(door: Any, serve_today: Start) -> None:
    server = serve_today()
    assert crawl(door, server, "--json").stdout.count("\n") == 1
    (record,) = {record["issue_date"] for record in door.records("show")}
    assert record == str(TODAY)


def test_every_page_of_missed_days_is_healed(door: Any, serve_today: Start) -> None:
    server = serve_today()
    assert crawl(door, server, "--date", back(1), "--page", "all").exit_code == 0
    result = crawl(door, server, "--page", "all", "--json")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0, result.stderr
    assert {line["issue_date"] for line in told} == {str(TODAY)}
    assert len(told) == len({line["page_no"] for line in told}) > 1


def test_with_a_date_it_says_what_it_did(door: Any, serve_today: Start) -> None:
    result = crawl(door, serve_today(), "--date", back(1))
    assert "archived" in result.stdout
