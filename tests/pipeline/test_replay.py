"""The shelf read by today's parser, beside what is kept."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from crawler.papers import find_paper
from pipeline.replay import PageRereading, Replay
from press.keys import PageKey
from replica.scenario import Fault, Scenario

DAY = date(2026, 1, 10)
KEY = PageKey("cqrb", DAY, 7)
OLDER_PARSER = (
    "UPDATE revisions SET headline = '老解析器读出的标题', content_hash = 'v1:old', "
    "parser = 'baoku-parse/0' WHERE article_id = (SELECT min(id) FROM articles)"
)


def replay_of(desk: Any) -> Replay:
    with desk.catalogue.reading() as reader:
        origins = tuple(reader.origins())
    return Replay(
        paper=find_paper("cqrb"),
        catalogue=desk.catalogue,
        shelf=desk.shelf,
        origins=origins,
        clock=desk.clock,
    )


def alter(desk: Any, *statements: str) -> None:
    with desk.catalogue.writing() as writer:
        for statement in statements:
            writer._session.execute(text(statement))


def changed(page: PageRereading) -> list[tuple[str, ...]]:
    return [tuple(one.field for one in change.differences) for change in page.changes]


def test_what_the_same_parser_read_is_no_change(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    desk.archive(DAY)
    page = replay_of(desk).read(KEY)
    assert page.articles == len(desk.articles())
    assert page.changes == ()


def test_a_difference_is_shown_by_field_and_changes_nothing_before_it_is_accepted(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    desk.archive(DAY)
    truth = desk.canonical()
    alter(desk, OLDER_PARSER)
    older, ledger = desk.canonical(), desk.ledger(DAY)
    replay = replay_of(desk)
    page = replay.read(KEY)
    assert changed(page) == [("headline",)]
    assert desk.canonical() == older != truth
    result = replay.accept(page)
    assert result is not None
    assert (result.tally.reparsed, result.tally.revised) == (1, 0)
    assert desk.canonical() == truth
    assert desk.ledger(DAY) == ledger


def test_accepting_asks_nothing_of_the_site_and_adds_nothing_to_the_shelf(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    desk.archive(DAY)
    asked, captures = list(desk.source.asked), desk.captures()
    replay = replay_of(desk)
    replay.accept(replay.read(KEY))
    assert (desk.source.asked, desk.captures()) == (asked, captures)


def test_a_page_that_no_parser_could_read_is_healed_by_one_that_can(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    desk.archive(DAY)
    truth = desk.canonical()
    rows = ("entries", "accounts", "revisions", "articles", "pages")
    alter(
        desk,
        *(f"DELETE FROM {table}" for table in rows),  # noqa: S608
        "UPDATE ledger SET state = 'failed', cause = 'layout_changed'",
    )
    replay = replay_of(desk)
    page = replay.read(KEY)
    assert [change.before for change in page.changes] == [None] * len(truth)
    replay.accept(page)
    assert desk.canonical() == truth
    assert (desk.ledger(DAY).state, desk.ledger(DAY).attempts) == ("archived", 1)


def test_an_article_that_is_no_longer_read_is_a_change(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    desk.archive(DAY)
    with desk.catalogue.reading() as reader:
        place = next(iter(desk.articles())).place
        capture = reader.capture_at(place.file, place.offset)
    alter(desk, f"UPDATE captures SET status = 404 WHERE url = '{capture.url}'")  # noqa: S608
    page = replay_of(desk).read(KEY)
    assert [change.after for change in page.changes] == [None]


def test_a_withdrawn_article_is_not_read_again(new_desk: Callable[..., Any]) -> None:
    desk = new_desk(Scenario(name="withdrawn", faults={DAY: Fault("withdrawn_article")}))
    desk.archive(DAY)
    desk.archive(DAY)
    page = replay_of(desk).read(KEY)
    assert page.changes == ()
    assert page.articles == len(desk.articles()) - 1


@pytest.mark.parametrize("fault", ["challenge", "soft_404", "no_issue"])
def test_where_the_shelf_shows_no_page_nothing_is_accepted(
    new_desk: Callable[..., Any], fault: Any
) -> None:
    desk = new_desk(Scenario(name=fault, faults={DAY: Fault(fault)}))
    desk.archive(DAY)
    before = desk.ledger(DAY)
    replay = replay_of(desk)
    assert replay.accept(replay.read(KEY)) is None
    assert desk.ledger(DAY) == before


def test_a_page_whose_answers_are_damaged_says_so_and_the_others_go_on(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    desk.archive(DAY)
    alter(desk, "UPDATE captures SET length = length - 1")
    page = replay_of(desk).read(KEY)
    assert page.damage is not None
    assert replay_of(desk).accept(page) is None
