"""Articles that look odd and are healthy, as papers' sites have sent them since 2007.

Each is read without a report and with the right fields: whoever adds a sign by which a changed
page is known adds here the printed page that comes nearest to it. All text is invented.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.crawler.parse.pages import (
    FIRST,
    FOLDERS,
    FOUNDER_A1,
    SECOND,
    SETTINGS,
    SHELLS,
    TITLE,
    Head,
    Shell,
    article_page,
    body_of,
    read,
)  # fmt: skip

A, B = FIRST.strip(), SECOND.strip()
PICTURE = '<table><tr><td><img src="../../../res/1/20260112/{n}.jpg"></td></tr><tr><td>{words}</td></tr></table>'
every_shell = pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body as markup and the texts of its blocks; `pictures` counts those read."""

    markup: str
    texts: tuple[str, ...]
    pictures: int = 0
    title: str | None = TITLE


def prose(*texts: str) -> Body:
    """Paragraphs that are read as they stand."""
    return Body(markup=body_of([f"　　{text}" for text in texts]), texts=texts)


LAST = "河湾的船又回来了。"
STANZA = ("雾来了，", "船没有来，", "灯还亮着，", "你还在等我。")
BODIES: dict[str, Body] = {
    "a signature at the end": prose(A, "张三丰"),
    "a date at the end": prose(A, "二〇二六年一月十二日"),
    "names at the end": prose(A, "获奖者：张三、李四、王五、赵六、钱七"),
    "a signature in the last paragraph": prose(f"{A}{B}本报记者 张三丰 通讯员 李四"),
    "an address in the last paragraph": prose(f"{A}来信请寄：河湾镇渡口一号，张三丰收"),
    "a wire's name in the last paragraph": prose(f"{A}{B}据新华社"),
    "no full stop at all": prose("河湾镇渡口自即日起停航", "恢复时间另行公告"),
    "a salutation": prose("尊敬的各位读者、各位乡亲，新年好，", A),
    "one short sentence": prose("今日停水。"),
    "a number to call": prose("咨询热线：023-12345678"),
    "login in a short text": prose("市民登录河湾发布客户端，即可预约参观。"),
    "registration in a short text": prose("老人凭身份证注册会员，当天可以借阅。"),
    "an error in a short text": prose("昨日更正了一处出错的站名，线路不变。"),
    "a code to scan for more": prose(A, "（更多内容，请扫描二维码关注河湾客户端）"),
    "a prompt to follow": prose(A, "更多精彩，请关注本报微信公众号"),
    "an English text": prose("Spring comes early to the ferry, and so do we. " * 3 + "Welcome!"),
    "numbers of a lottery": prose("第2026004期：02 05 11 17 23 30 + 08", "第2026005期：01 03 04 06 09 12 + 15"),
    "an English poem": prose("Spring comes early to the ferry", "and the lamp is still burning."),
    "a formula": prose("当 x < y 时船不开，当 x > y 时船开，R&D 部门如是说。"),
    "a rare character of a name": prose("李\ue0a1说，雾大。李\ue0a1又说，船不开。" + A, "李\ue0a1走了。"),
    "bullets of a font of signs": prose("\ue010 渡口的船停航三天。", "\ue010 镇上的桥开始检修。", "\ue010 夜校照常上课。"),
    "a sentence that comes back": prose("那一年，雾很大。", A, "那一年，雾很大。", B),
    "three prizes that end alike": prose(*(f"{n}等奖三名，奖给每年守灯三百天以上的船工，奖金五千元" for n in "一二三")),
    "an interview": prose("记者：船什么时候回来？", "张三丰：雾散了就回来。", "记者：那么今天呢？", "张三丰：今天不回来。"),
    "a caption without its picture": prose(A, "图为渡口的黄昏。记者 张三丰 摄"),
    "a caption above the text": prose("上图：渡口的黄昏。", A),
    "a byline that opens the text": prose("本报记者 张三丰", A),
    "a name that opens the text": prose("张三丰", A),
    "related reading that was printed": prose(A, "相关链接", B),
    "a copyright line that was printed": prose(A, "未经本报许可，不得转载。"),
    "a paper's name in brackets": Body(
        markup="<p>　　发表在&lt;Nature&gt;上的论文说，雾会散。</p>", texts=("发表在<Nature>上的论文说，雾会散。",)
    ),
    "single words of a toolbar": prose("放大", A, "目录", B),
    "paragraphs in divs among others": Body(
        markup=f"<p>{FIRST}</p><div>{SECOND}</div><p>　　{LAST}</p>", texts=(A, B, LAST)
    ),
    "a word document's leavings": Body(
        markup=f'<p class=MsoNormal style="text-indent:21.0pt"><span lang=EN-US><o:p></o:p></span>{FIRST}</p>'
        f"<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><p>{SECOND}</p>",
        texts=(A, B),
    ),
    "crossheads that stand out": Body(
        markup=f"<p>{FIRST}</p><p><b>雾</b></p><p>{SECOND}</p><p align=center>灯</p><p>　　{LAST}</p>",
        texts=(A, "雾", B, "灯", LAST),
    ),
    "no indent at all": Body(
        markup="".join(f"<p>{t}</p>" for t in (A, "雾散了", B, "灯亮了", LAST)), texts=(A, "雾散了", B, "灯亮了", LAST)
    ),
    "one line of verse that is not indented": Body(
        markup=f"<p>{FIRST}</p><p>雾来了，<br>灯还亮着，<br>你还在等我</p><p>{SECOND}</p>",
        texts=(A, "雾来了，\n灯还亮着，\n你还在等我", B),
    ),
    "a signature on the right": Body(
        markup=f"<p>{FIRST}</p><p>{SECOND}</p><p align=right>张三丰</p>", texts=(A, B, "张三丰")
    ),
    "indents in spans": Body(
        markup="".join(f"<p><span>　　</span>{t}</p>" for t in (A, B, LAST)), texts=(A, B, LAST)
    ),
    "a link within a line": Body(
        markup=f'<p>　　三代船工守着渡口，用的是<a href="http://boat.example.org/">河湾船厂</a>造的船。</p><p>{SECOND}</p>',
        texts=("三代船工守着渡口，用的是河湾船厂造的船。", B),
    ),
    "an address as a link": Body(
        markup=f'<p>{FIRST}</p><p><a href="http://boat.example.org/">http://boat.example.org/</a></p>',
        texts=(A, "http://boat.example.org/"),
    ),
    "an anchor": Body(markup=f"<a name=top></a><p>{FIRST}</p>", texts=(A,)),
    "a player without words": Body(
        markup=f"<audio src=1.mp3 controls></audio><embed src=1.swf><p>{FIRST}</p>", texts=(A,)
    ),
    "a script that plays": Body(
        markup=f"<p>{FIRST}</p><script>var player = open('1.flv'); player.play();</script>", texts=(A,)
    ),
    "a note of an editor": Body(markup=f"<!-- 二校 李四 --><p>{FIRST}</p>", texts=(A,)),
    "decoys that no browser shows": Body(
        markup=f'<p>　　{A[:9]}<span style="display:none">重庆日报</span>{A[9:]}</p>', texts=(A,)
    ),
    "rows of a table with long cells": Body(
        markup=f"<table border=1><tr><td>渡口</td><td>{A}{B}</td></tr><tr><td>夜校</td><td>{B}{A}</td></tr></table>",
        texts=(f"渡口\t{A}{B}\n夜校\t{B}{A}",),
    ),
    "a framed note beside the text": Body(
        markup=f"<p>{FIRST}</p><table><tr><td>{B}</td></tr></table><p>　　{LAST}</p>",
        texts=(A, B, LAST),
    ),
    "items that are sentences": Body(
        markup=f"<ul><li>{A}</li><li>{B}</li></ul>", texts=(f"{A}\n{B}",)
    ),
    "verse, each line a paragraph": Body(
        markup=body_of(STANZA * 2), texts=("\n".join(STANZA * 2),)
    ),
    "verse with a refrain": Body(
        markup=f"<p>{'<br>'.join(STANZA)}<br><br>{'<br>'.join(STANZA)}</p>",
        texts=("\n".join((*STANZA, "", *STANZA)),),
    ),
    "a sentence that ends within a line of verse": Body(
        markup="<p>雾散了。你来，<br>船没有来，<br>灯还亮着，<br>你还在等我。</p>",
        texts=("雾散了。你来，\n船没有来，\n灯还亮着，\n你还在等我。",),
    ),
    "a bullet as an image": Body(
        markup=f'<p>　　<img src="/tplimg/dot.gif">{A}</p><p>　　<img src="/tplimg/dot.gif">{B}</p>', texts=(A, B)
    ),
    "a picture with a tooltip": Body(
        markup=f'<p align=center><img src="/res/1/20260112/1.jpg" alt="图片" title="点击查看大图"></p><p>{FIRST}</p>',
        texts=(A,), pictures=1,
    ),
    "a picture whose words are only in it": Body(
        markup=f'<p align=center><img src="/res/1/20260112/1.jpg" alt="渡口的黄昏，船工在等人"></p><p>{FIRST}</p>',
        texts=(A,), pictures=1,
    ),
    "a picture from another host": Body(
        markup=f'<p align=center><img src="http://img.example.org/a/b.jpg"></p><p>{FIRST}</p>', texts=(A,), pictures=1
    ),
    "one picture twice": Body(
        markup="".join(f'<p align=center><img src="/res/1/20260112/1.jpg"></p><p>{t}</p>' for t in (FIRST, SECOND)),
        texts=(A, B), pictures=1,
    ),
    "a picture that leads to itself": Body(
        markup=f'<p><a href="/res/1/20260112/1.jpg"><img src="/res/1/20260112/1.jpg"></a></p><p>{FIRST}</p>',
        texts=(A,), pictures=1,
    ),
    "a code to scan": Body(
        markup=f"<p>{FIRST}</p>{PICTURE.format(n=2, words='扫码看视频')}", texts=(A,), pictures=1
    ),
    "a caption as long as a story": Body(
        markup=PICTURE.format(n=1, words=(A + B) * 5) + f"<p>{FIRST}</p>", texts=(A,), pictures=1
    ),
}  # fmt: skip


