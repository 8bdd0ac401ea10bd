"""Whoever is turned away reads why: on a page, or as a problem."""

import asyncio
from contextlib import ExitStack, closing
from dataclasses import replace

import pytest
from httpx import Response
from lxml import html
from sqlalchemy.pool import QueuePool

from readingroom.doorkeeper import Allowance, Doorkeeper
from readingroom.rooms.assets import read_assets
from readingroom.rooms.words import PHRASES
from readingroom.shield import MAX_HEAD_BYTES, MAX_TARGET_BYTES, Shield
from storage.catalogue import Catalogue
from storage.catalogue.watch import Moment
from tests.readingroom.asking import Room, ask_app
from tests.readingroom.rooms.test_router import BROWSER, ROOMS

LONG = "/?" + "x" * MAX_TARGET_BYTES
REFUSED = (
    (403, "GET", "/", {"Host": "elsewhere.example"}),
    (403, "GET", "/", {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}),
    (405, "POST", "/search", {}),
    (413, "GET", "/", {"Transfer_Encoding": "chunked"}),
    (414, "GET", LONG, {}),
    (431, "GET", "/", {"Cookie": "x" * MAX_HEAD_BYTES}),
)


def checked_page(answer: Response, tag: str) -> str:
    """The sentence on a page of trouble, which is in that language."""
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    tree = html.fromstring(answer.content)
    assert tree.get("lang") == tag
    (said,) = tree.xpath("//main//p[@class='said']")
    assert said.get("lang") == tag
    (heading,) = tree.xpath("//main//h1")
    assert heading.text_content().strip()
    return str(said.text_content())


@pytest.mark.parametrize(("status", "method", "path", "headers"), REFUSED)
def test_a_browser_that_is_turned_away_gets_a_page_and_a_program_a_problem(
    room: Room, status: int, method: str, path: str, headers: dict[str, str]
) -> None:
    for language, tag in (("zh", "zh-Hans"), ("en", "en")):
        asked = {**headers, "Accept": BROWSER, "Accept_Language": language}
        answer = room.get(path, method=method, **asked)
        assert answer.status_code == status
        checked_page(answer, tag)
        assert answer.headers["connection"] == "close"
    answer = room.get(path, method=method, **headers)
    assert (answer.status_code, answer.headers["content-type"]) == (
        status, "application/problem+json"
    )  # fmt: skip
    assert answer.json()["status"] == status


def test_where_programs_ask_a_browser_too_gets_a_problem(room: Room) -> None:
    for path in ("/api/v1/articles", "/feeds/articles", "/api"):
        answer = room.get(path, Accept=BROWSER, Host="elsewhere.example")
        assert answer.headers["content-type"] == "application/problem+json"
    checked_page(room.get("/apiary", Accept=BROWSER, Host="elsewhere.example"), "zh-Hans")


def test_who_has_no_token_is_asked_for_it_on_a_page_that_is_dressed(room: Room) -> None:
    closed = replace(room, doorkeeper=Doorkeeper(token="t" * 43))
    for path in ROOMS:
        answer = closed.get(path, Accept=BROWSER)
        assert answer.status_code == 401
        assert "令牌" in checked_page(answer, "zh-Hans")
        assert answer.headers["www-authenticate"].startswith("Basic ")
    assert closed.get(read_assets()["rooms.css"].path).status_code == 200
    assert closed.get("/static/..%2f..%2fcatalogue.sqlite3").status_code == 404
    assert closed.get("/api/v1/papers").status_code == 401


def test_who_asks_too_often_is_told_when_to_come_back(room: Room) -> None:
    busy = replace(room, doorkeeper=Doorkeeper(allowance=Allowance(requests=0)))
    answer = busy.get("/", Accept=BROWSER)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    checked_page(answer, "zh-Hans")


class Mistaken(Catalogue):
    """Fails as only a mistake of ours does."""

    def moment(self) -> Moment:
        """Nothing that anybody expects."""
        raise RuntimeError("a mistake")


def ask(app: Shield, path: str, accept: str) -> Response:
    (answer,) = asyncio.run(ask_app(app, [("GET", path)], {"Accept": accept}))
    return answer


def test_what_should_not_happen_is_a_page_too(room: Room) -> None:
    with closing(Mistaken.open(room.url, read_only=True)) as catalogue:
        answer = ask(room.app(catalogue), "/", BROWSER)
    assert answer.status_code == 500
    checked_page(answer, "zh-Hans")


@pytest.mark.parametrize("path", ["/", "/search?q=x", "/api/v1/papers", "/metrics"])
def test_when_every_connection_is_in_use_readers_are_told_to_come_back(
    room: Room, path: str
) -> None:
    with (
        closing(Catalogue.open(room.url, read_only=True, budget_s=0.01)) as catalogue,
        ExitStack() as stack,
    ):
        pool = catalogue.database.engine.pool
        assert isinstance(pool, QueuePool)
        for _ in range(pool.size() + pool._max_overflow):
            stack.enter_context(closing(catalogue.database.engine.connect()))
        answer = ask(room.app(catalogue), path, "application/json")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        assert answer.json()["detail"] == "too many readers at once: try again"


def test_every_status_that_is_told_has_a_heading() -> None:
    statuses = {status for status, *_ in REFUSED} | {400, 401, 404, 429, 500, 503}
    assert {f"trouble.{status}" for status in statuses} <= set(PHRASES)
