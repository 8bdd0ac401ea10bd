"""Page indexes: label, name, page list, turns, and the articles of title list and map."""

import re
from dataclasses import replace

import pytest

from crawler.parse.page import read_label
from press.model import Page, PageNo
from tests.crawler.parse.indexes import (
    DATE,
    IDS,
    LABEL,
    PAGE_NAMES,
    TITLES,
    Index,
    article_name,
    image_map,
    index_of,
    page_address,
    page_name,
    page_row,
    pdf_name,
    title_row,
)
from tests.crawler.parse.pages import (
    FOLDERS,
    OTHER_TITLES,
    SHELLS,
    Shell,
    read_index_page,
)

every_shell = pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.name)


def read(shell: Shell, index: Index) -> Page:
    return read_index_page(shell, index.markup())


def changed(shell: Shell, **parts: str) -> Page:
    return read(shell, replace(index_of(shell), **parts))


@every_shell
def test_a_page_is_known_by_number_label_name_and_links(shell: Shell) -> None:
    page = read(shell, index_of(shell))
    assert (page.page_no, page.page_label, page.page_name) == (7, "第007版", "江岸·副刊")
    assert page.printed_date == page.issue_date
    assert page.facsimile_url == shell.page_url.rsplit("/", 1)[0] + "/cqrb20260112007_b.jpg"
    assert (page.previous_url, page.next_url) == (page_address(shell, 6), page_address(shell, 8))
    assert (page.pdf_url or "").endswith(pdf_name(7))


@every_shell
def test_the_page_list_has_each_page_once_with_its_pdf(shell: Shell) -> None:
    for link, number in zip(read(shell, index_of(shell)).page_links, range(1, 9), strict=True):
        assert (link.page_no, link.page_label) == (number, f"第{number:03d}版")
        assert (link.page_name, link.url) == (PAGE_NAMES[number - 1], page_address(shell, number))
        assert (link.pdf_url or "").endswith(pdf_name(number))


@every_shell
def test_the_articles_are_the_union_of_title_list_and_map(shell: Shell) -> None:
    entries = read(shell, index_of(shell)).entries
    assert [entry.title for entry in entries] == list(TITLES)
    assert [entry.native_id for entry in entries] == [str(native_id) for native_id in IDS]
    assert [entry.order for entry in entries] == [1, 2, 3, 4]
    assert [(entry.listed, entry.mapped) for entry in entries] == [(True, True)] * 3 + [
        (False, True)
    ]
    assert [len(entry.zones) for entry in entries] == [2, 1, 1, 1]
    assert [entry.url for entry in entries] == [shell.article_url.format(id=n) for n in IDS]


@every_shell
def test_a_page_without_a_map_has_what_its_list_has(shell: Shell) -> None:
    entries = changed(shell, image_map="").entries
    assert [(entry.title, entry.mapped) for entry in entries] == [
        (title, False) for title in TITLES[:3]
    ]


@every_shell
def test_a_page_without_a_title_list_has_what_its_map_has(shell: Shell) -> None:
    entries = changed(shell, title_list="").entries
    assert [(entry.title, entry.listed) for entry in entries] == [(None, False)] * 4


@every_shell
@pytest.mark.parametrize(
    ("name", "usemap"),
    [("PagePicMap", "#pagepicmap"), ("PAGEPICMAP", "#PagePicMap"), ("Map1", "#map1")],
)
def test_the_maps_name_may_differ_in_case_or_wholly(shell: Shell, name: str, usemap: str) -> None:
    page = changed(shell, image_map=image_map(shell, name=name, usemap=usemap))
    assert [len(entry.zones) for entry in page.entries] == [2, 1, 1, 1]


@every_shell
@pytest.mark.parametrize(
    "label",
    [
        "第007版:<strong>江岸·副刊</strong>",
        "第007版　<strong>江岸·副刊</strong>",
        "第007版<br><strong>江岸·副刊</strong>",
        "第 007 版：江岸·副刊",
        "第07版：江岸·副刊",
        "<b>第007版</b>：江岸·副刊",
        "第007版：<strong><span>江岸·副刊</span></strong>",
        "07版:江岸·副刊",
    ],
)
def test_the_pages_own_label_is_read_however_it_is_set(shell: Shell, label: str) -> None:
    page = changed(shell, label=label)
    assert (page.page_no, page.page_name) == (7, "江岸·副刊")


@every_shell
def test_a_page_without_a_label_of_its_own_is_named_by_the_list(shell: Shell) -> None:
    page = changed(shell, label="")
    assert (page.page_no, page.page_label, page.page_name) == (7, "第007版", "江岸·副刊")


@every_shell
def test_rows_that_are_repeated_or_hidden_count_once_in_printed_order(shell: Shell) -> None:
    rows = [page_row(shell, number) for number in range(1, 9)]
    hidden = "".join(row.replace("<tr>", '<tr style="display:none">') for row in reversed(rows))
    page = changed(shell, page_list=hidden + "".join(rows) + "".join(rows))
    assert [link.page_no for link in page.page_links] == list(range(1, 9))
    assert all(link.pdf_url for link in page.page_links)


