"""Text that no rule should take: it ends in a field or as a residue, and never in silence."""

import re
from collections.abc import Callable

import pytest

from crawler.parse.tree import scan_text
from press.errors import LayoutChanged
from press.model import Article
from tests.crawler.parse.pages import (
    FIRST,
    PROSE,
    SECOND,
    SETTINGS,
    SHELLS,
    Head,
    Shell,
    article_page,
    body_of,
    read,
)

LONG = (
    "　　这一段话从它原来的地方掉了出来，落在了不该在的位置，谁也没有发现它，直到雾散的那天早晨。"
)
STRAYS = (
    LONG,
    "　　雾散的那天早晨，船没有来。",
    "　　两地签署合作协议，声明将在三年内共同修缮沿江二十二座老码头，并把其中五座改成河边图书馆。",
    "　　本次展览由河湾小镇文化站主办，共展出三十件旧船票。",
    "".join(f"<span>{LONG[n : n + 9]}</span>" for n in range(0, len(LONG), 9)),
)
HEAD = SETTINGS[0](Head(kicker="新春走基层", byline="张三丰"))
Put = Callable[[str, str], str]

every_shell = pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.name)


def after_toolbar(markup: str, stray: str) -> str:
    last = max(markup.rfind("下一篇</a>4"), markup.rfind("下一篇<span"))
    row = re.sub(r"(?i)</tr>", f"</tr><tr><td>{stray}</td></tr>", markup[last:], count=1)
    return markup[:last] + row


def before(pattern: str) -> Put:
    return lambda markup, stray: re.sub(
        pattern, lambda found: f"<p>{stray}</p>{found[0]}", markup, count=1, flags=re.IGNORECASE
    )


def after(pattern: str) -> Put:
    return lambda markup, stray: re.sub(
        pattern, lambda found: f"{found[0]}<p>{stray}</p>", markup, count=1, flags=re.IGNORECASE
    )


PLACES: dict[str, Put] = {
    "at the top of the page": after(r"<body[^>]*>"),
    "in the masthead": before(r"2026 ?年"),
    "beside the page column": after(r"</map></td></tr></table>"),
    "in the dated cell": after(r"星期一"),
    "above the headline block": before(r'<table cellpadding="5"'),
    "between headline and body": before(r"<div id=.?ozoom"),
    "below the body": after(r"</founder-content></div>|</p></div>"),
    "below the toolbar": after_toolbar,
    "at the foot of the page": before(r"</body>"),
}


def lost(found: Article, text: str) -> bool:
    """True when the text stands neither in a field nor in the residue."""
    kept = "".join(
        "".join(piece.text.split()) for piece in found.account.pieces if piece.kind != "dropped"
    )
    return "".join(text.split()) not in kept


@every_shell
@pytest.mark.parametrize("put", PLACES.values(), ids=PLACES.keys())
@pytest.mark.parametrize("stray", STRAYS, ids=["long", "short", "协议", "主办", "spans"])
def test_a_sentence_that_strayed_is_never_dropped(shell: Shell, put: Put, stray: str) -> None:
    markup = article_page(shell, head=HEAD)
    strayed = put(markup, stray)
    assert strayed != markup
    found = read(shell, strayed)
    assert not lost(found, scan_text(stray))
    assert [text for text in PROSE if text.strip() not in found.text] == []


@every_shell
def test_a_paragraph_moved_out_of_the_body_is_in_no_place_lost(shell: Shell) -> None:
    markup = article_page(shell, head=HEAD)
    for put in PLACES.values():
        moved = put(markup.replace(f"<p>{SECOND}</p>", ""), SECOND)
        found = read(shell, moved)
        assert not lost(found, SECOND)
        assert FIRST.strip() in found.text


