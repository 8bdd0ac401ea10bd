"""The left column and the page list: titles, areas, addresses and labels."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from replica.markup.mutations.edits import Mutation, in_list, in_map, in_pages, swap, within

_ROWS: Final = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_AREAS: Final = re.compile(r"<Area\b[^>]*>(?:[^<]*</Area>)?")
_TITLE: Final = re.compile(r"(?P<open><div id=mp\d+[^>]*>)(?P<title>.*?)(?=</div>)", re.DOTALL)


def _every_second(found: re.Pattern[str]) -> Mutation:
    return lambda text: "\n".join(found.findall(text)[::2])


def _is_short(row: str) -> bool:
    """True for a title of a notice or correction, which the map may lack too."""
    return len(re.sub(r"<[^>]*>|\s", "", row)) < 6


def _first_half(text: str) -> str:
    rows = _ROWS.findall(text)
    half = (len(rows) + 1) // 2
    return text if any(map(_is_short, rows[half:])) else "\n".join(rows[:half])


def _first_of_all(text: str) -> str:
    rows = _ROWS.findall(text)
    return text if any(map(_is_short, rows)) else "\n".join(rows[:1])


def _without_last(text: str) -> str:
    rows = _ROWS.findall(text)
    return text if not rows or _is_short(rows[-1]) else "\n".join(rows[:-1])


def _first_only(found: re.Pattern[str]) -> Mutation:
    return lambda text: "\n".join(found.findall(text)[:1])


def _reversed(found: re.Pattern[str]) -> Mutation:
    return lambda text: "\n".join(reversed(found.findall(text)))


def _rotated_hrefs(text: str) -> str:
    hrefs = re.findall(r'href="([^"]*content_[^"]*)"', text)
    turned = iter(hrefs[1:] + hrefs[:1])
    return re.sub(r'href="[^"]*content_[^"]*"', lambda _: f'href="{next(turned)}"', text)


def _same_hrefs(text: str) -> str:
    first = re.search(r'href="[^"]*content_[^"]*"', text)
    return re.sub(r'href="[^"]*content_[^"]*"', first[0], text) if first else text


def _rotated_titles(text: str) -> str:
    titles = [found["title"] for found in _TITLE.finditer(text)]
    turned = iter(titles[1:] + titles[:1])
    return _TITLE.sub(lambda found: found["open"] + next(turned), text)


def _every_second_article(text: str) -> str:
    areas = _AREAS.findall(text)
    names = [re.sub(r'.*href="([^"?]*).*', r"\1", area, flags=re.DOTALL) for area in areas]
    own = list(dict.fromkeys(names))
    kept = own[::2] + own[-1:]  # the last may be an advertisement, which only the map knows
    return "".join(area for area, name in zip(areas, names, strict=True) if name in kept)


def _both(edit: Mutation) -> Mutation:
    """An edit of the map for pages whose title list knows all its articles too: an advertisement
    that only the map knew would be gone without a trace."""
    return lambda page: edit(page) if _ids(in_map, page) <= _ids(in_list, page) else page


def _ids(part: Callable[[Mutation], Mutation], page: str) -> set[str]:
    found: set[str] = set()

    def keep(text: str) -> str:
        found.update(re.findall(r"content_(?:rb_)?(\d+)", text))
        return text

    part(keep)(page)
    return found


def _titled(edit: Mutation) -> Mutation:
    """An edit for maps whose areas name their articles."""
    return lambda text: edit(text) if " alt=" in text or " title=" in text else text


def _links(with_: str) -> Mutation:
    return swap(r'(?<=href=")(?:[^"]*/)?(content_[^"]*)(?=")', with_)


COLUMNS: Final[Mapping[str, Mutation]] = {
    "title list dropped": in_list(lambda _: ""),
    "second half of the titles dropped": in_list(_first_half),
    "all titles but the first dropped": in_list(_first_of_all),
    "last title dropped": in_list(_without_last),
    "title list reversed": in_list(_reversed(_ROWS)),
    "title list twice": in_list(lambda text: text + text),
    "title list as ul": in_list(
        lambda text: "<tr><td><ul>" + re.sub(r"<tr>.*?<td>(<a href.*?</a>)</td></tr>", r"<li>\1</li>", text, flags=re.S)
        + "</ul></td></tr>"
    ),
    "titles cut with an ellipsis": in_list(swap(r"(<div id=mp[^>]*>.{6})[^<]+", r"\1…")),
    "titles numbered": in_list(swap(r"(<div id=mp[^>]*>)", r"\1· ")),
    "titles with the page's label": in_list(swap(r"(<div id=mp[^>]*>)", r"\1[07版]")),
    "titles emptied": in_list(swap(r"(<div id=mp[^>]*>).*?</div>", r"\1</div>")),
    "titles by script": in_list(
        swap(r"(<div id=mp[^>]*>)(.*?)</div>", r'\1<script>document.write("\2")</script></div>')
    ),
    "titles in attributes": in_list(swap(r"<a (href[^>]*)><div id=mp[^>]*>(.*?)</div>", r'<a \1 title="\2"><img src=/i.gif>')),
    "titles of other articles": in_list(_rotated_titles),
    "titles replaced": in_list(swap(r"(<div id=mp[^>]*>).*?</div>", r"\1另一篇文章的题目</div>")),
    "titles with a date": in_list(swap(r"(<div id=mp[^>]*>)(.*?)</div>", r"\1\2 2019-01-02</div>")),
    "titles as read more": in_list(swap(r"(<div id=mp[^>]*>)(.*?)</div>", r"\2\1阅读全文</div>")),
    "titles all lead to one article": in_list(_same_hrefs),
    "titles lead to their neighbours": in_list(_rotated_hrefs),
    "titles lead to scripts": in_list(swap(r'href="[^"]*"', 'href="javascript:open(1)"')),
    "titles lost their links": in_list(swap(r"</?a\b[^>]*>", "")),
    "areas dropped": _both(in_map(lambda _: "")),
    "every second article's areas dropped": in_map(_every_second_article),
    "areas shifted out of the picture": in_map(
        swap(r'(?<=coords=")[^"]*', lambda found: re.sub(r"\d+", lambda n: str(int(n[0]) + 400), found[0]))
    ),
    "areas exchanged for those of a larger picture": in_map(
        swap(r'(?<=coords=")[^"]*', lambda found: re.sub(r"\d+", lambda n: str(int(n[0]) * 3), found[0]))
    ),
    "all areas but the first dropped": _both(in_map(_first_only(_AREAS))),
    "areas lead to their neighbours": in_map(_titled(_rotated_hrefs)),
    "areas all lead to one article": in_map(_same_hrefs),
    "areas lost their links": _both(in_map(swap(r' href="[^"]*"', ""))),
    "areas lost their coordinates": in_map(swap(r' coords="[^"]*"', "")),
    "areas in per cent": in_map(swap(r'coords="[^"]*"', 'coords="1%,2%,30%,40%"')),
    "areas as data": in_map(swap("coords=", "data-coords=")),
    "areas emptied to a point": in_map(swap(r'coords="[^"]*"', 'coords="0,0,0,0"')),
    "areas by script": _both(in_map(lambda text: f"<script>areas({text!r})</script>")),
    "map dropped": _both(swap(r"<MAP NAME.*?</MAP>", "")),
    "map after a second map": swap(r"<MAP NAME", '<MAP NAME="logo"><area href="/" coords="0,0,9,9"></MAP><MAP NAME'),
    "map as svg": _both(swap(
        r"<MAP NAME.*?</MAP>",
        lambda found: "<svg>" + found[0].replace("<Area", "<polygon").replace("coords", "points") + "</svg>",
    )),
    "facsimile dropped": swap(r"<img src=[^>]*USEMAP[^>]*>", ""),
    "facsimile loaded late": swap(r"<img src=(\S+) (border=0 width=\d+ height=\d+ USEMAP)", r"<img src=/tplimg/blank.gif data-src=\1 \2"),
    "column dropped": swap(r"<td valign=top width=400>\n.*?\n</td>(?=\n<td valign=top)", ""),
    "column hidden": swap("<td valign=top width=400>", '<td valign=top width=400 style="display:none">'),
    "column in divs": within(
        "<td valign=top width=400>", "\n</td>\n<td valign=top", swap(r"<(/?)(?:table|tbody|tr|td)\b", r"<\1div")
    ),
    "links absolute with http": _links(r"http://mirror.example.org/\1"),
    "links with a query": swap(r'(href="[^"]*content_\d*[^"?]*\.htm)(?=")', r"\1?div=-1&from=app"),
    "links with a fragment": swap(r'(href="[^"]*content_[^"?]*\.htm)(?=")', r"\1#top"),
    "links end in shtml": swap(r"(content_[\w]+)\.htm", r"\1.shtml"),
    "links of another prefix": swap(r"content_(?:rb_)?(\d+)", r"article_\1"),
    "links as routes": swap(r'href="[^"]*content_(?:rb_)?(\d+)\.htm', r'href="#/detail/\1'),
    "links by onclick": swap(r'href="([^"]*content_[^"]*)"', r"""href="#" onclick="go('\1')" """),
    "links into another day": swap(r'(?<=href=")([^"]*)/(\d{4}-\d{2})/\d{2}/', r"\1/\2/28/"),
    "links into another page": swap(r"/\d{3}/content_", "/099/content_"),
    "base of another folder": swap("<head>", '<head><base href="/archive/2001-01/01/001/">'),
    "base of the site": swap("<head>", '<head><base href="/">'),
    "page label dropped": swap(r"(align=left class=px12>)第\d+版：", r"\1"),
    "page label of another page": swap(r"(align=left class=px12>第0*)\d(?=版)", r"\g<1>6"),
    "page label in Latin letters": swap(r"(align=left class=px12>)第0*(\d)版", r"\1A\2"),
    "page label in words": swap(r"(align=left class=px12>)第\d+版", r"\1第七版"),
    "page name dropped": swap(r"(align=left class=px12>第\d+版)：<strong>.*?</strong>", r"\1"),
    "page label split in spans": swap(
        r"(align=left class=px12>)第(\d+)版：<strong>(.*?)</strong>", r"\1<span>第</span><span>\2</span><span>版</span>：<strong>\3</strong>"
    ),
    "page list dropped": in_pages(lambda _: ""),
    "every second page dropped": in_pages(_every_second(_ROWS)),
    "page list reversed": in_pages(_reversed(_ROWS)),
    "page list without labels": in_pages(swap(r"第\d+版：?", "")),
    "page list as options": in_pages(
        swap(r"<tr[^>]*>.*?<a [^>]*href=\"?([^\s\">]+)[^>]*>(.*?)</a>.*?</tr>", r"<tr><td><option value=\1>\2</option></td></tr>")
    ),
    "turns dropped": swap(r"<a class=preart href=[^>]*>[^<]*(?:<(?:span|font)[^>]*>\d</(?:span|font)>)?[上下]一版</a>", ""),
    "turns exchanged": swap("(?<=[>\\d])([上下])一版(?=</a>)", lambda found: "下一版" if found[1] == "上" else "上一版"),
    "turns in other words": swap("(?<=[>\\d])[上下]一版(?=</a>)", "翻页"),
}  # fmt: skip
"""What may become of the column that announces a page's articles, and of the page list."""
