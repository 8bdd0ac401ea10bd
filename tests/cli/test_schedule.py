"""`baoku schedule`: its timetable as printed, and the daemon as a process of its own."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cli.clock import SystemClock
from cli.schedule import how_soon
from crawler.papers import find_paper
from pipeline.looks import due_at
from press.clock import beijing_date
from replica.newspaper import Newspaper
from replica.scenario import Scenario
from replica.server import ReplicaServer
from replica.site import Site
from storage.home import holding, open_home

HOUSE = Path(__file__).parents[2]
BOUND_S = 60
DAY = timedelta(days=1)
Daemon = subprocess.Popen[str]


@pytest.fixture
def site() -> Iterator[ReplicaServer]:
    """A stand-in site whose newest issue is today's."""
    today = beijing_date(SystemClock().now())
    with ReplicaServer(Site(Newspaper(7), Scenario(name="today", latest=today))) as server:
        yield server


@pytest.fixture
def begin() -> Iterator[Callable[..., Daemon]]:
    """Starts daemons; they end with the test."""
    daemons: list[Daemon] = []

    def start(home: Path, *words: object) -> Daemon:
        called = ["schedule", "run", *map(str, words), "--home", str(home)]
        daemons.append(
            subprocess.Popen(  # noqa: S603 - our own interpreter and words
                [sys.executable, "-m", "cli.main", *called],
                cwd=HOUSE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return daemons[-1]

    yield start
    for daemon in daemons:
        daemon.kill()
        daemon.communicate()


def crawl(door: Any, site: ReplicaServer, day: date) -> None:
    words = ("crawl", "--site", site.url, "--interval", 0, "--date", day)
    assert door.run(*words).exit_code == 0


def test_the_daemon_makes_up_for_missed_days_and_ends_with_0(
    door: Any, site: ReplicaServer, begin: Callable[..., Daemon]
) -> None:
    today = beijing_date(SystemClock().now())
    crawl(door, site, today - 4 * DAY)
    crawl(door, site, today - 2 * DAY)
    daemon = begin(door.home, "--site", site.url, "--interval", 0)
    assert daemon.stdout is not None
    due = {today - 3 * DAY, today - DAY}
    if SystemClock().now() >= due_at(find_paper("cqrb"), today):
        due.add(today)
    results = [json.loads(daemon.stdout.readline()) for _ in due]
    assert {result["issue_date"] for result in results} == {day.isoformat() for day in due}
    assert {result["state"] for result in results} == {"archived"}
    daemon.terminate()
    _, complaints = daemon.communicate(timeout=BOUND_S)
    assert (daemon.returncode, complaints) == (0, "")
    coming = door.records("schedule", "next")
    of_the_past = [one for one in coming if one["issue_date"] < today.isoformat()]
    assert {one["what"] for one in of_the_past} == {"re-read"}


@pytest.fixture
def two_papers(door: Any, site: ReplicaServer, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two newspapers at one site, described in the folder of the setting `papers`."""
    folder = door.home.with_name("papers")
    folder.mkdir()
    own = (HOUSE / "crawler/papers/cqrb.toml").read_text("utf-8")
    slugs = ["north", "south"]
    for slug in slugs:
        text = own.replace('"cqrb"', f'"{slug}"')
        text = re.sub(r"https?://[a-z.]*cqrb[a-z.]*", site.url, text)
        (folder / f"{slug}.toml").write_text(text, "utf-8")
    monkeypatch.setenv("BAOKU_PAPERS", str(folder))
    return slugs


def test_several_papers_are_looked_after_in_turn(
    door: Any, site: ReplicaServer, begin: Callable[..., Daemon], two_papers: list[str]
) -> None:
    today = beijing_date(SystemClock().now())
    for slug in two_papers:
        words = ("crawl", slug, "--interval", 0, "--contact", "a@paper.example")
        assert door.run(*words, "--date", today - 2 * DAY).exit_code == 0
    daemon = begin(door.home, *two_papers, "--interval", 0, "--contact", "a@paper.example")
    assert daemon.stdout is not None
    due = [today - DAY]
    if SystemClock().now() >= due_at(find_paper("cqrb"), today):
        due.append(today)
    told = [json.loads(daemon.stdout.readline()) for _ in range(2 * len(due))]
    assert [result["paper"] for result in told] == [s for s in two_papers for _ in due]
    assert {result["state"] for result in told} == {"archived"}
    daemon.terminate()
    daemon.communicate(timeout=BOUND_S)
    assert daemon.returncode == 0


def test_a_mirror_is_of_one_paper(
    door: Any, site: ReplicaServer, begin: Callable[..., Daemon], two_papers: list[str]
) -> None:
    daemon = begin(door.home, *two_papers, "--site", site.url, "--interval", 0)
    _, complaint = daemon.communicate(timeout=BOUND_S)
    assert daemon.returncode == 2
    assert "--site is of one newspaper" in complaint


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_daemon_ends_with_0_within_a_page_that_cannot_be_finished(
    door: Any, site: ReplicaServer, begin: Callable[..., Daemon], number: signal.Signals
) -> None:
    crawl(door, site, beijing_date(SystemClock().now()) - 2 * DAY)
    asked = len(site.log)
    daemon = begin(door.home, "--site", site.url, "--interval", 600)
    while len(site.log) == asked:
        assert daemon.poll() is None
    daemon.send_signal(number)
    told, _ = daemon.communicate(timeout=BOUND_S)
    assert (daemon.returncode, told) == (0, "")


def test_the_daemon_waits_for_an_archive_that_another_run_holds(
    door: Any, site: ReplicaServer, begin: Callable[..., Daemon]
) -> None:
    with holding(open_home(door.home, create=True)):
        daemon = begin(door.home, "--site", site.url, "--interval", 0)
        assert daemon.stderr is not None
        assert json.loads(daemon.stderr.readline())["event"] == "archive_held"
        assert daemon.poll() is None
        daemon.terminate()
        daemon.communicate(timeout=BOUND_S)
    assert daemon.returncode == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "--contact"),
        (["jxrb", "--contact", "a@paper.example"], "baoku import"),
        (["--page", "seven"], "no page number"),
        (["xyz"], 'there is no paper "xyz"'),
    ],
)
def test_what_would_fail_in_the_morning_fails_at_the_start(
    door: Any, words: list[str], sentence: str
) -> None:
    result = door.run("schedule", "run", *words)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert sentence in line


def test_a_missing_contact_is_told_at_the_start_also_when_nothing_is_due(
    door: Any, site: ReplicaServer, begin: Callable[..., Daemon]
) -> None:
    crawl(door, site, beijing_date(SystemClock().now()))
    daemon = begin(door.home)
    _, complaint = daemon.communicate(timeout=BOUND_S)
    assert daemon.returncode == 2
    assert "--contact" in complaint


def test_the_timetable_of_an_archive_that_is_not_there_yet_begins_today(door: Any) -> None:
    first, second, *rest = door.records("schedule", "next")
    day = date.fromisoformat(first["issue_date"])
    assert abs(day - beijing_date(SystemClock().now())) <= DAY
    assert (first["page_no"], first["what"]) == (7, "archive")
    assert second["issue_date"] == (day + DAY).isoformat()
    assert len(rest) == 8
    assert not door.home.exists()


def test_people_get_a_table(door: Any) -> None:
    result = door.run("schedule", "next", "--page", "all", "--limit", 3)
    head, *rows = result.stdout.splitlines()
    assert head.split() == ["in", "Beijing", "issue", "page", "what", "why"]
    assert len(rows) == 3
    assert all(" all " in row for row in rows)  # the first may be today's, which is due now
    assert all(re.search(r" 08:00 +in \d+ (h|days|min) ", row) for row in rows[1:])


def test_of_a_paper_that_is_over_nothing_is_expected(door: Any) -> None:
    assert "nothing more is expected" in door.run("schedule", "next", "jxrb").stdout


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (-DAY, "now"),
        (timedelta(), "now"),
        (timedelta(seconds=1), "in 1 min"),
        (timedelta(minutes=59, seconds=59), "in 59 min"),
        (timedelta(hours=1), "in 1 h"),
        (timedelta(hours=47), "in 47 h"),
        (2 * DAY, "in 2 days"),
        (9 * DAY, "in 9 days"),
    ],
)
def test_the_time_left_is_told_as_people_tell_it(left: timedelta, words: str) -> None:
    now = datetime(2026, 1, 12, tzinfo=UTC)
    assert how_soon(now + left, now) == words
