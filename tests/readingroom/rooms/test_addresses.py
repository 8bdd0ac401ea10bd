"""The rooms' own addresses, and which of a newspaper's may be followed."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.keys import PageKey
from readingroom.rooms.addresses import (
    article_path,
    issue_path,
    outside,
    page_path,
    with_query,
    year_path,
)
from tests.readingroom.rooms.payloads import PAYLOADS

DAY = date(2026, 1, 12)


def test_addresses_speak_the_words_of_the_trade() -> None:
    assert year_path("cqrb", 2026) == "/cqrb/2026"
    assert issue_path("cqrb", DAY) == "/cqrb/2026-01-12"
    assert page_path(PageKey("cqrb", DAY, 7)) == "/cqrb/2026-01-12/7"
    assert page_path(PageKey("jxrb", DAY, "A01")) == "/jxrb/2026-01-12/A01"
    assert article_path("cqrb-20260112-007-353117") == "/articles/cqrb-20260112-007-353117"
    assert article_path("a/../b", "revisions") == "/articles/a%2F..%2Fb/revisions"


@pytest.mark.parametrize(
    "url",
    ["http://paper.example/a.htm", "https://paper.example:8443/a?b=c#d", "HTTP://paper.example/"],
)
def test_the_web_may_be_followed(url: str) -> None:
    assert outside(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)",
        "java\tscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
        "//evil.example/", "/search", "http:/evil", "http://", "https:///x", "http://a@evil.example/",
        "http://[::1/", "http:\\\\evil.example", "http://evil.example/\n", "\u2028http://evil.example",
        "blob:http://a.example/x", "http://evil.example/\\x", "view-source:http://a.example",
    ],
)  # fmt: skip
def test_nothing_else_may(url: str | None) -> None:
    assert outside(url) is None


@given(st.text() | st.sampled_from(PAYLOADS))
def test_what_may_be_followed_is_http_as_every_reader_of_addresses_sees_it(text: str) -> None:
    for candidate in (text, f"http://{text}", f"https://paper.example/{text}"):
        if (url := outside(candidate)) is not None:
            assert url == candidate
            assert url.lower().startswith(("http://", "https://"))
            assert not set(url) & set(" \t\r\n\\\x00")


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1)))
def test_a_query_comes_back_as_it_was(query: dict[str, str]) -> None:
    path = with_query("/search", query)
    assert path.isascii()
    found = parse_qs(urlsplit(path).query, keep_blank_values=True, strict_parsing=bool(query))
    assert found == {name: [value] for name, value in query.items()}