@every_shell
@pytest.mark.parametrize(
    "line",
    [
        "点击数：1024 次",
        "下载新重庆客户端 阅读更多精彩内容",
        "友情链接：人民网",
        "您看完此文的感受",
    ],
)
def test_a_line_that_nobody_knows_right_after_the_body_is_a_residue(
    shell: Shell, line: str
) -> None:
    found = read(
        shell, after(r"</founder-content></div>|</p></div>")(article_page(shell, head=HEAD), line)
        .replace(f"<p>{line}</p>", f"<div>{line}</div>"),
    )  # fmt: skip
    assert line in (found.account.residue or "")
    assert line not in found.text


@every_shell
@pytest.mark.parametrize(
    "furniture",
    [
        "<div>分享到：<a href=#>微信</a> <a href=#>微博</a></div>",
        "<div>点击数：1024 次</div>",
        "<div>【打印本页】【关闭窗口】</div>",
        "<div>扫描二维码下载客户端</div>",
        "<table><tr><td>相关链接</td></tr><tr><td><a href=x.htm>谁来守护我们的老街？</a></td></tr></table>",
        "<div>上一篇：<a href=x.htm>一碗小面里的山城早晨</a></div>",
        "<form><textarea>文明上网，理性发言。</textarea><input type=submit value=发表></form>",
        "<select><option>友情链接</option><option>某某网</option></select>",
        "<div>渝公网安备 50010302000000号</div>",
        "<div>凡本报作品，未经授权不得转载。违者将依法追究法律责任。</div>",
        "<div>本网站所刊登的各种新闻、信息和专题资料，均为重庆日报版权所有，未经许可，禁止下载使用。</div>",
    ],
)
def test_furniture_below_the_toolbar_leaves_no_residue_and_no_trace(
    shell: Shell, furniture: str
) -> None:
    found = read(shell, after_toolbar(article_page(shell, head=HEAD), furniture))
    assert found.account.residue is None
    assert [block.text for block in found.blocks] == [text.strip() for text in PROSE]


@every_shell
@pytest.mark.parametrize(
    "furniture",
    [
        "<div class=ad><a href='http://ad.example'><img src='/tplimg/banner.jpg'></a></div>",
        "<div>热烈庆祝渡口开航</div>",
        "<div>今天是2026年11月23日 星期一 天气：多云 12℃</div>",
        "<form>用户名<input name=u> 密码<input name=p><button>登录</button></form>",
        "<table><tr><td>日</td><td>一</td></tr><tr><td>1</td><td>2</td></tr></table>",
        "<p>为了获得更好的浏览体验，建议使用新版浏览器访问本网站。</p>",
        "<div>国内统一连续出版物号 CN50-0000 邮发代号77-0 第26789期 今日8版</div>",
    ],
)
def test_furniture_at_the_top_leaves_no_residue_and_no_trace(shell: Shell, furniture: str) -> None:
    markup = article_page(shell, head=HEAD)
    found = read(
        shell, re.sub(r"(?i)<body[^>]*>", lambda body: body[0] + furniture, markup, count=1)
    )
    assert found.account.residue is None
    assert (found.kicker, found.byline) == ("新春走基层", "张三丰")
    assert found.text == "\n".join(text.strip() for text in PROSE)


@every_shell
def test_bytes_that_are_no_character_are_a_residue(shell: Shell) -> None:
    body = article_page(shell, head=HEAD, body=body_of()).encode()
    whole = body.replace("晾衣绳比".encode(), "晾衣绳比".encode()[:-1] + b"\xff", 1)
    assert whole != body
    assert "no character" in (read(shell, whole).account.residue or "")


@every_shell
@pytest.mark.parametrize("renamed", ["content1", "zoom", "article"])
def test_a_body_whose_mark_was_renamed_is_read_by_its_tag_or_refused(
    shell: Shell, renamed: str
) -> None:
    markup = re.sub(r"(?i)id=.?ozoom\"?", f'id="{renamed}"', article_page(shell, head=HEAD))
    if "founder-content" in markup:
        assert read(shell, markup).text == "\n".join(text.strip() for text in PROSE)
    else:
        with pytest.raises(LayoutChanged):
            read(shell, markup)
