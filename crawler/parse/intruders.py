"""What stands in an article's body and was never printed: links, controls, sidebars, scripts.

A printed page has no link, no button and no sidebar that a reader opens. Where the body has one,
a template put it there, and the words with it are not the story's.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree
from lxml.html import HtmlElement

from crawler.clean.whitespace import squeeze
from crawler.parse.agreement import is_chinese
from crawler.parse.images import is_icon
from crawler.parse.lines import Line, Mark, Token, Unseen
from crawler.parse.tree import text_of
from press.account import Piece

SENTENCE_CHARS = 12
REFRAINS = 3

_STRANGE = frozenset(
    [
        "input",
        "button",
        "textarea",
        "select",
        "video",
        "audio",
        "canvas",
        "embed",
        "svg",
        "rt",
        "aside",
        "nav",
        "footer",
        "form",
        "details",
        "dialog",
        "menu",
        "marquee",
    ]
)
_INLINE = ("span", "em", "i", "sup", "small")
_DIGITS = re.compile(r"\d+")
_SETTINGS = frozenset(
    ("p", "div", "section", "article", "td", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption")
)
_ELSEWHERE = re.compile(r"(?:https?:)?//(?!\S*\.(?:jpe?g|png|gif|pdf)(?:$|\?))", re.IGNORECASE)
_OUT_OF_SIGHT = re.compile(
    r"(?<![\w-])(?:font-size|opacity|height|width)\s*:\s*0(?:px|%|em|;|\s|$)|(?:left|top|text-indent)\s*:\s*-\d{3}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w./:@?&=%#-]+", re.ASCII)
_SENTENCES = re.compile(
    rf"[\u3400-\u9fff，、：；“”《》（）,;:()·—%\w]{{{SENTENCE_CHARS},}}。|(?:[^\\]{{0,12}}\\u[0-9a-fA-F]{{4}}){{24}}"
)


def intruders(
    body: HtmlElement, inside: Sequence[Token], unseen: Iterable[str], visible: str
) -> Iterator[Piece]:
    """A residue for each thing in the body element that no printed article holds.

    `inside` are the body's tokens without captions and repeated lines, `unseen` the texts of
    scripts and the like, `visible` all text that the page shows.
    """
    yield from _of_links(body)
    yield from _of_elements(body)
    yield from _of_refrains(body)
    yield from _of_lines(body, inside)
    comments = [element.text or "" for element in body.iter(etree.Comment)]
    hidden = [t.text for t in inside if isinstance(t, Unseen) and t.rule == "hidden"]
    told = squeeze(visible) if unseen or comments else ""
    for text in (*unseen, *comments):
        found = (sentence for sentence in _SENTENCES.findall(text) if sentence not in told)
        if (sentence := next(found, None)) is not None:
            yield Piece("residue", "text that no reader sees", sentence)
    shown = squeeze("".join(t.text for t in inside if isinstance(t, Line))) if hidden else ""
    for text in hidden:
        if is_chinese(text) and squeeze(text) not in shown:
            yield Piece("residue", "hidden in the text", text)


def _of_links(body: HtmlElement) -> Iterator[Piece]:
    for link in body.iter("a"):
        text, href = squeeze(text_of(link)), link.get("href")
        if href and text and not _ADDRESS.fullmatch(text) and _fills_its_line(link, text):
            yield Piece("residue", "a link in the text", text)
        if href and _ELSEWHERE.match(href) and link.find(".//img") is not None:
            yield Piece("residue", "a picture that leads elsewhere", href)


def _fills_its_line(link: HtmlElement, text: str) -> bool:
    """True unless the link is a few words within a longer line, as a name may be."""
    line = next((e for e in link.iterancestors() if e.tag in _SETTINGS), None)
    return line is None or len(text) * 2 >= len(squeeze(text_of(line)))


def _of_elements(body: HtmlElement) -> Iterator[Piece]:
    for element in body.iterdescendants(etree.Element):
        tag, style = element.tag, element.get("style")
        is_strange = tag in _STRANGE or ("-" in tag and not tag.startswith("founder-"))
        is_control = element.get("onclick") is not None and tag != "img"
        is_unseen = style is not None and _OUT_OF_SIGHT.search(style) is not None
        if is_strange:
            yield Piece("residue", f"<{tag}> in the text", squeeze(text_of(element)) or tag)
        elif (is_control or is_unseen) and (text := squeeze(text_of(element))):
            yield Piece("residue", "out of sight" if is_unseen else "a control in the text", text)


def _of_refrains(body: HtmlElement) -> Iterator[Piece]:
    """Words in the line that stand in most paragraphs, but for their number: 评论(3)."""
    size = sum(1 for _ in body.iter("p", "div", "li"))
    if size < REFRAINS:
        return
    texts = (text_of(element) for element in body.iter(*_INLINE))
    told = Counter(_DIGITS.sub("0", text) for text in texts if 0 < len(text) <= SENTENCE_CHARS)
    for text, times in told.items():
        if times >= REFRAINS and times * 2 > size:
            yield Piece("residue", "one sign in most paragraphs", text)


def _of_lines(body: HtmlElement, inside: Sequence[Token]) -> Iterator[Piece]:
    lines = [t for t in inside if isinstance(t, Line) and t.text]
    kinds = Counter(_setting(line, body) for line in lines)
    kinds.pop(None, None)
    if len(kinds) > 1:
        usual = kinds.most_common(1)[0][0]
        for line in lines:
            if _setting(line, body) not in (usual, None):
                yield Piece("residue", "set unlike the text", line.text)
    for line in lines:
        if line.glued:
            yield Piece("residue", "paragraphs run together", line.text[:SENTENCE_CHARS])
    yield from _outside_marks(inside)
    for image in body.iter("img"):
        if is_icon(image) and (image.tail or "").strip():
            yield Piece("residue", "a sign set as an image", image.get("src") or "")


def _setting(line: Line, body: HtmlElement) -> str | None:
    """How a line is set: the tag of its block; None for what says nothing of it.

    Text without a block of its own stands among paragraphs, as verse does.
    """
    if line.block is body:
        return "p"
    if line.block.tag not in _SETTINGS or line.centred:
        return None
    return str(line.block.tag)


def _outside_marks(inside: Sequence[Token]) -> Iterator[Piece]:
    """Text of the body element before or after the marks that its text stands between."""
    names = [token.name if isinstance(token, Mark) else "" for token in inside]
    for mark in ("enpcontent", "founder-content"):
        if names.count(mark) != names.count(f"/{mark}"):
            yield Piece("residue", "a mark of the text is missing", mark)
        elif mark in names:
            start, end = names.index(mark), names.index(f"/{mark}")
            for token in (*inside[:start], *inside[end + 1 :]):
                if isinstance(token, Line) and token.text:
                    yield Piece("residue", "outside the marks of the text", token.text)
