"""What stands in an article's body element and was never printed: links, controls, boxes, scripts.

Editors paste what they like into a body: tables, frames, players, names that link to a company.
What is told here is text that a page's own furniture brought with it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from crawler.clean.whitespace import squeeze
from crawler.parse.byline import is_name_alone, is_signature
from crawler.parse.layout import resolve
from crawler.parse.legibility import is_chinese
from crawler.parse.lines import Line, Mark, Token, Unseen
from crawler.parse.marks import is_page_credits
from crawler.parse.tree import Tree, text_of
from press.account import Piece

SENTENCE_CHARS = 12
STRAY_CHARS = 12
RUN_CHARS = 200
PARAGRAPH_CHARS = 30
MIN_PARAGRAPHS = 2

_STRANGE = frozenset(
    (
        "aside",
        "nav",
        "menu",
        "dialog",
        "marquee",
        "rt",
        "audio",
        "video",
        "summary",
        "legend",
        "label",
    )
)
_SETTINGS = frozenset(
    ("p", "div", "section", "article", "td", "th", "dd", "li", "h1", "h2", "h3", "h4", "h5", "h6")
)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|pdf)$", re.IGNORECASE)
_READ_ON = re.compile(r"(?:阅读|查看|展开).{0,2}(?:全文|更多)|下一页")
_BOX = re.compile(
    r"relate[ds]?|recommend(?:s|ed|ation)?|comments?|share|shares|ads?|advert(?:isement)?|audio|player|toolbar|copyright|"
    r"hot|tuijian|pinglun|fenxiang|guanggao|gg|remen|paihang|zan|dianzan|tts|toc|paywall|unfold|expand|readmore|pagination|"
    r"pager|breadcrumbs?|qrcode|loading|promo|disclaimer|zhaiyao|daodu"
)
_PARTS = re.compile(r"[-_\s]+")
_OUT_OF_SIGHT = re.compile(
    r"(?<![\w-])(?:font-size|opacity)\s*:\s*0(?:px|pt|%|em|;|\s|$)|(?<![\w-])height\s*:\s*0.*overflow"
    r"\s*:\s*hidden|(?<![\w-])(?:left|top|text-indent)\s*:\s*-\d{3}",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?:阅读|浏览|点击|点赞|收藏|评论|转发)(?:数|量)?\s?[:：]?\s?\d+")
_PHOTOGRAPH = re.compile(r"/(?:res|resfile|pic|page)/[\w./-]{1,80}\.jpe?g", re.IGNORECASE)
_RUN = re.compile(rf"[\u3400-\u9fff，、：；“”《》（）,;:()·—%\w \u3000-]{{{SENTENCE_CHARS},}}$")
_ESCAPED = re.compile(r"(?:[^\\]{0,12}\\u[0-9a-fA-F]{4}){24}")
"""Chinese as a script writes it: \\u6865\\u706f."""


def intruders(
    body: HtmlElement, inside: Sequence[Token], tree: Tree, visible: str, base_url: str
) -> Iterator[Piece]:
    """A residue for each thing in the body element that no printed article holds.

    `inside` are the body's tokens without captions and repeated lines, `visible` is all text that
    the page shows.
    """
    yield from _of_links(body, base_url)
    yield from _of_elements(body)
    yield from _of_lines(inside)
    yield from _of_hidden(body, inside, tree, visible)


def _of_links(body: HtmlElement, base_url: str) -> Iterator[Piece]:
    """Links that fill half of their line or lead on, and pictures that lead to another site's
    page; a few words within a longer line may be linked, as a company's name is."""
    linked: dict[HtmlElement, int] = {}
    for link in body.iter("a"):
        line = _line_of(link)
        linked[line] = linked.get(line, 0) + len(squeeze(text_of(link)))
    filled = {line for line, chars in linked.items() if chars * 2 >= len(squeeze(text_of(line)))}
    for link in body.iter("a"):
        text, url = squeeze(text_of(link)), resolve(base_url, link.get("href"))
        if (
            link.get("href")
            and is_chinese(text)
            and (_READ_ON.search(text) or _line_of(link) in filled)
        ):
            yield Piece("residue", "a link in the text", text)
        is_elsewhere = url is not None and urlsplit(url).netloc != urlsplit(base_url).netloc
        if is_elsewhere and link.find(".//img") is not None and not _FILE.search(url or ""):
            yield Piece("residue", "a picture that leads elsewhere", url or "")


def _line_of(link: HtmlElement) -> HtmlElement:
    return next((e for e in link.iterancestors() if e.tag in _SETTINGS), link)


