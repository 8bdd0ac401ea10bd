import socket
from collections.abc import Callable

import pytest

from crawler.fetch import Fetcher, Limits
from press.capture import Exchange
from press.errors import (
    ForbiddenAddress,
    OversizedAnswer,
    PressError,
    SettingError,
    Unreachable,
)
from tests.crawler.fetch.conftest import FakeClock, Site

LOOPBACK = frozenset({"127.0.0.1:9", "localhost", "[::1]:9"})


def test_an_exchange_is_what_went_over_the_wire(
    site: Site, fetcher: Fetcher, kept: list[Exchange], clock: FakeClock
) -> None:
    chunked = b"4\r\n<htm\r\n1\r\nl\r\n0\r\n\r\n"
    head = (
        b"HTTP/1.1 200 Very OK\r\nX-second: 2\r\nx-FIRST: 1\r\n"
        b"Transfer-Encoding: chunked\r\nX-name: \xe9\r\n\r\n"
    )
    site.answers("/a?b=1", b"HTTP/1.1 103 Early Hints\r\nX-early: 1\r\n\r\n" + head + chunked)
    exchange = fetcher.fetch(site.url("/a?b=1#c"))
    assert exchange == kept[-1]
    assert exchange.url == site.url("/a?b=1")
    assert exchange.response_bytes == head + chunked
    assert exchange.body == b"<html"
    assert exchange.status == 200
    assert exchange.headers == (
        ("X-second", "2"),
        ("x-FIRST", "1"),
        ("Transfer-Encoding", "chunked"),
        ("X-name", "é"),
    )
    assert exchange.request_bytes == site.arrivals[-1].raw
    assert exchange.sent_at == clock.now()
    assert exchange.ip_address == "127.0.0.1"


def test_the_request_says_who_asks_and_asks_for_gzip_only(
    site: Site, open_fetcher: Callable[..., Fetcher]
) -> None:
    body = site.page("/a")
    site.answers("/a", site.gzipped(body))
    exchange = open_fetcher(contact="archive@library.example").fetch(site.url("/a"))
    lines = exchange.request_bytes.decode().split("\r\n")
    assert lines[0] == "GET /a HTTP/1.1"
    assert f"Host: {site.host}" in lines
    assert "User-Agent: baoku/1.2 (+archive@library.example)" in lines
    assert "Accept-Encoding: gzip" in lines
    assert exchange.body == body


@pytest.mark.parametrize("status", ["200 OK", "404 Not Found", "403 Forbidden", "410 Gone"])
def test_every_complete_answer_is_kept_whatever_its_status(
    site: Site, fetcher: Fetcher, kept: list[Exchange], status: str
) -> None:
    site.answers("/a", site.answer(b"text", status=status))
    assert fetcher.fetch(site.url("/a")).status == int(status[:3])
    assert [exchange.status for exchange in kept] == [404, int(status[:3])]


def test_one_connection_is_kept_alive_and_nothing_else(site: Site, fetcher: Fetcher) -> None:
    cookie = "Set-Cookie: id=1; Path=/"
    site.answers("/a", site.answer(b"a", cookie, *[f"Set-Cookie: c{n}=1" for n in range(500)]))
    for _ in range(3):
        fetcher.fetch(site.url("/a"))
    assert {arrival.connection for arrival in site.arrivals} == {1}
    assert len({arrival.raw for arrival in site.arrivals[1:]}) == 1
    assert b"ookie" not in site.arrivals[-1].raw


def test_redirects_are_followed_and_each_hop_is_kept(
    site: Site, fetcher: Fetcher, kept: list[Exchange]
) -> None:
    site.answers("/a", site.answer(b"moved", "Location: b/c?d=1#e", status="302 Found"))
    site.answers("/b/c?d=1", site.answer(b"", f"location: {site.url('/重')}", status="301 Moved"))
    body = site.page("/%E9%87%8D")
    assert fetcher.fetch(site.url("/a")).body == body
    assert [(exchange.status, exchange.url) for exchange in kept[1:]] == [
        (302, site.url("/a")),
        (301, site.url("/b/c?d=1")),
        (200, site.url("/%E9%87%8D")),
    ]


def test_an_answer_is_kept_before_its_redirect_is_followed(
    site: Site, open_fetcher: Callable[..., Fetcher]
) -> None:
    def full(exchange: Exchange) -> None:
        if exchange.status == 302:
            raise PressError("no space")

    site.answers("/a", site.answer(b"", "Location: /b", status="302 Found"))
    with pytest.raises(PressError, match="no space"):
        open_fetcher(keep=full).fetch(site.url("/a"))
    assert site.paths == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    "target",
    [
        "http://other.example/",
        "//other.example/x",
        "https://127.0.0.1/",
        "http://127.0.0.1:1/",
        "http://169.254.169.254/latest/",
        "http://[::ffff:10.0.0.1]/",
        "http://2130706433/",
        "http://localhost/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "data:text/html,x",
        "javascript:alert(1)",
        "/a\\b",
        "\\\\other.example\\x",
        "http://u:p@127.0.0.1/",
        "http://127.0.0.1:99999/",
        "/" + "x" * 9000,
    ],
)
def test_a_redirect_off_the_hosts_is_not_followed(
    site: Site, fetcher: Fetcher, kept: list[Exchange], target: str
) -> None:
    site.answers("/a", site.answer(b"", f"Location: {target}", status="302 Found"))
    with pytest.raises(ForbiddenAddress) as caught:
        fetcher.fetch(site.url("/a"))
    assert caught.value.url
    assert site.paths == ["/robots.txt", "/a"]
    assert kept[-1].status == 302


