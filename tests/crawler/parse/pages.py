"""Pages written by hand after what is known of four eras of Founder markup; all text is invented.

A page is a shell (one era's furniture) around a headline block, pictures and a body, each given
as markup, so that a test shows exactly what it changes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from crawler.papers import find_paper
from crawler.reading import Answer, read_article, read_page
from press.model import Article, Entry, Page
from press.paper import Era, Paper

ISSUE_DATE = date(2026, 1, 12)
TITLE = "河湾小镇的晾衣绳"
OTHER_TITLES = ("山坡上的第一所夜校", "一张旧船票的去向")
FIRST = "　　河湾小镇在入冬以后总是先听见风，再看见船，今年的第一场雾来得比往年早了整整十天。"
SECOND = "　　镇上的人说，晾衣绳比天气预报准，绳子往南偏，第二天就要下雨，这话传了三代人。"
PROSE = (FIRST, SECOND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A headline block to be set; None is not printed."""

    kicker: str | None = None
    headline: str | None = TITLE
    deck: str | None = None
    byline: str | None = None


Setting = Callable[[Head], str]


def spans_with_breaks(head: Head) -> str:
    """One cell: spans around a strong, parted by <br>."""
    parts = [
        head.kicker and f'<span style="font-size:16px">{head.kicker}</span>',
        head.headline and f'<strong style="font-size:23px">{head.headline}</strong>',
        head.deck and f'<span style="font-size:16px">{head.deck}</span>',
        head.byline and f'<span style="font-size:14px">{head.byline}</span>',
    ]
    return _one_cell("<br>".join(part for part in parts if part))


def spans_without_breaks(head: Head) -> str:
    """One cell: a span for each part whether filled or not, the style doing the breaks."""
    return _one_cell(
        f'<span class="yt">{head.kicker or ""}</span>\n<strong>{head.headline or ""}</strong>\n'
        f'<span class="ft">{head.deck or ""}</span> <span class="zz">{head.byline or ""}</span>'
    )


def spans_in_font(head: Head) -> str:
    """As without breaks, wrapped into <font> and <center>."""
    return _one_cell(
        f'<center><font face="SimSun"><span>{head.kicker or ""}</span><br><strong>'
        f"{head.headline or ''}</strong><br><span>{head.deck or ''}</span><br>"
        f"<span>{head.byline or ''}</span></font></center>"
    )


def strong_inside_span(head: Head) -> str:
    """One cell: the headline's strong inside a span of its own."""
    return _one_cell(
        f'<span>{head.kicker or ""}</span><br><span style="font-size:23px"><strong>'
        f"{head.headline or ''}</strong></span><br><span>{head.deck or ''}</span><br>"
        f"<span>{head.byline or ''}</span>"
    )


def plain_in_cell(head: Head) -> str:
    """One cell: everything but the headline is plain text between <br>."""
    parts = [head.kicker, f"<strong>{head.headline}</strong>", head.deck, head.byline]
    return _one_cell("<br/>\n".join(part for part in parts if part))


def paragraphs_in_cell(head: Head) -> str:
    """One cell: a <p> for each printed part."""
    parts = [head.kicker, f"<strong>{head.headline}</strong>", head.deck, head.byline]
    return _one_cell("".join(f'<p align="center">{part}</p>' for part in parts if part))


def rows_with_classes(head: Head) -> str:
    """A2: rows of td.font02, td.font01."""
    rows = [
        head.kicker and f'<tr><td class="font02" align="center">{head.kicker}</td></tr>',
        f'<tr><td class="font01" align="center">{head.headline}</td></tr>',
        head.deck and f'<tr><td class="font02" align="center">{head.deck}</td></tr>',
        head.byline and f'<tr><td class="font02" align="center">{head.byline}</td></tr>',
    ]
    return f'<table width="100%" cellpadding="5">{"".join(r for r in rows if r)}</table>'


def rows_with_bt(head: Head) -> str:
    """A3: every row stands whether filled or not, td.bt2, td.bt1, td.bt2, td.bt4."""
    return (
        '<TABLE width="100%"><TBODY>'
        f"<TR><TD class=bt2 align=middle>{head.kicker or ''}</TD></TR>"
        f"<TR><TD class=bt1 align=middle>{head.headline or ''}</TD></TR>"
        f"<TR><TD class=bt2 align=middle>{head.deck or ''}</TD></TR>"
        f"<TR><TD class=bt4 align=middle>{head.byline or ''}</TD></TR></TBODY></TABLE>"
    )


