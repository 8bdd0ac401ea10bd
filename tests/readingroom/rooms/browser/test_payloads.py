"""What a newspaper or a reader wrote is only ever text: in a real browser, nothing of it runs."""

from collections.abc import Callable, Iterator
from math import ceil
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.readingroom.rooms.browser.conftest import serving
from tests.readingroom.rooms.browser.shelves import (
    HARMLESS,
    HOSTILE,
    ON_A_PAGE,
    fill_with_payloads,
    harmless,
    native_id_of,
    page_no_of,
)
from tests.readingroom.rooms.payloads import PAYLOADS

Visit = Callable[..., Page]

ELEMENTS = """() => [...document.querySelectorAll("*")]
  .filter((one) => !one.closest("svg.plate"))
  .map((one) => one.tagName + "(" + one.getAttributeNames().join(",") + ")")"""

DRAWN = """() => [...document.querySelectorAll("svg.plate, svg.plate *")]
  .flatMap((one) => [one.tagName, ...one.getAttributeNames().map((name) => "@" + name)])"""

LINKS = """() => [...document.querySelectorAll("[href], [src], [action]")]
  .flatMap((one) => ["href", "src", "action"].map((name) => one.getAttribute(name)))
  .filter((value) => value !== null)"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    fill_with_payloads(home)
    with serving(home) as address:
        yield address


def test_there_are_sixty_payloads_and_each_is_another() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


@pytest.mark.parametrize("room", ["", "/provenance"])
def test_an_article_has_the_elements_of_a_harmless_one(
    visitor: Visit, base: str, room: str
) -> None:
    page = visitor(base)
    expected: dict[object, object] = {}
    for number, payload in enumerate(PAYLOADS):
        shape = shape_of(number)
        if shape not in expected:
            page.goto(f"/articles/{article_id(HARMLESS, number)}{room}")
            expected[shape] = page.evaluate(ELEMENTS)
        page.goto(f"/articles/{article_id(HOSTILE, number)}{room}")
        assert page.evaluate(ELEMENTS) == expected[shape], payload
        look_at(page, payload)
        shown = page.locator("main").text_content() or ""
        assert "".join(payload.split()) in "".join(shown.split())


@pytest.mark.parametrize(
    "path",
    [
        *(f"/cqrb/2031-02-03/{{0}}{page:02d}" for page in range(ceil(len(PAYLOADS) / ON_A_PAGE))),
        "/articles/cqrb-20310203-{0}00-{0}0000005/revisions",
    ],
)
def test_the_pages_that_show_them_have_them_too(visitor: Visit, base: str, path: str) -> None:
    page = visitor(base)
    page.goto(path.format(HARMLESS // 100))
    expected = page.evaluate(ELEMENTS)
    page.goto(path.format(HOSTILE // 100))
    assert page.evaluate(ELEMENTS) == expected
    look_at(page, path)


@pytest.mark.parametrize("path", ["/", "/cqrb", "/cqrb/2031-02-03"])
def test_the_ways_there_run_nothing(visitor: Visit, base: str, path: str) -> None:
    page = visitor(base)
    page.goto(path)
    look_at(page, path)


def test_a_query_is_only_text_whatever_it_is(visitor: Visit, base: str) -> None:
    page = visitor(base)
    page.goto(f"/search?q={quote(harmless('一二三'))}")
    known = set(page.evaluate(ELEMENTS))
    for payload in PAYLOADS:
        page.goto(f"/search?q={quote(payload)}")
        assert {one.split("(")[0] for one in page.evaluate(ELEMENTS)} <= {
            one.split("(")[0] for one in known
        } | {"MARK", "SPAN", "TIME"}
        look_at(page, payload)


def test_a_path_is_only_text_whatever_it_is(visitor: Visit, base: str) -> None:
    page = visitor(base)
    for payload in PAYLOADS:
        page.goto(f"/cqrb/{quote(payload, safe='')}")
        look_at(page, payload)


def shape_of(number: int) -> object:
    """Equal for payloads whose articles have the same elements, for they have as many lines."""
    lines = tuple(map(bool, harmless(PAYLOADS[number]).splitlines()))
    place = number % ON_A_PAGE
    return lines, place == 0, place == ON_A_PAGE - 1 or number == len(PAYLOADS) - 1


def article_id(first_page: int, number: int) -> str:
    return f"cqrb-20310203-{page_no_of(first_page, number):03d}-{native_id_of(first_page, number)}"


def look_at(page: Page, payload: str) -> None:
    """Nothing ran, nothing was stopped from running, and every address is ours or http."""
    assert page.evaluate("window.__ran") is None, payload
    assert page.evaluate("window.__violations") == [], payload
    drawn = set(page.evaluate(DRAWN))
    assert drawn <= {
        "svg", "rect", "a", "g", "title", "polygon", "text", "@class", "@viewBox", "@role",
        "@aria-label", "@aria-current", "@lang", "@width", "@height", "@href", "@data-story",
        "@points", "@font-size", "@x", "@y",
    }  # fmt: skip
    for link in page.evaluate(LINKS):
        assert link.startswith(("/", "#")), (payload, link)
        assert not link.startswith("//"), (payload, link)
