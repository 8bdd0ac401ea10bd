"""Backfills that are killed, and two runs at once, as real processes."""

import json
import os
import signal
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner

from cli.main import baoku
from replica.answer import Answer
from replica.newspaper import Newspaper
from replica.scenario import Scenario
from replica.server import ReplicaServer
from replica.site import Site
from storage.catalogue import Catalogue
from tests.cli.test_journeys import PATIENCE_S, ended, here, started

FIRST, LAST = date(2025, 12, 29), date(2025, 12, 31)


@dataclass(slots=True)
class WatchedSite:
    """A site that notes what is asked, kills who asks for the `fatal` answer, and can hold one."""

    fatal: int = 0
    pid: int = 0
    is_set: Event = field(default_factory=Event)
    asked: list[str] = field(default_factory=list)
    held: int = 0
    is_held: Event = field(default_factory=Event)
    release: Event = field(default_factory=Event)
    site: Site = field(default_factory=lambda: Site(Newspaper(7), Scenario(name="test")))

    def answer(self, path: str, headers: Mapping[str, str], earlier: int = 0) -> Answer:
        self.asked.append(path)
        if len(self.asked) == self.fatal and self.is_set.wait(PATIENCE_S):
            os.kill(self.pid, signal.SIGKILL)
        if len(self.asked) == self.held:
            self.is_held.set()
            self.release.wait(PATIENCE_S)
        return self.site.answer(path, headers, earlier)


@contextmanager
def serving(**how: int) -> Iterator[tuple[str, WatchedSite]]:
    site = WatchedSite(**how)  # type: ignore[arg-type]
    with ReplicaServer(site) as server:  # type: ignore[arg-type]
        yield server.url, site


def words(url: str, pages: str) -> tuple[object, ...]:
    span = ("--from", FIRST, "--to", LAST, "--page", pages)
    return "backfill", "cqrb", *span, "--site", url, "--interval", 0


def killed(home: Path, url: str, site: WatchedSite, pages: str) -> None:
    process = started(home, *words(url, pages))
    site.pid = process.pid
    site.is_set.set()
    assert ended(process)[0] == -signal.SIGKILL


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The exports of backfills that nothing happened to, by what they asked for."""
    exports = {}
    for pages in ("7", "all"):
        home = tmp_path_factory.mktemp("undisturbed") / "home"
        with serving() as (url, _):
            here(home, *words(url, pages))
        exports[pages] = here(home, "export", "--canonical")
    return exports


@pytest.mark.parametrize(("pages", "fatal"), [("7", 2), ("7", 12), ("all", 30)])
def test_a_killed_backfill_goes_on_and_asks_for_nothing_twice_but_the_page_in_hand(
    tmp_path: Path, undisturbed: Mapping[str, str], pages: str, fatal: int
) -> None:
    home = tmp_path / "home"
    with serving(fatal=fatal) as (url, site):
        killed(home, url, site, pages)
        here(home, *words(url, pages))
    assert here(home, "export", "--canonical") == undisturbed[pages]
    twice = {path for path, times in Counter(site.asked).items() if times > 1} - {"/robots.txt"}
    assert max(Counter(site.asked).values()) <= 2
    assert len({path.rpartition("/")[0] for path in twice}) == 1


def test_a_run_that_was_killed_is_taken_up_as_the_same_run(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serving(fatal=12) as (url, site):
        killed(home, url, site, "7")
        taken_up = json.loads(here(home, *words(url, "7"), "--summary"))
        anew = json.loads(here(home, *words(url, "7"), "--summary"))
    assert [run["held_before"] for run in (taken_up, anew)] == [1, 3]
    assert taken_up["started_at"] <= taken_up["finished_at"] <= anew["started_at"]
    catalogue = Catalogue.open(f"sqlite:///{home / 'catalogue.sqlite3'}", read_only=True)
    with catalogue.reading() as reader:
        run = reader.last_run("backfill")
    catalogue.close()
    assert run is not None
    assert (run.id, run.exit_code, run.tally) == (2, 0, {"archived": 3})  # the killed one is no. 1


def test_while_one_run_holds_the_archive_a_second_one_ends_at_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serving(held=3) as (url, site):
        first = started(home, *words(url, "7"))
        assert site.is_held.wait(PATIENCE_S)
        for second in (words(url, "7"), ("crawl", "--site", url, "--date", LAST)):
            result = CliRunner().invoke(baoku, [*map(str, second), "--home", str(home)])
            assert result.exit_code == 40
            assert len(result.stderr.splitlines()) == 1
        assert first.poll() is None
        site.release.set()
        assert ended(first)[0] == 0