def _of_elements(body: HtmlElement) -> Iterator[Piece]:
    for element in body.iterdescendants(etree.Element):
        is_strange = element.tag in _STRANGE
        is_unseen = _OUT_OF_SIGHT.search(element.get("style") or "") is not None
        if (is_strange or is_unseen or is_box(element)) and (text := squeeze(text_of(element))):
            name = "out of sight" if is_unseen else "a box of the site in the text"
            yield Piece("residue", f"<{element.tag}> in the text" if is_strange else name, text)


def is_box(element: HtmlElement) -> bool:
    """True for an element whose class says that the site put it there: related, comments, ad."""
    names = (element.get("class") or "").lower()
    return bool(names) and any(_BOX.fullmatch(name) for name in _PARTS.split(names))


def _of_lines(inside: Sequence[Token]) -> Iterator[Piece]:
    lines = [token for token in inside if isinstance(token, Line) and token.text]
    for line in lines:
        if line.glued:
            yield Piece("residue", "paragraphs run together", line.text[:SENTENCE_CHARS])
        if not _COUNT.sub("", line.text).strip():
            yield Piece("residue", "a count in the text", line.text)
    yield from _of_set_apart(lines)
    names = [token.name if isinstance(token, Mark) else "" for token in inside]
    for mark in ("enpcontent", "founder-content"):
        if (mark in names) != (f"/{mark}" in names):
            yield Piece("residue", "a mark of the text without its other end", mark)
        elif mark in names:
            start, end = names.index(mark), len(names) - names[::-1].index(f"/{mark}")
            for token in (*inside[:start], *inside[end:]):
                if isinstance(token, Line) and len(token.text) > STRAY_CHARS:
                    yield Piece("residue", "outside the marks of the text", token.text)


def _of_set_apart(lines: Sequence[Line]) -> Iterator[Piece]:
    """Short lines without the indent that the story's paragraphs have, and without any emphasis or
    alignment of their own: the vendor's software indents whatever was printed as a paragraph.

    Lines that share a block are verse, and a colophon is set as the page pleases.
    """
    sizes = Counter(line.group for line in lines)
    alone = [line for line in lines if sizes[line.group] == 1 and not line.item]
    indented = [line for line in alone if line.indented]
    apart = [line for line in alone if not (line.indented or line.strong or line.centred)]
    if len(indented) < max(MIN_PARAGRAPHS, len(apart) + 1):
        return
    for line in apart:
        is_short = len(line.text) < PARAGRAPH_CHARS and "。" not in line.text
        is_own = is_page_credits(line.text) or line.table is not indented[0].table
        if is_short and not is_own and not (line.block.get("align") or line.block.get("style")):
            yield Piece("residue", "set otherwise than the text", line.text)


def _of_hidden(
    body: HtmlElement, inside: Sequence[Token], tree: Tree, visible: str
) -> Iterator[Piece]:
    """Sentences in the body element that only a script, a comment or a hidden element holds."""
    holders = {body, *body.iterdescendants()} if tree.unseen else set()
    texts = [text for parent, text in tree.unseen if parent in holders]
    for text in texts:
        if (address := _PHOTOGRAPH.search(text)) is not None and "<img" not in text.lower():
            yield Piece("residue", "a picture that only a script shows", address[0])
    texts += [comment.text or "" for comment in body.iter(etree.Comment)]
    texts += [
        value
        for element in body.iter(etree.Element)
        for name, value in element.attrib.items()
        if "。" in value and name not in ("alt", "title")
    ]
    told = squeeze(visible) if texts else ""
    hidden = [t.text for t in inside if isinstance(t, Unseen) and t.rule == "hidden"]
    shown = squeeze("".join(t.text for t in inside if isinstance(t, Line))) if hidden else ""
    for text, seen in (*((text, told) for text in texts), *((text, shown) for text in hidden)):
        found = (one for one in _sentences(text) if squeeze(one) not in seen)
        if (sentence := next(found, None)) is not None:
            yield Piece("residue", "text that no reader sees", sentence)


def hidden_texts(around: Sequence[Token], visible: str) -> Iterator[Piece]:
    """A residue for each sentence that the page hides beside the body and shows nowhere else."""
    hidden = [t.text for t in around if isinstance(t, Unseen) and t.rule == "hidden"]
    shown = squeeze(visible) if hidden else ""
    for text in hidden:
        if is_signature(text) or is_name_alone(text):
            yield Piece("residue", "a byline that no reader sees", text)
        for one in _sentences(text):
            if shown.count(squeeze(one)) < 2:  # the visible text holds what is hidden too
                yield Piece("residue", "text that no reader sees", one)


def _sentences(text: str) -> Iterator[str]:
    """The ends of the sentences in a text, in a script's quotes or without any, in linear time."""
    for part in text.split("。")[:-1]:
        if (found := _RUN.search(part[-RUN_CHARS:])) is not None:
            yield found[0]
    if (escaped := _ESCAPED.search(text)) is not None:
        yield escaped[0]
