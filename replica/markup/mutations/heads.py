"""The headline block: other tags, another order, parts missing, glued or set elsewhere."""

import re
from collections.abc import Mapping
from typing import Final

from replica.markup.mutations.edits import Mutation, in_head, named, swap, then

_PART: Final = re.compile(
    r"<strong style=[^>]*>.*?</strong>|<span style=[^>]*>.*?</span>|<td class=\"(?:font0|bt)\d\"[^>]*>.*?</td>",
    re.DOTALL,
)
_MAIN: Final = re.compile(r"<strong style|class=\"(?:font0|bt)1\"")


def _byline_first(head: str) -> str:
    """The parts with what names a reporter above all others, each with its own tags."""
    parts = _PART.findall(head)
    turned = iter(
        sorted(parts, key=lambda p: not re.search("记者|通讯员", p) or bool(_MAIN.search(p)))
    )
    return _PART.sub(lambda _: next(turned), head)


def _main(with_: str) -> Mutation:
    """The headline's own element replaced; group `text` is its content."""
    return in_head(
        then(
            swap(r"<strong style=[^>]*>(?P<text>.*?)</strong>", with_),
            swap(r"(?<=class=\"font01\" align=center>)(?P<text>.*?)(?=&nbsp;</td>)", with_),
            swap(r"(?<=class=\"bt1\" align=center>)(?P<text>.*?)(?=&nbsp;</td>)", with_),
        )
    )


def _others(with_: str) -> Mutation:
    return in_head(swap(r"<span style=[^>]*>(?P<text>.*?)</span>", with_))


def _moved_below(page: str) -> str:
    found = re.search(r"<strong style=\"font-size:23px.*?</strong>", page, re.DOTALL)
    if found is None:
        return page
    rest = page.replace(found[0], "", 1)
    return rest.replace(
        "<!----------文章部分结束", f"<div>{found[0]}</div><!----------文章部分结束", 1
    )


HEADS: Final[Mapping[str, Mutation]] = {
    "headline as h1": _main(r"<h1>\g<text></h1>"),
    "headline as h2": _main(r"<h2>\g<text></h2>"),
    "headline as h3 with a class": _main(r'<h3 class="headline">\g<text></h3>'),
    "headline as b": _main(r"<b>\g<text></b>"),
    "headline as plain span": _main(r"<span>\g<text></span>"),
    "headline as div": _main(r'<div class="title">\g<text></div>'),
    "headline as p": _main(r"<p>\g<text></p>"),
    "headline in em": _main(r"<em>\g<text></em>"),
    "headline in a custom element": _main(r"<story-title>\g<text></story-title>"),
    "headline as a link": _main(r'<a href="#"><strong>\g<text></strong></a>'),
    "headline with the paper's name": _main(r"<strong>\g<text>_重庆日报</strong>"),
    "headline with a label": _main(r"<strong>标题：\g<text></strong>"),
    "headline in brackets": named(_main(r"<strong>【\g<text>】</strong>")),
    "headline not bold, all else is": then(_main(r"<span>\g<text></span>"), _others(r"<strong>\g<text></strong>")),
    "signed byline above the headline": in_head(_byline_first),
    "headline twice": _main(r"<strong>\g<text></strong><br><strong>\g<text></strong>"),
    "headline letter by letter": _main(r"<strong><font size=7>\g<text></font></strong>"),
    "headline dropped": named(_main("")),
    "headline emptied": named(_main("<strong></strong>")),
    "headline as a picture": named(_main('<strong><img src="/res/1/20200101/title.jpg"></strong>')),
    "headline in an attribute": named(_main(r'<strong title="\g<text>"></strong>')),
    "headline by script": named(_main(r'<strong><script>document.write("\g<text>")</script></strong>')),
    "headline replaced": named(_main("<strong>河湾渡口的另一篇故事</strong>")),
    "headline cut": in_head(swap(r"(<strong style=[^>]*>.{5})[^<]*</strong>", r"\1…</strong>")),
    "headline hidden": named(_main(r'<strong style="display:none">\g<text></strong>')),
    "headline below the body": _moved_below,
    "all parts bold": _others(r"<strong>\g<text></strong>"),
    "all parts as divs": then(_main(r"<div>\g<text></div>"), _others(r"<div>\g<text></div>")),
    "all parts in one line": in_head(swap("<br>\n", " ")),
    "all parts without any tag": in_head(swap(r"</?(?:strong|span|founder-title)\b[^>]*>", "")),
    "all parts as list items": then(_main(r"<li><strong>\g<text></strong></li>"), _others(r"<li>\g<text></li>")),
    "all parts as h tags": then(_main(r"<h1>\g<text></h1>"), _others(r"<h4>\g<text></h4>")),
    "all parts as h2": then(_main(r"<h2>\g<text></h2>"), _others(r"<h2>\g<text></h2>")),
    "parts labelled": _others(r"<span>副题：\g<text></span>"),
    "cells turned to divs": in_head(swap(r"<(/?)t[dr]\b", r"<\1div")),
    "a source line below": in_head(swap(r"</td></tr>(?=\s*(?:<tr>)?$)", "</td></tr><tr><td align=center><span>来源：重庆日报 2020-02-03 08:00</span></td></tr>")),
    "a reading time below": in_head(swap(r"</td></tr>(?=\s*(?:<tr>)?$)", "</td></tr><tr><td align=center><span>阅读需 3 分钟</span></td></tr>")),
    "a share bar below": in_head(swap(r"</td></tr>(?=\s*(?:<tr>)?$)", "</td></tr><tr><td align=center><span>分享到 微信 微博 QQ空间</span></td></tr>")),
}  # fmt: skip
"""What a headline block may turn into."""
