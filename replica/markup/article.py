"""The page of one article."""

from typing import NamedTuple

from replica.addresses import era_on
from replica.markup import chrome
from replica.markup.body import body
from replica.markup.column import column, link
from replica.markup.headline import headline_rows
from replica.markup.layout import Layout, article_layout
from replica.markup.pictures import picture_tables
from replica.markup.text import attribute, content_type, encoded, markup
from replica.truth import TrueArticle, TrueIssue, TruePage


class Sheet(NamedTuple):
    """A page as sent: its bytes and the Content-Type header with them."""

    body: bytes
    content_type: str


def render_article(
    article: TrueArticle,
    page: TruePage,
    issue: TrueIssue | None = None,
    *,
    layout: Layout | None = None,
) -> Sheet:
    """The article's page, set in its own layout or in the one that is given.

    Without an issue the page stands alone: no page list, no neighbours.
    """
    layout = layout or article_layout(article)
    issue = issue or TrueIssue(issue_date=page.issue_date, pages=(page,))
    html = (
        chrome.head(f"{article.title}--重庆日报", layout)
        + "<table width=1000 align=center border=0><tr>\n"
        + column(issue, page, layout)
        + f"\n<td valign=top align=center>{chrome.masthead()}\n"
        + _listed_pages(issue, page, layout)
        + "<!----------文章部分开始---------->\n"
        + _toolbar(article, page, layout)
        + '<table width="572" border=0 cellspacing=0 cellpadding=5 align=center>\n'
        + headline_rows(article, layout)
        + _pictures(article, layout)
        + f"\n<tr><td class=xilan_content>{body(article, layout)}</td></tr></table>\n"
        + "<!----------文章部分结束---------->\n"
        + _neighbours(article, page, layout, last_arrow=era_on(page.issue_date).number < 3)
        + "</td></tr></table>\n"
        + chrome.footer()
    )
    if layout.ending == "enpproperty":
        start = markup(article.text[:60], layout)
        html += chrome.closing_comment(1, page, attribute(article.title), start)
    return Sheet(encoded(html, layout), content_type(layout))


def _listed_pages(issue: TrueIssue, page: TruePage, layout: Layout) -> str:
    if layout.page_list == "none":
        return ""
    hidden = ' style="display:none"' if layout.page_list == "hidden" else ""
    return f"<div id=bmdh{hidden}>{chrome.page_list(issue, page, layout)}</div>\n"


def _pictures(article: TrueArticle, layout: Layout) -> str:
    if layout.pictures == "in-body" or not article.pictures:
        return ""
    return f"\n<tr><td align=center>{picture_tables(article, layout)}</td></tr>"


def _toolbar(article: TrueArticle, page: TruePage, layout: Layout) -> str:
    return (
        _neighbours(article, page, layout, last_arrow=True)
        + '<table width=572 border=0><tr><td width="268" class=px12>'
        + chrome.printed_date(page.issue_date)
        + '</td><td align=right><a href="javascript:zoomIn();" class="black">放大</a> '
        '<a href="javascript:zoomOut();" class="black">缩小</a> '
        '<a href="javascript:ozoom.style.zoom=\'100%\';" class="black">默认</a>&nbsp;'
        "</td></tr></table>\n"
    )


def _neighbours(article: TrueArticle, page: TruePage, layout: Layout, *, last_arrow: bool) -> str:
    """The links to the articles before and after; at the ends of the page the words alone."""
    at = [other.native_id for other in page.articles].index(article.native_id)
    before = page.articles[at - 1] if at > 0 else None
    after = page.articles[at + 1] if at + 1 < len(page.articles) else None
    left, right = chrome.arrow("3", layout.arrows), chrome.arrow("4", layout.arrows)
    first = f'<a class=preart href="{link(before, layout)}">上一篇</a>' if before else "上一篇"
    second = f'<a class=preart href="{link(after, layout)}">下一篇</a>' if after else "下一篇"
    return (
        f"<table width=572 border=0><tr><td align=right>{left}{first}&nbsp; "
        f"{second}{right if last_arrow else ''}&nbsp;</td></tr></table>\n"
    )
