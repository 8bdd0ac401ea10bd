"""Whole pages in the turns that templates take: the story right, the furniture gone, or an error."""

import re
from collections.abc import Callable

import pytest

from press.errors import Truncated
from tests.crawler.parse.pages import (
    FIRST,
    FOLDERS,
    PROSE,
    SECOND,
    SETTINGS,
    SHELLS,
    TITLE,
    Head,
    Shell,
    article_page,
    body_of,
    read,
    spans_with_breaks,
)

PICTURE = (
    '<table><tr><td><img src="../../../res/1/20260112/1.jpg"></td></tr>'
    "<tr><td>渡口的黄昏。记者 林一舟 摄</td></tr></table>"
)
HEAD = Head(kicker="深度聚焦", deck="——船工三代", byline="张三丰")
TEXTS = [text.strip() for text in PROSE]
every_shell = pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.name)


@every_shell
@pytest.mark.parametrize(
    ("kicker", "headline"),
    [
        ("人物", "谁来守护我们的老街？"),
        ("人物", "他说：“船要开了。”"),
        ("今天，我们为什么还要读诗？", TITLE),
        ("市长说：“让老街活起来。”", TITLE),
        ("全市会议传达学习重要精神，研究部署当前经济、民生、安全稳定等重点工作，并审议有关文件", TITLE),
        ("推荐", "上一篇与下一篇"),
        ("评论", "放大"),
        ("作品", "目录"),
    ],
)  # fmt: skip
def test_sentences_and_furniture_words_may_stand_in_a_headline_block(
    shell: Shell, kicker: str, headline: str
) -> None:
    head = spans_with_breaks(Head(kicker=kicker, headline=headline, byline="张三丰"))
    found = read(shell, article_page(shell, head=head), title=headline)
    assert (found.kicker, found.headline, found.byline) == (kicker, headline, "张三丰")
    assert found.account.residue is None


@every_shell
@pytest.mark.parametrize(
    "line",
    [
        "2026年01月12日 星期一　【字号 大 中 小】",
        "2026年01月12日 星期一",
        "来源：重庆日报　2026年01月12日",
        "发布时间：2026-01-12",
        "字体：大 中 小",
        "[打印本页] [关闭]",
        '<a href="#">放大</a> <a href="#">缩小</a>',
    ],
)
def test_a_tool_or_source_line_in_the_headlines_cell_is_in_no_field(
    shell: Shell, line: str
) -> None:
    kicker, deck, byline = (f"<span>{part}</span>" for part in ("深度聚焦", "——船工三代", "张三丰"))
    parts = [kicker, f"<strong>{TITLE}</strong>", deck, byline]
    for ordered in ([f"<span>{line}</span>", *parts], [*parts, f"<span>{line}</span>"]):
        cell = f'<td align="center" width="572">{"<br>".join(ordered)}</td>'
        whole = f'<table cellpadding="5"><tr valign="top">{cell}</tr></table>'
        found = read(shell, article_page(shell, head=whole))
        assert (found.kicker, found.headline, found.deck, found.byline) == (
            "深度聚焦", TITLE, "——船工三代", "张三丰",
        )  # fmt: skip


@every_shell
def test_a_picture_above_the_headline_keeps_its_caption(shell: Shell) -> None:
    head = (
        f'<table width="100%"><tr><td align="center">{PICTURE}</td></tr>'
        f'<tr><td align="center"><span>深度聚焦</span><br><strong>{TITLE}</strong></td></tr></table>'
    )
    found = read(shell, article_page(shell, head=head))
    assert [(p.caption, p.credit) for p in found.pictures] == [("渡口的黄昏。", "记者 林一舟 摄")]
    assert (found.kicker, found.headline, found.account.residue) == ("深度聚焦", TITLE, None)


@every_shell
@pytest.mark.parametrize(
    "layout",
    [
        "<table><tr><td>{picture}</td><td>{body}</td></tr></table>",
        "<table><tr><td>{picture}</td></tr><tr><td>{body}</td></tr></table>",
        "<table><tr><td>{body}</td></tr><tr><td>{picture}</td></tr></table>",
    ],
    ids=["beside", "above", "below"],
)
def test_a_body_that_shares_a_table_with_a_picture_stays_body(shell: Shell, layout: str) -> None:
    body = layout.format(picture=PICTURE, body=body_of())
    found = read(shell, article_page(shell, head=SETTINGS[0](HEAD), body=body))
    assert [block.text for block in found.blocks] == TEXTS
    assert [(p.caption, p.credit) for p in found.pictures] == [("渡口的黄昏。", "记者 林一舟 摄")]
    assert found.account.residue is None


