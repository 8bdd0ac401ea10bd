"""What stands around every room."""

from dataclasses import replace

import pytest
from starlette.datastructures import Headers

from readingroom.api import OPERATIONS
from readingroom.shield import HEADERS, MAX_HEAD_BYTES, MAX_TARGET_BYTES, Rules, client_of
from tests.readingroom.asking import ARTICLE, HERE, PAGE, Room

PATHS = [
    *(
        one.path.replace("{paper}", "cqrb")
        .replace("{date}", "2031-02-03")
        .replace("{id}", PAGE if "pages" in one.path else ARTICLE)
        .replace("{file}", "a.warc.gz")
        .replace("{offset}", "0")
        for one in OPERATIONS
    ),
    *("/openapi.json", "/livez", "/healthz", "/metrics", "/", "/nothing", "/api/v1/articles/x"),
]


def test_the_headers_are_on_every_answer_errors_too(room: Room) -> None:
    for answer in room.ask([(method, path) for path in PATHS for method in ("GET", "POST")]):
        for name in HEADERS:
            assert name in answer.headers, (answer.url, name)
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "server" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "NOSUCH"])
def test_no_route_takes_anything_but_get_and_head(room: Room, method: str) -> None:
    for answer in room.ask([(method, path) for path in PATHS]):
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD"


def test_head_is_get_without_the_body(room: Room) -> None:
    for path in (f"/api/v1/articles/{ARTICLE}", "/openapi.json", "/nothing"):
        whole, head = room.ask([("GET", path), ("HEAD", path)])
        assert head.content == b""
        assert head.status_code == whole.status_code
        assert head.headers == whole.headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:1:2", ""])
def test_another_name_than_its_own_is_not_served(room: Room, host: str) -> None:
    assert room.get("/api/v1/papers", Host=host).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8080", "127.0.0.1:1"])
def test_its_own_names_are_served_on_any_port(room: Room, host: str) -> None:
    assert room.get("/api/v1/papers", Host=host).status_code == 200


def test_the_loopback_of_the_other_family_has_brackets(room: Room) -> None:
    sixth = replace(room, rules=Rules(hosts=frozenset({"[::1]"})))
    assert sixth.get("/livez", Host="[::1]:8080").status_code == 200
    assert sixth.get("/livez", Host="[::1]").status_code == 200
    assert sixth.get("/livez", Host="[::2]:8080").status_code == 403


def test_another_sites_page_may_link_here_but_not_fetch(room: Room) -> None:
    foreign = {"Sec_Fetch_Site": "cross-site"}
    assert room.get("/livez", **foreign, Sec_Fetch_Mode="no-cors").status_code == 403
    assert room.get("/livez", **foreign, Sec_Fetch_Mode="navigate").status_code == 200
    assert room.get("/livez", Sec_Fetch_Site="same-origin").status_code == 200


def test_bodies_and_long_addresses_are_turned_away(room: Room) -> None:
    assert room.get("/livez", Content_Length="5").status_code == 413
    assert room.get("/livez", Transfer_Encoding="chunked").status_code == 413
    assert room.get("/livez?" + "x" * MAX_TARGET_BYTES).status_code == 414
    assert room.get("/livez", Cookie="x" * MAX_HEAD_BYTES).status_code == 431


def test_the_client_is_the_last_that_our_proxy_names_and_else_the_connection() -> None:
    scope = {"client": ("10.0.0.9", 1234)}
    said = Headers({"x-forwarded-for": "6.6.6.6, 192.0.2.7"})
    assert client_of(scope, said, replace(HERE, is_behind_proxy=True)) == "192.0.2.7"
    assert client_of(scope, said, HERE) == "10.0.0.9"
    assert client_of(scope, Headers({}), replace(HERE, is_behind_proxy=True)) == "10.0.0.9"
