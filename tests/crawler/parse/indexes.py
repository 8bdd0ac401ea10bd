"""Page indexes written by hand, one a scheme of addresses; all text is invented.

An index is made of parts (map, label bar, title list, page list, date), each given as markup, so
that a test shows exactly which part it changes or leaves out.
"""

from dataclasses import dataclass

from tests.crawler.parse.pages import OTHER_TITLES, TITLE, Shell

IDS = (353401, 353402, 353403, 353404)
TITLES: tuple[str | None, ...] = (TITLE, *OTHER_TITLES, None)
"""The titles of the four articles; the fourth is an advertisement that only the map knows."""
PAGE_NAMES = ("要闻", "综合", "区县", "财经", "国际", "文化", "江岸·副刊", "广告")
DATE = "2026年01月12日　星期一"
LABEL = "第007版：<strong>江岸·副刊</strong>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The parts of a page index; each is markup, empty where the page has no such part."""

    image_map: str
    label: str
    title_list: str
    page_list: str
    turns: str
    date: str = DATE
    extra: str = ""

    def markup(self) -> str:
        """The whole page."""
        return f"""<html><head><meta charset="utf-8"><title>重庆日报</title></head><body>
<table width=1000><tr><td>重庆日报</td><td width=268>{self.date}</td><td><form action=s.do>
<select name=y><option>2026年</option><option>2025年</option></select><input type=submit value=检索></form></td></tr></table>
<table><tr><td valign=top>{self.image_map}<table><tr><td class=px12 width=208>{self.label}</td>
<td align=right><table><tr><td></td><td class=px12 nowrap>{self.turns}</td></tr></table></td></tr></table>
<table>{self.title_list}</table></td>
<td valign=top><div style="overflow:auto"><table>{self.page_list}</table></div>{self.extra}</td></tr></table>
<table><tr><td>重庆日报版权所有 未经书面授权不得复制</td></tr></table></body></html>"""


def index_of(shell: Shell) -> Index:
    """A right index in the shell's scheme of addresses: four articles, eight pages."""
    return Index(
        image_map=image_map(shell),
        label=LABEL,
        title_list="".join(title_row(shell, n) for n in range(3)),
        page_list="".join(page_row(shell, n) for n in range(1, 9)),
        turns=f'<a class=preart href="{page_name(shell, 6)}"><span style="font-family:Webdings">3</span>'
        f'上一版</a>&nbsp;<a class=preart href="{page_name(shell, 8)}">下一版</a>',
    )


def article_name(shell: Shell, native_id: int) -> str:
    """The relative address of an article, as a page beside it links it."""
    return shell.article_url.format(id=native_id).rsplit("/", 1)[1]


def page_name(shell: Shell, page_no: int) -> str:
    """The relative address of a page: by its slot where the scheme has one folder a day."""
    return f"node_{117 + page_no}.htm" if _is_flat(shell) else f"../{page_no:03d}/node.htm"


def page_address(shell: Shell, page_no: int) -> str:
    """The absolute address of a page."""
    if _is_flat(shell):
        return shell.page_url.rsplit("/", 1)[0] + f"/node_{117 + page_no}.htm"
    return shell.page_url.replace("/007/", f"/{page_no:03d}/")


def image_map(shell: Shell, *, name: str = "pagepicmap", usemap: str = "#PagePicMap") -> str:
    """Facsimile and map: every article has an area, the first one two with other query strings."""
    areas = "".join(
        f"<Area shape='polygon' coords='10,{n}0,200,{n}0,200,{n}9,10,{n}9' "
        f"href='{article_name(shell, native_id)}{query}'>"
        for n, (native_id, query) in enumerate(
            [(IDS[0], "?div=0"), *((native_id, "?div=-1") for native_id in IDS)], 1
        )
    )
    return (
        f'<table><tr><td><img src="cqrb20260112007_b.jpg" usemap="{usemap}" border=0>'
        f'<MAP NAME="{name}">{areas}</MAP></td></tr></table>'
    )


def title_row(shell: Shell, number: int) -> str:
    """One row of the title list; `number` counts from 0."""
    native_id, title = IDS[number], TITLES[number]
    return (
        '<tr><td width=10><img src="/tplimg/checkbox.gif" width=9></td><td>'
        f'<a href="{article_name(shell, native_id)}"><div id=mp{native_id} '
        f'style="display:inline">{title} </div></a></td></tr>'
    )


def page_row(shell: Shell, page_no: int) -> str:
    """One row of the page list, with its PDF."""
    return (
        f"<tr><td class=default align=left><span class=default>第{page_no:03d}版</span>："
        f'<a href="{page_name(shell, page_no)}">{PAGE_NAMES[page_no - 1]}</a></td>'
        f'<td><a href="{pdf_name(page_no)}"><img src="/tplimg/pdf.gif" border=0></a></td></tr>'
    )


def pdf_name(page_no: int) -> str:
    """The address of a page's PDF, as the page list links it."""
    return f"/cqrb/page/{page_no:03d}/cqrb20260112{page_no:03d}.pdf"


def _is_flat(shell: Shell) -> bool:
    return "node_" in shell.page_url
