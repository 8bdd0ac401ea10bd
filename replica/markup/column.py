"""The left column: facsimile and image map, page label, links to the neighbours, title list."""

from press.model import Zone
from replica.addresses import era_on, node_name, page_file_path, page_path
from replica.markup.chrome import arrow
from replica.markup.layout import Layout
from replica.markup.text import attribute, markup
from replica.newspaper import PLATE_HEIGHT_PX, PLATE_WIDTH_PX
from replica.truth import TrueArticle, TrueIssue, TruePage


def column(issue: TrueIssue, page: TruePage, layout: Layout) -> str:
    """The column's cell, the same on the page index and on its articles."""
    return (
        "<td valign=top width=400>\n<table cellspacing=0 cellpadding=0 border=0><tr><td>"
        f"{_plate(page, layout)}</td></tr></table>\n{_bar(issue, page, layout)}\n"
        f"{_titles(page, layout)}\n</td>"
    )


def link(article: TrueArticle, layout: Layout) -> str:
    """The address of an article as its page's links give it."""
    return article.path if layout.links == "absolute" else article.path.rpartition("/")[2]


def _plate(page: TruePage, layout: Layout) -> str:
    areas = "".join(
        _area(article, order, zone, layout)
        for article in page.articles
        for order, zone in enumerate(article.zones)
    )
    used = "PagePicMap" if layout.map_case == "same" else "pagepicmap"
    source = page_file_path(page.issue_date, page.page_no, "jpg")
    return (
        f'<MAP NAME="PagePicMap">{areas}</MAP><img src={source} border=0 '
        f"width={PLATE_WIDTH_PX} height={PLATE_HEIGHT_PX} USEMAP=#{used}>"
    )


def _area(article: TrueArticle, order: int, zone: Zone, layout: Layout) -> str:
    coords = ",".join(f"{int(x)},{int(y)}" for x, y in zone)
    query = "?div=-1" if order else ""
    start = f'<Area coords="{coords}" shape="polygon" href="{link(article, layout)}{query}"'
    if era_on(article.issue_date).number == 1:
        return start + ">"
    if layout.area_title == "text":
        return f"{start}>{markup(article.title, layout)}</Area>"
    return f"{start} alt='{attribute(article.title)}'>"


def _bar(issue: TrueIssue, page: TruePage, layout: Layout) -> str:
    first = era_on(page.issue_date).number == 1
    width = ' width="208"' if first else ""
    pdf = page_file_path(page.issue_date, page.page_no, "pdf")
    return (
        "<table cellspacing=0 cellpadding=5 width=411 border=0><tr>"
        f"<td{width} align=left class=px12>{page.page_label}：<strong>"
        f"{markup(page.page_name, layout)}</strong></td>\n"
        "<td align=right class=px12><table width=100% border=0><tr><td nowrap width=50%></td>"
        f"<td nowrap class=px12>{_neighbours(issue, page, layout)}</td></tr></table></td>"
        f'<td class=px12 align=right valign=center><a href="{pdf}">'
        '<img src="/tplimg/pdf.gif" border=0></a></td></tr></table>'
    )


def _neighbours(issue: TrueIssue, page: TruePage, layout: Layout) -> str:
    at = [other.page_no for other in issue.pages].index(page.page_no)
    links = []
    if at > 0:
        sign = arrow("3", layout.page_arrows)
        links.append(f'<a class=preart href="{_href(issue.pages[at - 1])}">{sign}上一版</a>')
    if at + 1 < len(issue.pages):
        sign = arrow("4", layout.page_arrows)
        links.append(f'<a class=preart href="{_href(issue.pages[at + 1])}">{sign}下一版</a>')
    return "&nbsp;".join(links)


def _href(page: TruePage) -> str:
    if era_on(page.issue_date).number == 1:
        return node_name(page.issue_date, page.page_no)
    return page_path(page.issue_date, page.page_no)


def _titles(page: TruePage, layout: Layout) -> str:
    rows = "\n".join(_title(article, layout) for article in page.articles if article.listed)
    return f"<table width=100% border=0 cellpadding=2>\n{rows}\n</table>"


def _title(article: TrueArticle, layout: Layout) -> str:
    href, bullet = link(article, layout), "<img src=/tplimg/checkbox.gif border=0>"
    if layout.bullet == "linked":
        bullet = f'<a href="{href}">{bullet}</a>'
    return (
        f'<tr><td valign=top width=12>{bullet}</td><td><a href="{href}">'
        f'<div id=mp{article.native_id} style="display:inline">'
        f"{_listed(article, layout)}</div></a></td></tr>"
    )


def _listed(article: TrueArticle, layout: Layout) -> str:
    return markup(article.headline, layout).replace(
        "\n", "<br>" if layout.listed_break == "br" else " "
    )
