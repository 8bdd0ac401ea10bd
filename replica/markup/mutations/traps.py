"""What a careless template, a broken script or a trap for crawlers makes of a page."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Final

from replica.markup.mutations.edits import (
    Mutation,
    announced,
    in_body,
    in_head,
    in_list,
    in_map,
    in_pages,
    marked,
    named,
    paragraphs,
    swap,
    without,
)

_SENTENCE: Final = "雾散的时候，河湾小镇的第三座桥已经修好，过桥的人把旧船票折成纸船，放进了河里。"


def _second_half(wrap: Callable[[str], str]) -> Mutation:
    """Wraps what follows the middle of the body, from a paragraph's beginning on."""

    def edit(inner: str) -> str:
        at = inner.find("<P", len(inner) // 2)
        return inner[:at] + wrap(inner[at:]) if at > 0 and "。" in inner[at:] else inner

    return in_body(edit)


def _text(markup: str) -> str:
    return re.sub(r"<[^>]*>", "", markup)


def _strewn(decoy: str) -> Mutation:
    return in_body(swap(r"([\u4e00-\u9fff]{8})", rf"\1{decoy}"))


TRAPS: Final[Mapping[str, Mutation]] = {
    "headline with a note": named(in_head(swap(r"(<strong style=[^>]*>)(.*?)</strong>", r"\1\2<sup>①</sup></strong>"))),
    "headline in quotes": named(in_head(swap(r"(<strong style=[^>]*>)(.*?)</strong>", r"\1“\2”</strong>"))),
    "headline without its last character": in_head(swap(r"(<strong style=[^>]*>[^<]{4,}?)[^<]</strong>", r"\1</strong>")),
    "headline and date in one cell": in_head(swap(r"(<strong style=[^>]*>.*?</strong>)", r"\1<br>2019年01月02日")),
    "kicker inside the headline": in_head(swap(r"<span style=[^>]*>([^<]+)</span><br>\n<strong([^>]*)>", r"<strong\2>\1<br>")),
    "headline as svg": in_head(swap(r"<strong style=[^>]*>(.*?)</strong>", r"<svg><text>\1</text></svg>")),
    "headline of a template": in_head(swap(r"(<strong style=[^>]*>)[^<]*", r"\1{{title}}")),
    "headline block twice": in_head(lambda head: head + head),
    "a trail above the headline": in_head(lambda head: "<tr><td>首页 &gt; 第7版</td></tr>" + head),
    "tags below the headline": in_head(swap("</td></tr>", "<br><span>标签：渡口 桥</span></td></tr>", 1)),
    "hidden decoys in the text": _strewn("<i style='display:none'>乱码</i>"),
    "decoys without size": _strewn("<font style='font-size:0px'>乱码</font>"),
    "decoys beside the page": _strewn("<i style='position:absolute;left:-999px'>版权</i>"),
    "a watermark without size": in_body(lambda inner: inner + "<p style='font-size:0'>本文版权归报社所有。</p>"),
    "characters of an own font": in_body(swap("[一是的在]", "\ue001")),
    "readings above characters": in_body(swap(r"([\u4e00-\u9fff])，", r"<ruby>\1<rt>yi</rt></ruby>，")),
    "each character in a span": in_body(swap(r"([\u4e00-\u9fff])", r"<span>\1</span>")),
    "soft hyphens in the text": in_body(swap(r"([\u4e00-\u9fff]{3})", r"\1&shy;")),
    "places to break in the text": in_body(swap(r"([\u4e00-\u9fff]{3})", r"\1<wbr>")),
    "each paragraph twice": paragraphs(r"<P>\g<inner></P><P>\g<inner></P>"),
    "another language": announced(in_body(lambda _: "<P>Lorem ipsum dolor sit amet, consectetur adipiscing elit.</P>")),
    "paragraphs as definitions": paragraphs(r"<dl><dt></dt><dd>\g<inner></dd></dl>"),
    "body in nested tables": in_body(lambda inner: "<table><tr><td>" * 5 + inner + "</td></tr></table>" * 5),
    "second half in a script": _second_half(lambda half: f"<script>more({_text(half)!r})</script>"),
    "second half in an escaped script": _second_half(lambda half: f"<script>more({json.dumps(_text(half))})</script>"),
    "second half folded away": _second_half(lambda half: f"<div style='display:none'>{half}</div>"),
    "second half without height": _second_half(lambda half: f"<div style='height:0;overflow:hidden'>{half}</div>"),
    "second half behind a button": _second_half(lambda half: f"<span onclick=more()>展开全文</span>{half}"),
    "second half in a second element": _second_half(lambda half: f"</div><div id=ozoom_2>{half}"),
    "second half after a cell's end": _second_half(lambda half: f"</td></tr></table>{half}"),
    "second half after the page's end": _second_half(lambda half: f"</body></html>{half}"),
    "second half after an open comment": _second_half(lambda half: f"<!-- ad {half}"),
    "second half after an open script": _second_half(lambda half: f"<script>{half}"),
    "second half after an open style": _second_half(lambda half: f"<style>{half}"),
    "second half after an open textarea": _second_half(lambda half: f"<textarea>{half}"),
    "second half after an open quote": _second_half(lambda half: f'<p class="x>{half}'),
    "body element closed at once": in_body(lambda inner: "</div>" + inner),
    "body as character data": in_body(lambda inner: f"<![CDATA[{inner}]]>"),
    "body for one browser": without("<IMG", in_body(lambda inner: f"<!--[if IE]>{inner}<![endif]-->")),
    "a prompt at the end of the text": in_body(lambda inner: inner + "<P>……点击展开全文</P>"),
    "a paragraph of advertising before the marks": marked(
        swap(r"<!--enpcontent-->|(?<=100%'>)<founder-content>", lambda found: "<P>　　广告招商，电话12345678。</P>" + found[0], 1)
    ),
    "text that moves": in_body(lambda inner: f"<marquee>{_SENTENCE}</marquee>{inner}"),
    "an apology for the text": in_body(lambda _: "<P>　　抱歉，内容暂时无法显示。</P>"),
    "an error for the text": in_body(lambda _: "<P>Internal Server Error</P>"),
    "a template's braces for the text": in_body(lambda _: "{{article.content}}"),
    "a template's tag for the text": in_body(lambda _: "<%=content%>"),
    "undefined for the text": in_body(lambda _: "<P>undefined</P>"),
    "a linked picture of an advertiser": in_body(
        lambda inner: inner + '<a href="http://ad.example.org/"><img src="/res/1/20260112/ad.jpg" width=300></a>'
    ),
    "a pixel that counts": in_body(lambda inner: inner + '<img src="http://t.example.org/p.gif" width=1 height=1>'),
    "pictures by srcset": swap(r'<IMG src="([^"]*)"', r'<IMG srcset="\1 2x"'),
    "pictures as picture elements": swap(
        r'<IMG src="([^"]*)"([^>]*)>', r'<picture><source srcset="\1.webp"><IMG src="\1"\2></picture>'
    ),
    "title list with kickers": in_list(swap(r"(<div id=mp[^>]*>)", r"\1要闻 ")),
    "title list told twice a row": in_list(swap(r"(<div id=mp[^>]*>)([^<]*)", r"\1\2\2")),
    "title list with abstracts": in_list(swap("(</div>)(</a>)", r"\2<p>摘要：桥修好了。</p>")),
    "title list twice in other words": in_list(lambda rows: rows + rows.replace('inline">', 'inline">详细：')),
    "areas called rectangles": in_map(swap('shape="polygon"', 'shape="rect"')),
    "page label of page 9": swap(r"(align=left class=px12>)第0*\d版", r"\1第009版"),
    "page list of another day": in_pages(swap(r"/\d{4}-\d{2}/\d{2}/", "/2001-01/02/")),
    "printed year in the future": swap(r"<span>\d{4}</span> 年", "<span>2031</span> 年"),
}  # fmt: skip
"""What is left of a page when something goes wrong, or is put in a crawler's way."""
