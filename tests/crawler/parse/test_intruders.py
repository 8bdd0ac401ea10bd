"""What stands in a body and was never printed is told, wherever it stands."""

import pytest

from tests.crawler.parse.pages import (
    FIRST,
    SECOND,
    SETTINGS,
    SHELLS,
    Head,
    Shell,
    article_page,
    body_of,
    read,
)

HEAD = SETTINGS[0](Head(byline="张三丰"))
every_shell = pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.name)


def residue(shell: Shell, body: str) -> str:
    return read(shell, article_page(shell, head=HEAD, body=body)).account.residue or ""


@every_shell
@pytest.mark.parametrize(
    ("intruder", "words"),
    [
        ('<p><a href="/1.html">相关的另一篇</a></p>', "a link in the text"),
        ('<a href="http://ad.example.org/"><img src="/res/1/20260112/9.jpg"></a>', "leads elsewhere"),
        (f"<aside>{FIRST}</aside>", "<aside> in the text"),
        ("<i style='font-size:0'>乱码</i>", "out of sight"),
        ("<p style='display:none'>　　这一段话没有人看得见，也没有人读过它。</p>", "text that no reader sees"),
        ('<p>船来了……<a href="#">阅读全文</a></p>', "a link in the text"),
        ('<p><a href="2.htm">上一页</a> 1 2 <a href="3.htm">下一页</a></p>', "a link in the text"),
        ("<div class=comments><p>阿远：写得真好。</p></div>", "a box of the site in the text"),
        (f"<script>more('{FIRST.strip()}再来一句从来没有人读过的话。')</script>", "text that no reader sees"),
        ("<!-- 这一段被注释掉了，没有人会读到它。 -->", "text that no reader sees"),
        ("<div>阅读 1024 点赞 36</div>", "a count in the text"),
        ("<div class='hot-news'><p>镇上的另一盏灯。</p></div>", "a box of the site in the text"),
        ("<p>镇上的另一盏灯</p>", "set otherwise than the text"),
        ("<div class=xgyd><h6 style=''></h6><span>镇上的另一盏灯</span></div>", "set otherwise than the text"),
        ("<script>slides(['/res/1/20260112/9.jpg'])</script>", "a picture that only a script shows"),
        ("<fieldset><legend>正文</legend></fieldset>", "<legend> in the text"),
        ("<div data-more='这一段话没有人看得见，也没有人读过它。'></div>", "text that no reader sees"),
    ],
)  # fmt: skip
def test_an_intruder_in_the_body_is_told(shell: Shell, intruder: str, words: str) -> None:
    assert residue(shell, body_of()) == ""
    assert words in residue(shell, body_of((FIRST,)) + intruder + body_of((SECOND,)))


@every_shell
@pytest.mark.parametrize(
    "printed",
    [
        '<p>　　来信请寄河湾镇渡口，也可以发到<a href="mailto:a@example.org">a@example.org</a>。</p>',
        '<p>　　三代船工守着渡口，用的是<a href="http://boat.example.org/">河湾船厂</a>造的船。</p>',
        "<div>船来了，雾散了。</div>",
        '<p><img src="/tplimg/dot.gif">天亮了，船来了。</p>',
        "<i style='display:none'>乱码</i>",
        "<audio src=1.mp3></audio><input type=hidden value=1><o:p></o:p>",
        "<!-- 旧稿 --><script>play('1')</script>",
        "<td width=0 style='height:0'>　　天亮了，船来了。</td>",
        "<p>　　“上船！”<span>　　</span>船来了。</p>",
    ],
)
def test_what_editors_paste_into_a_body_is_not(shell: Shell, printed: str) -> None:
    assert residue(shell, body_of((FIRST,)) + printed + body_of((SECOND,))) == ""


@every_shell
def test_a_script_outside_the_body_may_speak_to_the_reader(shell: Shell) -> None:
    whole = article_page(shell, head=HEAD)
    warned = whole.replace(
        "<body", "<script>alert('您还没有输入任何关键字，请输入以后再查询。')</script><body"
    ).replace("<BODY", "<script>alert('您还没有输入任何关键字，请输入以后再查询。')</script><BODY")
    assert warned != whole
    assert read(shell, warned).account.residue is None


@every_shell
def test_paragraphs_that_lost_their_ends_are_told(shell: Shell) -> None:
    assert "paragraphs run together" in residue(shell, f"<p>{FIRST}{SECOND}</p>")
    assert residue(shell, f"<p>{FIRST}　　（张三丰）</p>") == ""


@pytest.mark.parametrize("stray", ["　　广告招商，电话一二三四五六七八。", "　　责编"])
def test_text_outside_the_marks_of_the_text_is_told_unless_it_is_short(stray: str) -> None:
    shell = next(shell for shell in SHELLS if shell.name == "flat")
    whole = article_page(shell, head=HEAD)
    found = read(shell, whole.replace("<!--enpcontent-->", f"<p>{stray}</p><!--enpcontent-->"))
    told = "outside the marks of the text" in (found.account.residue or "")
    assert told is (len(stray) > 12)


@every_shell
@pytest.mark.parametrize(
    ("hidden", "words"),
    [
        ("<div style='display:none'><p>　　这一段话没有人看得见，也没有人读过它。</p></div>", "text that no reader sees"),
        ("<span style='display:none'>本报记者 李四</span>", "a byline that no reader sees"),
        ("<span style='display:none'>引题~~~副题</span>", ""),
    ],
)  # fmt: skip
def test_what_the_page_hides_above_the_body_is_told_where_it_is_the_storys(
    shell: Shell, hidden: str, words: str
) -> None:
    whole = article_page(shell, head=SETTINGS[0](Head()) + hidden)
    told = read(shell, whole).account.residue
    assert words in (told or "") if words else told is None


@every_shell
def test_a_mark_of_the_text_without_its_other_end_is_told(shell: Shell) -> None:
    whole = article_page(shell, head=HEAD, body=f"<!--enpcontent-->{body_of()}<!--/enpcontent-->")
    assert read(shell, whole).account.residue is None
    torn = whole.replace("<!--/enpcontent-->", "")
    assert "without its other end: enpcontent" in (read(shell, torn).account.residue or "")
