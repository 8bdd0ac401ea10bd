"""Text of an article's own that stands where no template sets any of it."""

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from crawler.parse.chrome import is_prose
from crawler.parse.frame import Frame
from crawler.parse.intruders import is_box
from crawler.parse.lines import Line, Token
from crawler.parse.tree import text_of
from press.account import Piece, visible_count

RIVAL_CHARS = 12
"""Less is a letter's worth of decoration."""


def misplaced(head: Sequence[Line], tail: Sequence[Token], frame: Frame) -> Iterator[Piece]:
    """A residue for each sentence between headline and body and after the body, for what a box of
    the site holds beside the headline, and for each further element marked as the body.

    `head` are the lines of the headline block, `tail` the tokens after the body element.
    """
    branch = _branch(frame)
    for line in head:
        if "。" in line.text and line.is_in(branch):
            yield Piece("residue", "between headline and body", line.text)
        elif any(is_box(e) for e in (line.block, *line.block.iterancestors())):
            yield Piece("residue", "a box of the site beside the headline", line.text)
    for token in tail:
        if isinstance(token, Line) and token.text and is_prose(token.text, indented=token.indented):
            yield Piece("residue", "the story's text after its element", token.text)
    for rival in frame.rivals:
        linked = sum(visible_count(text_of(link)) for link in rival.iter("a"))
        if visible_count(text := text_of(rival)) - linked >= RIVAL_CHARS:
            yield Piece("residue", "marked as the text too", " ".join(text.split()))


def _branch(frame: Frame) -> HtmlElement | None:
    """The part of the region that holds the body and not the headline; None without one."""
    holders = set(frame.headline.iterancestors()) if frame.headline is not None else set()
    found = None
    for element in (frame.body, *frame.body.iterancestors()) if holders else ():
        if element in holders:
            return found
        found = element
    return None
