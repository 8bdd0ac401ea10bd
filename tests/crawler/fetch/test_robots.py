from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch import Fetcher, Limits
from crawler.fetch.robots import read_robots
from press.capture import Exchange
from press.errors import FetchError, RobotsForbids, RobotsUnreadable
from tests.crawler.fetch.conftest import FakeClock, Site

PAGE = "http://paper.example/html/page.html"


def allows(body: bytes, url: str = PAGE, status: int = 200) -> bool:
    try:
        read_robots(status, body).check(url)
    except RobotsForbids:
        return False
    return True


@pytest.mark.parametrize(
    ("body", "allowed"),
    [
        (b"", True),
        (b"User-agent: *\nDisallow: /html/\n", False),
        (b"User-agent: *\nDisallow: /other/\n", True),
        (b"User-agent: *\nDisallow:\n", True),
        (b"User-agent: *\nDisallow: /\nAllow: /html/\n", True),
        (b"User-agent: *\nDisallow: /*.html$\n", False),
        (b"User-agent: *\nDisallow: /*.pdf$\n", True),
        (b"User-agent: baoku\nDisallow: /\n\nUser-agent: *\nDisallow:\n", False),
        (b"User-agent: Baoku\nAllow: /\n\nUser-agent: *\nDisallow: /\n", True),
        (b"User-agent: otherbot\nDisallow: /\n", True),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n", False),
        (b"user-AGENT: *\r\ndisallow: /html\r\n", False),
        (b"<html><body>Disallow: /</body></html>", True),
        (b"\x00\xff\xfe garbage \x80", True),
    ],
)
def test_the_rules_are_those_of_the_standard(body: bytes, allowed: bool) -> None:
    assert allows(body) is allowed


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_no_robots_file_means_everything_is_allowed(status: int) -> None:
    assert allows(b"User-agent: *\nDisallow: /\n", status=status)


@pytest.mark.parametrize("status", [302, 304, 429, 500, 503])
def test_an_unusable_answer_means_nothing_is_allowed(status: int) -> None:
    with pytest.raises(RobotsUnreadable, match=str(status)):
        read_robots(status, b"").check(PAGE)


def test_the_first_500_kib_are_read_in_whole_lines() -> None:
    rule = b"User-agent: *\nDisallow: /html/\n"
    filler = b"# filler\n" * (512_000 // 9)
    assert not allows(rule + filler + b"Allow: /html/\n" * 100)
    assert allows(filler + b"#\n" * 20 + rule)
    head = b"User-agent: *\n"
    padding = b"#" * (512_000 - len(head) - len(b"\nDisallow: /"))
    assert allows(head + padding + b"\nDisallow: /other/\n")


@pytest.mark.parametrize(
    ("text", "delay_s"), [("10", 10), ("2.5", 2.5), ("-1", 0), ("nan", 0), ("inf", 0), ("x", 0)]
)
def test_a_crawl_delay_is_read(text: str, delay_s: float) -> None:
    assert read_robots(200, f"User-agent: *\nCrawl-delay: {text}\n".encode()).delay_s == delay_s


def test_more_than_an_hour_between_requests_is_a_refusal() -> None:
    assert allows(b"User-agent: *\nCrawl-delay: 3600\n")
    with pytest.raises(RobotsForbids, match="7200 seconds"):
        read_robots(200, b"User-agent: *\nCrawl-delay: 7200\n").check(PAGE)


@given(st.binary(max_size=400))
def test_any_bytes_are_rules(body: bytes) -> None:
    robots = read_robots(200, b"User-agent: *\n" + body)
    assert robots.delay_s >= 0


def test_robots_is_asked_once_and_kept_first(
    site: Site, fetcher: Fetcher, kept: list[Exchange]
) -> None:
    site.answers("/robots.txt", site.answer(b"User-agent: *\nDisallow: /private/\n"))
    site.page("/a")
    fetcher.fetch(site.url("/a"))
    fetcher.fetch(site.url("/a"))
    assert site.paths == ["/robots.txt", "/a", "/a"]
    assert [exchange.url for exchange in kept] == [site.url(path) for path in site.paths]


def test_a_forbidden_address_is_not_asked_for(site: Site, fetcher: Fetcher) -> None:
    site.answers("/robots.txt", site.answer(b"User-agent: *\nDisallow: /private/\n"))
    with pytest.raises(RobotsForbids, match=r"robots\.txt forbids") as caught:
        fetcher.fetch(site.url("/private/a"))
    assert caught.value.url == site.url("/private/a")
    assert caught.value.exit_code == 23
    assert site.paths == ["/robots.txt"]


def test_a_redirect_may_not_lead_to_a_forbidden_address(site: Site, fetcher: Fetcher) -> None:
    site.answers("/robots.txt", site.answer(b"User-agent: *\nDisallow: /private/\n"))
    site.answers("/a", site.answer(b"", "Location: /private/a", status="302 Found"))
    with pytest.raises(RobotsForbids):
        fetcher.fetch(site.url("/a"))
    assert site.paths == ["/robots.txt", "/a"]


def test_robots_follows_five_redirects(site: Site, fetcher: Fetcher) -> None:
    for number in range(5):
        site.answers(
            f"/{number}" if number else "/robots.txt",
            site.answer(b"", f"Location: /{number + 1}", status="301 Moved Permanently"),
        )
    site.answers("/5", site.answer(b"User-agent: *\nDisallow: /a\n"))
    with pytest.raises(RobotsForbids) as caught:
        fetcher.fetch(site.url("/a"))
    assert not isinstance(caught.value, RobotsUnreadable)
    assert site.paths == ["/robots.txt", "/1", "/2", "/3", "/4", "/5"]


def faults(site: Site) -> dict[str, object]:
    return {
        "server error": site.answer(status="500 Internal Server Error"),
        "overloaded": site.answer(status="503 Service Unavailable"),
        "no answer": site.closes_after(b""),
        "cut": site.closes_after(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nUser"),
        "a loop": site.answer(b"", "Location: /robots.txt", status="302 Found"),
        "led off": site.answer(b"", "Location: http://other.example/", status="302 Found"),
        "too large": site.answer(b"#" * 200_000),
        "refused coding": site.answer(b"x", "Content-Encoding: br"),
    }


@pytest.mark.parametrize(
    "fault",
    [
        *("server error", "overloaded", "no answer", "cut"),
        *("a loop", "led off", "too large", "refused coding"),
    ],
)
def test_an_unread_robots_file_stops_everything_for_a_while(
    site: Site, open_fetcher: Callable[..., Fetcher], clock: FakeClock, fault: str
) -> None:
    site.page("/a")
    site.answers("/robots.txt", faults(site)[fault], site.answer(b""))
    fetcher = open_fetcher(limits=Limits(attempts=1, wire_bytes=100_000))
    for _ in range(2):
        with pytest.raises(RobotsUnreadable) as caught:
            fetcher.fetch(site.url("/a"))
        assert isinstance(caught.value, FetchError)
        assert (caught.value.exit_code, caught.value.url) == (20, site.url("/a"))
    assert site.paths == ["/robots.txt"]
    clock.sleep(601)
    assert fetcher.fetch(site.url("/a")).status == 200


def test_robots_is_read_again_after_a_day(site: Site, fetcher: Fetcher, clock: FakeClock) -> None:
    site.page("/a")
    site.answers("/robots.txt", site.answer(), site.answer(b"User-agent: *\nDisallow: /\n"))
    fetcher.fetch(site.url("/a"))
    clock.sleep(24 * 3600 + 1)
    with pytest.raises(RobotsForbids):
        fetcher.fetch(site.url("/a"))
