"""A page index that speaks against itself is not read."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from press.errors import LayoutChanged
from tests.crawler.parse.indexes import IDS, TITLES, index_of
from tests.crawler.parse.pages import FOLDERS, SHELLS, Shell, read_index_page

every_shell = pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.name)


def titled(page: str, *titles: str) -> str:
    """The page with other titles in the rows of its list, one after the other."""
    told = iter(titles)
    return re.sub("(<div id=mp[^>]*>)[^<]*", lambda row: row[1] + next(told), page)


CHANGES: dict[str, tuple[Callable[[str], str], str]] = {
    "no shape": (lambda page: re.sub("coords='[^']*'", "", page), "has a shape"),
    "exchanged turns": (
        lambda page: page.replace("上一版", "X").replace("下一版", "上一版").replace("X", "下一版"),
        "exchanged",
    ),
    "escaped titles": (lambda page: titled(page, "&amp;ldquo;桥", "<br>", "&amp;nbsp;灯"), "markup"),
    "lost titles": (lambda page: titled(page, "????", "???", "?????"), "no text"),
    "misread titles": (lambda page: titled(page, "æ\x99¾è¡£", "ç\x81¯", "æ¡¥"), "no text"),
}  # fmt: skip


@every_shell
@pytest.mark.parametrize(("change", "words"), CHANGES.values(), ids=CHANGES.keys())
def test_a_page_whose_parts_disagree_is_not_read(
    shell: Shell, change: Callable[[str], str], words: str
) -> None:
    whole = index_of(shell).markup()
    read_index_page(shell, whole)
    with pytest.raises(LayoutChanged, match=words):
        read_index_page(shell, change(whole))


def test_a_map_that_gives_articles_each_others_titles_is_not_believed() -> None:
    index = index_of(FOLDERS)
    told = index.image_map
    for at, title in ((IDS[0], TITLES[1]), (IDS[1], TITLES[0])):
        told = told.replace(f"{at}.htm?div=-1'", f"{at}.htm?div=-1' alt='{title}'")
    with pytest.raises(LayoutChanged, match="each other's titles"):
        read_index_page(FOLDERS, replace(index, image_map=told).markup())


def test_areas_in_a_corner_of_their_picture_are_not_believed() -> None:
    index = index_of(FOLDERS)
    large = index.image_map.replace("border=0", "width=400 height=600 border=0")
    with pytest.raises(LayoutChanged, match="in a corner"):
        read_index_page(FOLDERS, replace(index, image_map=large).markup())


def test_areas_far_beyond_their_picture_are_not_believed() -> None:
    index = index_of(FOLDERS)
    small = index.image_map.replace("border=0", "width=100 height=9 border=0")
    large = index.image_map.replace("border=0", "width=220 height=100 border=0")
    assert read_index_page(FOLDERS, replace(index, image_map=large).markup()).entries
    with pytest.raises(LayoutChanged, match="outside its picture"):
        read_index_page(FOLDERS, replace(index, image_map=small).markup())


@pytest.mark.parametrize(
    ("height", "reach", "is_read"),
    [(600, (580, 390), False), (600, (400, 580), True), (600, (640, 390), True), (430, (425, 390), True)],
)  # fmt: skip
def test_areas_whose_coordinates_are_exchanged_are_not_believed(
    height: int, reach: tuple[int, int], is_read: bool
) -> None:
    index = index_of(FOLDERS)
    right, bottom = reach
    turned = re.sub(
        "coords='[^']*'",
        f"coords='9,9,{right},9,{right},{bottom},9,{bottom}'",
        index.image_map,
        count=1,
    ).replace("border=0", f"width=400 height={height} border=0")
    page = replace(index, image_map=turned).markup()
    if is_read:
        assert read_index_page(FOLDERS, page).entries
    else:
        with pytest.raises(LayoutChanged, match="across its picture"):
            read_index_page(FOLDERS, page)