@every_shell
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_an_odd_body_is_read_as_it_stands(shell: Shell, body: Body) -> None:
    found = read(
        shell, article_page(shell, head=SETTINGS[0](Head(byline="李四")), body=body.markup)
    )
    assert found.account.residue is None
    assert tuple(block.text for block in found.blocks) == body.texts
    assert len(found.pictures) == body.pictures
    assert (found.kicker, found.headline, found.deck, found.byline) == (None, TITLE, None, "李四")


HEADS: dict[str, tuple[Head, str | None]] = {
    "a title that is cut": (Head(), "河湾小镇…"),
    "a title that is cut without a sign": (Head(), "河湾小镇的晾"),
    "a title with the kicker": (Head(kicker="人物"), f"人物 {TITLE}"),
    "a title with the deck": (Head(deck="——三代船工"), f"{TITLE}——三代船工"),
    "a title of the deck alone": (Head(deck="——三代船工和他们的灯"), "三代船工和他们的灯"),
    "a title in other marks": (Head(headline="“河湾”：AI 来了"), "“河湾”:ＡＩ来了"),
    "a title with a remark": (Head(), f"{TITLE}（附图）"),
    "a title with the author": (Head(byline="张三丰"), f"张三丰：{TITLE}"),
    "a title that names the kind": (Head(), "公告"),
    "a headline that names the kind": (Head(headline="图片新闻"), "渡口的黄昏"),
    "no title": (Head(), None),
    "a kicker that could be a name": (Head(kicker="文化"), TITLE),
    "a kicker about reporters": (Head(kicker="记者调查"), TITLE),
    "a kicker of a bare date": (Head(kicker="2025年12月1日"), TITLE),
    "a kicker that announces": (Head(kicker="发布2025年十件实事"), TITLE),
    "a kicker with an arrow": (Head(kicker="专题>深度"), TITLE),
    "a kicker of a sidebar": (Head(kicker="山坡上的第一所夜校"), TITLE),
    "a kicker that holds the headline": (Head(kicker=f"“{TITLE}”系列报道之二"), TITLE),
    "a deck that tells when": (Head(deck="（2025年12月1日市人大常委会通过）"), TITLE),
    "a deck of words to find it by": (Head(deck="关键词：渡口 船工 灯"), TITLE),
    "a headline with dots": (Head(headline="河湾的灯……"), "河湾的灯……——三代船工"),
}


