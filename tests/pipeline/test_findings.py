"""What a person is told of a page, and when it is no longer so."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pipeline.findings import counts_differ, finding_of, withdrawn
from pipeline.verdict import Verdict, verdict_of_articles, verdict_of_errors
from press.account import Account, Piece
from press.errors import ChallengePage, Unreachable
from press.finding import KeptFinding
from press.keys import PageKey
from press.model import Article, Entry, Genre
from press.outcome import State
from replica.scenario import Fault, Scenario
from tests.storage.samples import an_article

DAY = date(2026, 1, 10)
KEY = PageKey("cqrb", DAY, 7)
INDEX = "/cqrb/2026-01/10/007/node.htm"
NewDesk = Callable[..., Any]


@pytest.mark.parametrize("state", ["archived", "not_yet_due"])
def test_what_is_well_or_not_yet_due_is_nothing_to_tell(state: State) -> None:
    assert finding_of(KEY, Verdict(state=state, cause=None, exit_code=0)) is None


@pytest.mark.parametrize("state", ["not_published", "no_such_page", "withdrawn"])
def test_an_absence_is_told_by_its_state(state: State) -> None:
    found = finding_of(KEY, Verdict(state=state, cause="x", exit_code=10, message="so it is"))
    assert found is not None
    assert (found.kind, found.sentence) == (state, "so it is")


def test_a_failure_is_told_by_its_cause() -> None:
    verdicts = verdict_of_errors([ChallengePage("are you human")]), verdict_of_articles(["x"])
    assert [found.kind for one in verdicts if (found := finding_of(KEY, one))] == [
        "challenge",
        "needs_review",
    ]


def an_entry(order: int, *, listed: bool, mapped: bool) -> Entry:
    return Entry(
        order=order,
        native_id=str(order),
        url=None,
        title=f"题{order}",
        listed=listed,
        mapped=mapped,
    )


def of_genres(*genres: Genre) -> list[Article]:
    return [an_article(str(n), order=n, genre=genre) for n, genre in enumerate(genres, start=1)]


@pytest.mark.parametrize(
    ("genre", "listed", "is_told"),
    [
        ("article", True, True),
        ("article", False, True),
        ("photo", False, True),
        ("advertisement", False, False),
        ("advertisement", True, True),
        ("notice", False, False),
        ("notice", True, False),
        ("colophon", True, False),
        ("colophon", False, True),
        ("correction", True, False),
        ("masthead", False, False),
    ],
)
def test_an_item_that_only_one_of_list_and_map_knows_is_told_where_that_is_odd(
    genre: Genre, listed: bool, is_told: bool
) -> None:
    entries = [
        an_entry(1, listed=True, mapped=True),
        an_entry(2, listed=listed, mapped=not listed),
    ]
    found = counts_differ(KEY, entries, of_genres("article", genre))
    assert (found is not None) == is_told
    if found is not None:
        assert "题2" in found.sentence
        assert "题1" not in found.sentence


def test_an_item_that_could_not_be_read_is_told_too() -> None:
    assert counts_differ(KEY, [an_entry(1, listed=True, mapped=False)], []) is not None


def test_without_withdrawn_articles_nothing_is_told() -> None:
    assert withdrawn(KEY, []) is None
    found = withdrawn(KEY, ["a", "b"])
    assert found is not None
    assert "a, b" in found.sentence


def kept(desk: Any) -> list[KeptFinding]:
    with desk.catalogue.reading() as reader:
        return list(reader.findings())


def open_kinds(desk: Any) -> set[str]:
    return {one.finding.kind for one in kept(desk) if one.closed_at is None}


def tell(desk: Any) -> None:
    """A person is told of all that there is."""
    with desk.catalogue.writing() as writer:
        writer.mark_told(writer.findings(), desk.clock.now())


def without_an_area(desk: Any) -> None:
    """The image map forgets the page's third article."""
    body = desk.source.site.answer(INDEX, {}).body
    fewer = re.sub(rb"<Area [^>]*href=\"content_rb_471836[^>]*>[^<]*</Area>", b"", body)
    assert fewer != body
    desk.source.bodies[INDEX] = fewer


