"""The account of a page outside its article: chrome by position, and prose that is not chrome."""

import re

from lxml import etree
from lxml.html import HtmlElement

from crawler.parse.claims import AFTER_ALL, BEFORE_ALL, Claims
from crawler.parse.layout import Layout
from crawler.parse.tree import text_of

PROSE_CHARS = 40
_LOOSE_TEXT = etree.XPath(".//text()[not(ancestor::a)]", smart_strings=False)
_LEGAL = re.compile(r"版权|声明|授权|许可|转载|协议|侵权|举报|©")


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
    loose = _LOOSE_TEXT(element) if len(text) > PROSE_CHARS and "。" in text else []
    prose = [str(t) for t in loose if _is_prose(str(t))] if isinstance(loose, list) else []
    for passage in prose:
        claims.leave("outside the article", passage, place)
        text = text.replace(passage, " ", 1)
    claims.drop("page_column" if _is_page_column(element, layout) else rule, text, place)


def _drop_text(text: str | None, rule: str, claims: Claims, place: int) -> None:
    if not text or not text.strip():
        return
    if _is_prose(text):
        claims.leave("outside the article", text, place)
    else:
        claims.drop(rule, text, place)


def _is_page_column(element: HtmlElement, layout: Layout) -> bool:
    return element.find(".//map") is not None or any(
        layout.article_path.search(link.get("href") or "") for link in element.iter("a")
    )


def _is_prose(text: str) -> bool:
    """A template's longest text is a legal notice; a story that fell out of its place is prose."""
    folded = " ".join(text.split())
    return len(folded) >= PROSE_CHARS and "。" in folded and not _LEGAL.search(folded)
