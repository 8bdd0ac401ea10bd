import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli.main import baoku
from replica.scenario import Fault
from storage.home import holding, open_home

DAY = date(2026, 1, 10)
ID = "cqrb-20260110-007"
Start = Callable[..., Any]


def test_a_page_is_crawled_and_shown(door: Any, serve: Start) -> None:
    result = door.crawl(serve().url)
    assert result.exit_code == 0, result.stderr
    assert ID in result.stdout
    assert "archived" in result.stdout
    assert result.stderr == ""
    (page,) = door.records("show", ID)
    articles = door.records("show")
    assert [record["id"] for record in articles] == page["articles"]
    assert {record["status"] for record in articles} == {"ok"}


def test_the_second_crawl_asks_for_nothing_and_stores_nothing(door: Any, serve: Start) -> None:
    server = serve()
    door.crawl(server.url)
    before = export_of(door), len(server.log), shelf_bytes(door.home)
    result = door.crawl(server.url)
    assert result.exit_code == 0
    assert "archived before" in result.stdout
    assert (export_of(door), len(server.log), shelf_bytes(door.home)) == before


def test_again_fetches_but_an_unchanged_page_adds_not_a_byte(door: Any, serve: Start) -> None:
    server = serve()
    door.crawl(server.url)
    before, asked = (export_of(door), shelf_bytes(door.home)), len(server.log)
    assert door.crawl(server.url, "--again").exit_code == 0
    assert (export_of(door), shelf_bytes(door.home)) == before
    assert len(server.log) == 2 * asked
    assert not any(logged.conditional for logged in server.log)


def test_an_article_that_the_source_changed_is_named_in_the_table(door: Any, serve: Start) -> None:
    server = serve({(DAY, 7): Fault("changing_article")})
    assert "new" in door.crawl(server.url).stdout
    result = door.crawl(server.url, "--again")
    assert "1 revised" in result.stdout
    assert "new" not in result.stdout


def test_a_page_that_is_tried_again_costs_what_was_missing(door: Any, serve: Start) -> None:
    server = serve({(DAY, 7): Fault("soft_404_article", reads=1)})
    assert door.crawl(server.url).exit_code == 20
    before = len(server.log)
    assert door.crawl(server.url).exit_code == 0
    statuses = [logged.status for logged in server.log[before:] if logged.path != "/robots.txt"]
    assert statuses.count(200) == 1
    assert statuses.count(304) == len(statuses) - 1 > 3


