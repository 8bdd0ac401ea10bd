"""An unchanged page costs one conditional request."""

from collections.abc import Callable

import pytest

from crawler.fetch import Fetcher, Limits, Validators
from press.capture import Exchange
from press.errors import Refused, RobotsUnreadable, Truncated
from tests.crawler.fetch.conftest import Site

MARKS = Validators(etag='"v\xe9"', last_modified="Sat, 01 Nov 2025 22:00:00 GMT")
UNCHANGED = b'HTTP/1.1 304 Not Modified\r\nETag: "v"\r\n'


def conditions(site: Site) -> list[list[bytes]]:
    """The conditional headers of each request, in order."""
    return [
        [line for line in arrival.raw.split(b"\r\n") if line.lower().startswith(b"if-")]
        for arrival in site.arrivals
    ]


@pytest.mark.parametrize("more", [b"", b"Content-Length: 5000\r\n", b"Content-Encoding: gzip\r\n"])
def test_a_304_is_a_whole_answer_without_a_body_whatever_length_it_tells(
    site: Site, fetcher: Fetcher, kept: list[Exchange], more: bytes
) -> None:
    site.answers("/a", UNCHANGED + more + b"\r\n")
    for _ in range(2):  # on one connection: no answer waits for a body or leaves one behind
        exchange = fetcher.fetch(site.url("/a"), MARKS)
    assert (exchange.status, exchange.body) == (304, b"")
    assert exchange.response_bytes == UNCHANGED + more + b"\r\n"
    assert kept[-1] == exchange
    assert {arrival.connection for arrival in site.arrivals} == {1}


def test_the_marks_are_sent_as_they_came_and_to_the_page_alone(
    site: Site, fetcher: Fetcher
) -> None:
    site.page("/a")
    fetcher.fetch(site.url("/a"), MARKS)
    fetcher.fetch(site.url("/a"), Validators(etag='"w"'))
    fetcher.fetch(site.url("/a"), Validators())
    fetcher.fetch(site.url("/a"))
    assert site.paths[0] == "/robots.txt"
    assert conditions(site) == [
        [],
        [b'If-None-Match: "v\xe9"', b"If-Modified-Since: Sat, 01 Nov 2025 22:00:00 GMT"],
        [b'If-None-Match: "w"'],
        [],
        [],
    ]


def test_where_a_redirect_leads_is_asked_plainly(site: Site, fetcher: Fetcher) -> None:
    site.answers("/a", site.answer(b"", "Location: /b", status="302 Found"))
    site.page("/b")
    assert fetcher.fetch(site.url("/a"), MARKS).status == 200
    assert [bool(found) for found in conditions(site)] == [False, True, False]


def test_a_further_attempt_is_conditional_too(
    site: Site, open_fetcher: Callable[..., Fetcher]
) -> None:
    error = site.answer(b"", status="500 Error")
    site.answers("/a", error, site.closes_after(b""), UNCHANGED + b"\r\n")
    assert open_fetcher(limits=Limits()).fetch(site.url("/a"), MARKS).status == 304
    assert [len(found) for found in conditions(site)] == [0, 2, 2, 2]


def test_bytes_after_a_304_are_no_part_of_it(site: Site, fetcher: Fetcher) -> None:
    site.answers("/a", UNCHANGED + b"Content-Length: 6\r\n\r\n<html>")
    with pytest.raises(Truncated):
        fetcher.fetch(site.url("/a"), MARKS)


@pytest.mark.parametrize("asked", [None, Validators()])
def test_a_304_that_nobody_asked_for_is_refused(
    site: Site, fetcher: Fetcher, asked: Validators | None
) -> None:
    site.answers("/a", UNCHANGED + b"\r\n")
    with pytest.raises(Refused) as caught:
        fetcher.fetch(site.url("/a"), asked)
    assert (caught.value.status, caught.value.url) == (304, site.url("/a"))


def test_a_304_behind_a_redirect_is_refused(site: Site, fetcher: Fetcher) -> None:
    site.answers("/a", site.answer(b"", "Location: /b", status="302 Found"))
    site.answers("/b", UNCHANGED + b"\r\n")
    with pytest.raises(Refused) as caught:
        fetcher.fetch(site.url("/a"), MARKS)
    assert caught.value.url == site.url("/b")


def test_a_304_for_robots_txt_leaves_the_rules_unknown(site: Site, fetcher: Fetcher) -> None:
    site.answers("/robots.txt", UNCHANGED + b"\r\n")
    with pytest.raises(RobotsUnreadable, match="cannot be read"):
        fetcher.fetch(site.url("/a"), MARKS)
