"""Search over HTTP, and how a found article is cited."""

import json

import pytest

from tests.readingroom.asking import ARTICLE, Room


def found(room: Room, query: str) -> list[str]:
    ids: list[str] = []
    path = f"/api/v1/search?q={query}"
    while path:
        answer = room.get(path).json()
        ids += [one["id"] for one in answer["hits"]]
        path = answer["next"]
    return ids


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("灯", 6),
        ("自己编的", 6),
        ("都亮了", 1),
        ("灯 -都亮了", 5),
        ("灯&page=8", 0),
        ("灯&from=2031-02-04", 5),
        ("headline:亮了&sort=relevance", 6),
        ("没有的词", 0),
        ("行&status=withdrawn", 1),
        ("a' OR 1=1;--", 0),
        ("%25", 0),
    ],
)
@pytest.mark.parametrize("limit", [1, 4, 100])
def test_whoever_follows_next_meets_each_hit_once(
    room: Room, query: str, count: int, limit: int
) -> None:
    ids = found(room, f"{query}&limit={limit}")
    assert len(ids) == len(set(ids)) == count


def test_the_total_and_the_places_are_told(room: Room) -> None:
    answer = room.get("/api/v1/search?q=都亮了").json()
    assert answer["total"] == {"count": 1, "is_exact": True}
    (hit,) = answer["hits"]
    start, end = hit["headline_marks"][0]
    assert hit["headline"][start:end] == "都亮了"


def test_a_query_has_a_feed(room: Room) -> None:
    feed = room.get("/feeds/search?q=灯&limit=2")
    assert feed.headers["content-type"] == "application/atom+xml"
    assert feed.text.count("<entry>") == 2


@pytest.mark.parametrize(
    ("style", "media_type", "says"),
    [
        ("gbt7714", "text/plain; charset=utf-8", "甲乙.桥上的灯　都亮了[N].重庆日报,2031-02-03(7)"),
        ("bibtex", "application/x-bibtex", "@article{"),
        ("ris", "application/x-research-info-systems", "TY  - NEWS"),
        ("csl", "application/vnd.citationstyles.csl+json", "article-newspaper"),
    ],
)
def test_an_article_is_cited_in_each_style(
    room: Room, style: str, media_type: str, says: str
) -> None:
    answer = room.get(f"/api/v1/articles/{ARTICLE}/citation?style={style}")
    assert answer.headers["content-type"] == media_type
    assert says in answer.text
    if style == "csl":
        assert json.loads(answer.text)[0]["type"] == "article-newspaper"
    assert room.get("/api/v1/articles/cqrb-20310203-007-1/citation").status_code == 404
