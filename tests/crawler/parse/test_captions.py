"""Captions and credits: parted where the line says so, and no character lost."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.clean.whitespace import squeeze
from crawler.parse.captions import has_credit, split_caption

PIECES = st.sampled_from(
    ["重庆夜景", "。", "记者", "张三", "李　四", "摄", "摄影", "供图", "（", "）", " ", "\u3000", "/", "\\", "视觉重庆",
     "新华社", "发", "图片由", "提供", "：", "，", "、", "和", "本报", "”", "！", "资料图", "绘"]
)  # fmt: skip
LINES = st.text(max_size=80) | st.lists(PIECES, max_size=16).map("".join)


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("雨后的石阶。记者 张三 摄", "雨后的石阶。", "记者 张三 摄"),
        ("雨后的石阶。 张三摄", "雨后的石阶。", "张三摄"),
        ("雨后的石阶。张三 摄/视觉重庆", "雨后的石阶。", "张三 摄/视觉重庆"),
        ("雨后的石阶。特约摄影 张三\\视觉重庆", "雨后的石阶。", "特约摄影 张三\\视觉重庆"),
        ("雨后的石阶 记者 张三 摄", "雨后的石阶", "记者 张三 摄"),
        ("雨后的石阶　　张三 摄", "雨后的石阶", "张三 摄"),
        ("雨后的石阶（张三 摄）", "雨后的石阶", "（张三 摄）"),
        ("雨后的石阶。（新华社发）", "雨后的石阶。", "（新华社发）"),
        ("雨后的石阶。新华社发", "雨后的石阶。", "新华社发"),
        ("雨后的石阶。（受访者供图）", "雨后的石阶。", "（受访者供图）"),
        ("雨后的石阶。图片由街道办提供", "雨后的石阶。", "图片由街道办提供"),
        ("雨后的石阶。摄影：张三", "雨后的石阶。", "摄影：张三"),
        ("记者 张三 摄", None, "记者 张三 摄"),
        ("雨后的石阶。均由张三拍摄", "雨后的石阶。", "均由张三拍摄"),
        ("雨后的石阶。" + "甲" * 40 + "摄", "雨后的石阶。" + "甲" * 40 + "摄", None),
        ("雨后的石阶 发", "雨后的石阶 发", None),
        (
            "雨后的石阶。" + "记者 张三 " * 9 + "记者张三",
            "雨后的石阶。",
            "记者 张三 " * 9 + "记者张三",
        ),
        ("张", "张", None),
        ("摄", "摄", None),
        ("本报记者 张三 李四", None, "本报记者 张三 李四"),
        ("图片来源：视觉重庆", None, "图片来源：视觉重庆"),
        ("张三 摄", None, "张三 摄"),
        ("雨后的石阶。", "雨后的石阶。", None),
        ("雨后的石阶", "雨后的石阶", None),
        ("雨停了。人们走上街头。", "雨停了。人们走上街头。", None),
        ("  雨后的石阶。  ", "雨后的石阶。", None),
        ("", None, None),
        (" \u3000\n", None, None),
    ],
)
def test_a_pictures_line_is_parted_into_caption_and_credit(
    line: str, caption: str | None, credit: str | None
) -> None:
    assert split_caption(line) == (caption, credit)
    assert has_credit(line) is (credit is not None)


@given(LINES)
@example("（）。")
@example("雨。　 （张三 摄） ")
def test_no_visible_character_is_lost_or_invented(line: str) -> None:
    caption, credit = split_caption(line)
    assert squeeze((caption or "") + (credit or "")) == squeeze(line)


@given(LINES)
def test_a_part_is_none_or_holds_something_and_has_no_white_space_around(line: str) -> None:
    for part in split_caption(line):
        assert part is None or (part and part == part.strip())


@pytest.mark.parametrize(
    "pump", ["\u3000", "景。", "景 ", "（景", "和", "本报", "记者", "张 ", "A ", "/a", "（）"]
)
@pytest.mark.parametrize("ending", ["", "x", "记者 张三 摄", "（张三 摄）"])
def test_a_pump_of_50_kb_is_parted(pump: str, ending: str) -> None:
    line = pump * (50_000 // len(pump)) + ending
    assert squeeze("".join(part or "" for part in split_caption(line))) == squeeze(line)


@pytest.mark.parametrize(
    "pump", ["和", "和 ", "张 三 和 ", "本报", "记者", "张三", "·张", "A", "摄", "图片由"]
)
def test_a_credit_as_long_as_any_may_be_is_read(pump: str) -> None:
    for start in ("", "记者", "雨。记者 ", "雨。"):
        line = (start + pump * 60)[:60]
        assert squeeze("".join(part or "" for part in split_caption(line))) == squeeze(line)
