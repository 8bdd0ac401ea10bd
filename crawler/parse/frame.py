"""Where the article stands on its page: the body, the headline, and the region of both."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from crawler.clean.whitespace import squeeze
from crawler.parse.chrome import is_article_tool
from crawler.parse.layout import Layout
from crawler.parse.tree import text_of

_LABEL = re.compile(r"第?\s{0,3}[A-Za-z]{0,2}\d{1,3}\s{0,3}版")
_HEADS = ({"h1", "founder-title"}, {"strong", "b"}, {"h2", "h3"})
_HEAD_TAGS = frozenset().union(*_HEADS)
_PLAIN = {"td", "div", "span", "p", "font", "center"}
_IN_LINK = etree.XPath("boolean(ancestor-or-self::a or ancestor::map)")
MAX_HEADLINE_CHARS = 200


@dataclass(frozen=True, slots=True)
class Frame:
    """The article's region of the tree.

    `rivals` are further elements that are marked as the body, neither in it nor around it.
    `headline` is None where no element shows itself as one, `toolbar` where the page has none
    above the body; `begins_at_toolbar` when the story stands under it, as a rule.
    """

    region: HtmlElement
    body: HtmlElement
    headline: HtmlElement | None
    toolbar: HtmlElement | None
    begins_at_toolbar: bool
    rivals: tuple[HtmlElement, ...] = ()

    @property
    def headline_cell(self) -> HtmlElement | None:
        """The cell that holds the headline and neither body nor toolbar; None without one."""
        if self.headline is None:
            return None
        cell = next((e for e in self.headline.iterancestors() if e.tag in ("td", "div")), None)
        if cell is None or self.toolbar in cell.iter() or self.body in cell.iter():
            return self.headline
        return cell


def find_frame(root: HtmlElement, layout: Layout, titles: Iterable[str]) -> Frame | None:
    """The frame of an article page; None when the body's mark is not on the page.

    The region begins at the last toolbar above the body, for templates set the headline block
    under it; on a page without one it is what headline and body share. `titles` are the
    headlines that the page's title list announces: an element that equals one is the headline,
    else the most emphatic one of the region is.
    """
    bodies = find_bodies(root, layout)
    body = _fullest(bodies)
    if body is None:
        return None
    before = _before(root, body)
    known = {squeeze(title) for title in titles}
    announced = _announced(before, layout, known)
    end = before.index(announced) if announced is not None else len(before)
    tool_at = next((n for n in range(end - 1, -1, -1) if _is_tool(before[n])), None)
    headline = announced
    if headline is None:
        headline = _find_headline(before, tool_at, body, layout, known)
    toolbar = before[tool_at] if tool_at is not None else None
    is_above = tool_at is not None and (headline is None or headline in before[tool_at:])
    anchor = toolbar if is_above else headline
    region = _without_neighbours(body) if anchor is None else _common_ancestor(anchor, body)
    line = {body, *body.iterancestors()}
    rivals = tuple(e for e in bodies if e not in line and body not in e.iterancestors())
    return Frame(region, body, headline, toolbar, is_above, rivals)


def find_body(root: HtmlElement, layout: Layout) -> HtmlElement | None:
    """The element that holds the body: by id, else by tag; of several the one with most text."""
    return _fullest(find_bodies(root, layout))


def find_bodies(root: HtmlElement, layout: Layout) -> list[HtmlElement]:
    """All elements with the mark of a body, in source order: those by id, else those by tag."""
    by_id = [
        element
        for element in root.xpath("//*[@id]")
        if element.get("id", "").strip().lower() in layout.body_ids
    ]
    return by_id or [element for tag in layout.body_tags for element in root.iter(tag)]


def _fullest(bodies: list[HtmlElement]) -> HtmlElement | None:
    if len(bodies) <= 1:
        return bodies[0] if bodies else None
    return max(bodies, key=lambda element: len(text_of(element)))


def _announced(before: list[HtmlElement], layout: Layout, known: set[str]) -> HtmlElement | None:
    """The last element set as a headline that equals an announced title."""
    heads = (e for e in reversed(before) if _is_head(e, layout) and not _IN_LINK(e))
    return next((e for e in heads if squeeze(text_of(e)) in known), None)


def _find_headline(
    before: list[HtmlElement], tool_at: int | None, body: HtmlElement, layout: Layout,
    known: set[str],
) -> HtmlElement | None:  # fmt: skip
    near = before[tool_at + 1 :] if tool_at is not None else before
    likely = [e for e in near if _is_head(e, layout) and not _IN_LINK(e) and _is_likely(e, body)]
    filled = [e for e in likely if text_of(e).strip()]
    by_class = [e for e in filled if _has_class(e, layout.headline_classes)]
    for pool in (by_class, *([e for e in filled if e.tag in tags] for tags in _HEADS)):
        if pool:
            return pool[0] if tool_at is not None else _first_of_cell(pool)
    plain = [
        e
        for e in near
        if e.tag in _PLAIN and len(e) < 8 and not _IN_LINK(e) and squeeze(text_of(e)) in known
    ]
    if plain:
        return plain[-1]
    return likely[-1] if likely else None


def _is_head(element: HtmlElement, layout: Layout) -> bool:
    return element.tag in _HEAD_TAGS or _has_class(element, layout.headline_classes)


def _is_tool(element: HtmlElement) -> bool:
    """True where a toolbar's word or the dated line stands directly in an element."""
    texts = (
        (element.text, element.tail) if element.tag in ("a", "span", "font") else (element.text,)
    )
    if any(text and is_article_tool(" ".join(text.split())) for text in texts):
        return True
    return (
        element.tag == "td"
        and len(element) < 8
        and is_article_tool(" ".join(text_of(element).split()))
    )


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
    """False for a page name ("第007版：思想周刊"), for what stands in a picture's table, and for
    what is too long to head anything."""
    if len(text_of(candidate).strip()) > MAX_HEADLINE_CHARS:
        return False
    holders = set(body.iterancestors())
    for ancestor in candidate.iterancestors():
        if ancestor in holders:
            return True
        if ancestor.tag in ("td", "div", "li") and _LABEL.match(text_of(ancestor).strip()):
            return False
        if ancestor.tag == "table":
            return ancestor.find(".//img") is None
    return True


def _first_of_cell(likely: list[HtmlElement]) -> HtmlElement:
    """The first of the strong lines that share the last one's cell: a headline in two strongs."""
    cell = likely[-1].getparent()
    return next(c for c in likely if c.getparent() is cell)


def _has_class(element: HtmlElement, classes: tuple[str, ...]) -> bool:
    own = element.get("class")
    return own is not None and any(name in own.lower().split() for name in classes)


def _common_ancestor(one: HtmlElement, other: HtmlElement) -> HtmlElement:
    holders = {one, *one.iterancestors()}
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