@pytest.mark.parametrize(
    ("fault", "page_no", "state", "cause", "exit_code"),
    [
        ("no_issue", None, "not_published", None, 10),
        ("page_absent", 7, "no_such_page", None, 11),
        ("soft_404", None, "retry", "soft_404", 20),
        ("challenge", None, "retry", "challenge", 21),
        ("changed_layout", None, "failed", "layout_changed", 22),
        ("robots_forbid", None, "retry", "robots", 23),
    ],
)
def test_what_is_not_there_has_its_own_exit_code_and_leaves_no_article(
    door: Any,
    serve: Start,
    fault: Any,
    page_no: int | None,
    state: str,
    cause: str | None,
    exit_code: int,
) -> None:
    where = DAY if page_no is None else (DAY, page_no)
    result = door.crawl(serve({where: Fault(fault)}).url, "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["state"], told["cause"]) == (exit_code, state, cause)
    assert told["message"]
    assert door.records("show") == []


def test_of_several_pages_the_highest_exit_code_counts(door: Any, serve: Start) -> None:
    result = door.crawl(serve({(DAY, 3): Fault("changed_layout")}).url, "--page", "all")
    assert result.exit_code == 22
    assert result.stdout.count("archived") == 7
    assert "layout_changed" in result.stdout


def test_machines_get_json_on_both_streams(door: Any, serve: Start) -> None:
    result = door.crawl(serve({DAY: Fault("soft_404")}).url, "--json")
    (event,) = [json.loads(line) for line in result.stderr.splitlines()]
    assert (event["level"], event["state"]) == ("warning", "retry")
    assert json.loads(result.stdout)["id"] == ID


def test_people_get_one_sentence_about_what_is_wrong(door: Any, serve: Start) -> None:
    result = door.crawl(serve({DAY: Fault("soft_404")}).url)
    (line,) = result.stderr.splitlines()
    assert line.startswith("baoku: ")
    assert "2026-01-10" in line


def test_the_home_may_stand_before_the_command(serve: Start, door: Any, tmp_path: Path) -> None:
    words = ["--home", str(tmp_path / "other"), "crawl", "--site", serve().url]
    result = CliRunner().invoke(baoku, [*words, "--interval", "0", "--date", "20260110"])
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "other/catalogue.sqlite3").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["crawl", "xyz"], 'there is no paper "xyz"'),
        (["crawl", "--date", "2026-02-30"], "in no calendar"),
        (["crawl", "--date", "2007-12-15"], "2007-12-16"),
        (["crawl", "--date", "2999-01-01"], "not out yet"),
        (["crawl", "--page", "seven"], "no page number"),
        (["crawl", "--site", "example.org", "--date", "2026-01-10"], "is no site"),
        (["crawl", "--date", "2026-01-10"], "--contact"),
        (["crawl", "--interval", "-1", "--date", "2026-01-10"], "interval_s"),
        (["crawl", "--interval", "soon"], "soon"),
        (["crawl", "--no-such-option"], "--no-such-option"),
        (["crwl"], "'crwl': see baoku --help"),
        (["explain"], "'ID': see baoku explain --help"),
        (["show", "nonsense"], "is no id"),
        (["import", "no-such-file.html"], "there is no no-such-file.html"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(
    door: Any, words: list[str], sentence: str
) -> None:
    result = door.run(*words)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("baoku: ")
    assert sentence in line
    assert result.stdout == ""


def test_page_0_is_not_taken_for_no_page_given(door: Any, serve: Start) -> None:
    result = door.crawl(serve().url, "--page", 0)
    assert result.exit_code == 11
    assert "has no page 0" in result.stderr


def test_nothing_is_made_for_what_cannot_be_done(door: Any) -> None:
    door.run("crawl", "--date", "2999-01-01")
    door.run("import", "no-such-file.html")
    assert not door.home.exists()


def test_reading_where_nothing_is_says_what_to_do(door: Any) -> None:
    result = door.run("show")
    assert result.exit_code == 30
    assert "run baoku crawl" in result.stderr
    assert not door.home.exists()


def test_a_home_that_is_a_file_is_named(door: Any) -> None:
    door.home.write_text("not a folder")
    result = door.crawl("http://127.0.0.1:1")
    assert result.exit_code == 30
    assert len(result.stderr.splitlines()) == 1
    assert door.home.read_text() == "not a folder"


def test_two_runs_do_not_share_an_archive(door: Any) -> None:
    with holding(open_home(door.home, create=True)):
        result = door.crawl("http://127.0.0.1:1")
    assert result.exit_code == 40
    assert len(result.stderr.splitlines()) == 1


def export_of(door: Any) -> str:
    result = door.run("export", "--canonical")
    assert result.exit_code == 0, result.stderr
    return str(result.stdout)


def shelf_bytes(home: Path) -> int:
    return sum(path.stat().st_size for path in (home / "raw").rglob("*") if path.is_file())


def test_a_crawl_that_is_terminated_says_so_and_the_next_one_takes_up_the_rest(
    door: Any, serve: Start, tmp_path: Path
) -> None:
    server = serve()
    words = ["crawl", "--site", server.url, "--date", DAY, "--home", door.home, "--interval", "60"]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-m", "cli.main", *map(str, words)],
        cwd=Path(__file__).parents[2],
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        while not server.log:
            assert child.poll() is None
        child.terminate()
        _, said = child.communicate(timeout=30)
    assert child.returncode == 130
    (line,) = said.splitlines()
    assert line.startswith("baoku: stopped;")
    assert door.crawl(server.url).exit_code == 0
    undisturbed = type(door)(tmp_path / "undisturbed")
    undisturbed.crawl(server.url)
    assert export_of(door) == export_of(undisturbed)
