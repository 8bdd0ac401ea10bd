"""What is cut, stretched or damaged on its way is never kept as complete."""

import gzip
from collections.abc import Callable

import pytest

from crawler.fetch import Fetcher, Limits
from press.capture import Exchange
from press.errors import FetchError, RefusedEncoding, Truncated, Unreachable
from tests.crawler.fetch.conftest import FakeClock, Site

PAGE = "<html><body>重庆</body></html>".encode()
MEMBER = gzip.compress(PAGE * 40, mtime=0)
HTML = "Content-Type: text/html"


def faults(site: Site) -> dict[str, tuple[object, type[FetchError]]]:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    closing = b"HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    whole = site.answer(PAGE)
    damaged = MEMBER[:-8] + bytes(4) + MEMBER[-4:]
    return {
        "body short of its length": (site.closes_after(whole[:-5]), Truncated),
        "body reset": (site.resets_after(whole[:-5]), Truncated),
        "body beyond its length": (whole + b"<html>", Truncated),
        "chunk cut": (site.closes_after(chunked + b"9\r\n<html>"), Truncated),
        "last chunk missing": (site.closes_after(chunked + b"6\r\n<html>\r\n"), Truncated),
        "bytes after the last chunk": (chunked + b"1\r\na\r\n0\r\n\r\nHTTP/1.1", Truncated),
        "chunk size is no number": (chunked + b"zz\r\n<html>\r\n0\r\n\r\n", Truncated),
        "gzip cut, right length": (
            site.answer(MEMBER[: len(MEMBER) // 2], "Content-Encoding: gzip"),
            Truncated,
        ),
        "bytes after gzip": (site.answer(MEMBER + b"x", "Content-Encoding: gzip"), Truncated),
        "wrong checksum": (site.answer(damaged, "Content-Encoding: gzip"), Truncated),
        "no gzip at all": (site.answer(PAGE, "Content-Encoding: gzip"), Truncated),
        "gzip cut by closing": (
            site.closes_after(closing[:-2] + b"Content-Encoding: gzip\r\n\r\n" + MEMBER[:-1]),
            Truncated,
        ),
        "headers cut": (site.closes_after(b"HTTP/1.1 200 OK\r\nContent-Le"), Unreachable),
        "reset at once": (site.resets_after(b""), Unreachable),
        "no HTTP": (site.closes_after(b"SSH-2.0-x\r\n"), Unreachable),
        "two lengths": (
            b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            Unreachable,
        ),
        "negative length": (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nab", Unreachable),
        "brotli": (site.answer(b"x", "Content-Encoding: br"), RefusedEncoding),
        "gzip in gzip": (
            site.answer(gzip.compress(MEMBER, mtime=0), "Content-Encoding: gzip, gzip"),
            RefusedEncoding,
        ),
        "gzip and brotli": (
            site.answer(b"x", "Content-Encoding: gzip", "Content-Encoding: br"),
            RefusedEncoding,
        ),
    }


NAMES = """body short of its length|body reset|body beyond its length|chunk cut|
last chunk missing|bytes after the last chunk|chunk size is no number|gzip cut, right length|
bytes after gzip|wrong checksum|no gzip at all|gzip cut by closing|headers cut|reset at once|
no HTTP|two lengths|negative length|brotli|gzip in gzip|gzip and brotli"""
FAULTS = NAMES.replace("\n", "").split("|")


def test_every_fault_is_tried(site: Site) -> None:
    assert set(faults(site)) == set(FAULTS)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_and_not_kept(
    site: Site, fetcher: Fetcher, kept: list[Exchange], fault: str
) -> None:
    reply, error = faults(site)[fault]
    site.answers("/a", reply)
    with pytest.raises(error) as caught:
        fetcher.fetch(site.url("/a"))
    assert type(caught.value) is error
    assert caught.value.url == site.url("/a")
    assert [exchange.url for exchange in kept] == [site.url("/robots.txt")]


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_of_a_fault_is_left_for_the_next_answer(
    site: Site, fetcher: Fetcher, fault: str
) -> None:
    body = site.page("/b")
    site.answers("/a", faults(site)[fault][0])
    with pytest.raises(FetchError):
        fetcher.fetch(site.url("/a"))
    assert fetcher.fetch(site.url("/b")).body == body


def test_a_passing_fault_costs_a_second_attempt(
    site: Site, open_fetcher: Callable[..., Fetcher], clock: FakeClock, kept: list[Exchange]
) -> None:
    whole = site.answer(PAGE)
    site.answers("/a", site.closes_after(whole[:-5]), whole)
    assert open_fetcher(limits=Limits()).fetch(site.url("/a")).body == PAGE
    assert clock.sleeps == [1.0]
    assert [exchange.status for exchange in kept] == [404, 200]


def closing(body: bytes, content_type: str = "text/html; charset=utf-8") -> bytes:
    """An answer whose end is the end of the connection."""
    return b"HTTP/1.0 200 OK\r\nContent-Type: " + content_type.encode() + b"\r\n\r\n" + body


def test_html_that_closes_itself_needs_no_length(site: Site, fetcher: Fetcher) -> None:
    site.answers("/a", site.closes_after(closing(PAGE + b"\n<!-- done -->\n")))
    assert fetcher.fetch(site.url("/a")).body.startswith(PAGE)


def test_gzip_that_closes_itself_needs_no_length(site: Site, fetcher: Fetcher) -> None:
    member = gzip.compress(b"<p>no closing tag")
    head = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    site.answers("/a", site.closes_after(head + member))
    assert fetcher.fetch(site.url("/a")).body == b"<p>no closing tag"


def test_other_types_are_taken_as_they_come(site: Site, fetcher: Fetcher) -> None:
    site.answers("/a", site.closes_after(closing(b"\xff\xd8", "image/jpeg")))
    assert fetcher.fetch(site.url("/a")).body == b"\xff\xd8"


def test_an_open_page_is_believed_when_it_comes_twice(
    site: Site, open_fetcher: Callable[..., Fetcher], kept: list[Exchange]
) -> None:
    site.answers("/a", site.closes_after(closing(b"<html><p>cut")))
    assert open_fetcher(limits=Limits()).fetch(site.url("/a")).body == b"<html><p>cut"
    assert site.paths == ["/robots.txt", "/a", "/a"]
    assert len(kept) == 2


def test_an_open_page_that_differs_each_time_is_truncated(
    site: Site, open_fetcher: Callable[..., Fetcher], kept: list[Exchange]
) -> None:
    replies = [site.closes_after(closing(PAGE[:size])) for size in (10, 20, 15)]
    site.answers("/a", *replies)
    with pytest.raises(Truncated, match="closing tag"):
        open_fetcher(limits=Limits()).fetch(site.url("/a"))
    assert len(site.paths) == 4
    assert len(kept) == 1


@pytest.mark.parametrize("size", range(1, len(PAGE)))
def test_no_cut_of_a_page_is_complete(site: Site, fetcher: Fetcher, size: int) -> None:
    site.answers("/a", site.closes_after(closing(PAGE[:-size])))
    with pytest.raises(Truncated):
        fetcher.fetch(site.url("/a"))
