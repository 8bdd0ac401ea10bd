"""What axe-core finds in the rooms: nothing serious, in light and in dark, on desks and phones."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.readingroom.rooms.browser.conftest import AXE, serving
from tests.readingroom.rooms.browser.shelves import fill_for_reading

Visit = Callable[..., Page]

ROOMS = (
    "/", "/cqrb", "/cqrb/2031", "/cqrb/2031-02-03", "/cqrb/2031-02-03/7",
    "/articles/cqrb-20310203-007-353117", "/articles/cqrb-20310203-007-353118",
    "/articles/cqrb-20310203-007-353117/revisions",
    "/articles/cqrb-20310203-007-353117/provenance", "/search", "/search?q=%E5%9F%8E%E5%B8%82",
    "/nothing",
)  # fmt: skip

pytestmark = pytest.mark.skipif(not AXE.exists(), reason="no axe-core: make browser")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    fill_for_reading(home)
    with serving(home) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "locale"), [(390, "zh-CN"), (1280, "en-GB")])
def test_axe_finds_nothing_serious(
    visitor: Visit, base: str, scheme: str, width: int, locale: str
) -> None:
    axe = AXE.read_text(encoding="utf-8")
    page = visitor(
        base, color_scheme=scheme, locale=locale, viewport={"width": width, "height": 900}
    )
    found = []
    for path in ROOMS:
        page.goto(path)
        page.evaluate(axe)
        for one in page.evaluate("axe.run()")["violations"]:
            if one["impact"] in {"serious", "critical", "moderate"}:
                where = [node["target"] for node in one["nodes"][:3]]
                found.append(f"{path} {one['impact']} {one['id']}: {where}")
    assert found == []
