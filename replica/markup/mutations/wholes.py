"""The whole page: its encoding, white space and elements; and several changes at once."""

import html
import re
from collections.abc import Mapping
from typing import Final

from replica.markup.mutations.bodies import BODIES
from replica.markup.mutations.columns import COLUMNS
from replica.markup.mutations.edits import Mutation, in_body, named, swap, then, without
from replica.markup.mutations.heads import HEADS
from replica.markup.mutations.marks import MARKS
from replica.markup.mutations.strangers import STRANGERS

WHOLES: Final[Mapping[str, Mutation]] = {
    "encoding label is Big5": swap("charset=[\\w-]+", "charset=big5"),
    "encoding label is Latin": swap("charset=[\\w-]+", "charset=iso-8859-1"),
    "encoding label dropped": swap("<meta http-equiv[^>]*>", ""),
    "read in the wrong encoding": lambda page: page.encode("utf-8").decode("latin-1"),
    "question marks for text": named(swap(r"[\u4e00-\u9fff]", "?")),
    "every tenth character lost": in_body(swap(r"([\u4e00-\u9fff]{9})[\u4e00-\u9fff]", "\\1\ufffd")),
    "entities doubled": lambda page: re.sub(r"&(?=#?\w+;)", "&amp;", page),
    "all text as entities": in_body(swap(r"[\u4e00-\u9fff]", lambda found: f"&#{ord(found[0])};")),
    "markup escaped in the body": in_body(html.escape),
    "white space collapsed": swap(r"[ \t\r\n]+", " "),
    "white space dropped between tags": swap(r">\s+<", "><"),
    "a newline after each tag": swap(r"(</?(?:table|tbody|tr|td|div|p|ul|li)\b[^<>]*>)", r"\1\n"),
    "zero-width spaces in the text": in_body(swap(r"([\u4e00-\u9fff]{4})", "\\1\u200b")),
    "tables as divs": without("<TABLE", swap(r"<(/?)(?:table|tbody|tr|td)\b", r"<\1div")),
    "tables of the article as divs": without(
        "<TABLE", lambda page: _after(page, "<!----------文章部分开始", swap(r"<(/?)(?:table|tbody|tr|td)\b", r"<\1div"))
    ),
    "tables with tbody": then(swap(r"(<table[^>]*>)", r"\1<tbody>"), swap("</table>", "</tbody></table>")),
    "tables unclosed": swap("</t[dr]>", ""),
    "all elements custom": swap(r"<(/?)(?:table|tr|td|div|span|p)\b", r"<\1x-el"),
    "all in a form": then(swap(r"(<body[^>]*>)", r"\1<form>"), swap("</body>", "</form></body>")),
    "all in a main": then(swap(r"(<body[^>]*>)", r"\1<main id=app>"), swap("</body>", "</main></body>")),
    "all in a frameset": swap(r"<body.*</body>", "<frameset><frame src=a.htm></frameset>"),
    "all hidden until a script runs": swap(r"(<body[^>]*>)", r"\1<div style='display:none'>"),
    "all by script": swap(r"<body.*</body>", "<body><div id=app></div><script src=/app.js></script></body>"),
    "all in a comment": swap(r"(<body[^>]*>)(.*)(</body>)", r"\1<!-- -->\3"),
    "a doctype and xhtml": lambda page: '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "">' + page,
    "an xml declaration": lambda page: '<?xml version="1.0" encoding="gb2312"?>' + page,
    "two pages in one answer": lambda page: page + page,
    "cut in the body": lambda page: page[: page.find("<P", page.find("id=ozoom")) + 40] if "id=ozoom" in page else page,
    "cut after half": lambda page: page[: len(page) // 2],
    "head title dropped": swap("<title>.*?</title>", ""),
    "head title of the site": swap("<title>.*?</title>", "<title>数字报</title>"),
    "head title of another article": swap("<title>.*?</title>", "<title>另一篇文章的题目--重庆日报</title>"),
    "dates of another day": swap(r"(<span>\d{4}</span> 年 <span>)\d\d(</span> 月 <span>)\d\d", r"\g<1>02\g<2>03"),
}  # fmt: skip
"""What may become of a whole page."""


def _after(page: str, mark: str, edit: Mutation) -> str:
    at = page.find(mark)
    end = page.find("<!----------文章部分结束", at)
    return page if at < 0 or end < 0 else page[:at] + edit(page[at:end]) + page[end:]


COMBINED: Final[Mapping[str, Mutation]] = {
    "new names and divs": then(MARKS["body id renamed"], WHOLES["tables as divs"]),
    "new headline tags and no classes": then(HEADS["headline as h1"], MARKS["all classes dropped"]),
    "new headline, no toolbar": then(HEADS["headline as div"], MARKS["toolbar dropped"]),
    "new headline, toolbar of icons, no ids": then(
        HEADS["headline as h2"], MARKS["toolbar as icons"], MARKS["title rows lost their ids"]
    ),
    "no column and no toolbar": then(COLUMNS["column dropped"], MARKS["toolbar dropped"]),
    "no column, headline as h1": then(COLUMNS["column dropped"], HEADS["headline as h1"]),
    "no list and no map": then(COLUMNS["title list dropped"], COLUMNS["map dropped"]),
    "map renamed and list dropped": then(MARKS["map renamed"], COLUMNS["title list dropped"]),
    "divs with related articles": then(WHOLES["tables as divs"], STRANGERS["related articles after the body"]),
    "paragraphs as divs without indents": then(BODIES["indents dropped"], BODIES["paragraphs as divs"]),
    "paragraphs by br without indents": then(BODIES["indents dropped"], BODIES["paragraphs parted by br"]),
    "custom body with comments": then(MARKS["body element is a custom one"], STRANGERS["comments after the body"]),
    "body by class, headline by class": then(MARKS["body id as class"], MARKS["headline classes renamed"]),
    "divs, no toolbar, h1": then(
        MARKS["toolbar dropped"], HEADS["headline as h1"], WHOLES["tables as divs"]
    ),
    "new headline and a cut body": then(HEADS["headline as h1"], BODIES["cut in the middle"]),
    "no marks of the vendor at all": then(
        MARKS["enpcontent comments dropped"], MARKS["property comment dropped"], MARKS["founder-content dropped"],
        MARKS["founder-title dropped"], MARKS["all classes dropped"],
    ),
    "headline in the body, no toolbar": then(MARKS["toolbar dropped"], BODIES["with its headline inside"]),
    "late pictures and figures": then(STRANGERS["captions as figures"], STRANGERS["pictures loaded late"]),
}  # fmt: skip
"""Several changes at once, as a redesign makes them."""
