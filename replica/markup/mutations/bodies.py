"""The body: other elements, other places, halves, copies, nothing at all."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from replica.markup.mutations.edits import (
    Mutation,
    announced,
    around_body,
    in_body,
    named,
    paragraphs,
    swap,
    without,
)

_INDENT: Final = re.compile(r"(?:　|&nbsp;| )+")
_BEGUN: Final = re.compile(
    r"<P>[^<>\n]{30,}?[。！？](?=[^。！？]{16,})[^。！？：\s<>&]*，[^。！？：\s<>&]*?[\u4e00-\u9fff]{8}"
    r"(?=[\u4e00-\u9fff]{3})",
    re.IGNORECASE,
)
"""Up to the middle of a sentence that is not its paragraph's first."""
_OPENING: Final = "<div id=ozoom style='ZOOM: 100%'>"


def _cut_at(share: float) -> Mutation:
    """Ends the body in the middle of a sentence; what is open there is closed by no tag.

    The evidence is the sentence before it: a single line may end without a full stop.
    """

    def edit(inner: str) -> str:
        places = [found.end() for found in _BEGUN.finditer(inner)]
        return inner[: places[int(len(places) * share)]] if places else inner

    return in_body(edit)


def _halved(joint: str) -> Mutation:
    """Puts a joint between two paragraphs in the middle of the body."""

    def edit(inner: str) -> str:
        starts = [found.start() for found in re.finditer(r"<P[ >]", inner)]
        if len(starts) < 2:
            return inner
        middle = starts[len(starts) // 2]
        return inner[:middle] + joint + inner[middle:]

    return in_body(edit)


def _with_break(mark: str) -> Callable[[re.Match[str]], str]:
    return lambda found: found[0] if "<br>" in found[0] else found["inner"] + mark


def _torn(found: re.Match[str]) -> str:
    """A long paragraph in lines of 22 letters; the evidence is that they end anywhere."""
    text = _INDENT.sub("", found["inner"].strip(), count=1)
    if "<" in text or "&" in text or len(text) < 80:
        return found[0]
    return "".join(f"<P>{text[at : at + 22]}</P>" for at in range(0, len(text), 22))


def _numbered(inner: str) -> str:
    """Every paragraph with its number in brackets; two may be the notes of something."""
    starts = re.compile(r"(<P[^>]*>)((?:　|&nbsp;| )*)(?=\S)")
    if len(starts.findall(inner)) < 4 or "<TABLE" in inner or "<UL>" in inner:
        return inner
    numbers = iter(range(1, 100))
    return starts.sub(lambda found: f"{found[1]}{found[2]}[{next(numbers)}]", inner)


def _replaced(with_: str) -> Mutation:
    """Another body for one with more text than a notice, on a page without pictures.

    A notice and a photo may have an empty body.
    """
    edit = named(in_body(lambda inner: with_ if len(inner) > 200 else inner))
    return lambda page: page if "<IMG" in page else edit(page)


def _first_paragraph(with_: str) -> Mutation:
    long = re.compile(r"<P>(?P<inner>[^\n]{40,}?)(?:</P>|(?=\n|<!--/|</founder))")
    return in_body(lambda inner: long.sub(with_, inner, count=1))


def _last_paragraph(with_: str) -> Mutation:
    def edit(inner: str) -> str:
        starts = [found.start() for found in re.finditer(r"<P[ >]", inner)]
        if not starts:
            return inner
        last = starts[-1]
        return inner[:last] + re.sub(
            r"<P[^>]*>(?P<inner>.*?)(?=</P>|<[/!]|$)", with_, inner[last:], count=1, flags=re.S
        )

    return in_body(edit)


def _lead(page: str) -> str:
    found = re.search(r"(?<=<P>)(?:　|&nbsp;| )*[^<]{20,}(?=</P>)", page)
    if found is None:
        return page
    lead = _INDENT.sub("", found[0], count=1)
    return page.replace(f"<P>{found[0]}</P>", "", 1).replace(
        _OPENING, f"<div class=lead>{lead}</div>{_OPENING}", 1
    )


def _headline_inside(page: str) -> str:
    found = re.search(
        r"<tr valign=\"?top\"?><td.*?(?=<tr><td (?:class=xilan|align=center>\n?<table))",
        page,
        re.DOTALL,
    )
    if found is None:
        return page
    lines = "".join(f"<p align=center>{part}</p>" for part in re.split(r"<br>\n|</tr>", found[0]))
    inner = re.sub(r"</?t[dr]\b[^>]*>", "", lines)
    return page.replace(found[0], "", 1).replace(_OPENING, _OPENING + inner, 1)


def _byline(page: str) -> tuple[str, str]:
    """The page without its byline, and the byline's text; empty where it has none of its own."""
    found = re.search(r"(?:<br>\n)?<span style=\"font-size:12px\">([^<]+)</span>", page)
    is_own = found is not None and "编辑" not in found[1]  # a colophon would say no less
    return (page.replace(found[0], "", 1), found[1]) if found and is_own else (page, "")


def _byline_inside(page: str) -> str:
    rest, byline = _byline(page)
    return rest.replace(_OPENING, f"{_OPENING}<p align=center>{byline}</p>", 1) if byline else page


def _byline_below(page: str) -> str:
    rest, byline = _byline(page)
    return (
        around_body(lambda body: f"{body}<div align=right>{byline}</div>")(rest) if byline else page
    )


def _last_outside(page: str) -> str:
    found = re.findall(
        r"<P>[^<]*</P>(?=[^P]*(?:<!--/enp|</founder-content>|</div></td></tr></table>\n<!-----))",
        page,
    )
    if not found:
        return page
    return around_body(lambda body: body.replace(found[-1], "", 1) + found[-1])(page)


BODIES: Final[Mapping[str, Mutation]] = {
    "paragraphs as divs": paragraphs(r"<div>\g<inner></div>"),
    "paragraphs as spans": paragraphs(r"<span>\g<inner></span>"),
    "paragraphs as sections": paragraphs(r"<section>\g<inner></section>"),
    "paragraphs as rows": paragraphs(r"<table><tr><td>\g<inner></td></tr></table>"),
    "paragraphs as custom elements": paragraphs(r"<x-p>\g<inner></x-p>"),
    "paragraphs parted by br": paragraphs(_with_break("<br>")),
    "paragraphs parted by two br": paragraphs(_with_break("<br><br>")),
    "paragraphs parted by nothing": paragraphs(r"\g<inner>"),
    "paragraphs with an empty one between": paragraphs(r"<P>&nbsp;</P><P>\g<inner></P>"),
    "paragraphs as headings": paragraphs(r"<h3>\g<inner></h3>"),
    "paragraphs all bold": paragraphs(r"<P><STRONG>\g<inner></STRONG></P>"),
    "paragraphs all centred": paragraphs(r"<P align=center>\g<inner></P>"),
    "paragraphs all links": paragraphs(r'<P><a href="#">\g<inner></a></P>'),
    "paragraphs in a pre": in_body(lambda inner: "<pre>" + inner.replace("\n", "") + "</pre>"),
    "paragraphs broken at commas": paragraphs(
        lambda found: found[0] if "<br>" in found[0] else found[0].replace("，", "，<br>")
    ),
    "first character floated in a table": in_body(
        swap(r"<P>((?:　|&nbsp;| )*)([\u4e00-\u9fff])", r"<table align=left><tr><td>\2</td></tr></table><P>", 1)
    ),
    "an excerpt above": without(
        "（上接",
        named(around_body(lambda body: "<div>" + re.sub(r"<[^>]*>", "", body)[:60] + "</div>" + body)),
    ),
    "with its byline inside": _byline_inside,
    "paragraphs torn in mid-word": paragraphs(_torn),
    "paragraphs numbered in brackets": in_body(_numbered),
    "paragraphs broken by lines": in_body(swap(r"(?<=[\u4e00-\u9fff])，(?=[\u4e00-\u9fff])", "，\n      ")),
    "paragraphs hidden": paragraphs(r'<P style="display:none">\g<inner></P>'),
    "first paragraph hidden": _first_paragraph(r'<P style="display:none">\g<inner></P>'),
    "first paragraph hidden by class": _first_paragraph(r'<P class="hidden" hidden>\g<inner></P>'),
    "first paragraph in a details": _first_paragraph(r"<details><summary>\g<inner></summary></details>"),
    "first paragraph in a textarea": _first_paragraph(r"<textarea>\g<inner></textarea>"),
    "first paragraph in a template": _first_paragraph(r"<template>\g<inner></template>"),
    "first paragraph in a noscript": _first_paragraph(r"<noscript>\g<inner></noscript>"),
    "first paragraph in a comment": _first_paragraph(r"<!-- \g<inner> -->"),
    "first paragraph in an iframe": _first_paragraph(r"<iframe srcdoc='\g<inner>'></iframe>"),
    "first paragraph in a blockquote": _first_paragraph(r"<blockquote>\g<inner></blockquote>"),
    "first paragraph as a lead above the body": _lead,
    "first character as a drop cap": in_body(
        swap(r"<P>((?:　|&nbsp;| )*)([\u4e00-\u9fff])", r"<P>\1<span class=cap>\2</span>")
    ),
    "indents dropped": paragraphs(lambda found: f"<P{found['attributes']}>{_INDENT.sub('', found['inner'], count=1)}</P>"),
    "indents by style": paragraphs(
        lambda found: f'<P style="text-indent:2em">{_INDENT.sub("", found["inner"], count=1)}</P>'
    ),
    "cut at a quarter": _cut_at(0.25),
    "cut in the middle": _cut_at(0.5),
    "cut near the end": _cut_at(0.9),
    "cut with a read-on link": in_body(
        lambda inner: inner[: inner.find("，") + 1] + '……<a href="#">阅读全文</a>' if "，" in inner else inner
    ),
    "in two elements of one id": _halved(f"</div>{_OPENING}"),
    "in two elements, one without id": _halved("</div><div>"),
    "in two elements, one named": _halved('</div><div id="ozoom2">'),
    "in two cells": _halved("</div></td></tr><tr><td><div>"),
    "in three elements of one class": _halved("</div><div class=ozoom></div><div class=ozoom>"),
    "in two founder-contents": _halved("</founder-content><founder-content>"),
    "with a pager in it": _halved('<p align=center><a href="content_2.htm">上一页</a> 1 2 <a href="#">下一页</a></p>'),
    "with its second page elsewhere": lambda page: _cut_at(0.5)(page).replace(
        "<!----------文章部分结束", '<div><a href="content_1_2.htm">下一页</a></div><!----------文章部分结束', 1
    ),
    "twice": around_body(lambda body: body + body),
    "twice, the copy without id": around_body(lambda body: body + body.replace(" id=ozoom", "")),
    "twice within itself": in_body(lambda inner: inner + inner),
    "copied for printing": in_body(lambda inner: f"{inner}<div id=print style='display:none'>{inner}</div>"),
    "emptied": _replaced(""),
    "emptied to a space": _replaced("&nbsp;"),
    "replaced by a spinner": in_body(lambda _: '<p class="loading">正在加载……</p>'),
    "replaced by a notice": in_body(lambda _: "<p>　　请下载客户端阅读全文。</p>"),
    "replaced by a login": in_body(lambda _: "<p>登录后查看全文</p><input name=user>"),
    "replaced by a subscription": in_body(lambda _: "<p>　　本文为付费内容，订阅后可以继续阅读。</p>"),
    "by script": named(in_body(lambda inner: f"<script>document.write({re.sub('<[^>]*>', '', inner)!r})</script>")),
    "in JSON": _replaced("<div data-story=1></div>"),
    "in an attribute": _replaced('<div data-html="雾散的时候，桥修好了。"></div>'),
    "in an iframe": _replaced('<iframe src="body.htm" width=572></iframe>'),
    "in an object": named(in_body(lambda inner: f"<object>{inner}</object>")),
    "in a canvas": in_body(lambda inner: f"<canvas>{inner}</canvas>"),
    "in a form's textarea": in_body(lambda inner: f"<textarea>{inner}</textarea>"),
    "in a template": named(in_body(lambda inner: f"<template>{inner}</template>")),
    "in a noscript": named(in_body(lambda inner: f"<noscript>{inner}</noscript>")),
    "in a comment": named(in_body(lambda inner: "<!-- " + inner.replace("--", "") + " -->")),
    "as pictures": announced(in_body(lambda _: '<img src="/res/1/20200101/1_text.jpg"><img src="/res/1/20200101/2_text.jpg">')),
    "moved out behind its element": around_body(lambda body: f"{_OPENING}</div>" + body.replace(" id=ozoom", "", 1)),
    "moved out above its element": around_body(lambda body: body.replace(" id=ozoom", "", 1) + f"{_OPENING}</div>"),
    "moved into the headline's cell": lambda page: page.replace("</td></tr><tr><td class=xilan_content>", "").replace(
        "</td></tr>\n<tr><td class=xilan_content>", ""
    ),
    "wrapped in a story element": around_body(lambda body: f"<div class=story><div class=inner>{body}</div></div>"),
    "with its headline inside": _headline_inside,
    "with its byline below": _byline_below,
    "last paragraph outside": _last_outside,
}  # fmt: skip
"""What the body of an article may turn into."""
