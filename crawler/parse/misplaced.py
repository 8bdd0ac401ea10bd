"""Text of an article's own that stands where no template sets any of it."""

from collections.abc import Iterator, Sequence

from crawler.parse.chrome import is_prose
from crawler.parse.frame import Frame
from crawler.parse.lines import Line, Token
from crawler.parse.tree import text_of
from press.account import Piece


def misplaced(tail: Sequence[Token], frame: Frame) -> Iterator[Piece]:
    """A residue for each sentence after the body element, whose tokens `tail` are, and for each
    further element that is marked as a body and holds sentences."""
    for token in tail:
        if isinstance(token, Line) and token.text and is_prose(token.text, indented=token.indented):
            yield Piece("residue", "the story's text after its element", token.text)
    for rival in frame.rivals:
        if is_prose(text := text_of(rival).strip(), indented=True) and "。" in text:
            yield Piece("residue", "marked as the text too", text)
