"""A change of our parser is never mistaken for a change of the source."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from crawler.reading import PARSER
from press.keys import content_hash
from press.record import ArticleRecord
from replica.newspaper import Newspaper
from replica.scenario import Fault, Scenario
from replica.truth import TruePage, revised

DAY = date(2026, 1, 10)
NewDesk = Callable[..., Any]
OLD = "baoku-parse/0"


def true_page() -> TruePage:
    issue = Newspaper(7).issue(DAY)
    page = issue.page(7) if issue else None
    assert page is not None
    return page


LEAD = true_page().lead
LEAD_ID = f"cqrb-20260110-007-{LEAD.native_id}"
PATH = f"/cqrb/2026-01/10/007/content_rb_{LEAD.native_id}.htm"


def faulty(name: str) -> Scenario:
    return Scenario(name=name, faults={DAY: Fault(name)})  # type: ignore[arg-type]


def age(desk: Any, number: int = 1) -> None:
    """Makes a revision of the lead what an older parser, which lost its headline, made of it."""
    with desk.catalogue.reading() as reader:
        (record,) = [one for one in reader.revisions(LEAD_ID) if one.revision == number]
    hash_then = content_hash(replace(record.article, headline="旧读法"))
    with desk.catalogue.database.writing() as session:
        session.execute(
            text(
                "UPDATE revisions SET headline = '旧读法', content_hash = :hash, parser = :parser"
                " WHERE article_id = :id AND number = :number"
            ),
            {"hash": hash_then, "parser": OLD, "id": LEAD_ID, "number": number},
        )


def history(desk: Any) -> tuple[ArticleRecord, ...]:
    with desk.catalogue.reading() as reader:
        return tuple(reader.revisions(LEAD_ID))


def said(desk: Any) -> list[tuple[int, str | None, str]]:
    """Number, headline and parser of each revision."""
    return [(one.revision, one.article.headline, one.parser) for one in history(desk)]


def test_when_only_the_parser_changed_the_revision_is_rewritten_in_place(
    new_desk: NewDesk,
) -> None:
    desk = new_desk()
    desk.archive(DAY)
    undisturbed = desk.canonical()
    age(desk)
    result = desk.archive(DAY)
    assert (result.tally.reparsed, result.tally.revised) == (1, 0)
    assert said(desk) == [(1, LEAD.headline, PARSER)]
    assert desk.canonical() == undisturbed


def test_when_parser_and_source_changed_only_the_sources_change_is_a_revision(
    new_desk: NewDesk,
) -> None:
    desk = new_desk(faulty("changing_article"))
    desk.archive(DAY)
    age(desk)
    result = desk.archive(DAY)
    assert result.tally.revised == 1
    assert said(desk) == [(1, LEAD.headline, PARSER), (2, LEAD.headline, PARSER)]
    first, second = history(desk)
    assert [one.article.text for one in (first, second)] == [LEAD.text, revised(LEAD, 1).text]
    assert first.place != second.place


def test_bytes_that_changed_around_the_article_are_no_revision_under_any_parser(
    new_desk: NewDesk,
) -> None:
    desk = new_desk()
    desk.archive(DAY)
    age(desk)
    body = desk.source.site.answer(PATH, {}).body
    desk.source.bodies[PATH] = body.replace(b"<body", b"<!-- another counter --><body", 1)
    assert desk.source.bodies[PATH] != body
    result = desk.archive(DAY)
    assert result.tally.revised == 0
    assert said(desk) == [(1, LEAD.headline, PARSER)]


def test_the_third_revision_leaves_what_is_older_than_the_second_alone(new_desk: NewDesk) -> None:
    desk = new_desk(faulty("changing_article"))
    desk.archive(DAY)
    desk.archive(DAY)
    age(desk, number=1)
    age(desk, number=2)
    assert desk.archive(DAY).tally.revised == 1
    assert said(desk) == [
        (1, "旧读法", OLD),
        (2, LEAD.headline, PARSER),
        (3, LEAD.headline, PARSER),
    ]


def test_an_old_body_that_is_lost_makes_the_change_the_sources(new_desk: NewDesk) -> None:
    desk = new_desk(faulty("changing_article"))
    desk.archive(DAY)
    age(desk)
    with desk.catalogue.database.writing() as session:
        lost = "UPDATE captures SET offset = offset + 1 WHERE url LIKE :path"
        session.execute(text(lost), {"path": f"%{LEAD.native_id}.htm"})
    assert desk.archive(DAY).tally.revised == 1
    assert [(number, headline) for number, headline, _ in said(desk)] == [
        (1, "旧读法"),
        (2, LEAD.headline),
    ]


@pytest.mark.parametrize("day", [date(2012, 3, 5), date(2019, 5, 6)])
def test_an_unchanged_page_of_any_era_is_read_again_as_it_was(new_desk: NewDesk, day: date) -> None:
    desk = new_desk()
    desk.archive(day)
    canonical = desk.canonical()
    with desk.catalogue.database.writing() as session:
        session.execute(text("UPDATE revisions SET headline = '旧', content_hash = 'v1:old'"))
    result = desk.archive(day)
    assert result.tally.reparsed == result.tally.stored > 0
    assert desk.canonical() == canonical
