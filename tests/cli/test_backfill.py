import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import inspect, text

from replica.scenario import Fault
from storage.catalogue import Catalogue

FIRST, LAST = date(2025, 12, 28), date(2025, 12, 30)
DAYS = (LAST, date(2025, 12, 29), FIRST)
Start = Callable[..., Any]


def backfill(
    door: Any, site: str, *words: object, since: date = FIRST, until: date = LAST
) -> Result:
    span = ("--from", since, "--to", until)
    return door.run("backfill", "cqrb", *span, "--site", site, "--interval", 0, *words)  # type: ignore[no-any-return]


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def asked(server: Any) -> list[str]:
    """The paths that were asked for but robots.txt."""
    return [logged.path for logged in server.log if logged.path != "/robots.txt"]


def rows(home: Path) -> dict[str, int]:
    """How many rows each table has, but that of the runs."""
    catalogue = Catalogue.open(f"sqlite:///{home / 'catalogue.sqlite3'}", read_only=True)
    with catalogue.database.reading() as session:
        tables = inspect(session.connection()).get_table_names()
        counted = {
            table: session.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608
            for table in tables
        }
    catalogue.close()
    return {table: count or 0 for table, count in counted.items() if table != "runs"}


def files(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()
    }


def test_both_ends_of_the_span_are_archived_the_newest_issue_first(door: Any, serve: Start) -> None:
    result = backfill(door, serve().url, "--json")
    assert result.exit_code == 0, result.stderr
    told = [(line["issue_date"], line["page_no"], line["state"]) for line in lines(result)]
    assert told == [(str(day), 7, "archived") for day in DAYS]
    assert {record["issue_date"] for record in door.records("show")} == set(map(str, DAYS))


def test_one_day_is_a_span(door: Any, serve: Start) -> None:
    result = backfill(door, serve().url, "--json", until=FIRST)
    assert [line["issue_date"] for line in lines(result)] == [str(FIRST)]


@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        ("2025-12-30", "2025-12-28", "2025-12-30 is after 2025-12-28"),
        ("2025-12-30", "2999-01-01", "not out yet"),
        ("2007-12-15", "2007-12-20", "from 2007-12-16 on"),
        ("2025-02-30", "2025-12-28", "in no calendar"),
    ],
)
@pytest.mark.parametrize("words", [[], ["--dry-run"]])
def test_an_impossible_span_is_one_sentence_exit_code_2_and_makes_nothing(
    door: Any, since: str, until: str, sentence: str, words: list[str]
) -> None:
    result = door.run("backfill", "cqrb", "--from", since, "--to", until, *words)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("baoku: ")
    assert sentence in line
    assert result.stdout == ""
    assert not door.home.exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "set database_url to postgresql+psycopg://"),
        (["--site", "http://127.0.0.1:1"], "--site is for the planner and the workers"),
    ],
)
def test_a_backfill_for_workers_that_cannot_be_is_one_sentence(
    door: Any, words: list[str], sentence: str
) -> None:
    span = ("--from", "2025-12-28", "--to", "2025-12-30")
    result = door.run("backfill", "cqrb", *span, "--queue", *words)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert sentence in line
    assert not door.home.exists()


def test_both_dates_must_be_given(door: Any) -> None:
    result = door.run("backfill", "cqrb", "--from", "2025-12-28")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert "--to" in result.stderr


def test_a_rehearsal_without_an_archive_prints_the_plan_and_makes_none(door: Any) -> None:
    result = backfill(door, "http://127.0.0.1:1", "--dry-run")
    assert result.exit_code == 0, result.stderr
    *table, last = result.stdout.splitlines()
    assert [line.split()[:2] for line in table[1:]] == [[str(day), "7"] for day in DAYS]
    assert "3 pages to fetch, 0 left alone: about 24 requests" in last
    told = lines(backfill(door, "http://127.0.0.1:1", "--dry-run", "--json"))
    assert [(one["issue_date"], one["what"]) for one in told] == [
        (str(day), "archive") for day in DAYS
    ]
    assert not door.home.exists()


def test_a_rehearsal_needs_no_contact_and_counts_by_the_papers_own_pace(door: Any) -> None:
    result = door.run("backfill", "cqrb", "--from", FIRST, "--to", LAST, "--dry-run")
    assert result.exit_code == 0, result.stderr
    assert "about 24 requests, 72 s" in result.stdout