@every_shell
@pytest.mark.parametrize(("head", "title"), HEADS.values(), ids=HEADS.keys())
def test_an_odd_headline_block_or_title_is_no_contradiction(
    shell: Shell, head: Head, title: str | None
) -> None:
    found = read(shell, article_page(shell, head=SETTINGS[0](head)), title=title)
    assert found.account.residue is None
    assert (found.kicker, found.headline, found.deck, found.byline) == (
        head.kicker, head.headline, head.deck, head.byline,
    )  # fmt: skip
    assert found.text == f"{A}\n{B}"


Around = Callable[[str], str]
AROUND: dict[str, Around] = {
    "two ends": lambda page: re.sub("(?i)</body>", "</body></html><!-- foot.html --></body>", page),
    "a script that warns": lambda page: re.sub(
        "(?i)</head>", "<script>alert('您还没有输入任何关键字，请输入以后再查询。')</script></head>", page
    ),
    "a frame for comments": lambda page: re.sub(
        "(?i)</body>", "<iframe src=msg.jsp>您的浏览器不支持框架，请换一个再来留言。</iframe></body>", page
    ),
    "a second element of the body's name": lambda page: re.sub(
        "(?i)<body[^>]*>", lambda found: found[0] + "<div id=ozoom></div>", page
    ),
    "a hidden line above": lambda page: re.sub(
        "(?i)<div id=.?ozoom", lambda found: f"<span style='display:none'>引题~~~副题</span>{found[0]}", page, count=1
    ),
    "a comment that names the paper": lambda page: page
    + "<!--enpproperty <founder-type>1</founder-type><founder-content>重庆日报</founder-content>/enpproperty-->",
    "a head that names the page": lambda page: page.replace("<title>重庆日报", "<title>江岸·副刊--重庆日报"),
}  # fmt: skip


