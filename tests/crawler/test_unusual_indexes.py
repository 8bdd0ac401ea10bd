"""Page indexes that look odd and are healthy, as papers' sites have sent them since 2007.

Each is read, whole: what the list or the map leaves out is told once the articles are read.
"""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from press.model import Page
from tests.crawler.parse.indexes import (
    IDS,
    TITLES,
    Index,
    article_name,
    index_of,
    page_name,
    page_row,
    title_row,
)
from tests.crawler.parse.pages import SHELLS, Shell, read_index_page

every_shell = pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.name)


def ids_of(page: Page) -> list[str | None]:
    return [entry.native_id for entry in page.entries]


def rows(shell: Shell, *numbers: int) -> str:
    return "".join(title_row(shell, number) for number in numbers)


def areas(
    shell: Shell, native_ids: tuple[int, ...], *, shape: str = "{n}0,9,200,9,200,{n}9"
) -> str:
    """A map of these articles, one area each."""
    told = "".join(
        f"<area shape=polygon coords='{shape.format(n=n)}' href='{article_name(shell, i)}'>"
        for n, i in enumerate(native_ids, 1)
    )
    return f'<img src="1_b.jpg" usemap="#PagePicMap"><map name="PagePicMap">{told}</map>'


Change = Callable[[Shell, Index], Index]
SMALL_ADS = tuple(range(353501, 353509))
INDEXES: dict[str, tuple[Change, tuple[int, ...]]] = {
    "a list in another order than the map": (
        lambda shell, index: replace(index, title_list=rows(shell, 2, 0, 1)),
        (IDS[2], IDS[0], IDS[1], IDS[3]),
    ),
    "no list": (lambda _, index: replace(index, title_list=""), IDS),
    "no map": (lambda _, index: replace(index, image_map=""), IDS[:3]),
    "small advertisements that only the map knows": (
        lambda shell, index: replace(index, title_list="", image_map=areas(shell, SMALL_ADS)), SMALL_ADS
    ),
    "one title for many areas": (lambda shell, index: replace(index, title_list=rows(shell, 0)), IDS),
    "one area for many titles": (
        lambda shell, index: replace(index, image_map=areas(shell, IDS[1:2])), IDS[:3]
    ),
    "areas of one article apart": (
        lambda shell, index: replace(index, image_map=areas(shell, (*IDS, IDS[0]))), IDS
    ),
    "one shape for two articles": (
        lambda shell, index: replace(index, image_map=areas(shell, IDS, shape="1,1,90,1,90,90")), IDS
    ),
    "one area without a shape": (
        lambda shell, index: replace(index, title_list="", image_map=areas(shell, IDS[:1], shape="")), IDS[:1]
    ),
    "one area that strays out of the picture": (
        lambda shell, index: replace(
            index,
            image_map=areas(shell, IDS).replace("'10,9", "'999,9").replace("<img", "<img width=300 height=500"),
        ),
        IDS,
    ),
    "no facsimile": (
        lambda _, index: replace(index, image_map=index.image_map.replace("cqrb20260112007_b.jpg", "")), IDS
    ),
    "areas that all say the same": (
        lambda _, index: replace(index, image_map=index.image_map.replace("<Area", "<Area alt='点击阅读全文'")), IDS
    ),
    "articles of one title": (
        lambda _, index: replace(
            index,
            title_list=re.sub("(<div[^>]*>)[^<]*", r"\1公告", index.title_list),
            image_map=index.image_map.replace("<Area", "<Area alt='公告'"),
        ),
        IDS,
    ),
    "titles that are cut": (
        lambda _, index: replace(index, title_list=re.sub("(<div[^>]*>.{4})[^<]*", r"\1…", index.title_list)), IDS
    ),
    "a title in English": (
        lambda _, index: replace(index, title_list=index.title_list.replace(str(TITLES[0]), "WORLD CUP")), IDS
    ),
    "one title with a stray entity": (
        lambda _, index: replace(index, title_list=index.title_list.replace(str(TITLES[0]), "桥&amp;middot;灯")), IDS
    ),
    "each title twice, with a thumbnail's words": (
        lambda shell, index: replace(
            index,
            title_list=re.sub(r"(<a href=[^>]*>)<div", r"\1图</a>\1<div", index.title_list),
        ),
        IDS,
    ),
    "no page list": (lambda _, index: replace(index, page_list=""), IDS),
    "a page list without the page's own link": (
        lambda shell, index: replace(index, page_list="".join(page_row(shell, n) for n in (1, 2, 3, 4))), IDS
    ),
    "a page list from the last to the first": (
        lambda shell, index: replace(index, page_list="".join(page_row(shell, n) for n in range(8, 0, -1))), IDS
    ),
    "a page list with shorter names": (
        lambda _, index: replace(index, page_list=index.page_list.replace("江岸·副刊", "副刊")), IDS
    ),
    "a page list with other names": (
        lambda _, index: replace(index, page_list=index.page_list.replace("江岸·副刊", "文学")), IDS
    ),
    "no links to the pages beside": (lambda _, index: replace(index, turns=""), IDS),
    "a page beside that the list does not name": (
        lambda shell, index: replace(index, page_list="".join(page_row(shell, n) for n in (1, 7, 8))), IDS
    ),
    "a next page that begins anew": (
        lambda shell, index: replace(
            index, turns=index.turns.replace(page_name(shell, 8), page_name(shell, 1))
        ),
        IDS,
    ),
    "a last page that leads to the first alone": (
        lambda shell, index: replace(
            index,
            turns=index.turns.replace(page_name(shell, 8), page_name(shell, 1)),
            page_list="".join(page_row(shell, n) for n in (1, 7)),
        ),
        IDS,
    ),
    "links to other issues and to the first page": (
        lambda shell, index: replace(
            index,
            extra="".join(
                f'<a href="{shell.page_url.replace("01/12", day)}">{day}</a>' for day in ("01/10", "01/11")
            )
            + f'<a href="{page_name(shell, 1)}">返回首页</a>',
        ),
        IDS,
    ),
    "a PDF in another day's folder": (
        lambda _, index: replace(index, page_list=index.page_list.replace("/page/007/", "/page/2026-01/11/")), IDS
    ),
    "two ends of a page": (lambda _, index: replace(index, extra="</body></html>"), IDS),
}  # fmt: skip


@every_shell
@pytest.mark.parametrize(("change", "ids"), INDEXES.values(), ids=INDEXES.keys())
def test_an_odd_page_index_is_read(shell: Shell, change: Change, ids: tuple[int, ...]) -> None:
    whole = index_of(shell)
    changed = change(shell, whole)
    page = read_index_page(shell, changed.markup())
    assert changed != whole
    assert ids_of(page) == [str(native_id) for native_id in ids]
    assert (page.page_no, page.page_label, page.page_name) == (7, "第007版", "江岸·副刊")
