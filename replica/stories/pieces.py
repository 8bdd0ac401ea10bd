"""Blocks and pictures that stories are made of."""

from dataclasses import replace

from press.model import Block, BlockType, Picture
from replica.bylines import Opening
from replica.prose import Prose
from replica.truth import TrueArticle


def block(type_: BlockType, text: str) -> Block:
    """A block of that type."""
    return Block(type=type_, text=text)


def paragraphs(prose: Prose, style: str, count: int, least: int = 90) -> tuple[Block, ...]:
    """That many paragraphs."""
    return tuple(block("paragraph", prose.paragraph(style, least)) for _ in range(count))


def sections(prose: Prose, style: str, count: int, length: int) -> tuple[Block, ...]:
    """An opening paragraph, then crossheads, each with its paragraphs."""
    blocks = paragraphs(prose, style, 1)
    for _ in range(count):
        blocks += (block("crosshead", prose.crosshead()), *paragraphs(prose, style, length))
    return blocks


def pictures(prose: Prose, count: int) -> tuple[Picture, ...]:
    """Pictures with captions; their addresses follow when the story is placed."""
    captions = [prose.caption() for _ in range(count)]
    return tuple(
        Picture(order=order, url=None, caption=caption, credit=credit)
        for order, (caption, credit) in enumerate(captions, start=1)
    )


def opened(opening: Opening, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, the first one opened by the dateline."""
    return (block("paragraph", opening.text + blocks[0].text), *blocks[1:])


def with_block(article: TrueArticle, kind: str, block: Block) -> TrueArticle:
    """The article as another kind, with the block after its first paragraph."""
    blocks = (article.blocks[0], block, *article.blocks[1:])
    return replace(article, kind=kind, blocks=blocks)
