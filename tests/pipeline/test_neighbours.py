"""What the articles of a page say against each other, in an archive: the same by every road."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.papers import known_papers
from crawler.parse.decoding import decode
from crawler.reading import apart
from pipeline.importing import Intake
from replica.markup.mutations.edits import in_body
from replica.newspaper import Newspaper
from replica.scenario import Scenario
from replica.site import Site
from tests.pipeline.audit.conftest import Audited
from tests.pipeline.test_rebuild import check
from tests.pipeline.test_replay import KEY, replay_of

DAY = date(2026, 1, 10)
SITE = Site(Newspaper(7), Scenario(name="healthy"))
LINE = "想了解更多新闻请关注河湾客户端"
NewDesk = Callable[..., Any]


def sent(path: str) -> bytes:
    return SITE.answer(path, {}).body


def true_page() -> Any:
    issue = SITE.issue(DAY)
    assert issue is not None
    return issue.page(7)


def changed_pages() -> dict[str, bytes]:
    """The articles of the page by path, as a template with a line more sends them."""
    insert = in_body(lambda inner: f"{inner}<p>　　{LINE}</p>")
    paths = [article.path for article in true_page().articles]
    found = {path: decode(sent(path), None) for path in paths}
    return {path: insert(one.text).encode(one.encoding) for path, one in found.items()}


def doubted(desk: Any) -> list[tuple[int, bool]]:
    """Of each article with text the revision, and whether its neighbours left a residue."""
    told = [one for one in desk.articles() if LINE in one.article.text]
    return [(one.revision, apart(one.article.account) != one.article.account) for one in told]


@pytest.fixture
def desk(new_desk: NewDesk) -> Any:
    """An archive whose page 7 came with the template's line in every article."""
    made = new_desk()
    made.source.bodies = changed_pages()
    made.archive(DAY)
    return made


def test_a_line_of_the_template_makes_its_articles_need_review(desk: Any) -> None:
    assert len(doubted(desk)) >= 3
    assert set(doubted(desk)) == {(1, True)}
    entry = desk.ledger(DAY)
    assert (entry.state, entry.cause) == ("failed", "needs_review")


def test_a_second_look_at_the_same_bytes_changes_nothing(desk: Any) -> None:
    before = desk.canonical()
    result = desk.archive(DAY)
    assert result.tally.revised == result.tally.reparsed == 0
    assert desk.canonical() == before
    assert replay_of(desk).read(KEY).changes == ()


def test_the_shelf_alone_gives_the_same_doubts(desk: Any, tmp_path: Path) -> None:
    check(desk, tmp_path)


def test_an_audit_finds_nothing_but_the_page_that_needs_review(desk: Any) -> None:
    (breach,) = Audited(desk.folder).breaches()
    assert "needs_review" in breach.sentence


def test_a_page_that_is_mended_is_doubted_no_more(desk: Any) -> None:
    desk.source.bodies = {}
    desk.archive(DAY)
    assert desk.ledger(DAY).state == "archived"
    assert {one.status for one in desk.articles()} == {"ok"}


def test_an_older_revision_keeps_what_its_neighbours_said_then(desk: Any) -> None:
    desk.source.bodies = {}
    desk.archive(DAY)
    with desk.catalogue.reading() as reader:
        first = [reader.revisions(one.id)[0].article for one in desk.articles()]
    told = [one for one in first if LINE in one.text]
    assert len(told) >= 3
    assert all(one.needs_review for one in told)


def test_saved_files_that_come_one_by_one_are_held_against_each_other(
    new_desk: NewDesk, desk: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    for path, body in {true_page().path: sent(true_page().path), **changed_pages()}.items():
        (folder / path.rpartition("/")[2]).write_bytes(body)
    other = new_desk(name="other")
    intake = Intake(
        papers=known_papers(), keeper=other.keeper, shelf=other.shelf,
        catalogue=other.catalogue, clock=other.clock,
    )  # fmt: skip
    assert max(result.exit_code for result in intake.take([folder])) == 22
    assert sorted(other.canonical()) == sorted(desk.canonical())
    again = list(intake.take([folder]))
    assert {result.tally.reparsed + result.tally.revised for result in again} == {0}
    check(other, tmp_path)
