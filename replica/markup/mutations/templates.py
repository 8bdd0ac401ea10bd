"""Lines that a template writes into every article of a page: what only its neighbours tell."""

import zlib
from collections.abc import Callable, Mapping
from typing import Final

from replica.markup.mutations.edits import Mutation, in_body, in_head, paragraphs


def _at_end(fragment: str) -> Mutation:
    return in_body(lambda inner: inner + fragment)


def _at_start(fragment: str) -> Mutation:
    return in_body(lambda inner: fragment + inner)


def _after_first(fragment: str) -> Mutation:
    return paragraphs(lambda found: found[0] + fragment, 1)


def _above_body(text: str) -> Mutation:
    """A row of its own below headline, deck and byline."""
    row = f"<tr><td align=center><span>{text}</span></td></tr>"

    def edit(rows: str) -> str:
        before, opening, after = rows.rpartition("<tr>")
        return f"{before}{row}{opening}{after}" if opening and not after.strip() else rows + row

    return in_head(edit)


def _counted(with_: Callable[[int], Mutation]) -> Mutation:
    """An edit with a number that each page has of its own."""
    return lambda page: with_(zlib.crc32(page.encode()) % 9000 + 100)(page)


TEMPLATES: Final[Mapping[str, Mutation]] = {
    "a line at the end of the body": _at_end("<p>　　本篇由数字版自动生成，以当日印刷的报纸为准</p>"),
    "a line without an indent at the end": _at_end("<div>读完这篇有话想说的读者请到留言板来</div>"),
    "two lines at the end": _at_end("<p>　　数字版每天早上六点更新一次</p><p>　　数字版由技术中心负责日常维护</p>"),
    "a line in a list at the end": _at_end("<ul><li>点左边的版面图可以换一篇来读</li></ul>"),
    "a quotation at the end": _at_end("<blockquote>纸上印的与屏上见的若有不同以纸为准</blockquote>"),
    "a line at the start of the body": _at_start("<p>　　下面的内容来自当日印刷版，只供查考之用</p>"),
    "a line after the first paragraph": _after_first("<p>　　石臼湾老酒坊新年开坛，远近都来尝一碗</p>"),
    "a line with a number of its own": _counted(lambda n: _at_end(f"<p>　　到今天为止一共有{n}位读者读过这一篇</p>")),
    "a line between headline and body": _above_body("讲渡口的故事，听江边的声音"),
    "a line with a number between headline and body": _counted(lambda n: _above_body(f"把本篇放进书签的读者共{n}人")),
}  # fmt: skip
"""Every line by a name that says where it stands. One article with it may have been printed so."""
