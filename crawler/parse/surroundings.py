"""The account of a page outside its article: chrome by position, and prose that is not chrome."""

import re
from itertools import takewhile

from lxml.html import HtmlElement

from crawler.clean.invisible import drop_invisible
from crawler.clean.whitespace import is_indented
from crawler.parse.byline import is_signature
from crawler.parse.chrome import PROSE_CHARS, is_prose
from crawler.parse.claims import AFTER_ALL, BEFORE_ALL, Claims
from crawler.parse.flow import flow
from crawler.parse.layout import Layout
from crawler.parse.lines import Grid, Line, Unseen
from crawler.parse.tree import text_of

_LONG = re.compile(rf"[^\n]{{{PROSE_CHARS}}}")


def drop_before(region: HtmlElement, layout: Layout, claims: Claims) -> None:
    """Drops all text that precedes the region, outermost first: masthead and page column."""
    for element in reversed((region, *region.iterancestors())):
        parent = element.getparent()
        if parent is None:
            continue
        _drop_text(parent.text, "masthead", claims, BEFORE_ALL)
        for sibling in parent.iterchildren():
            if sibling is element:
                break
            _drop_element(sibling, "masthead", layout, claims, BEFORE_ALL)
            _drop_text(sibling.tail, "masthead", claims, BEFORE_ALL)


def cut_before(toolbar: HtmlElement, region: HtmlElement, layout: Layout, claims: Claims) -> None:
    """Drops what the region holds before its toolbar, and takes it out of the tree."""
    chain = list(takewhile(lambda e: e is not region, (toolbar, *toolbar.iterancestors())))
    for element in reversed(chain):
        parent = element.getparent()
        if parent is None:
            continue
        for sibling in list(parent):
            if sibling is element:
                break
            _drop_element(sibling, "masthead", layout, claims, BEFORE_ALL)
            _drop_text(sibling.tail, "masthead", claims, BEFORE_ALL)
            parent.remove(sibling)


def drop_after(region: HtmlElement, layout: Layout, claims: Claims) -> None:
    """Drops all text that follows the region: navigation and footer."""
    for element in (region, *region.iterancestors()):
        if element.getparent() is None:
            continue
        _drop_text(element.tail, "footer", claims, AFTER_ALL)
        for sibling in element.itersiblings():
            _drop_element(sibling, "footer", layout, claims, AFTER_ALL)
            _drop_text(sibling.tail, "footer", claims, AFTER_ALL)


def _drop_element(
    element: HtmlElement, rule: str, layout: Layout, claims: Claims, place: int
) -> None:
    if not isinstance(element.tag, str):
        return
    text = text_of(element)
    if not text.strip():
        return
    if is_signature(text.strip()):
        claims.leave("outside the article", text, place)
        return
    if "。" not in text and not ("，" in text and _LONG.search(text)):
        claims.drop("page_column" if _is_page_column(element, layout) else rule, text, place)
        return
    for token in flow(element, body=element):
        if isinstance(token, Line) and token.text:
            drop_line(token, "link" if token.linked else rule, claims, place)
        elif isinstance(token, Unseen):
            claims.drop(token.rule, token.text, place)
        elif isinstance(token, Grid):
            _drop_text(token.text, rule, claims, place)


def drop_line(line: Line, rule: str, claims: Claims, place: int | None = None) -> None:
    """Drops a line by a rule, unless it is prose: that is left as a residue.

    `place` is the line's own where it is None.
    """
    at = line.place if place is None else place
    if is_prose(line.text, indented=line.indented) and not line.linked:
        claims.leave("outside the article", line.text, at)
    else:
        claims.drop(rule, line.text, at)


def _drop_text(text: str | None, rule: str, claims: Claims, place: int) -> None:
    if not text or not text.strip():
        return
    text = drop_invisible(text)
    if is_prose(text, indented=is_indented(text)):
        claims.leave("outside the article", text, place)
    else:
        claims.drop(rule, text, place)


def _is_page_column(element: HtmlElement, layout: Layout) -> bool:
    return element.find(".//map") is not None or any(
        layout.article_path.search(link.get("href") or "") for link in element.iter("a")
    )