def test_a_rehearsal_over_an_archive_knows_what_is_held_and_changes_no_byte(
    door: Any, serve: Start
) -> None:
    server = serve()
    backfill(door, server.url, since=LAST)
    before, requests = files(door.home), len(server.log)
    told = lines(backfill(door, server.url, "--dry-run", "--json"))
    assert [one["what"] for one in told] == ["skip", "archive", "archive"]
    result = backfill(door, server.url, "--dry-run")
    assert "2 pages to fetch, 1 left alone" in result.stdout
    assert (files(door.home), len(server.log)) == (before, requests)


def test_a_second_backfill_asks_only_for_what_was_absent_and_adds_nothing(
    door: Any, serve: Start
) -> None:
    server = serve({date(2025, 12, 29): Fault("no_issue")})
    assert backfill(door, server.url).exit_code == 10
    before, shelf = rows(door.home), files(door.home / "raw")
    for _ in range(2):
        already = len(asked(server))
        result = backfill(door, server.url, "--json")
        assert [line["held_before"] for line in lines(result)] == [True, False, True]
        assert {path.split("/")[3] for path in asked(server)[already:]} == {"29"}
        assert (rows(door.home), files(door.home / "raw")) == (before, shelf)
    settled = len(server.log)
    result = backfill(door, server.url)
    assert (result.exit_code, len(server.log)) == (10, settled)
    assert "2 archived, 1 not_published; 3 of them held before" in result.stdout


def test_no_address_is_asked_twice_in_one_backfill(door: Any, serve: Start) -> None:
    server = serve({date(2025, 12, 29): Fault("page_absent")})
    backfill(door, server.url, "--page", "all")
    assert set(Counter(asked(server)).values()) == {1}


def test_of_several_pages_the_highest_exit_code_counts(door: Any, serve: Start) -> None:
    server = serve({FIRST: Fault("challenge"), LAST: Fault("no_issue")})
    result = backfill(door, server.url)
    assert result.exit_code == 21
    assert "1 archived, 1 not_published, 1 retry; 0 of them held before" in result.stdout
    assert len(result.stderr.splitlines()) == 2
    assert all(line.startswith("baoku: ") for line in result.stderr.splitlines())


def test_only_what_did_not_end_well_is_listed(door: Any, serve: Start) -> None:
    result = backfill(door, serve({FIRST: Fault("soft_404")}).url)
    table = [line for line in result.stdout.splitlines() if line.startswith("2025-")]
    assert [line.split()[0] for line in table] == [str(FIRST)]


def test_the_summary_is_one_line_about_the_whole_run(door: Any, serve: Start) -> None:
    result = backfill(door, serve({LAST: Fault("no_issue")}).url, "--summary")
    (told,) = lines(result)
    assert told["command"] == "backfill"
    assert told["asked"] == "cqrb 2025-12-28..2025-12-30 page 7"
    assert told["pages"] == {"archived": 2, "not_published": 1}
    assert (told["exit_code"], result.exit_code) == (10, 10)
    assert told["articles"]["new"] == len(door.records("show"))
    assert told["started_at"] <= told["finished_at"]


def test_with_json_and_summary_the_pages_come_first(door: Any, serve: Start) -> None:
    told = lines(backfill(door, serve().url, "--json", "--summary"))
    assert [("state" in one, "command" in one) for one in told] == [(True, False)] * 3 + [
        (False, True)
    ]


def test_what_the_site_may_have_mended_is_tried_again_by_the_next_backfill(
    door: Any, serve: Start
) -> None:
    server = serve({FIRST: Fault("page_404", reads=1)})
    assert backfill(door, server.url).exit_code == 10
    assert backfill(door, server.url).exit_code == 0
    assert len({record["issue_date"] for record in door.records("show")}) == 3


def test_a_span_beside_one_that_is_held_fetches_only_the_rest(door: Any, serve: Start) -> None:
    server = serve()
    backfill(door, server.url)
    before = len(asked(server))
    backfill(door, server.url, since=FIRST - timedelta(days=1))
    assert {path.split("/")[3] for path in asked(server)[before:]} == {"27"}


def test_a_site_that_challenges_page_after_page_is_left_alone_and_the_next_run_goes_on(
    door: Any, serve: Start
) -> None:
    days = [LAST - timedelta(days=n) for n in range(6)]
    server = serve({day: Fault("challenge") for day in days[:5]})
    first = backfill(door, server.url, since=days[-1])
    assert first.exit_code == 21
    assert "3 pages in a row ended with challenge" in first.stderr
    assert len(asked(server)) == 3
    second = backfill(door, server.url, "--json", since=days[-1])
    states = {line["issue_date"]: line["state"] for line in lines(second)}
    assert states[str(days[-1])] == "archived"
    pages = Counter(path for path in asked(server) if path.endswith("node.htm"))
    assert set(pages.values()) == {1}
