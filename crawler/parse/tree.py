"""The tree of a page, and proof that the parser lost none of its text.

lxml drops text without a word where elements nest more than a few hundred deep, and takes minutes
over a tag with 200,000 attributes. So markup out of all proportion is refused before it is parsed,
and the visible characters of the tree are compared with those of a plain scan of the source;
where lxml has fewer, BeautifulSoup's tolerant tree is tried.
"""

import html
import re
from dataclasses import dataclass
from typing import TypeAlias

from bs4 import BeautifulSoup, Tag
from lxml import etree
from lxml.html import HtmlElement, soupparser

from crawler.clean.invisible import drop_invisible
from press.account import visible_count
from press.errors import UnreadableMarkup

MAX_CHARS = 16 << 20
MAX_TAG_CHARS = 64 << 10
MAX_TAGS = 200_000
MAX_ATTRIBUTES = 2_000
_MAX_SOUP_DEPTH = 400

_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True)
_UNSEEN = ("script", "style", "noscript", "template", "noframes", "title", "iframe", "object")
_OPEN_UNSEEN = re.compile(rf"<({'|'.join(_UNSEEN)})\b", re.IGNORECASE)
# Quoted values may hold ">" but no "<": so each try ends at the next tag, and the scan is linear.
# A quote counts alone only where no second one follows: one way to match, nothing to try again.
_TAG = re.compile(
    r"</?[A-Za-z][^<>\"']*"
    r"(?:(?:\"[^\"<]*\"|'[^'<]*'|\"(?![^\"<]*\")|'(?![^'<]*'))[^<>\"']*)*>|<[!?][^<>]*>"
)
_CLOSE_UNSEEN = {tag: re.compile(rf"</{tag}[\s>]", re.IGNORECASE) for tag in _UNSEEN}
_LONG_TAG = re.compile(r"<[A-Za-z](?:[^>\"']|\"[^\"]*\"|'[^']*'){10000,}")
_STRING = etree.XPath("string()", smart_strings=False)
_Unseen: TypeAlias = tuple[tuple[HtmlElement, str], ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed page; `lost_chars` counts visible characters of the source that are not in it.

    `unseen` are the texts of scripts, frames and the like that speak in sentences or name a
    photograph, each with the element that holds it.
    """

    root: HtmlElement
    source: str
    lost_chars: int
    unseen: _Unseen = ()


def parse_tree(text: str) -> Tree:
    """The tree of a page's text, without scripts, styles and what else no reader sees.

    Raises UnreadableMarkup for a page that is empty, too large, or out of all proportion.
    """
    if not text.strip():
        raise UnreadableMarkup("the page is empty")
    _refuse_monsters(text)
    expected = visible_count(scan_text(text))
    root = etree.fromstring(text.encode("utf-8"), _PARSER)
    if root is None:
        raise UnreadableMarkup("the page holds no markup that can be read")
    tail = root.tail
    root.tail = None
    if tail and tail.strip():  # text after </html> is the root's tail: browsers show it in the body
        etree.SubElement(root, "p").text = tail
    unseen = _unseen_texts(root)
    _strip_unseen(root)
    lost = expected - visible_count(text_of(root))
    if lost > 0:
        root, lost, unseen = _tolerant(text, (root, lost, unseen), expected)
    return Tree(root, text, max(lost, 0), unseen)


def text_of(element: HtmlElement) -> str:
    """All text inside an element, comments left out, as the source has it."""
    return drop_invisible(str(_STRING(element)))


def has_end(source: str) -> bool:
    """True for a page with an end mark: </html> or </body>."""
    low = source.lower()
    return "</html" in low or "</body" in low


def is_cut(source: str) -> bool:
    """True for a page that has no end mark and stops inside a tag or a text."""
    return not has_end(source) and not source.rstrip().endswith(">")


def scan_text(source: str) -> str:
    """The visible text of a source by a plain scan for tags: an independent witness.

    Linear in the source's length. Comments, scripts and the like are left out.
    """
    kept: list[str] = []
    for chunk in _outside_comments(source):
        position = 0
        while (opening := _OPEN_UNSEEN.search(chunk, position)) is not None:
            kept.append(chunk[position : opening.start()])
            end = _CLOSE_UNSEEN[opening[1].lower()].search(chunk, opening.end())
            position = end.end() if end else len(chunk)
        kept.append(chunk[position:])
    return drop_invisible(html.unescape(_TAG.sub(" ", " ".join(kept))))


def _outside_comments(source: str) -> list[str]:
    chunks, position = [], 0
    while (start := source.find("<!--", position)) >= 0:
        chunks.append(source[position:start])
        end = source.find("-->", start + 2)
        if end < 0:
            return chunks
        position = end + 3
    chunks.append(source[position:])
    return chunks


def _refuse_monsters(text: str) -> None:
    if len(text) > MAX_CHARS:
        raise UnreadableMarkup(f"the page is longer than {MAX_CHARS} characters")
    if text.count("<") > MAX_TAGS:
        raise UnreadableMarkup(f"the page has more than {MAX_TAGS} tags")
    if len(text) > MAX_TAG_CHARS and _has_monstrous_tag(text):
        raise UnreadableMarkup(f"one tag of the page is longer than {MAX_TAG_CHARS} characters")


def _has_monstrous_tag(text: str) -> bool:
    return any(_tag_chars(part) > MAX_TAG_CHARS for part in text.split("<")[1:]) or _crowded(text)


def _tag_chars(part: str) -> int:
    """How long the tag is that opens a part of the source; an unclosed one is all of it."""
    end = part.find(">")
    opens_tag = part[:1].isalpha() or part[:1] in "/!?"
    return (end if end >= 0 else len(part)) if opens_tag and not part.startswith("!--") else 0


def _crowded(text: str) -> bool:
    """True when one tag has so many attributes that lxml would take minutes over it."""
    return text.count("=") > MAX_ATTRIBUTES and any(
        tag[0].count("=") > MAX_ATTRIBUTES for tag in _LONG_TAG.finditer(text)
    )


def _unseen_texts(root: HtmlElement) -> _Unseen:
    """The unseen texts with a full stop, with characters as a script writes them, or a photograph."""
    found = (e for e in root.iter(*_UNSEEN) if e.tag not in ("style", "title"))
    texts = ((e.getparent(), str(_STRING(e)) + e.get("srcdoc", "")) for e in found)
    return tuple(
        (parent, text)
        for parent, text in texts
        if parent is not None and any(sign in text for sign in ("。", "\\u", ".jp"))
    )


def _strip_unseen(root: HtmlElement) -> None:
    etree.strip_elements(root, *_UNSEEN, with_tail=False)


def _tolerant(
    text: str, read: tuple[HtmlElement, int, _Unseen], expected: int
) -> tuple[HtmlElement, int, _Unseen]:
    """What a tolerant parser makes of the page, or what was `read` where it has no more of it."""
    if text.count("<") > MAX_TAGS // 10:
        return read
    soup = BeautifulSoup(text, "html.parser")
    if _depth(soup) > _MAX_SOUP_DEPTH:
        return read
    whole = etree.Element("html")
    try:
        whole.extend(soupparser.convert_tree(soup))
    except ValueError:  # a tag's name that no tree takes: what lxml read stays
        return read
    unseen = _unseen_texts(whole)
    _strip_unseen(whole)
    still_lost = expected - visible_count(text_of(whole))
    return (whole, still_lost, unseen) if still_lost < read[1] else read


def _depth(soup: BeautifulSoup) -> int:
    deepest, level = 0, 0
    stack = [iter(soup.contents)]
    while stack:
        for child in stack[-1]:
            if isinstance(child, Tag) and child.contents:
                stack.append(iter(child.contents))
                level += 1
                deepest = max(deepest, level)
                break
        else:
            stack.pop()
            level -= 1
    return deepest
