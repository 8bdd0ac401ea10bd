"""What stands around an article's headline and body where no template sets anything of it."""

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from crawler.clean.whitespace import squeeze
from crawler.parse.agreement import is_chinese
from crawler.parse.chrome import is_article_tool, is_prose
from crawler.parse.frame import Frame
from crawler.parse.images import source_of
from crawler.parse.layout import resolve
from crawler.parse.lines import Line, Token, Unseen
from crawler.parse.pictures import Plate, is_published
from press.account import Piece

_TOOLTIP_CHARS = 6
"""图片, 点击查看大图: what a template writes for every picture."""


def misplaced(
    head: Sequence[Line], headline: str | None, before: Sequence[Token], inside: Sequence[Token],
    tail: Sequence[Token], frame: Frame,
) -> Iterator[Piece]:  # fmt: skip
    """A residue for each line that was taken for a part of the article and stands beside it.

    `head` are the lines of the headline block, `headline` is what was taken of them, `before`, `inside` and `tail` the tokens before,
    in and after the body element.
    """
    if frame.headline is not None:
        yield from _beside_headline(head, before, frame, frame.headline)
        for line in head:
            if headline and line.is_in(frame.headline) and line.text not in headline.split("\n"):
                yield Piece("residue", "in the headline's own element", line.text)
    for token in tail:
        if isinstance(token, Line) and token.text and is_prose(token.text, indented=token.indented):
            yield Piece("residue", "the story's text after its element", token.text)
    hidden = [t for t in before if isinstance(t, Unseen) and t.rule == "hidden"]
    if hidden:
        shown = squeeze("".join(t.text for t in (*before, *inside) if isinstance(t, Line)))
        for unseen in hidden:
            if is_chinese(squeeze(unseen.text)) and squeeze(unseen.text) not in shown:
                yield Piece("residue", "hidden beside the headline", unseen.text)


def strange_pictures(
    region: HtmlElement, plates: Sequence[Plate], base_url: str, visible: str
) -> Iterator[Piece]:
    """A residue for each picture that lies where the paper keeps none of its own, and for words
    that an image holds and the `visible` text does not."""
    for image in region.iter("img"):
        words = squeeze((image.get("alt") or "") + (image.get("title") or ""))
        if len(words) > _TOOLTIP_CHARS and is_chinese(words) and words not in squeeze(visible):
            yield Piece("residue", "words that only an image holds", words)
    for plate in plates:
        url = resolve(base_url, source_of(plate.image.element))
        if url is not None and not is_published(plate.image, base_url):
            yield Piece("residue", "a picture from elsewhere", source_of(plate.image.element))


def _beside_headline(
    head: Sequence[Line], before: Sequence[Token], frame: Frame, headline: HtmlElement
) -> Iterator[Piece]:
    branch = _branch(frame.body, headline)
    own_table = next((e for e in headline.iterancestors() if e.tag == "table"), None)
    for line in head:
        if line.linked and not line.is_in(headline):
            yield Piece("residue", "a link beside the headline", line.text)
        if line.is_in(branch):
            yield Piece("residue", "between headline and body", line.text)
        elif _is_nested(line, own_table):
            yield Piece("residue", "in a table beside the headline", line.text)
    if frame.toolbar is not None:
        return
    lines = [token for token in before if isinstance(token, Line)]
    own = next((n for n, line in enumerate(lines) if line.is_in(headline)), 0)
    for line in lines[own:]:
        if is_article_tool(line.text) and not line.is_in(frame.headline_cell):
            yield Piece("residue", "a toolbar below the headline", line.text)


def _is_nested(line: Line, table: HtmlElement | None) -> bool:
    """True for a line in a table that stands inside the headline's own."""
    return table is not None and line.table is not None and table in line.table.iterancestors()


def _branch(body: HtmlElement, headline: HtmlElement) -> HtmlElement | None:
    """The part of the region that holds the body and not the headline; None without one."""
    holders = set(headline.iterancestors())
    found = None
    for element in (body, *body.iterancestors()):
        if element in holders:
            return found
        found = element
    return None
