"""Captures: headers are found whatever their case."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.capture import Exchange, header_of

HEADERS = (("Content-Type", "text/html"), ("ETag", '"a"'), ("content-type", "text/plain"))


@pytest.mark.parametrize("name", ["Content-Type", "content-type", "CONTENT-TYPE"])
def test_a_header_is_found_in_any_case_and_the_first_one_counts(name: str) -> None:
    assert header_of(HEADERS, name) == "text/html"


def test_an_absent_header_is_none() -> None:
    assert header_of(HEADERS, "Retry-After") is None
    assert header_of((), "ETag") is None


def test_an_exchange_reads_its_own_headers() -> None:
    exchange = Exchange(
        url="http://paper.example/", request_bytes=b"GET / HTTP/1.1\r\n\r\n",
        response_bytes=b"HTTP/1.1 200 OK\r\n\r\n", status=200, headers=HEADERS, body=b"",
        sent_at=datetime(2026, 1, 12, 22, tzinfo=UTC), ip_address=None,
    )  # fmt: skip
    assert exchange.header("etag") == '"a"'
    assert exchange.header("Location") is None


@given(st.lists(st.tuples(st.text("Ab-", max_size=4), st.text(max_size=3)), max_size=5))
def test_what_is_found_is_the_first_of_its_name(headers: list[tuple[str, str]]) -> None:
    for name, _ in headers:
        expected = next(v for key, v in headers if key.lower() == name.lower())
        assert header_of(tuple(headers), name.swapcase()) == expected