def test_a_redirect_without_a_target_is_the_answer(site: Site, fetcher: Fetcher) -> None:
    site.answers("/a", site.answer(b"", status="302 Found"))
    assert fetcher.fetch(site.url("/a")).status == 302


def test_a_circle_of_redirects_ends(site: Site, fetcher: Fetcher) -> None:
    site.answers("/a", site.answer(b"", "Location: /b", status="302 Found"))
    site.answers("/b", site.answer(b"", "Location: /a", status="302 Found"))
    with pytest.raises(OversizedAnswer, match="circle"):
        fetcher.fetch(site.url("/a"))
    assert site.paths == ["/robots.txt", "/a", "/b"]


def test_the_sixth_redirect_is_not_followed(site: Site, fetcher: Fetcher) -> None:
    for number in range(6):
        site.answers(f"/{number}", site.answer(b"", f"Location: /{number + 1}", status="307 Moved"))
    with pytest.raises(OversizedAnswer, match="More than 5 redirects"):
        fetcher.fetch(site.url("/0"))
    assert site.paths[1:] == [f"/{number}" for number in range(6)]
    site.page("/6")
    assert fetcher.fetch(site.url("/1")).status == 200


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_passing_server_error_is_tried_three_times(
    site: Site,
    open_fetcher: Callable[..., Fetcher],
    clock: FakeClock,
    kept: list[Exchange],
    status: int,
) -> None:
    error = site.answer(b"", status=f"{status} Error")
    site.answers("/a", error, error, error, error)
    fetcher = open_fetcher(limits=Limits())
    assert fetcher.fetch(site.url("/a")).status == status
    assert clock.sleeps == [1.0, 4.0]
    assert [exchange.status for exchange in kept] == [404, status, status, status]
    site.page("/a")
    site.answers("/b", error, site.answer(b"good"))
    assert fetcher.fetch(site.url("/b")).body == b"good"


@pytest.mark.parametrize("status", [429, 503])
def test_a_plea_to_slow_down_is_left_to_the_caller(
    site: Site, open_fetcher: Callable[..., Fetcher], status: int
) -> None:
    site.answers("/a", site.answer(b"", "Retry-After: 7", status=f"{status} Later"))
    exchange = open_fetcher(limits=Limits()).fetch(site.url("/a"))
    assert (exchange.status, exchange.header("retry-after")) == (status, "7")
    assert site.paths == ["/robots.txt", "/a"]


def test_a_connection_that_died_while_idle_costs_one_attempt_at_most(
    site: Site, open_fetcher: Callable[..., Fetcher]
) -> None:
    site.answers("/a", site.closes_after(site.answer(b"a")))
    fetcher = open_fetcher(limits=Limits())
    for _ in range(3):
        assert fetcher.fetch(site.url("/a")).body == b"a"


def test_a_refused_connection_is_unreachable(open_fetcher: Callable[..., Fetcher]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        host = f"127.0.0.1:{listener.getsockname()[1]}"
    fetcher = open_fetcher(hosts=frozenset({host}), limits=Limits())
    with pytest.raises(PressError, match="No answer came"):
        fetcher.fetch(f"http://{host}/a")


def test_a_server_that_stops_answering_is_tried_three_times(
    site: Site, open_fetcher: Callable[..., Fetcher], clock: FakeClock, kept: list[Exchange]
) -> None:
    site.answers("/a", site.closes_after(b""))
    with pytest.raises(Unreachable) as caught:
        open_fetcher(limits=Limits()).fetch(site.url("/a"))
    assert caught.value.url == site.url("/a")
    assert caught.value.__cause__ is not None
    assert site.paths == ["/robots.txt", "/a", "/a", "/a"]
    assert clock.sleeps == [1.0, 4.0]
    assert len(kept) == 1


@pytest.mark.parametrize("contact", [None, "", "  "])
@pytest.mark.parametrize("hosts", [{"epaper.example"}, {"127.0.0.1:9", "10.0.0.1"}])
def test_no_stranger_asks_a_real_host(
    open_fetcher: Callable[..., Fetcher], contact: str | None, hosts: set[str]
) -> None:
    with pytest.raises(SettingError, match="--contact or BAOKU_CONTACT"):
        open_fetcher(hosts=frozenset(hosts), contact=contact)


def test_this_machine_needs_no_contact(open_fetcher: Callable[..., Fetcher]) -> None:
    open_fetcher(hosts=LOOPBACK, contact=None)


@pytest.mark.parametrize("contact", ["a@b.example\r\nX-Forged: 1", "报库@图书馆.example", "a\x00"])
def test_a_contact_that_cannot_stand_in_a_header_is_refused(
    open_fetcher: Callable[..., Fetcher], contact: str
) -> None:
    with pytest.raises(SettingError, match="--contact"):
        open_fetcher(contact=contact)


@pytest.mark.parametrize("interval_s", [-0.1, float("nan"), float("inf")])
def test_an_interval_is_a_number_of_seconds(
    open_fetcher: Callable[..., Fetcher], interval_s: float
) -> None:
    with pytest.raises(SettingError, match="--interval"):
        open_fetcher(interval_s=interval_s)
