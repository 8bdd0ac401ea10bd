"""How a mutation is written: replacements, and edits of one part of a page."""

import re
from collections.abc import Callable
from functools import reduce
from typing import Final, TypeAlias

Mutation: TypeAlias = Callable[[str], str]
"""From the text of a page to the text of the changed page."""

_ARTICLE_END: Final = "<!----------文章部分结束"
_PARAGRAPH: Final = re.compile(
    r"<P(?P<attributes>[^>]*)>(?P<inner>(?:(?!<P[ >]|</P>|<UL>|<TABLE).)*)(?:</P>)?", re.S
)


def swap(pattern: str, with_: str | Callable[[re.Match[str]], str], count: int = 0) -> Mutation:
    """Replaces what a pattern matches, letters in any case; `count` 0 replaces all."""
    found = re.compile(pattern, re.IGNORECASE | re.DOTALL)
    return lambda page: found.sub(with_, page, count=count)


def then(*steps: Mutation) -> Mutation:
    """One mutation after the other."""
    return lambda page: reduce(lambda text, step: step(text), steps, page)


def within(start: str, end: str, edit: Mutation) -> Mutation:
    """Edits what stands between the first `start` and the next `end`; nothing without both."""

    def mutate(page: str) -> str:
        first = page.find(start)
        last = page.find(end, first + len(start))
        if first < 0 or last < 0:
            return page
        first += len(start)
        return page[:first] + edit(page[first:last]) + page[last:]

    return mutate


def in_body(edit: Mutation) -> Mutation:
    """Edits what stands inside the body element of an article page."""

    def mutate(page: str) -> str:
        opening = re.search(r"<div id=ozoom[^>]*>", page)
        end = page.find("</div></td></tr></table>\n" + _ARTICLE_END)
        if opening is None or end < 0:
            return page
        return page[: opening.end()] + edit(page[opening.end() : end]) + page[end:]

    return mutate


def around_body(edit: Mutation) -> Mutation:
    """Edits the body element of an article page, its tags included."""

    def mutate(page: str) -> str:
        start = page.find("<div id=ozoom")
        end = page.find("</td></tr></table>\n" + _ARTICLE_END)
        if start < 0 or end < 0:
            return page
        return page[:start] + edit(page[start:end]) + page[end:]

    return mutate


def in_head(edit: Mutation) -> Mutation:
    """Edits the rows of an article's headline block."""
    opening = '<table width="572" border=0 cellspacing=0 cellpadding=5 align=center>'

    def mutate(page: str) -> str:
        start = page.find(opening)
        if start < 0:
            return page
        start += len(opening)
        end = min(
            at
            for mark in (
                "<td class=xilan_content>",
                "<td align=center><table",
                "<tr><td align=center>\n<table",
            )
            if (at := page.find(mark, start)) >= 0
        )
        return page[:start] + edit(page[start:end]) + page[end:]

    return mutate


def in_list(edit: Mutation) -> Mutation:
    """Edits the rows of the title list."""
    return within("<table width=100% border=0 cellpadding=2>\n", "\n</table>", edit)


def in_map(edit: Mutation) -> Mutation:
    """Edits the areas of the image map."""
    return within('<MAP NAME="PagePicMap">', "</MAP>", edit)


def in_pages(edit: Mutation) -> Mutation:
    """Edits the list of the issue's pages."""
    return within("<table width=100% border=0 cellpadding=3>\n", "\n</table>", edit)


def paragraphs(with_: Callable[[re.Match[str]], str] | str, count: int = 0) -> Mutation:
    """Replaces the paragraphs of the body; the groups are `attributes` and `inner`."""
    return in_body(lambda inner: _PARAGRAPH.sub(with_, inner, count=count))


def announced(edit: Mutation) -> Mutation:
    """An edit for pages whose property comment says how the body begins.

    Elsewhere nothing on the page tells such a change from a page that was printed so.
    """
    tells = re.compile(r"<founder-type>1</founder-type><founder-content>[^<]")
    return lambda page: edit(page) if tells.search(page) else page


def named(edit: Mutation) -> Mutation:
    """An edit for stories: a picture or notice may be announced by a word that is not printed."""
    kind = re.compile(
        r">(?:<founder-title>)?(?:广告|公告|遗失声明|停水通告|更正|本版责编)(?:</|&nbsp;)"
    )
    return lambda page: (
        page if kind.search(page.partition("<!----------文章部分开始")[2]) else edit(page)
    )


def marked(edit: Mutation) -> Mutation:
    """An edit for pages that mark where the text begins and ends inside the body element."""

    def mutate(page: str) -> str:
        story = page.partition(_ARTICLE_END)[0]
        return edit(page) if "<!--enpcontent-->" in story or "<founder-content>" in story else page

    return mutate


def insert_before(mark: str, fragment: str) -> Mutation:
    """Puts a fragment before the first mark, where there is one."""
    return lambda page: page.replace(mark, fragment + mark, 1)


def insert_after(mark: str, fragment: str) -> Mutation:
    """Puts a fragment after the first mark, where there is one."""
    return lambda page: page.replace(mark, mark + fragment, 1)


def without(mark: str, edit: Mutation) -> Mutation:
    """An edit for pages that do not hold a mark: <TABLE of the body's data, <IMG of its pictures."""
    return lambda page: page if mark in page else edit(page)