def test_a_finding_is_told_once_while_looks_agree_and_closes_when_it_is_no_longer_so(
    new_desk: NewDesk,
) -> None:
    desk = new_desk()
    without_an_area(desk)
    assert desk.archive(DAY).verdict.state == "archived"
    tell(desk)
    (first,) = kept(desk)
    assert (first.finding.kind, first.closed_at) == ("counts_differ", None)
    desk.archive(DAY)
    assert kept(desk) == [first]
    desk.source.bodies.clear()
    desk.archive(DAY)
    (closed,) = kept(desk)
    assert (closed.opened_at, closed.told_at) == (first.opened_at, first.told_at)
    assert closed.closed_at is not None


def test_a_look_that_read_nothing_does_not_close_what_it_could_not_judge(
    new_desk: NewDesk,
) -> None:
    """Else each broken line would have what is known of the page told a second time."""
    desk = new_desk()
    without_an_area(desk)
    desk.archive(DAY)
    tell(desk)
    (first,) = kept(desk)
    desk.source.spoils["node.htm"] = Unreachable("no connection")
    desk.archive(DAY)
    assert open_kinds(desk) == {"counts_differ", "unreachable"}
    desk.source.spoils = {"_471834.htm": Unreachable("no connection")}
    desk.archive(DAY)
    assert open_kinds(desk) == {"counts_differ", "unreachable"}
    desk.source.spoils.clear()
    desk.archive(DAY)
    assert kept(desk) == [first]


def test_a_page_that_is_taken_down_has_nothing_odd_any_more(new_desk: NewDesk) -> None:
    desk = new_desk()
    without_an_area(desk)
    desk.archive(DAY)
    desk.source.bodies.clear()
    desk.source.gone = ".htm"
    desk.archive(DAY)
    assert open_kinds(desk) == {"withdrawn", "article_withdrawn"}


def test_what_was_never_told_and_is_no_longer_so_is_forgotten(new_desk: NewDesk) -> None:
    fault = Fault("page_404", reads=1)
    desk = new_desk(Scenario(name="late", faults={DAY: fault}))
    desk.archive(DAY)
    assert open_kinds(desk) == {"not_published"}
    desk.archive(DAY)
    assert kept(desk) == []


def test_another_cause_is_another_finding(new_desk: NewDesk) -> None:
    desk = new_desk()
    desk.source.spoils["node.htm"] = Unreachable("no connection")
    desk.archive(DAY)
    desk.source.spoils["node.htm"] = ChallengePage("are you human")
    desk.archive(DAY)
    assert open_kinds(desk) == {"challenge"}


def test_sixty_healthy_pages_have_nothing_odd_and_the_first_thin_one_is_told(
    new_desk: NewDesk,
) -> None:
    desk = new_desk()
    for back in range(60, 0, -1):
        result = desk.archive(DAY - timedelta(days=back))
        assert result.verdict.state in {"archived", "not_published"}
    assert open_kinds(desk) <= {"not_published"}
    body = desk.source.site.answer(INDEX, {}).body
    first_only = re.sub(rb"<Area [^>]*content_rb_47183[5-9][^>]*>[^<]*</Area>", b"", body)
    first_only = re.sub(rb"<tr>(?:(?!<tr>).)*content_rb_47183[5-9].*?</tr>", b"", first_only)
    desk.source.bodies[INDEX] = first_only
    result = desk.archive(DAY)
    assert (result.verdict.state, result.tally.new) == ("archived", 1)
    (found,) = [one.finding for one in kept(desk) if one.finding.key == KEY]
    assert found.kind == "coverage"
    assert "only 1 articles" in found.sentence


def test_a_page_with_a_residue_is_judged_like_any_other(new_desk: NewDesk) -> None:
    desk = new_desk()
    without_an_area(desk)
    desk.harvest._visitor._site = Residual(desk.harvest._visitor._site)
    assert desk.archive(DAY).verdict.cause == "needs_review"
    assert open_kinds(desk) == {"needs_review", "counts_differ"}


class Residual:
    """A site whose first article leaves a residue."""

    def __init__(self, site: Any) -> None:
        self._site = site

    def __getattr__(self, name: str) -> Any:
        return getattr(self._site, name)

    def read_article(self, entry: Entry, found: Any) -> Any:
        article, capture = self._site.read_article(entry, found)
        pieces = (*article.account.pieces, Piece("residue", "stray", "没有着落"))
        spoilt = replace(article, account=Account(pieces))
        return (spoilt if entry.order == 1 else article), capture