@every_shell
@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND.keys())
def test_odd_furniture_is_none_of_the_articles_business(
    shell: Shell, around: Around, listed: bool
) -> None:
    page = article_page(shell, head=SETTINGS[0](Head(kicker="人物", byline="张三丰")))
    found = read(shell, around(page), listed=listed)
    assert found.account.residue is None
    assert (found.kicker, found.headline, found.byline) == ("人物", TITLE, "张三丰")
    assert found.text == f"{A}\n{B}"


@pytest.mark.parametrize("shell", [FOLDERS, FOUNDER_A1], ids=lambda shell: shell.name)
@pytest.mark.parametrize("listed", [True, False])
def test_a_full_page_advertisement_may_hold_nothing_but_its_picture(
    shell: Shell, listed: bool
) -> None:
    page = article_page(
        shell,
        head=SETTINGS[0](Head(headline="广告")),
        body="",
        pictures=PICTURE.format(n=1, words=""),
    )
    found = read(shell, page, title="广告" if listed else None, listed=listed)
    assert (found.headline, found.genre, found.account.residue) == ("广告", "advertisement", None)


@every_shell
def test_a_colophon_at_both_ends_is_kept_once(shell: Shell) -> None:
    credits_line = "本版责编 张三丰　美编 李四"
    body = body_of((credits_line, FIRST, SECOND, credits_line))
    found = read(shell, article_page(shell, head=SETTINGS[0](Head()), body=body))
    assert (found.page_credits, found.text) == (credits_line, f"{A}\n{B}")
    assert found.account.residue is None


@every_shell
def test_a_picture_that_no_browser_shows_is_none(shell: Shell) -> None:
    hidden = f'<div style="display:none">{PICTURE.format(n=1, words="渡口的黄昏")}</div>'
    found = read(shell, article_page(shell, head=SETTINGS[0](Head()), body=body_of() + hidden))
    assert (found.pictures, found.account.residue) == ((), None)


@every_shell
def test_a_byline_that_shares_its_row_with_a_tool_is_the_byline(shell: Shell) -> None:
    head = (
        f'<table><tr valign="top"><td align=center><strong>{TITLE}</strong></td></tr>'
        "<tr><td>本报记者 张三丰</td><td>2026年01月12日 星期一</td><td>语音播报</td></tr></table>"
    )
    found = read(shell, article_page(shell, head=head))
    assert (found.deck, found.byline, found.account.residue) == (None, "本报记者 张三丰", None)


@every_shell
@pytest.mark.parametrize(
    "deck",
    [
        "（2025年12月1日）",
        "——2025年12月1日在市人大常委会上的讲话",
        "关键词：渡口 船工 灯",
        "第一版的来历",
    ],
)
def test_a_deck_may_be_dated_or_named_as_papers_do(shell: Shell, deck: str) -> None:
    found = read(shell, article_page(shell, head=SETTINGS[0](Head(deck=deck, byline="张三丰"))))
    assert (found.deck, found.byline, found.account.residue) == (deck, "张三丰", None)


@every_shell
@pytest.mark.parametrize(
    "last", ["张三丰", "（据新华社）", "来源：新华社", "广告", "记者 张三丰 摄"]
)
def test_a_text_that_nobody_signed_may_end_so(shell: Shell, last: str) -> None:
    body = body_of((FIRST, SECOND, f"　　{last}"))
    found = read(shell, article_page(shell, head=SETTINGS[0](Head()), body=body))
    assert (found.byline, found.text, found.account.residue) == (None, f"{A}\n{B}\n{last}", None)
