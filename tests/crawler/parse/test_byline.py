"""Bylines: which line is one, and who did what."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.parse.byline import (
    is_byline,
    is_name,
    is_name_alone,
    is_signature,
    read_contributors,
)

PIECES = st.sampled_from(
    ["张三", "李四", "欧阳丰", "张　三", "记者", "本报记者", "驻", "新华社", "摄", "文", "图", "/", " ",
     "\u3000", "：", "通讯员", "（", "）", "、", "摄影报道", "评论员", "□", "和", "实习生", "整理"]
)  # fmt: skip
BYLINES = st.text(max_size=70) | st.lists(PIECES, max_size=20).map("".join)


@pytest.mark.parametrize(
    "line",
    [
        "张三", "张　三", "张三 李四", "张三、李四", "欧阳丰", "司马相公", "阿·热合曼", "Tom Smith", "本报记者 张三",
        "记者张三", "新华社记者 张三 李四", "□张三", "●雨后初晴", "（张三）", "本报评论员", "市发展研究中心", "张三 摄",
        "文/张三 图/李四", "通讯员 李四", "山城客", "重庆 张三", "综合新华社电", "〔法〕让·雨果", "（本报记者 张三）", "主持人 张三", "本报调研组", "撰文：张三", "张三 文", "张三摄",
    ],
)  # fmt: skip
def test_a_role_word_or_nothing_but_names_make_a_byline(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "", "  ", "（）", "山城夜雨", "——从一条街说起", "记者来了！", "《本报记者》", "“记者”手记", "记者节到了？",
        "记者" + "字" * 60, "高山流水", "雨停了，路还湿", "一条老街的新生活", "司马光砸缸了", "张三丰盛的一生",
        "X", "2026", "记者在现场。", "记者眼中的山城", "——张三", "张三 李四 说雨", "编辑：请谈谈这条河",
    ],
)  # fmt: skip
def test_a_sentence_a_title_or_a_long_line_is_no_byline(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("记者 张三 山城客", True), ("记者 张三 雨中过客", False), ("张三 重庆", False), ("重庆 张三", True),
        ("□" + "雨" * 39, True), ("□" + "雨" * 40, False), ("张三 " * 20, True), ("张三 " * 20 + "张三", False),
    ],
)  # fmt: skip
def test_what_stands_beside_the_names_decides(line: str, verdict: bool) -> None:
    assert is_byline(line) is verdict


@pytest.mark.parametrize(
    ("byline", "found"),
    [
        ("张三", "张三 author"),
        ("张　三", "张三 author"),
        ("张三 李四", "张三 author, 李四 author"),
        ("□张三", "张三 author"),
        ("本报记者 张三 李四", "张三 reporter, 李四 reporter"),
        ("本报首席记者张三 通讯员李四", "张三 reporter, 李四 correspondent"),
        ("新华社驻渝记者 张三", "张三 reporter"),
        ("见习记者 张三 实习生 李四", "张三 reporter, 李四 intern"),
        ("摄影记者 张三", "张三 photographer"),
        ("张三 文 李四 图", "张三 author, 李四 photographer"),
        ("文/张三 图/李四", "张三 author, 李四 photographer"),
        ("张三 摄", "张三 photographer"),
        ("张三摄", "张三 photographer"),
        ("张三/文 李四/摄", "张三 author, 李四 photographer"),
        ("张三 李四 摄影报道", "张三 photographer, 李四 photographer"),
        ("张三 记者 李四", "张三 author, 李四 reporter"),
        ("口述 张三 整理 李四", "张三 narrator, 李四 compiler"),
        ("编译：张三", "张三 translator"),
        ("漫画 张三", "张三 illustrator"),
        ("责编 张三", "张三 editor"),
        ("本报评论员", "本报评论员 commentator"),
        ("本报评论员 张三", "张三 commentator"),
        ("（张三、李四）", "张三 author, 李四 author"),
        ("阿·热合曼", "阿·热合曼 author"),
        ("市发展研究中心", "市发展研究中心 author"),
        ("张三 张三", "张三 author"),
        ("记者", ""),
        ("□", ""),
        ("", ""),
        ("/、：", ""),
    ],
)
def test_the_makers_of_a_byline_come_with_what_each_did(byline: str, found: str) -> None:
    told = [f"{one.name} {one.role}" for one in read_contributors(byline)]
    assert ", ".join(told) == found


@given(BYLINES)
@example("驻" * 58 + "记者")
@example("()（） ：")
def test_no_byline_raises_and_no_name_is_empty_padded_or_invented(byline: str) -> None:
    for one in read_contributors(byline):
        assert one.name == one.name.strip()
        assert one.name
        assert set(one.name) <= set(byline)


@given(BYLINES)
def test_nobody_is_named_twice_for_the_same_work(byline: str) -> None:
    found = read_contributors(byline)
    assert len(set(found)) == len(found)


@given(BYLINES)
def test_every_line_is_a_byline_or_not(line: str) -> None:
    assert is_byline(line) in (True, False)


@pytest.mark.parametrize(
    ("token", "longest", "verdict"),
    [
        ("张三", 3, True), ("张三丰", 3, True), ("张三丰盛", 3, False), ("张三丰盛", 4, True), ("欧阳丰", 3, True),
        ("欧阳长风", 3, True), ("欧阳", 3, False), ("雨夜", 3, False), ("张", 3, False), ("Tom", 3, True),
        ("tom", 3, False), ("阿·热合曼", 3, True), ("张3", 3, False), ("", 3, False),
    ],
)  # fmt: skip
def test_a_name_is_told_by_its_surname_and_length(token: str, longest: int, verdict: bool) -> None:
    assert is_name(token, longest) is verdict


@pytest.mark.parametrize(
    "pump", ["驻", "本报", "记者", "张三 ", "\u3000", "文", "摄", "（", "·张", "A a"]
)
def test_a_pump_of_50_kb_is_read(pump: str) -> None:
    line = pump * (50_000 // len(pump))
    assert not is_byline(line) or len(line.strip()) <= 60
    assert isinstance(read_contributors(line), tuple)
    assert isinstance(read_contributors(f"{line} 记者"), tuple)


def test_a_signature_names_its_role_and_no_picture() -> None:
    signed = [
        "本报记者 张三",
        "通讯员 李四",
        "□张三",
        "文/张三 图/李四",
        "作者：张三",
        "（本报记者 张三）",
    ]
    others = [
        "张三",
        "记者 张三 摄",
        "记者来了！",
        "记者：船什么时候回来？",
        "本报记者看到，雾散了。",
        "",
    ]
    assert [line for line in signed if not is_signature(line)] == []
    assert [line for line in others if is_signature(line)] == []


def test_a_name_alone_is_of_three_letters_padded_or_one_of_several() -> None:
    names = ["张三丰", "张　三", "张 三", "张三 李四", "张三、李四丰"]
    others = ["张三", "文化", "山城夜雨", "张三说雨", "船来了", ""]
    assert [line for line in names if not is_name_alone(line)] == ["张三、李四丰"]
    assert [line for line in others if is_name_alone(line)] == []
