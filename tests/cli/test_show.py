"""`baoku show` over time: what changed, what was, and what is withdrawn."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any

import pytest

from press.keys import PageKey
from replica.scenario import Fault
from storage.catalogue import Catalogue
from storage.home import open_home
from tests.storage.samples import PARSER, READ_AT, a_capture, an_article

DAY = date(2026, 1, 10)
PAGE = "cqrb-20260110-007"


@pytest.fixture
def crawled(door: Any, serve: Callable[..., Any]) -> Any:
    """An archive with one page."""
    assert door.crawl(serve().url).exit_code == 0
    return door


@pytest.fixture
def revised(door: Any, serve: Callable[..., Any]) -> tuple[Any, str]:
    """An archive with an article in three revisions, and its id."""
    url = serve({DAY: Fault("changing_article")}).url
    for _ in range(3):
        assert door.crawl(url, "--again").exit_code == 0
    (page,) = door.records("show", PAGE)
    return door, page["articles"][0]


def test_a_diff_shows_every_step_with_the_oldest_first(revised: tuple[Any, str]) -> None:
    door, name = revised
    steps = door.records("show", name, "--diff")
    assert [(s["before"]["revision"], s["after"]["revision"]) for s in steps] == [(1, 2), (2, 3)]
    captures = [step["before"]["capture"] for step in steps] + [steps[-1]["after"]["capture"]]
    assert len({capture["sha256"] for capture in captures}) == 3
    text = door.run("show", name, "--diff").stdout
    for step in steps:
        assert step["before"]["fetched_at"] in text
        assert all(f"\n{one['field']}" in text for one in step["differences"])
    assert "\n- " in text
    assert "\n+ " in text


def test_the_steps_go_by_the_captures_not_by_when_they_came_into_the_archive(door: Any) -> None:
    url = f"sqlite:///{open_home(door.home, create=True).catalogue_path}"
    with closing(Catalogue.open(url)) as catalogue, catalogue.writing() as writer:
        for body, hours in (("one", 5), ("two", 9), ("older", 1)):
            capture = a_capture(body, hours=hours)
            writer.save_article(an_article(headline=body), capture, PARSER, READ_AT)
    steps = door.records("show", "cqrb-20310203-007-353117", "--diff")
    assert [(s["before"]["revision"], s["after"]["revision"]) for s in steps] == [(3, 1), (1, 2)]


def test_an_older_revision_is_shown_as_it_was(revised: tuple[Any, str]) -> None:
    door, name = revised
    first, second, third = (door.records("show", name, "--revision", n)[0] for n in (1, 2, 3))
    assert door.records("show", name) == [third]
    assert len({record["text"] for record in (first, second, third)}) == 3
    shown = door.run("show", name, "--revision", 1).stdout
    assert f"{name} revision 1" in shown
    assert all(block["text"] in shown for block in first["blocks"])
    assert f"baoku show {name} --diff" in door.run("show", name).stdout


def test_a_revision_that_is_not_there_is_said(revised: tuple[Any, str]) -> None:
    door, name = revised
    result = door.run("show", name, "--revision", 4)
    assert result.exit_code == 2
    assert result.stderr == f"baoku: {name} has revisions 1 to 3: give one that there is\n"
    absent = door.run("show", "cqrb-20260110-007-1", "--diff")
    assert absent.exit_code == 2
    assert "has no cqrb-20260110-007-1" in absent.stderr


def test_an_article_that_never_changed_has_no_steps(crawled: Any) -> None:
    (page,) = crawled.records("show", PAGE)
    name = page["articles"][0]
    assert crawled.records("show", name, "--diff") == []
    assert (
        crawled.run("show", name, "--diff").stdout == f"{name} has one revision: it never changed\n"
    )
    assert "revision 1 only" in crawled.run("show", name, "--revision", 2).stderr


@pytest.mark.parametrize(
    "words",
    [
        [PAGE, "--diff"],
        [PAGE, "--revision", 1],
        ["--diff"],
        [f"{PAGE}-1", "--diff", "--revision", 1],
    ],
)
def test_a_diff_and_a_revision_are_of_an_article_and_not_both(
    crawled: Any, words: list[object]
) -> None:
    result = crawled.run("show", *words)
    assert result.exit_code == 2
    assert "--diff" in result.stderr


def test_a_withdrawn_article_says_since_when_and_what_shows_it(crawled: Any) -> None:
    (page,) = crawled.records("show", PAGE)
    gone, *standing = page["articles"]
    announced = [name.rsplit("-", 1)[1] for name in standing]
    evidence = page["capture"]
    url = f"sqlite:///{open_home(crawled.home, create=False).catalogue_path}"
    since = datetime(2026, 1, 11, 1, 2, 3, tzinfo=UTC)
    with closing(Catalogue.open(url)) as catalogue, catalogue.writing() as writer:
        writer.settle_articles(PageKey("cqrb", DAY, 7), announced, evidence["sha256"], since)
    line = crawled.run("show", gone).stdout.splitlines()[0]
    assert line.startswith("withdrawn: its page does not announce it since 2026-01-11T01:02:03Z")
    assert evidence["sha256"] in line
    assert f"{evidence['file']}@{evidence['offset']}" in line
    assert line in crawled.run("show", gone, "--diff").stdout
    assert "(withdrawn)" in crawled.run("show").stdout
    assert "withdrawn" not in crawled.run("show", standing[0]).stdout
    assert crawled.records("show", gone)[0]["status"] == "withdrawn"
