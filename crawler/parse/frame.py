"""Where the article stands on its page: the body, the headline, and the region of both."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from crawler.clean.whitespace import squeeze
from crawler.parse.layout import Layout
from crawler.parse.tree import text_of

_LABEL = re.compile(r"第?\s*[A-Za-z]*\d+\s*版")
_HEAD_TAGS = ("strong", "b", "h1", "h2", "h3", "founder-title")
_IN_LINK = etree.XPath("boolean(ancestor::a or ancestor::map)")


@dataclass(frozen=True, slots=True)
class Frame:
    """The article's region of the tree; `headline` is None for an item that prints none."""

    region: HtmlElement
    body: HtmlElement
    headline: HtmlElement | None


def find_frame(root: HtmlElement, layout: Layout, titles: Iterable[str]) -> Frame | None:
    """The frame of an article page; None when the body's mark is not on the page.

    `titles` are the headlines that the page's own title list announces: a candidate that equals
    one of them is the headline, else the last strong line before the body is.
    """
    body = find_body(root, layout)
    if body is None:
        return None
    known = {squeeze(title) for title in titles}
    headline = _find_headline(root, body, layout, known)
    if headline is None:
        return Frame(_without_neighbours(body), body, None)
    return Frame(_common_ancestor(headline, body), body, headline)


def find_body(root: HtmlElement, layout: Layout) -> HtmlElement | None:
    """The element that holds the body: by id, else by tag; of several the one with most text."""
    by_id = [
        element
        for element in root.xpath("//*[@id]")
        if element.get("id", "").strip().lower() in layout.body_ids
    ]
    found = by_id or [element for tag in layout.body_tags for element in root.iter(tag)]
    if not found:
        return None
    return max(found, key=lambda element: len(text_of(element)))


def _find_headline(
    root: HtmlElement, body: HtmlElement, layout: Layout, known: set[str]
) -> HtmlElement | None:
    before = _before(root, body)
    candidates = [
        element
        for element in before
        if (element.tag in _HEAD_TAGS or _has_class(element, layout.headline_classes))
        and not _IN_LINK(element)
    ]
    equal = [c for c in candidates if squeeze(text_of(c)) in known]
    if equal:
        return equal[-1]
    by_class = [
        c for c in candidates if c.tag == "founder-title" or _has_class(c, layout.headline_classes)
    ]
    for pool in (by_class, candidates):
        likely = [c for c in pool if text_of(c).strip() and _is_likely(c, body)]
        if likely:
            return _first_of_cell(likely)
    plain = [
        element
        for element in before
        if element.tag in ("td", "div", "span", "p", "font")
        and not _IN_LINK(element)
        and len(element) < 8
        and squeeze(text_of(element)) in known
    ]
    if plain:
        return plain[-1]
    empty = [c for c in candidates if not text_of(c).strip() and _is_likely(c, body)]
    return empty[-1] if empty else None


def _before(root: HtmlElement, body: HtmlElement) -> list[HtmlElement]:
    """The elements that open before the body does and do not hold it, in source order."""
    holders = set(body.iterancestors())
    found = []
    for element in root.iter(etree.Element):
        if element is body:
            break
        if element not in holders:
            found.append(element)
    return found


def _is_likely(candidate: HtmlElement, body: HtmlElement) -> bool:
    """False for a page name ("第007版：思想周刊"), and for what stands in a picture's table."""
    for ancestor in candidate.iterancestors():
        if ancestor.tag in ("td", "div", "li") and _LABEL.match(text_of(ancestor).strip()):
            return False
        if ancestor.tag == "table":
            if body in set(ancestor.iter()):
                return True
            return ancestor.find(".//img") is None
        if ancestor.tag == "body":
            return True
    return True


def _first_of_cell(likely: list[HtmlElement]) -> HtmlElement:
    """The first of the strong lines that share the last one's cell: a headline in two strongs."""
    last = likely[-1]
    cell = last.getparent()
    return next(c for c in likely if c.getparent() is cell)


def _has_class(element: HtmlElement, classes: tuple[str, ...]) -> bool:
    own = (element.get("class") or "").lower().split()
    return any(name in own for name in classes)


def _common_ancestor(one: HtmlElement, other: HtmlElement) -> HtmlElement:
    holders = [one, *one.iterancestors()]
    return next(ancestor for ancestor in other.iterancestors() if ancestor in holders)


def _without_neighbours(body: HtmlElement) -> HtmlElement:
    """The region of an item without a headline: the table that holds the body, or its parent."""
    for ancestor in body.iterancestors():
        if ancestor.tag == "table":
            return ancestor
        if ancestor.tag == "body":
            break
    parent = body.getparent()
    return body if parent is None else parent
