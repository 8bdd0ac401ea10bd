"""A text that was cut, doubled or exchanged for another is told; a printed one is not."""

import pytest

from crawler.parse.soundness import unsound
from press.model import Block

LONG = "船靠岸的时候，雾还没有散，镇上的人都站在石阶上，谁也没有先开口说话"


def told(
    *texts: str, kind: str = "paragraph", goes_on: bool = False, marks: tuple[str, ...] = ()
) -> list[str]:
    blocks = [Block(type=kind, text=text) for text in texts]  # type: ignore[arg-type]  # by name
    return [piece.name for piece in unsound(blocks, marks, goes_on=goes_on)]


@pytest.mark.parametrize(
    "texts",
    [
        (f"{LONG}。",),
        (f"{LONG}。", "（据新华社北京1月1日电）"),
        (f"{LONG}。", "2026年1月12日"),
        ("遗失合格证一本，声明作废。", "遗失船票一张，声明作废。"),
        ("x < y 时，船不开。",),
    ],
)
def test_a_printed_text_is_sound(texts: tuple[str, ...]) -> None:
    assert told(*texts) == []


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        ((f"{LONG}。", f"第二天{LONG}"), "the text ends in the middle"),
        ((f"{LONG}，", "没有人说话。"), "a paragraph without its end"),
        ((f"{LONG}。", f"{LONG}。"), "one text twice"),
        (("正在加载，请稍候。",), "a placeholder for the text"),
        (("undefined",), "no sentence in the text"),
        (("<P>船靠岸。</P>",), "markup in the text"),
        (("Lorem ipsum dolor sit amet, " * 4 + "end.",), "hardly a Chinese character"),
        ((f"{LONG}。", "更多精彩，请关注本报公众号。"), "a prompt in the text"),
        ((f"{LONG}。点击展开全文",), "a prompt in the text"),
        (tuple(f"{n}{LONG}¶" for n in "甲乙丙"), "one sign ends every paragraph"),
    ],
)
def test_a_text_that_nobody_printed_is_told(texts: tuple[str, ...], name: str) -> None:
    assert name in told(*texts)


def test_an_article_that_goes_on_elsewhere_may_end_in_a_sentence() -> None:
    assert told(f"{LONG}。", LONG) == ["the text ends in the middle"]
    assert told(f"{LONG}。", LONG, goes_on=True) == []


def test_verse_is_no_prose_in_lines() -> None:
    assert told("雾来了\n船没有来\n灯还亮着", kind="verse") == []
    assert told("床前明月光，\n疑是地上霜。", kind="verse") == []
    assert told("散了。历史上，\n桥修好了\n灯还亮着", kind="verse") == ["prose in lines"]
    assert told("雾来了\n船没有来\n\n雾来了\n船没有来", kind="verse")[0] == "one text twice"


def test_paragraphs_in_a_list_and_marks_told_twice_are_told() -> None:
    assert told(f"{LONG}。\n{LONG}！", kind="list") == ["paragraphs in a list"]
    assert told("晾衣绳\n旧船票", kind="list") == []
    assert told(f"{LONG}。", marks=("本版责编 张三丰　美编 李四",) * 2) == ["one text twice"]