@every_shell
def test_a_page_list_without_pdfs_is_still_a_page_list(shell: Shell) -> None:
    rows = "".join(
        f'<li><a href="{page_name(shell, n)}" id=pageLink>第{n:03d}版：{PAGE_NAMES[n - 1]}</a>'
        for n in range(1, 9)
    )
    page = changed(shell, page_list=f"<tr><td><ul>{rows}</ul></td></tr>")
    assert [link.page_name for link in page.page_links] == list(PAGE_NAMES)
    assert [link.pdf_url for link in page.page_links] == [None] * 8


@every_shell
def test_a_thumbnail_beside_a_title_makes_no_second_article(shell: Shell) -> None:
    rows = "".join(
        title_row(shell, n).replace(
            "<a ", f'<a href="{article_name(shell, IDS[n])}"><img src="/t.jpg"></a> <a ', 1
        )
        for n in range(3)
    )
    assert [entry.title for entry in changed(shell, title_list=rows).entries] == list(TITLES)


@every_shell
def test_a_title_on_two_lines_is_read_with_a_space(shell: Shell) -> None:
    row = title_row(shell, 0).replace("河湾小镇", "河湾小镇<br>")
    page = changed(shell, title_list=row + title_row(shell, 1) + title_row(shell, 2))
    assert page.headlines == ("河湾小镇 的晾衣绳", *OTHER_TITLES)


@every_shell
def test_other_pages_and_other_days_headlines_are_not_the_pages_own(shell: Shell) -> None:
    other_page = shell.article_url.format(id=360001).replace("/007/", "/001/")
    other_day = shell.article_url.format(id=350001).replace("/12/", "/11/")
    page = changed(
        shell,
        extra=f'<div>今日关注<ul><li><a href="{other_page}">头版上的新桥</a>'
        f'<li><a href="{other_page.replace("360001", "360002")}">头版上的旧桥</a></ul></div>'
        f'<div>上期回顾 <a href="{other_day}">昨天的雾</a></div>',
    )
    assert [entry.native_id for entry in page.entries] == [str(native_id) for native_id in IDS]


@every_shell
def test_an_area_or_title_of_another_day_is_none_of_the_pages(shell: Shell) -> None:
    other_day = shell.article_url.format(id=350001).replace("/12/", "/11/")
    area = f'<area shape=rect coords="1,1,9,9" href="{other_day}">'
    page = changed(shell, image_map=index_of(shell).image_map.replace("</MAP>", f"{area}</MAP>"))
    assert [entry.native_id for entry in page.entries] == [str(native_id) for native_id in IDS]
    listed = changed(shell, image_map="", extra=f'<div><a href="{other_day}">昨天的雾</a></div>')
    assert [entry.title for entry in listed.entries] == list(TITLES[:3])


@every_shell
def test_of_several_maps_the_facsimiles_own_counts(shell: Shell) -> None:
    other = f'<map name="nav"><area coords="1,1,9,9" href="{article_name(shell, 353409)}"></map>'
    page = changed(shell, image_map=image_map(shell) + other)
    assert [entry.native_id for entry in page.entries] == [str(native_id) for native_id in IDS]


@every_shell
def test_a_title_that_a_script_writes_leaves_its_article_to_the_map(shell: Shell) -> None:
    row = re.sub(
        r"(<div[^>]*>)([^<]*)</div>",
        r"\1<script>document.write(view('\2'))</script></div>",
        title_row(shell, 1),
    )
    page = changed(shell, title_list=title_row(shell, 0) + row + title_row(shell, 2))
    assert {entry.native_id for entry in page.entries} == {str(native_id) for native_id in IDS}


@pytest.mark.parametrize(
    "lost",
    [
        DATE,
        '<a class=preart href="../006/node.htm"><span style="font-family:Webdings">3</span>上一版</a>',
        '<a class=preart href="../008/node.htm">下一版</a>',
        "cqrb20260112007_b.jpg",
    ],
)
def test_what_a_page_does_not_print_is_none(lost: str) -> None:
    whole = index_of(FOLDERS).markup()
    page = read_index_page(FOLDERS, whole.replace(lost, ""))
    absent = [page.printed_date, page.previous_url, page.next_url, page.facsimile_url]
    assert lost in whole
    assert absent.count(None) == 1
    assert len(page.entries) == 4


@pytest.mark.parametrize(
    ("text", "label", "name", "number"),
    [
        ("第007版：思想周刊·策论", "第007版", "思想周刊·策论", 7),
        ("第 A02 版:要闻", "第A02版", "要闻", "A02"),
        ("01版:要闻", "01版", "要闻", 1),
        ("A01： 头版", "A01", "头版", "A01"),
        ("第12版", "第12版", None, 12),
        ("第1版　　要闻　", "第1版", "要闻", 1),
    ],
)
def test_a_label_is_split_into_label_name_and_number(
    text: str, label: str, name: str | None, number: PageNo
) -> None:
    assert read_label(text) == (label, name, number)


@pytest.mark.parametrize(
    "text", ["", "要闻", "第版", "007", "版：要闻", "第1234版：要闻", "出版 7"]
)
def test_what_names_no_page_is_no_label(text: str) -> None:
    assert read_label(text) is None


def test_the_label_of_the_page_list_is_not_taken_for_the_pages_own() -> None:
    index = replace(index_of(FOLDERS), label=LABEL.replace("007", "07"))
    assert read(FOLDERS, index).page_label == "第07版"
