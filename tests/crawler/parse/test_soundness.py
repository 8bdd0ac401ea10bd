"""A text that was cut, doubled or exchanged for another is told; a printed one is not."""

import pytest

from crawler.parse.soundness import unsound
from press.model import Block, BlockType

LONG = "船靠岸的时候，雾还没有散，镇上的人都站在石阶上，谁也没有先开口说话"
OWN_FONT = "镇\ue001人\ue001船\ue001桥\ue001灯\ue001，都在。"


def told(
    *texts: str, kind: BlockType = "paragraph", goes_on: bool = False, headline: str = "渡口的灯"
) -> list[str]:
    blocks = [Block(type=kind, text=text) for text in texts]
    return [piece.name for piece in unsound(headline, blocks, goes_on=goes_on)]


@pytest.mark.parametrize(
    "texts",
    [
        (f"{LONG}。",),
        (f"{LONG}。", "（据新华社北京1月1日电）"),
        (f"{LONG}。", "2026年1月12日"),
        (f"{LONG}。{LONG}。本报记者 张三丰 文/图",),
        (f"{LONG}。地址：河湾镇一号，联系人：张先生",),
        (f"{LONG}。", "参加者有张三、李四、王五"),
        ("遗失合格证一本，声明作废。", "遗失船票一张，声明作废。"),
        ("x < y 时，船不开。",),
        ("市民登录客户端即可预约。",),
        ("请注册会员的市民到窗口登记。",),
        ("全文扫描二维码阅读",),
        (f"{LONG}。", "更多精彩，请关注本报公众号。"),
        ("023-12345678",),
        ("Spring comes early to the ferry. " * 4,),
        ("02 05 11 17 23 30 + 08 " * 4,),
        tuple(f"{n}等奖：奖金五千元，奖给每年守灯三百天以上的船工" for n in "一二三"),
        ("船来了。", f"{LONG}。", "船来了。"),
        ("镇长\ue001先生说：雾大。",) * 1,
    ],
)
def test_a_printed_text_is_sound(texts: tuple[str, ...]) -> None:
    assert told(*texts) == []


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        ((f"{LONG}。", f"{LONG}。第二天{LONG}"), "the text ends in the middle"),
        ((f"{LONG}，{LONG}。",) * 2, "one text twice"),
        (("船来了。", "船来了。", "雾散了。", "雾散了。"), "one text twice"),
        (("正在加载，请稍候。",), "a placeholder for the text"),
        (("请下载客户端阅读全文。",), "a placeholder for the text"),
        (("undefined",), "a placeholder for the text"),
        (("<P>船靠岸。</P>",), "markup in the text"),
        (("船靠\ufffd。",), "characters that were lost"),
        (("????????，??????。",), "characters that were lost"),
        ((OWN_FONT,), "characters of the page's own font"),
        ((f"{LONG}。点击展开全文",), "a button in the text"),
        (("重庆日报版权所有 未经书面授权 不得复制或建立镜像",), "the page's footer for the text"),
    ],
)
def test_a_text_that_nobody_printed_is_told(texts: tuple[str, ...], name: str) -> None:
    assert name in told(*texts)


def test_a_headline_alone_may_have_lost_its_characters() -> None:
    assert told(headline="{{title}}") == ["markup in the text"]
    assert told() == []


def test_what_goes_on_elsewhere_or_is_a_notice_may_end_in_a_sentence() -> None:
    cut = f"{LONG}。第二天{LONG}"
    assert told(cut) == ["the text ends in the middle"]
    assert told(cut, goes_on=True) == told(cut, headline="停水公告") == []


def test_verse_may_end_in_commas_and_repeat_itself() -> None:
    assert told("床前明月光，\n疑是地上霜。", kind="verse") == []
    assert told("雾来了。你也来，\n船没有来\n\n雾来了。你也来，\n船没有来", kind="verse") == []


def test_items_may_be_sentences() -> None:
    assert told(f"{LONG}。\n{LONG}！", kind="list") == []


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (((f"{LONG}。",), (f"{LONG}！",)), ["the text set in a frame"]),
        ((("灯", f"{LONG}。"), ("船", f"{LONG}！")), []),
        ((("灯",), ("船",)), []),
    ],
)
def test_a_text_in_one_column_was_set_in_a_frame(
    rows: tuple[tuple[str, ...], ...], names: list[str]
) -> None:
    table = Block(type="table", text="", rows=rows)
    assert [piece.name for piece in unsound(None, [table], goes_on=False)] == names
    beside = Block(type="paragraph", text=f"{LONG}。")
    assert [piece.name for piece in unsound(None, [table, beside], goes_on=False)] == []


@pytest.mark.parametrize(
    ("texts", "kind", "name"),
    [
        ((f"{LONG}，", f"{LONG[:20]}，", f"{LONG}。"), "paragraph", "sentences broken into lines"),
        (("雾散了。船工说，\n灯还亮着。镇上的人，\n都站在石阶上。",), "verse", "sentences broken into lines"),
        ((f"{LONG}。\n{LONG}。\n{LONG}。",), "list", "paragraphs set as items"),
        ((f"本报讯（记者 张三丰）{LONG}。\n{LONG}。",), "list", "paragraphs set as items"),
        (("1船靠岸的时候，雾没有散。", "2镇上的人都来了。", "3灯亮了。"), "paragraph", "numbered paragraphs"),
        (("船", f"靠岸的时候，{LONG}。"), "paragraph", "a letter set apart"),
        ((f"{LONG}。", "点击查看大图", f"雾，{LONG}。"), "paragraph", "a template's words in the text"),
        (("来源：重庆日报", f"{LONG}。"), "paragraph", "a template's words in the text"),
        ((f"{LONG}。", "广告", f"雾，{LONG}。"), "paragraph", "an advertisement in the text"),
    ],
)  # fmt: skip
def test_a_text_that_a_template_set_is_told(
    texts: tuple[str, ...], kind: BlockType, name: str
) -> None:
    assert told(*texts, kind=kind) == [name]


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("各位乡亲，", f"{LONG}。"), "paragraph"),
        (("雾散了。你来，\n船没有来，\n灯还亮着，\n你还在等我。",), "verse"),
        (("晾衣绳\n旧船票\n夜校",), "list"),
        (("1.船来了。", "2.灯亮了。", "3.雾散了。"), "paragraph"),
        (("1月，船来了。", "3月，灯亮了。", "5月，雾散了。"), "paragraph"),
        ((f"{LONG}。", "来源：新华社"), "paragraph"),
        ((f"{LONG}。", "广告"), "paragraph"),
    ],
)  # fmt: skip
def test_what_a_newspaper_sets_so_is_not(texts: tuple[str, ...], kind: BlockType) -> None:
    assert told(*texts, kind=kind) == []


def test_an_advertisement_may_say_what_it_is() -> None:
    assert told(f"{LONG}。", "广告", "船来了。", headline="广告") == []
