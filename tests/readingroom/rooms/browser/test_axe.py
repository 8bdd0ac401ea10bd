"""What axe-core finds in the rooms: nothing serious, in light and in dark, on desks and phones."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.readingroom.rooms.browser.conftest import AXE, go_without, serving
from tests.readingroom.rooms.browser.shelves import fill_for_reading

Visit = Callable[..., Page]

ROOMS = (
    "/", "/cqrb", "/cqrb/2031", "/cqrb/2031-02-03", "/cqrb/2031-02-03/7",
    "/articles/cqrb-20310203-007-353117", "/articles/cqrb-20310203-007-353118",
    "/articles/cqrb-20310203-007-353117/revisions",
    "/articles/cqrb-20310203-007-353117/provenance", "/search", "/search?q=%E5%9F%8E%E5%B8%82",
    "/nothing",
)  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not AXE.exists():
        go_without("axe-core")
    home = tmp_path_factory.mktemp("home")
    fill_for_reading(home)
    with serving(home) as address:
        yield address


@pytest.mark.parametrize(
    ("width", "locale", "scheme", "other"),
    [(390, "zh-CN", "dark", "light"), (1280, "en-GB", "light", "dark")],
)
def test_axe_finds_nothing_serious(
    visitor: Visit, base: str, width: int, locale: str, scheme: str, other: str
) -> None:
    page = visitor(
        base, color_scheme=scheme, locale=locale, viewport={"width": width, "height": 900}
    )
    page.context.add_init_script(path=AXE)
    found = []
    for path in ROOMS:
        page.goto(path)
        violations = page.evaluate("axe.run()")["violations"]
        page.emulate_media(color_scheme=other)  # type: ignore[arg-type]
        violations += page.evaluate("axe.run({runOnly: ['color-contrast']})")["violations"]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for one in violations:
            if one["impact"] in {"serious", "critical", "moderate"}:
                where = [node["target"] for node in one["nodes"][:3]]
                found.append(f"{path} {one['impact']} {one['id']}: {where}")
    assert found == []


def test_axe_looks_and_would_say_so(visitor: Visit, base: str) -> None:
    page = visitor(base)
    page.context.add_init_script(path=AXE)
    page.goto("/cqrb/2031-02-03/7")
    assert page.evaluate("axe.run()")["passes"]
    page.evaluate("document.querySelector('#q, #quick-q').labels[0].remove()")
    page.evaluate("document.querySelector('#quick-q').placeholder = ''")
    assert "label" in {one["id"] for one in page.evaluate("axe.run()")["violations"]}
