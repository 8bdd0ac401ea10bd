"""The desk's other habit: commas, colons and parentheses in ASCII, full stops in full width."""

from dataclasses import replace
from typing import Final

from press.model import Block, Picture
from replica.truth import TrueArticle

_ASCII: Final = str.maketrans("，：；（）？！", ",:;()?!")


def narrowed(story: TrueArticle) -> TrueArticle:
    """The story with every text of it in that habit."""
    return replace(
        story,
        headline=story.headline.translate(_ASCII),
        kicker=_text(story.kicker),
        deck=_text(story.deck),
        byline=_text(story.byline),
        blocks=tuple(_block(block) for block in story.blocks),
        author_note=_text(story.author_note),
        page_credits=_text(story.page_credits),
        pictures=tuple(_picture(picture) for picture in story.pictures),
        jump_line=_text(story.jump_line),
        resume_line=_text(story.resume_line),
    )


def _text(text: str | None) -> str | None:
    return None if text is None else text.translate(_ASCII)


def _block(block: Block) -> Block:
    rows = tuple(tuple(cell.translate(_ASCII) for cell in row) for row in block.rows)
    return replace(block, text=block.text.translate(_ASCII), rows=rows)


def _picture(picture: Picture) -> Picture:
    return replace(picture, caption=_text(picture.caption), credit=_text(picture.credit))