def rows_without_classes(head: Head) -> str:
    """Rows that only align, the headline strong."""
    rows = [
        head.kicker and f"<tr><td align=center>{head.kicker}</td></tr>",
        f"<tr valign=top><td align=center><strong>{head.headline}</strong></td></tr>",
        head.deck and f"<tr><td align=center>{head.deck}</td></tr>",
        head.byline and f"<tr><td align=center>{head.byline}</td></tr>",
    ]
    return f"<table width=100% border=0>{''.join(r for r in rows if r)}</table>"


def tables_of_their_own(head: Head) -> str:
    """A table for each part."""
    parts = [
        head.kicker and f"<span>{head.kicker}</span>",
        f"<strong>{head.headline}</strong>",
        head.deck and f"<span>{head.deck}</span>",
        head.byline and f"<span>{head.byline}</span>",
    ]
    return "".join(
        f'<table width="100%"><tr><td align="center">{p}</td></tr></table>' for p in parts if p
    )


def heading_tags(head: Head) -> str:
    """h3, h1, h2, h4 in one cell, as C sets them."""
    return _one_cell(
        "".join(
            f"<{tag}>{part}</{tag}>"
            for tag, part in (
                ("h3", head.kicker), ("h1", head.headline), ("h2", head.deck), ("h4", head.byline)
            )
            if part
        )
    )  # fmt: skip


def rows_with_date(head: Head) -> str:
    """The toolbar and the date stand in the first rows of the headline's own table."""
    rows = [
        '<tr><td align=right>2026年01月12日 星期一 <a href="#">放大</a> <a href="#">缩小</a></td></tr>',
        head.kicker and f'<tr><td align="center"><span>{head.kicker}</span></td></tr>',
        f'<tr><td align="center"><strong>{head.headline}</strong></td></tr>',
        head.deck and f'<tr><td align="center"><span>{head.deck}</span></td></tr>',
        head.byline and f'<tr><td align="center"><span>{head.byline}</span></td></tr>',
    ]
    return f'<table cellpadding="5">{"".join(r for r in rows if r)}</table>'


SETTINGS: tuple[Setting, ...] = (
    spans_with_breaks, spans_without_breaks, spans_in_font, strong_inside_span, plain_in_cell,
    paragraphs_in_cell, rows_with_classes, rows_with_bt, rows_without_classes,
    tables_of_their_own, heading_tags, rows_with_date,
)  # fmt: skip


def _one_cell(content: str) -> str:
    return (
        '<table cellpadding="5" cellspacing="0" border="0" width="100%"><tbody><tr><td></td></tr>'
        f'<tr valign="top"><td align="center" width="572">{content}</td></tr></tbody></table>'
    )


