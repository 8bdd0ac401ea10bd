"""Author notes, colophons, editors' notes, jump lines and datelines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.clean.whitespace import squeeze
from crawler.parse.marks import (
    Dateline,
    is_author_note,
    is_closing_note,
    is_editors_note,
    is_page_credits,
    read_dateline,
    split_jump_from,
    split_jump_to,
)
from press.model import PageNo

PIECES = st.sampled_from(
    ["雨停了。", "（", "）", "下转", "上接", "第", "3", "版", "A02", "二", "十", " ", "\u3000", "【", "】", "▶", "◀", "转", "接"]
)  # fmt: skip
LINES = st.text(max_size=60) | st.lists(PIECES, max_size=14).map("".join)


@pytest.mark.parametrize(
    "text",
    [
        "（作者系某研究院研究员）", "(作者系某研究院研究员)", "（作者：某大学教授）", "（作者单位：某大学）", "（本文作者为某局局长）",
        "（第一作者系某大学教授，第二作者系某局干部）", "（作者张三系某大学教授）。", "【作者分别来自某大学、某学院】",
        "（执笔人：张三）", "（译者系某大学教授）", "（作者现任某校校长）", "［作者系某大学教授］", "（作者系某大学教授\n某学会会员）",
    ],
)  # fmt: skip
def test_a_paragraph_on_who_the_author_is_is_an_author_note(text: str) -> None:
    assert is_author_note(text)


@pytest.mark.parametrize(
    "text",
    ["", "作者在书里写雨。", "（作者）", "（编者系某人）", "（作者系某大学教授）雨停了。", "（作者系" + "某" * 296 + "）", "（作者系" + "某" * 300 + "）",
     "读者作者系一家"],
)  # fmt: skip
def test_what_only_mentions_an_author_is_no_author_note(text: str) -> None:
    assert not is_author_note(text)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("作者系某大学教授", True), ("本文作者：某大学教授", True), ("*作者单位：某大学", True), ("作者现任某校校长", True),
        ("（张三系某大学教授）", True), ("（张三、李四现任某馆馆长）。", True), ("（张三系好友）", False), ("作者在书里写雨。", False),
        ("作者系" + "某" * 300, False), ("", False),
    ],
)  # fmt: skip
def test_at_an_articles_end_a_note_needs_no_brackets(text: str, verdict: bool) -> None:
    assert is_closing_note(text) is verdict


@pytest.mark.parametrize(
    "text",
    [
        "本版责编 张三 美编 李四", "责编：张三", "责任编辑/张三", "本版编辑 张三", "（责编 张三）", "编辑:张三 校对:李四",
        "本期主编 张三", "值班编委　张三", "美编 张三",
    ],
)  # fmt: skip
def test_a_line_of_the_pages_makers_is_its_colophon(text: str) -> None:
    assert is_page_credits(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "责编",
        "编辑部的故事",
        "责编 张三。雨停了。",
        "责编 " + "张" * 120,
        "设计师 张三",
        "他的责编 张三",
    ],
)
def test_a_sentence_that_names_an_editor_is_no_colophon(text: str) -> None:
    assert not is_page_credits(text)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("编者按：雨季来了。", True), ("【编者按】雨季来了。", True), ("编者按 雨季来了。", True), ("编者按", True),
        ("■开栏的话", True), ("编后：雨停了", True), ("主持人语：", True), ("（编者注）", True), ("编者按语如下", False),
        ("雨停了。编者按：", False), ("编辑", False), ("", False),
    ],
)  # fmt: skip
def test_an_editors_note_opens_with_its_name(text: str, verdict: bool) -> None:
    assert is_editors_note(text) is verdict


NUMBERS = [
    ("3", 3), ("03", 3), ("12", 12), ("A02", "A02"), ("a02", "A02"), ("二", 2), ("九", 9), ("十", 10), ("十二", 12),
    ("二十", 20), ("二十三", 23),
]  # fmt: skip


@pytest.mark.parametrize(("number", "page_no"), NUMBERS)
def test_a_jump_tells_its_page_in_digits_letters_or_chinese(number: str, page_no: PageNo) -> None:
    assert split_jump_to(f"雨停了。（下转第{number}版）") == (
        "雨停了。", f"（下转第{number}版）", page_no,
    )  # fmt: skip
    assert split_jump_from(f"（上接第{number}版）雨停了。") == (
        "雨停了。", f"（上接第{number}版）", page_no,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rest", "jump"),
    [
        ("雨停了。(下转3版)", "雨停了。", "(下转3版)"),
        ("雨停了。 【转第3版】 ", "雨停了。", "【转第3版】"),
        ("雨停了。（紧转第3版《山城》）", "雨停了。", "（紧转第3版《山城》）"),
        ("雨停了。（下转 第 3 版）", "雨停了。", "（下转 第 3 版）"),
        ("下转第3版", "", "下转第3版"),
        ("▶ 下转第3版", "", "▶ 下转第3版"),
        ("（下转第3版）", "", "（下转第3版）"),
    ],
)
def test_a_closing_jump_is_cut_off_as_printed(text: str, rest: str, jump: str) -> None:
    assert split_jump_to(text) == (rest, jump, 3)


@pytest.mark.parametrize(
    ("text", "rest", "jump"),
    [
        ("(上接1版)雨停了。", "雨停了。", "(上接1版)"),
        (" 【紧接第1版】　雨停了。", "雨停了。", "【紧接第1版】"),
        ("（接1版《山城》）雨停了。", "雨停了。", "（接1版《山城》）"),
        ("上接第1版", "", "上接第1版"),
        ("◀上接第1版 ", "", "◀上接第1版"),
    ],
)
def test_an_opening_jump_is_cut_off_as_printed(text: str, rest: str, jump: str) -> None:
    assert split_jump_from(text) == (rest, jump, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "雨停了。",
        "（下转第3版）雨停了。",
        "他说下转第3版",
        "雨停了。（转发第3版）",
        "（下转第3页）",
        "（下转第版）",
    ],
)
def test_a_text_that_does_not_close_with_a_jump_is_whole(text: str) -> None:
    assert split_jump_to(text) == (text, "", None)


@pytest.mark.parametrize(
    "text", ["", "雨停了。（上接第1版）", "上接第1版雨停了。", "（上接第一页）雨"]
)
def test_a_text_that_does_not_open_with_a_jump_is_whole(text: str) -> None:
    assert split_jump_from(text) == (text, "", None)


@given(LINES)
def test_cutting_a_jump_loses_no_visible_character(text: str) -> None:
    rest, jump, page_no = split_jump_to(text)
    assert squeeze(rest + jump) == squeeze(text)
    assert bool(jump) == (page_no is not None)
    rest, jump, page_no = split_jump_from(text)
    assert squeeze(jump + rest) == squeeze(text)
    assert bool(jump) == (page_no is not None)


@pytest.mark.parametrize(
    ("text", "line", "makers"),
    [
        ("本报讯 （记者 张三）雨停了。", "本报讯", "记者 张三"),
        ("本报讯（记者张三 通讯员李四）雨停了。", "本报讯", "记者张三 通讯员李四"),
        ("本报讯 雨停了。", "本报讯", None),
        ("新华社北京1月1日电（记者张三）雨停了。", "新华社北京1月1日电", "记者张三"),
        ("据新华社北京1月1日电 雨停了。", "据新华社北京1月1日电", None),
        ("新华社重庆1月1日专电　雨停了。", "新华社重庆1月1日专电", None),
        ("本报北京1月1日电 （记者 张三）", "本报北京1月1日电", "记者 张三"),
        ("综合消息 雨停了。", "综合消息", None),
        ("中新社重庆1月1日电\n雨停了。", "中新社重庆1月1日电", None),
    ],
)
def test_a_dateline_opens_a_report_and_may_name_its_makers(
    text: str, line: str, makers: str | None
) -> None:
    assert read_dateline(text) == Dateline(line, makers)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "雨停了。",
        "本报讯雨停了。",
        "新华社的记者来了，发了电",
        "他说：本报讯 雨停了。",
        "新华社" + "北" * 30 + "电 雨",
    ],
)
def test_a_paragraph_without_a_dateline_has_none(text: str) -> None:
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    "pump",
    [
        "\u3000",
        "（",
        "下转\u3000",
        "（下转第3版",
        "上接",
        "【",
        "（作者",
        "责编 ",
        "本报",
        "新华社",
        "十",
    ],
)
@pytest.mark.parametrize("start", ["", "下转", "（上接", "（作者系", "责编 "])
def test_a_pump_of_50_kb_is_read(start: str, pump: str) -> None:
    text = start + pump * (50_000 // len(pump)) + "x"
    assert split_jump_to(text)[2] is None
    assert split_jump_from(text)[2] is None
    assert not is_author_note(text)
    assert not is_page_credits(text)
    assert read_dateline(text) is None
    assert is_editors_note(text) is False
