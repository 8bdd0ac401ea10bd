"""The pages as a browser asks for them: each has its address, its language, its place in the whole."""

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from httpx import Response
from lxml import html
from starlette.requests import Request

from press.keys import RESERVED_SLUGS
from readingroom.rooms.assets import read_assets
from readingroom.rooms.visiting import visit_of
from storage.catalogue import Catalogue
from tests.readingroom.asking import ARTICLE, Room

BROWSER = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
ROOMS = (
    "/", "/cqrb", "/cqrb/2031", "/cqrb/2031-02-03", "/cqrb/2031-02-03/7", "/cqrb/2031-02-03/A01",
    "/cqrb/2031-02-04/7", f"/articles/{ARTICLE}", f"/articles/{ARTICLE}/revisions",
    f"/articles/{ARTICLE}/provenance", "/search", "/search?q=灯", "/search?q=无处可寻",
    "/articles/cqrb-20310203-007-353118",
)  # fmt: skip


def text_of(answer: Response, path: str = "//main") -> str:
    (found,) = html.fromstring(answer.text).xpath(path)
    return " ".join(found.text_content().split())


def links_of(answer: Response) -> list[str]:
    return [str(href) for href in html.fromstring(answer.text).xpath("//a/@href")]


@pytest.mark.parametrize("path", ROOMS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_room_opens_in_both_languages(room: Room, path: str, language: str) -> None:
    answer = room.get(path, accept=BROWSER, accept_language=language)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Language"
    tree = html.fromstring(answer.text)
    assert tree.get("lang") == {"zh": "zh-Hans", "en": "en"}[language]
    assert len(tree.xpath("//h1")) == 1
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    named = tree.xpath("//@for") + [
        t for ts in tree.xpath("//@aria-labelledby") for t in ts.split()
    ]
    assert set(named) <= set(ids)


def test_no_newspaper_may_be_called_as_a_room_is(room: Room) -> None:
    with closing(Catalogue.open(room.url, read_only=True)) as catalogue:
        routes = room.app(catalogue)._app.routes  # type: ignore[attr-defined]
    first = {str(route.path).split("/")[1] for route in routes}
    assert {one for one in first if re.fullmatch("[a-z][a-z0-9]*", one)} == RESERVED_SLUGS


def test_every_link_inside_leads_somewhere(room: Room) -> None:
    pages = room.ask([("GET", path) for path in ROOMS], accept=BROWSER)
    inside = {link for page in pages for link in links_of(page) if link.startswith("/")}
    answers = room.ask([("GET", link) for link in sorted(inside)], accept=BROWSER)
    lost = [str(a.url) for a in answers if a.status_code != 200]
    # a jump to a page that nobody asked for, and an answer that the sample never put on the shelf
    assert {one.split("localhost")[1].split("/")[1] for one in lost} <= {"api"}


def test_an_issue_shows_each_page_with_its_standing(room: Room) -> None:
    answer = room.get("/cqrb/2031-02-03", accept=BROWSER, accept_language="en")
    text = text_of(answer)
    assert "page 7 思想周刊·策论" in text
    assert "page A01 missing, to be tried again · no connection" in text
    assert f"/articles/{ARTICLE}" in links_of(answer)
    assert "/cqrb/2031-02-04" in links_of(answer)


def test_an_article_is_set_whole(room: Room) -> None:
    text = text_of(room.get(f"/articles/{ARTICLE}", accept=BROWSER), "//article")
    for piece in (
        "虚构的引题", "桥上的灯　都亮了".replace("\u3000", " "), "论丛", "□ 甲乙 丙",
        "这是我们自己编的一段话。", "一 二".replace(" ", ""), "作者系虚构", "图说", "丁 摄",
    ):  # fmt: skip
        assert piece in text, piece


def test_verse_is_set_line_by_line_and_says_that_it_is_withdrawn(room: Room) -> None:
    answer = room.get("/articles/cqrb-20310203-007-353118", accept=BROWSER)
    tree = html.fromstring(answer.text)
    lines = tree.xpath("//p[@class='verse']/span[@class='line']/text()")
    assert lines == ["一行", "二行"]
    assert "撤稿：自 2031-02-04 00:00 UTC 起" in text_of(answer)


def test_an_article_tells_machines_what_it_is(room: Room) -> None:
    tree = html.fromstring(room.get(f"/articles/{ARTICLE}", accept=BROWSER).text)
    meta = {one.get("name"): one.get("content") for one in tree.xpath("//meta[@name]")}
    assert meta["z:itemType"] == "newspaperArticle"
    assert meta["citation_title"] == "桥上的灯　都亮了"
    assert meta["citation_author"] == "甲乙"
    assert meta["citation_publication_date"] == "2031/02/03"
    (data,) = tree.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(data)["@type"] == "NewsArticle"
    assert json.loads(data)["author"] == [{"@type": "Person", "name": "甲乙"}]


def test_revisions_mark_what_went_and_what_came(room: Room) -> None:
    tree = html.fromstring(room.get(f"/articles/{ARTICLE}/revisions", accept=BROWSER).text)
    (change,) = tree.xpath("//p[@class='change']")
    assert [one.text_content() for one in change.xpath("./ins")] == ["增加：都"]
    assert change.xpath("./text()") == ["桥上的灯　", "亮了"]


def test_provenance_gives_the_whole_digest_and_the_account(room: Room) -> None:
    answer = room.get(f"/articles/{ARTICLE}/provenance", accept=BROWSER)
    record = room.get(f"/api/v1/articles/{ARTICLE}").json()
    text = text_of(answer)
    assert record["capture"]["sha256"] in text
    assert record["capture"]["file"] in text
    assert "toolbar" in text


def test_search_marks_the_words_and_narrows(room: Room) -> None:
    answer = room.get("/search?q=%E7%81%AF&genre=article", accept=BROWSER, accept_language="en")
    tree = html.fromstring(answer.text)
    assert set(tree.xpath("//mark/text()")) == {"灯"}
    assert "6 articles" in text_of(answer)
    narrowed = [link for link in links_of(answer) if "column" in link]
    assert narrowed
    assert "genre=article" in narrowed[0]


def test_more_hits_are_one_link_away(room: Room) -> None:
    first = room.get("/search?q=%E4%B8%80%E6%AE%B5", accept=BROWSER)
    assert not [link for link in links_of(first) if "after=" in link]


@pytest.mark.parametrize("query", ["%22", "a%20OR", "-a", "x&from=2031-13-01", "x&page=no", "x&genre=no",
                                   "x&sort=no", "x&after=no", "x&paper=%00"])  # fmt: skip
def test_what_cannot_be_asked_is_told_beside_the_form(room: Room, query: str) -> None:
    answer = room.get(f"/search?q={query}", accept=BROWSER)
    assert answer.status_code == 400
    assert "这样查不了" in text_of(answer)
    assert html.fromstring(answer.text).xpath("//form[@id='search']")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/xxrb", 404), ("/cqrb/1999", 404), ("/cqrb/2031-02-28", 404), ("/cqrb/2031-02-31", 400),
        ("/cqrb/2031-02-03/99", 404), ("/cqrb/2031-02-03/no", 400), ("/articles/no", 400),
        ("/articles/cqrb-20310203-007-1", 404), ("/articles/" + "9" * 400, 400), ("/a/b/c/d", 404),
        ("/CQRB", 404), ("/%00", 404), ("/cqrb/" + "9" * 3000, 404), ("/favicon.ico", 404),
    ],
)  # fmt: skip
def test_what_is_not_there_is_told_on_a_page(room: Room, path: str, status: int) -> None:
    answer = room.get(path, accept=BROWSER)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert room.get(path).headers["content-type"] == "application/problem+json"