def body_of(paragraphs: Sequence[str] = PROSE) -> str:
    """Paragraphs, each as it is given, in <p>."""
    return "".join(f"<p>{text}</p>" for text in paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """One era's furniture: how its addresses are written and what stands around an article."""

    name: str
    page_url: str
    article_url: str
    markup: Callable[[str, str, str, str], str]


def article_page(
    shell: Shell, *, head: str, body: str | None = None, pictures: str = "", left: str = ""
) -> str:
    """A whole article page; `head`, `body` and `pictures` are markup, `left` the page column."""
    return shell.markup(head, body_of() if body is None else body, pictures, left or _left(shell))


def read(
    shell: Shell, markup: str | bytes, *, title: str | None = TITLE, listed: bool = True
) -> Article:
    """The article that the crawler reads from a page which the index announced as `title`."""
    paper = find_paper("cqrb")
    page = page_of(shell, title, listed=listed)
    body = markup if isinstance(markup, bytes) else markup.encode()
    answer = Answer(
        url=shell.article_url.format(id=353401), status=200, content_type="text/html", body=body
    )
    found = read_article(
        answer, paper=paper, era=era_of(shell, paper), page=page, entry=page.entries[0]
    )
    assert found is not None
    return found


def page_of(shell: Shell, title: str | None = TITLE, *, listed: bool = True) -> Page:
    """The page as its index told it: the article under test first, two others after it."""
    titles = (title, *OTHER_TITLES)
    entries = tuple(
        Entry(
            order=order, native_id=str(353400 + order),
            url=shell.article_url.format(id=353400 + order), title=text,
            listed=listed or order > 1, mapped=True,
        )
        for order, text in enumerate(titles, 1)
    )  # fmt: skip
    return Page(
        paper="cqrb", issue_date=ISSUE_DATE, page_no=7, page_label="第007版", page_name="江岸·副刊",
        url=shell.page_url, facsimile_url=None, pdf_url=None, previous_url=None, next_url=None,
        printed_date=ISSUE_DATE, page_links=(), entries=entries,
    )  # fmt: skip


def read_index_page(shell: Shell, markup: str, page_no: int | None = 7) -> Page:
    """The page that the crawler reads from a page index."""
    paper = find_paper("cqrb")
    answer = Answer(url=shell.page_url, status=200, content_type="text/html", body=markup.encode())
    found = read_page(
        answer, paper=paper, era=era_of(shell, paper), issue_date=ISSUE_DATE, page_no=page_no
    )
    assert found is not None
    return found


def era_of(shell: Shell, paper: Paper) -> Era:
    """The paper's era with the platform of the shell, made to hold the issue date."""
    platform = "founder_a" if "node_" in shell.page_url else "page_folders"
    era = next(era for era in reversed(paper.eras) if era.platform == platform)
    return replace(era, until=None)


def _left(shell: Shell) -> str:
    """The page column: facsimile with its map, label bar, title list."""
    ids = (353401, 353402, 353403)
    links = [shell.article_url.format(id=n).rsplit("/", 1)[1] for n in ids]
    titles = (TITLE, *OTHER_TITLES)
    areas = "".join(
        f"<area shape='polygon' coords='10,{n}0,200,{n}0,200,{n}9,10,{n}9' href='{link}' alt='{title}'>"
        for n, (link, title) in enumerate(zip(links, titles, strict=True), 1)
    )
    rows = "".join(
        f'<tr><td width="10"><img src="/tplimg/checkbox.gif" width="9"></td><td><a href="{link}">'
        f'<div style="display:inline" id="mp{n}">{title}</div></a></td></tr>'
        for n, link, title in zip(ids, links, titles, strict=True)
    )
    return (
        '<table><tr><td><img src="cqrb20260112007_b.jpg" usemap="#PagePicMap" border=0>'
        f'<map name="PagePicMap">{areas}</map></td></tr></table>'
        '<table><tr><td class="px12" width="208">第007版：<strong>江岸·副刊</strong></td>'
        '<td align="right"><table><tr><td></td><td class="px12" nowrap>'
        '<a class="preart" href="../006/node.htm">上一版</a>&nbsp;'
        '<a class="preart" href="../008/node.htm">下一版</a></td></tr></table></td></tr></table>'
        f"<table>{rows}</table>"
    )


def toolbar(arrows: str = "webdings") -> str:
    """上一篇 and 下一篇 with their arrows: Webdings by style, or plain digits in the text."""
    if arrows == "plain":
        return '<td>3<a href="content_rb_353400.htm">上一篇</a>&nbsp;&nbsp;<a href="#">下一篇</a>4</td>'
    three, four = (f'<span style="font-family:Webdings">{n}</span>' for n in (3, 4))
    return (
        f'<td><a class="preart" href="content_353400.htm">{three}上一篇</a>&nbsp;'
        f'<a class="preart" href="content_353402.htm">下一篇{four}</a></td>'
    )


def _nested(head: str, body: str, pictures: str, left: str) -> str:
    """Page folders: two columns; on the right masthead, date and tools, article table, footer."""
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>重庆日报</title>
<script>function zoomIn(){{ozoom.style.zoom='110%'}}</script></head><body>
<table width="1000" align="center" border="0"><tr><td valign="top" width="400">{left}</td>
<td valign="top" width="600">
<table width="100%"><tr><td><strong>重庆日报</strong></td><td>重庆日报报业集团主办</td></tr></table>
<table width="100%"><tr>{toolbar("plain")}</tr></table>
<table width="100%"><tr><td width="268">2026 年 01 月 12 日 星期一</td><td align="right">
<a href="javascript:zoomIn()">放大</a> <a href="#">缩小</a> <a href="#">默认</a></td></tr></table>
<table width="100%" cellpadding="0"><tr><td>{head}</td></tr>
<tr><td align="center">{pictures}</td></tr>
<tr><td><div id="ozoom" style="zoom:100%"><founder-content>{body}</founder-content></div></td></tr>
<tr>{toolbar("plain")}</tr></table>
</td></tr><tr><td colspan="2"><table width="100%"><tr><td align="center">
重庆日报版权所有 未经书面授权 不得复制或建立镜像<br>地址：重庆市 某区某大道1号 邮编：400000<br>
技术支持：北京北大方正电子有限公司</td></tr></table></td></tr></table></body></html>"""


def _founder_a1(head: str, body: str, pictures: str, left: str) -> str:
    """Era 1: tplimg furniture, upper case, unquoted attributes, Webdings, no founder-content."""
    return f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=utf-8">
<SCRIPT language=JavaScript src="../../../tplimg/mp.js"></SCRIPT><TITLE>重庆日报</TITLE></HEAD>
<BODY leftMargin=0><SPAN id=leveldiv title=点击查看内容 style="position:absolute"></SPAN>
<TABLE cellSpacing=0 cellPadding=0 width=978 border=0><TBODY><TR><TD vAlign=top width=400>{left}</TD>
<TD vAlign=top width=578><TABLE width=578 border=0><TBODY><TR>
<TD width=268>2026年01月12日　星期一</TD>{toolbar()}
<TD align=right><A href="#">放大</A>&nbsp;<A href="#">缩小</A>&nbsp;<A href="#">默认</A>&nbsp;<A href="#">朗读</A></TD></TR></TBODY></TABLE>
<!----------文章部分开始---------->
<TABLE cellSpacing=0 cellPadding=5 width=572 border=0><TBODY><TR><TD vAlign=top width=572>
{head}
<TABLE width="100%"><TBODY><TR><TD align=middle>{pictures}</TD></TR>
<TR><TD class=default><DIV id=ozoom style="ZOOM: 100%">{body}</DIV></TD></TR></TBODY></TABLE>
</TD></TR></TBODY></TABLE>
<!----------文章部分结束---------->
<TABLE width="100%"><TBODY><TR>{toolbar()}</TR></TBODY></TABLE></TD></TR></TBODY></TABLE>
<TABLE width=978><TBODY><TR><TD background=../../../tplimg/footbg.jpg align=middle>重庆日报版权所有
未经授权不得转载</TD></TR></TBODY></TABLE></BODY></HTML>"""


def _flat(head: str, body: str, pictures: str, left: str) -> str:
    """Era 3: headline, picture and body in three tables side by side, enpcontent comments."""
    return f"""<html><head><meta charset="utf-8"></head><body><div id="pgn" style="display:none"><ul>
<li><a href="../001/node.htm">第001版：要闻</a><li><a href="../007/node.htm">第007版：江岸·副刊</a></ul></div>
<table><tr><td>{left}</td></tr></table><div class="right">
<table><tr><td class="px12">重庆日报</td></tr><tr>{toolbar()}</tr>
<tr><td>2026年1月12日 星期一&nbsp;&nbsp;【字号 大 中 小】</td></tr></table>
{head}{pictures}<table><tr><td class="content"><div id="ozoom"><founder-content><!--enpcontent-->{body}
<!--/enpcontent--></founder-content></div></td></tr></table>
<table><tr>{toolbar()}</tr></table></div>
<div class="foot"><p>重庆日报版权所有 未经书面授权不得复制或建立镜像</p></div></body></html>"""


FOLDERS = Shell(
    name="folders", page_url="https://epaper.cqrb.cn/cqrb/2026-01/12/007/node.htm",
    article_url="https://epaper.cqrb.cn/cqrb/2026-01/12/007/content_rb_{id}.htm", markup=_nested,
)  # fmt: skip
FOUNDER_A1 = Shell(
    name="founder_a1", page_url="http://cqrbepaper.cqnews.net/cqrb/html/2026-01/12/node_124.htm",
    article_url="http://cqrbepaper.cqnews.net/cqrb/html/2026-01/12/content_{id}.htm",
    markup=_founder_a1,
)  # fmt: skip
FLAT = Shell(
    name="flat", page_url="https://epaper.cqrb.cn/html/cqrb/2026-01/12/007/node.htm",
    article_url="https://epaper.cqrb.cn/html/cqrb/2026-01/12/007/content_{id}.htm", markup=_flat,
)  # fmt: skip
SHELLS = (FOLDERS, FOUNDER_A1, FLAT)
