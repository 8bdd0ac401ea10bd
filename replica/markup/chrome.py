"""What stands around every page: head, masthead, toolbars, page list, calendar, footer."""

from datetime import date
from typing import Final

from replica.addresses import PAPER_NAME, era_on, node_name, page_file_path, page_path
from replica.markup.layout import Layout
from replica.markup.text import attribute, declared_charset, markup
from replica.truth import TrueIssue, TruePage

_SCRIPTS: Final = """<SCRIPT language=Javascript src="/tplimg/prototype.js"></SCRIPT>
<SCRIPT language=Javascript src="/tplimg/mp.js"></SCRIPT>
<SCRIPT id=oMapScript event=onmouseover() for=PagePicMap>
rangeDeltaX = 15;
rangeDeltaY = -13;
drawLine(event.srcElement);
</SCRIPT>
<SCRIPT language=Javascript>
function zoomIn(){ if(zoomed<150){ zoomed+=10; ozoom.style.zoom=zoomed+'%'; } }
function zoomOut(){ if(zoomed>80){ zoomed-=10; ozoom.style.zoom=zoomed+'%'; } }
if (document.all && 1 < 2) { document.write("<div id=detail style='position:absolute'></div>"); }
</SCRIPT>
<style type="text/css">
<!--
td { font-size:12px } .px12 { line-height:18px } .default { color:#333 } #pgn { display:none }
-->
</style>"""
_WEEKDAYS: Final = "一二三四五六日"


def head(title: str, layout: Layout) -> str:
    """The head element, with scripts and styles."""
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; '
        f'charset={declared_charset(layout)}" />\n'
        f"<title>{attribute(title)}</title>\n"
        '<link href="/tplimg/global.css" type="text/css" rel="stylesheet"/>\n'
        f"{_SCRIPTS}</head>\n"
        '<body leftmargin=0 topmargin=0 marginheight="0" marginwidth="0" '
        'onload="initialize();initMPPage();">\n'
    )


def masthead() -> str:
    """The nameplate above the article or the page list."""
    return (
        '<table width="100%" border=0><tr><td align=center class=px14>'
        f'<div class="bt">{PAPER_NAME}</div>\n<div>{PAPER_NAME}报业集团主办&nbsp;</div>'
        "</td></tr></table>"
    )


def printed_date(issue_date: date) -> str:
    """The date line; from the second era on the weekday comes from a script."""
    if era_on(issue_date).number == 1:
        weekday = _WEEKDAYS[issue_date.weekday()]
        return f"{issue_date.year}年{issue_date.month}月{issue_date.day}日 星期{weekday}"
    year, month, day = f"{issue_date:%Y %m %d}".split()
    return (
        f"<span>{year}</span> 年 <span>{month}</span> 月 <span>{day}</span> 日 星期"
        "<script language=JavaScript>document.write(weekday);</script>"
    )


def arrow(sign: str, style: str) -> str:
    """A Webdings arrow, 3 to the left and 4 to the right; "" for the style "none"."""
    if style == "span":
        return f"<span style='font-size:12px;font-family:webdings'>{sign}</span>"
    return f"<font face=Webdings>{sign}</font>" if style == "font" else ""


def page_list(issue: TrueIssue, current: TruePage, layout: Layout) -> str:
    """The issue's pages with their PDFs; one row is there twice, hidden, and some issues
    print the first page's row again at the end.
    """
    pages = [*issue.pages, *(issue.pages[:1] if issue.issue_date.day % 2 == 0 else ())]
    rows = [_page_row(current, layout, ' style="display:none"')]
    rows += [_page_row(page, layout, "") for page in pages]
    table = "<table width=100% border=0 cellpadding=3>\n" + "\n".join(rows) + "\n</table>"
    listed = f'<div style="height:180px;overflow-y:scroll">{table}</div>'
    if era_on(issue.issue_date).number == 1:
        items = " ".join(
            f"<Li>&nbsp;<a id=pageLink href={_node(page)}>{page.page_no:02d}： "
            f"{markup(page.page_name, layout)}</a></Li>"
            for page in issue.pages
        )
        return f"<DIV id=pgn><UL>{items}</UL></DIV>{listed}"
    return listed


def _page_row(page: TruePage, layout: Layout, attributes: str) -> str:
    name = markup(page.page_name, layout)
    pdf = page_file_path(page.issue_date, page.page_no, "pdf")
    icon = f'<td><a href="{pdf}"><img src="/tplimg/pdf.gif" width=16 height=16 border=0></a></td>'
    if era_on(page.issue_date).number == 1:
        colour = " bgcolor=#e8e8e8" if page.page_no % 2 else ""
        link = f"<a href=./{_node(page)} id=pageLink>{page.page_label}：{name}</a>"
        return f"<tr{colour}{attributes}><td class=default align=left>{link}</td>{icon}</tr>"
    return (
        f'<tr{attributes}><td class="default" align="left"><span class="default">'
        f"{page.page_label}</span>：<a href="
        f'"{page_path(page.issue_date, page.page_no)}">{name}</a></td>{icon}</tr>'
    )


def _node(page: TruePage) -> str:
    return node_name(page.issue_date, page.page_no)


def calendar() -> str:
    """The calendar's selects and the search box."""
    months = "".join(f"<option>{month}</option>" for month in range(1, 13))
    return (
        "<form name=CLD><table><tr><td>按日期检索</td><td><select name=SY>"
        "<script>for(i=2007;i<2031;i++) document.write('<option>'+i+'</option>')</script></select>"
        f"<select name=SM>{months}</select></td></tr></table></form>\n"
        '<input name="keyword" id="keyword" type="text"/>'
        '<input type="button" value="搜索" onClick="searchWord()"/>'
    )


def footer() -> str:
    """The copyright row, the address and who runs the system."""
    return (
        '<table width=1000 align=center background="/tplimg/footbg.jpg"><tr><td align=center>'
        f"{PAPER_NAME}版权所有 未经书面许可不得转载<br>\n"
        "地址：云栖坪大道7号 邮编：400000<br>\n技术支持：双桂湖电子有限公司</td></tr></table>\n"
        "</body></html>"
    )


def closing_comment(kind: int, page: TruePage, title: str, content: str) -> str:
    """The publisher's metadata comment after the page; kind 1 is an article, 2 a page."""
    return (
        f"\n<!--enpproperty <founder-date>{page.issue_date} 23:59:57</founder-date>"
        f"<founder-title>{title}</founder-title><founder-pagenum>{page.page_no:03d}"
        f"</founder-pagenum><founder-papername>{PAPER_NAME}</founder-papername>"
        f"<founder-type>{kind}</founder-type><founder-content>{content}</founder-content> "
        "/enpproperty-->"
    )
