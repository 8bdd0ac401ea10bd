"""A region of the tree read in source order into lines, pictures and tables."""

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from crawler.clean.invisible import drop_invisible
from crawler.clean.whitespace import fold_spaces, is_indented
from crawler.parse.grids import is_data, read_grid
from crawler.parse.images import is_icon
from crawler.parse.lines import Image, Line, Mark, Token, Unseen

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "map",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)  # all other tags, unknown ones too, are set in the line, as browsers do
_STRONG = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CONTROLS = frozenset(("select", "option", "button", "textarea", "input"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WEBDINGS = re.compile(r"w[ei][bn]g?dings", re.IGNORECASE)
_LETTERS = re.compile(r"[^\x00-\x7f\ue000-\uf8ff\s]")
_GLUED = re.compile(
    r"[。！？”][ \r\n\t]*(?:\u3000{2}|\xa0[\xa0 ]{2})[\u3000\xa0 ]*(?=[^\s（(][^\n]{20})"
)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)


@dataclass(slots=True)
class _State:
    """Where the walk stands."""

    tokens: list[Token] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    blocks: list[HtmlElement] = field(default_factory=list)
    tables: list[HtmlElement] = field(default_factory=list)
    parts: list[HtmlElement] = field(default_factory=list)
    group: int = 0
    strong: int = 0
    strong_chars: int = 0
    linked: int = 0
    linked_chars: int = 0
    items: int = 0
    hidden: int = 0
    dingbats: int = 0
    preformatted: int = 0
    flows: bool = False


def flow(
    region: HtmlElement, *, body: HtmlElement | None = None, headline: HtmlElement | None = None
) -> list[Token]:
    """The tokens of a region in source order.

    Inside `body` inline elements do not part a line and tables of data become grids; outside it
    each inline element beside the headline is a line of its own.
    """
    spine = set(headline.iterancestors()) if headline is not None else set()
    state = _State(blocks=[region])
    walker = etree.iterwalk(region, events=("start", "end", "comment", "pi"))
    in_body, skipped = False, None
    for event, element in walker:
        if event == "start":
            if element is body:
                _mark(state, "body")
                in_body, state.items = True, 0  # what stands around the body makes it no list
            elif in_body and element.tag == "table" and is_data(element):
                _flush(state)
                state.tokens.append(read_grid(element))
                skipped = element
                walker.skip_subtree()
                continue
            _enter(state, element, in_body, spine)
            _add(state, element.text)
            continue
        if event == "end":
            if element is not skipped:
                _leave(state, element)
            if element is body:
                _mark(state, "/body")
                in_body = False
        elif event == "comment" and in_body:
            _comment(state, element)
        if element is not region:
            _add(state, element.tail)
    _flush(state)
    for place, token in enumerate(state.tokens):
        token.place = place
    return state.tokens


def _enter(state: _State, element: HtmlElement, in_body: bool, spine: set[HtmlElement]) -> None:
    tag = element.tag
    if tag == "founder-content":
        _mark(state, tag)
    state.hidden += _is_hidden(element)
    state.dingbats += _is_dingbat(element)
    if tag == "br":
        _flush(state, keep_blank=True)
        state.flows = False
        return
    if tag == "img":
        if is_icon(element) or state.hidden:
            return
        _flush(state)
        table = state.tables[-1] if state.tables else None
        state.tokens.append(Image(element, state.blocks[-1], state.group, table))
        return
    if tag in _BLOCKS:
        _flush(state)
        state.flows = False
        state.group += 1
        state.blocks.append(element)
        if tag == "table":
            state.tables.append(element)
        elif tag == "li":
            state.items += 1
    elif not in_body and _is_part(element, state, spine):
        _flush(state)
        state.parts.append(element)
    state.preformatted += tag == "pre"
    state.strong += tag in _STRONG
    state.linked += tag == "a" and element.get("href") is not None


def _leave(state: _State, element: HtmlElement) -> None:
    tag = element.tag
    if tag == "founder-content":
        _mark(state, f"/{tag}")
    state.hidden -= _is_hidden(element)
    state.dingbats -= _is_dingbat(element)
    if tag in ("br", "img"):
        return
    if tag in _BLOCKS:
        _flush(state)
        state.flows = False
        state.group += 1
        if len(state.blocks) > 1:
            state.blocks.pop()
        if tag == "table":
            state.tables.pop()
        elif tag == "li":
            state.items = max(state.items - 1, 0)
    elif state.parts and state.parts[-1] is element:
        _flush(state)
        state.parts.pop()
    state.preformatted -= tag == "pre"
    state.strong -= tag in _STRONG
    state.linked -= tag == "a" and element.get("href") is not None


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return element.tag in _CONTROLS or (style is not None and bool(_HIDDEN.search(style)))


def _is_dingbat(element: HtmlElement) -> bool:
    return element.tag in ("span", "font") and bool(
        _WEBDINGS.search((element.get("style") or "") + (element.get("face") or ""))
    )


def _mark(state: _State, name: str) -> None:
    _flush(state)
    state.tokens.append(Mark(name))


def _is_part(element: HtmlElement, state: _State, spine: set[HtmlElement]) -> bool:
    parent = element.getparent()
    if element in spine or not (parent is state.blocks[-1] or parent in spine):
        return False
    before = element.getprevious()
    lead = parent.text if before is None else before.tail
    return not (lead or "").strip() and not (element.tail or "").strip()


def _add(state: _State, text: str | None) -> None:
    if not text:
        return
    if state.hidden or (state.dingbats and not _LETTERS.search(text)):
        if text.strip():
            rule = "hidden" if state.hidden else "webdings"
            state.tokens.append(Unseen(rule, " ".join(text.split())))
        return
    if state.preformatted and "\n" in text:
        for line in text.split("\n"):
            state.text.append(line)
            _flush(state, keep_blank=True)
        return
    state.text.append(text)
    if state.strong or state.linked:
        size = len(text.strip())
        state.strong_chars += size if state.strong else 0
        state.linked_chars += size if state.linked else 0


def _flush(state: _State, *, keep_blank: bool = False) -> None:
    if not state.text and not keep_blank:
        return
    raw = drop_invisible("".join(state.text))
    text = fold_spaces(raw).strip()
    if text or keep_blank:
        size = len(raw.strip())
        block = state.blocks[-1]
        line = Line(
            text=text,
            block=block,
            part=state.parts[-1] if state.parts else block,
            group=state.group,
            strong=bool(text) and (state.strong_chars >= size or block.tag in _HEADINGS),
            linked=bool(text) and state.linked_chars >= size,
            centred=_is_centred(block),
            indented=is_indented(raw),
            item=state.items > 0,
            flows=state.flows,
            table=state.tables[-1] if state.tables else None,
            glued=_is_glued(raw.strip()),
        )
        state.tokens.append(line)
        state.flows = True
    state.text.clear()
    state.strong_chars = state.linked_chars = 0


def _is_glued(text: str) -> bool:
    return ("\u3000" in text or "\xa0" in text) and _GLUED.search(text) is not None


def _is_centred(block: HtmlElement) -> bool:
    if block.tag in ("td", "th", "tr", "tbody", "table", "body"):
        return False
    return (
        block.tag == "center"
        or (block.get("align") or "").lower() == "center"
        or bool(_CENTRED.search(block.get("style") or ""))
    )


def _comment(state: _State, element: HtmlElement) -> None:
    name = (element.text or "").strip().lower()
    if name in ("enpcontent", "/enpcontent"):
        _flush(state)
        state.tokens.append(Mark(name))