@every_shell
@pytest.mark.parametrize(
    "line", ["点击数：1024 次", "您看完此文的感受：感动 高兴", "阅读更多精彩内容"]
)
def test_a_line_after_the_body_is_no_body_also_beside_a_picture(shell: Shell, line: str) -> None:
    markup = article_page(shell, head=SETTINGS[0](HEAD), pictures=PICTURE)
    changed = re.sub(
        r"(?i)</founder-content></div>|</p></div>", lambda end: f"{end[0]}<div>{line}</div>", markup,
        count=1,
    )  # fmt: skip
    found = read(shell, changed)
    assert changed != markup
    assert [block.text for block in found.blocks] == TEXTS


@every_shell
def test_a_paragraph_between_headline_and_body_is_no_deck(shell: Shell) -> None:
    markup = article_page(shell, head=SETTINGS[0](Head(byline="张三丰")), body=body_of((SECOND,)))
    found = read(
        shell,
        re.sub(r"(?i)<div id=.?ozoom", lambda body: f"<p>{FIRST}</p>{body[0]}", markup, count=1),
    )
    assert (found.deck, found.byline) == (None, "张三丰")
    assert FIRST.strip() in found.text or FIRST.strip() in (found.account.residue or "")


@every_shell
def test_a_page_cut_in_its_body_is_truncated_and_no_article(shell: Shell) -> None:
    markup = article_page(shell, head=SETTINGS[0](HEAD))
    second = markup.index(SECOND)
    for end in (second + 9, second, second + len(SECOND)):
        with pytest.raises(Truncated):
            read(shell, markup[:end])


@every_shell
def test_a_long_body_that_is_told_twice_is_stored_once(shell: Shell) -> None:
    found = read(shell, article_page(shell, head=SETTINGS[0](HEAD), body=body_of() + body_of()))
    assert [block.text for block in found.blocks] == TEXTS
    assert found.account.residue is None


@every_shell
@pytest.mark.parametrize("font", ['<font face="Webdings">', '<font style="font-family:Wingdings">'])
def test_chinese_in_a_font_of_signs_is_text(shell: Shell, font: str) -> None:
    body = body_of((FIRST, f"{font}{SECOND}</font>"))
    found = read(shell, article_page(shell, head=SETTINGS[0](HEAD), body=body))
    assert [block.text for block in found.blocks] == TEXTS


@every_shell
@pytest.mark.parametrize(
    "wrap",
    [
        lambda markup: re.sub(r"(?i)<body[^>]*>", lambda k: f"{k[0]}<div><form>", markup, count=1),
        lambda markup: re.sub(r"</?(?:tbody|TBODY)>", "", markup),
        lambda markup: markup.replace("<strong", "<b").replace("</strong>", "</b>"),
        lambda markup: markup.replace("</p>", ""),
        lambda markup: re.sub(r'="([\w#.]+)"', r"=\1", markup),
        lambda markup: re.sub(r"(?s)</table>\s*</body>", "</body>", markup),
    ],
    ids=["wrapped", "no tbody", "b", "unclosed p", "unquoted", "unclosed table"],
)
def test_sloppier_markup_of_the_same_page_gives_the_same_record(
    shell: Shell, wrap: Callable[[str], str]
) -> None:
    markup = article_page(shell, head=SETTINGS[0](HEAD), pictures=PICTURE)
    found, right = read(shell, wrap(markup)), read(shell, markup)
    assert (found.kicker, found.headline, found.deck, found.byline) == (
        right.kicker, right.headline, right.deck, right.byline,
    )  # fmt: skip
    assert (found.blocks, found.pictures) == (right.blocks, right.pictures)
    assert found.account.residue is None


@pytest.mark.parametrize(
    "byline",
    [
        "新重庆-重庆日报记者 陈小满",
        "驻渝记者 陈小满",
        "特约撰稿人 陈小满",
        "策划：陈小满 执行：何苗",
        "陈小满 口述 何苗 整理",
        "文/图 本报记者 陈小满",
    ],
)
def test_a_byline_below_a_deck_is_not_the_decks_last_line(byline: str) -> None:
    head = SETTINGS[0](Head(deck="——船工三代", byline=byline))
    found = read(FOLDERS, article_page(FOLDERS, head=head))
    assert (found.deck, found.byline) == ("——船工三代", byline)