def test_a_catalogue_that_is_written_to_is_told_on_a_page_that_says_when_to_come_back(
    room: Room,
) -> None:
    impatient = replace(room, budget_s=0.05)
    with closing(sqlite3.connect(room.home / "catalogue.sqlite3", isolation_level=None)) as writer:
        lock = partial(writer.execute, "BEGIN EXCLUSIVE")
        (answer,) = impatient.ask([("GET", "/cqrb")], first=lock, accept=BROWSER)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert "暂时不能作答" in text_of(answer)


def test_a_page_that_a_browser_has_is_not_sent_again(room: Room) -> None:
    first = room.get("/", accept=BROWSER)
    again = room.get("/", accept=BROWSER, if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


def test_links_keep_the_language_that_the_address_asked_for(room: Room) -> None:
    tree = html.fromstring(room.get("/cqrb/2031-02-03?lang=en", accept_language="zh").text)
    inside = [link for link in tree.xpath("//main//a/@href") if link.startswith("/")]
    assert inside
    assert all(link.endswith("?lang=en") for link in inside)
    (switch,) = tree.xpath("//a[@class='language']/@href")
    assert switch == "/cqrb/2031-02-03?lang=zh"


def test_files_are_kept_for_good_under_their_own_name_only(room: Room) -> None:
    css = read_assets()["rooms.css"]
    answer = room.get(css.path)
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    for path in ("/static/rooms.css", "/static/..%2frooms.css", "/static/"):
        assert room.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/feeds/nothing", "/static/nothing"])
def test_where_programs_ask_nothing_is_a_problem_even_for_a_browser(room: Room, path: str) -> None:
    answer = room.get(path, accept=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_an_empty_archive_says_what_to_do(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'catalogue.sqlite3'}"
    Catalogue.open(url).close()
    empty = Room(home=tmp_path, url=url)
    assert "baoku crawl" in text_of(empty.get("/", accept=BROWSER))
    assert empty.get("/search?q=x", accept=BROWSER).status_code == 200


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("/search", "/search"),
        ("//other.example/x", "/other.example/x"),
        ("/重 庆?", "/%E9%87%8D%20%E5%BA%86%3F"),
    ],
)
def test_a_visit_keeps_its_path_whatever_the_query_is(path: str, seen: str) -> None:
    scope = {"type": "http", "path": path, "query_string": b"q=\xff&lang=en", "headers": []}
    visit = visit_of(Request(scope))
    assert (visit.path, visit.language, visit.query["q"]) == (seen, "en", "\xff")
