"""A page index that speaks against itself is not read."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from crawler.parse.agreement import is_chinese, is_markup
from press.errors import LayoutChanged
from tests.crawler.parse.indexes import IDS, TITLES, index_of, page_row, title_row
from tests.crawler.parse.pages import FOLDERS, SHELLS, Shell, read_index_page

every_shell = pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.name)

CHANGES: dict[str, tuple[Callable[[str], str], str]] = {
    "no area": (lambda page: re.sub("<Area[^>]*>", "", page), "the map has none"),
    "no title": (lambda page: re.sub("(<div id=mp[^>]*>)[^<]*", r"\1", page), "title list has none"),
    "no picture": (lambda page: page.replace("cqrb20260112007_b.jpg", ""), "lies on no picture"),
    "no shape": (lambda page: re.sub("coords='[^']*'", "", page), "has a shape"),
    "one shape": (lambda page: re.sub("coords='[^']*'", "coords='1,1,9,1,9,9'", page), "share"),
    "exchanged turns": (
        lambda page: page.replace("上一版", "X").replace("下一版", "上一版").replace("X", "下一版"),
        "leads elsewhere",
    ),
    "no turns": (lambda page: page.replace("上一版", "").replace("下一版", ""), "nothing leads"),
    "escaped titles": (lambda page: page.replace(str(TITLES[0]), "&amp;ldquo;桥"), "shows markup"),
    "two pages": (lambda page: page + page, "."),
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


@every_shell
def test_a_list_in_another_order_than_the_map_is_not_believed(shell: Shell) -> None:
    rows = "".join(title_row(shell, n) for n in (2, 0, 1))
    with pytest.raises(LayoutChanged, match="different orders"):
        read_index_page(shell, replace(index_of(shell), title_list=rows).markup())


def test_a_page_list_without_the_page_or_out_of_order_is_not_believed() -> None:
    for numbers, words in (((1, 2, 3), "itself"), ((8, 7, 6), "."), ((2, 4, 6, 7, 8, 1), ".")):
        rows = "".join(page_row(FOLDERS, n) for n in numbers)
        with pytest.raises(LayoutChanged, match=words):
            read_index_page(FOLDERS, replace(index_of(FOLDERS), page_list=rows).markup())


def test_a_title_that_the_map_gives_otherwise_is_not_believed() -> None:
    index = index_of(FOLDERS)
    told = index.image_map.replace(f"{IDS[1]}.htm?div=-1'", f"{IDS[1]}.htm?div=-1' alt='别的题目'")
    assert told != index.image_map
    with pytest.raises(LayoutChanged, match="differently"):
        read_index_page(FOLDERS, replace(index, image_map=told).markup())


def test_a_shortened_title_agrees_with_the_whole_one() -> None:
    index = index_of(FOLDERS)
    title = str(TITLES[1])[:4]
    told = index.image_map.replace(f"{IDS[1]}.htm?div=-1'", f"{IDS[1]}.htm?div=-1' alt='{title}…'")
    page = read_index_page(FOLDERS, replace(index, image_map=told).markup())
    assert page.entries[1].title == TITLES[1]


@pytest.mark.parametrize(
    ("text", "shows"),
    [("a < b", False), ("AT&T", False), ("<P>桥", True), ("&nbsp;桥", True), ("{{title}}", True)],
)
def test_markup_is_what_was_escaped_once_too_often(text: str, shows: bool) -> None:
    assert is_markup(text) is shows


@pytest.mark.parametrize(
    ("text", "reads"), [("晾衣绳", True), ("æ\x99¾è¡£", False), ("???", False)]
)
def test_text_in_a_wrong_encoding_has_no_two_chinese_characters(text: str, reads: bool) -> None:
    assert is_chinese(text) is reads
