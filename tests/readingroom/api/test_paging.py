"""Whoever follows `next` meets everything once, in order."""

from contextlib import closing

import pytest

from storage.catalogue import Catalogue, Selection
from tests.readingroom.asking import Room


def walked(room: Room, path: str, key: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    while path:
        answer = room.get(path).json()
        found += answer[key]
        assert len(found) < 100, "it goes round in circles"
        path = answer["next"]
    return found


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_articles_are_met_once_each_in_the_order_of_reading(room: Room, limit: int) -> None:
    with closing(Catalogue.open(room.url)) as catalogue, catalogue.reading() as reader:
        expected = [one.id for one in reader.articles(Selection())]
    assert len(expected) == 7
    found = walked(room, f"/api/v1/articles?limit={limit}", "articles")
    assert [one["id"] for one in found] == expected


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("genre=verse", 1),
        ("status=withdrawn", 1),
        ("page=7", 7),
        ("page=007", 7),
        ("page=8", 0),
        ("from=2031-02-04", 5),
        ("to=2031-02-03", 2),
        ("paper=xxrb", 0),
        ("genre=article&status=ok&paper=cqrb&to=2031-02-03", 1),
    ],
)
def test_filters_hold_on_every_page_of_an_answer(room: Room, query: str, count: int) -> None:
    assert len(walked(room, f"/api/v1/articles?limit=1&{query}", "articles")) == count


def test_issues_and_ledger_are_met_once_each(room: Room) -> None:
    issues = walked(room, "/api/v1/papers/cqrb/issues?limit=1", "issues")
    assert [one["issue_date"] for one in issues] == ["2031-02-03", "2031-02-04"]
    entries = walked(room, "/api/v1/ledger?limit=1", "entries")
    assert [one["page_no"] for one in entries] == [7, "A01"]
    waiting = walked(room, "/api/v1/ledger?limit=1&state=retry", "entries")
    assert [one["page_no"] for one in waiting] == ["A01"]
