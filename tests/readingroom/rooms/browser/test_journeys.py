"""From the door to an article, by every way there is, with mouse and with keys."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.readingroom.rooms.browser.conftest import serving
from tests.readingroom.rooms.browser.shelves import TITLES, fill_for_reading

Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    fill_for_reading(home)
    with serving(home) as address:
        yield address


def test_by_the_calendar_to_the_issue_and_its_article(visitor: Visit, base: str) -> None:
    page = visitor(base)
    page.goto("/")
    page.get_by_role("link", name="3 已存档", exact=True).click()
    expect(page).to_have_url(f"{base}/cqrb/2031-02-03")
    page.get_by_role("link", name=TITLES[1]).click()
    expect(page.locator("h1")).to_have_text(TITLES[1])
    expect(page.locator("article .deck .line")).to_have_count(2)


def test_by_a_zone_of_the_plate(visitor: Visit, base: str) -> None:
    page = visitor(base)
    page.goto("/cqrb/2031-02-03/7")
    plate = page.get_by_role("group", name="版面图")
    expect(plate.get_by_role("link")).to_have_count(3)
    plate.get_by_role("link", name=TITLES[2]).click()
    expect(page.locator("h1")).to_have_text(TITLES[2])
    expect(page.locator("svg.plate a.here")).to_have_attribute("aria-label", TITLES[2])


def test_by_a_zone_with_the_keyboard_alone(visitor: Visit, base: str) -> None:
    page = visitor(base)
    page.goto("/cqrb/2031-02-03/7")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('svg.plate') !== null"):
            break
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(TITLES[1])


def test_what_is_pointed_at_in_the_list_is_shown_on_the_plate(visitor: Visit, base: str) -> None:
    page = visitor(base)
    page.goto("/cqrb/2031-02-03/7")
    page.locator(".list").get_by_role("link", name=TITLES[0]).hover()
    expect(page.locator("svg.plate a.pointed")).to_have_attribute("aria-label", TITLES[0])
    page.get_by_role("heading", level=1).hover()
    expect(page.locator("svg.plate a.pointed")).to_have_count(0)


def test_by_search_as_it_is_typed(visitor: Visit, base: str) -> None:
    page = visitor(base)
    page.goto("/search")
    page.locator("#q").press_sequentially("旧厂房")
    expect(page.get_by_role("status")).to_have_text("找到 10 篇")
    expect(page).to_have_url(re.compile(r"/search\?q=%E6"))
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("mark").first).to_have_text("旧厂房")
    page.get_by_label("体裁").select_option("verse")
    expect(page.get_by_role("status")).to_have_text("没有找到。")
    page.get_by_label("体裁").select_option("")
    page.locator("#q").fill('"旧厂房')
    expect(page.get_by_role("status")).to_contain_text("这样查不了")
    page.locator("#q").fill("木鱼石 醒着")
    expect(page.get_by_role("status")).to_have_text("找到 10 篇")
    page.locator(".matches a").first.click()
    expect(page.locator("h1")).to_have_text(TITLES[2])


def test_by_search_without_any_script(visitor: Visit, base: str) -> None:
    page = visitor(base, java_script_enabled=False)
    page.goto("/")
    page.get_by_label("检索全部稿件").fill("旧厂房")
    page.get_by_role("button", name="检索").click()
    expect(page.get_by_role("status")).to_have_text("找到 10 篇")
    page.locator(".chart a").first.click()
    expect(page.get_by_role("status")).to_have_text("找到 1 篇")


def test_in_english_and_back(visitor: Visit, base: str) -> None:
    page = visitor(base, locale="en-GB")
    page.goto("/")
    expect(page.get_by_role("heading", name="The newest issue")).to_be_visible()
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", name="最近一期")).to_be_visible()
    page.get_by_role("link", name="3 已存档", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_is_wider_than_its_window(
    visitor: Visit, base: str, width: int, language: str
) -> None:
    page = visitor(base, viewport={"width": width, "height": 800})
    for path in (
        "/", "/cqrb/2031-02-03", "/cqrb/2031-02-03/7", "/articles/cqrb-20310203-007-353117",
        "/articles/cqrb-20310203-007-353117/provenance", "/search?q=%E5%9F%8E%E5%B8%82",
    ):  # fmt: skip
        page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", [390, 1280])
def test_in_a_table_no_number_is_broken(visitor: Visit, base: str, width: int) -> None:
    page = visitor(base, viewport={"width": width, "height": 800})
    page.goto("/articles/cqrb-20310203-007-353118")
    lines_of = """cells => cells.map(cell => { const all = document.createRange();
        all.selectNodeContents(cell); return all.getClientRects().length; })"""
    numbers = page.locator(".body td").filter(has_text=re.compile("[0-9]"))
    assert numbers.evaluate_all(lines_of) == [1, 1]
