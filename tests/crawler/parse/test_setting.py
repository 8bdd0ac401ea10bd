"""Lines that a site set anew are told; what a newspaper sets so is not."""

import pytest

from crawler.parse.setting import set_anew
from press.model import Block, BlockType

STORY = (
    "船靠岸的时候，雾还没有散，镇上的人都站在石阶上。谁也没有先开口说话，只有灯还亮着，桥修好了。"
)
TORN = [STORY[:22], STORY[22:44], STORY[44:]]
SPACED = " ".join(
    "船靠岸的时候雾还没有散镇上的人都站在石阶上谁也没有先开口说话只有灯还亮着桥修好了渡口"
)


def told(*texts: str, kind: BlockType = "paragraph") -> list[str]:
    return [piece.name for piece in set_anew([Block(type=kind, text=text) for text in texts])]


def table(*rows: tuple[str, ...]) -> list[str]:
    text = "\n".join("\t".join(row) for row in rows)
    return [piece.name for piece in set_anew([Block(type="table", text=text, rows=rows)])]


@pytest.mark.parametrize(
    ("texts", "kind", "name"),
    [
        (TORN, "paragraph", "sentences broken into lines"),
        (("船靠岸，", "雾散了，", "灯亮了。"), "paragraph", "sentences broken into lines"),
        (("1船靠岸的时候，雾没有散。", "2镇上的人都来了。"), "paragraph", "numbered paragraphs"),
        (("1“船来了。”", "223名志愿者都来了。", "3灯亮了。"), "paragraph", "numbered paragraphs"),
        (("[1]船靠岸。", "[2]灯亮了。", "[3]桥好了。"), "paragraph", "numbered paragraphs"),
        ((f"{STORY}",), "list", "paragraphs set as items"),
        ((SPACED,), "paragraph", "letters set apart"),
    ],
)
def test_a_text_set_anew_is_told(texts: tuple[str, ...], kind: BlockType, name: str) -> None:
    assert told(*texts, kind=kind) == [name]


@pytest.mark.parametrize(
    "texts",
    [
        (STORY,),
        tuple(f"{n}等奖：奖金五千元，奖给每年守灯三百天以上的船工" for n in "一二三"),
        tuple(f"{n}月，船靠岸的时候，雾还没有散。" for n in (1, 2, 3)),
        ("1、船靠岸的时候，雾还没有散。", "2、镇上的人都来了。"),
        ("1. 船靠岸的时候，雾还没有散。", "2. 镇上的人都来了。"),
        ("1个人守着灯。", "2个人守着桥。"),
        ("1盏灯亮了。", "灯又亮了2盏。"),
        ("1949年，渡口有了第一盏灯。", "2019年，灯还亮着。"),
        ("1张旧船票还留着。", "2万盏灯都亮了。"),
        ("春 眠 不 觉 晓", STORY),
        ("河湾镇 渡口村 石阶巷 第一夜校", "晾衣绳 旧船票 立冬账本 渡口灯"),
    ],
)
def test_a_printed_setting_is_not(texts: tuple[str, ...]) -> None:
    assert told(*texts) == []


def test_a_table_of_one_row_or_column_that_holds_a_sentence_is_a_frame() -> None:
    assert table((STORY, STORY[::-1])) == ["the text set in a frame"]
    assert table((STORY,), ("灯",)) == ["the text set in a frame"]
    assert table(("项目", "件数"), ("渡口", "12")) == []
    assert table(("渡口", "石阶", "桥")) == []
