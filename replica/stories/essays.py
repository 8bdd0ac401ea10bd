"""Essays, comments, letters and verse."""

from datetime import date
from typing import Final

from press.model import Block
from replica import bylines
from replica.prose import Prose
from replica.stories.pieces import block, paragraphs, pictures, sections
from replica.truth import TrueArticle

LONG_TEXT: Final = 20_000
"""Characters that the body of a "long" story exceeds."""


def essay(prose: Prose, _issue_date: date) -> TrueArticle:
    """A signed essay with crossheads and the author's affiliation."""
    credit = prose.rng.choice(bylines.SIGNED)(prose)
    return TrueArticle(
        kind="essay",
        headline=prose.headline(),
        kicker=prose.rng.choice(("深度观察", "学理小札", None)),
        byline=credit.text,
        contributors=credit.contributors,
        blocks=sections(prose, "essay", 3, 2),
        author_note=prose.fill("（作者系{district}{org}特约研究员，{place}书院讲师）"),
        pictures=pictures(prose, prose.rng.randint(0, 1)),
    )


def commentary(prose: Prose, _issue_date: date) -> TrueArticle:
    """The paper's own comment."""
    credit = bylines.commentator(prose)
    return TrueArticle(
        kind="commentary",
        headline=prose.headline(),
        deck=prose.fill("——二论{idea}"),
        byline=credit.text,
        contributors=credit.contributors,
        blocks=paragraphs(prose, "essay", 4),
    )


def letters(prose: Prose, _issue_date: date) -> TrueArticle:
    """Readers' letters under an editors' note."""
    credit = bylines.editor(prose)
    note = block(
        "note", prose.fill("编者按：读者来信谈{thing}，本版择要刊出，愿与各位共议{idea}。")
    )
    return TrueArticle(
        kind="letters",
        headline=prose.headline(),
        byline=credit.text,
        contributors=credit.contributors,
        blocks=(note, *paragraphs(prose, "literary", 3)),
    )


def verse(prose: Prose, _issue_date: date) -> TrueArticle:
    """A poem of two or three stanzas."""
    credit = prose.rng.choice(bylines.SIGNED[:2])(prose)
    return TrueArticle(
        kind="verse",
        headline=prose.fill("{place}{month}月") + prose.rng.choice(("", "（外一首）")),
        byline=credit.text,
        contributors=credit.contributors,
        genre="verse",
        blocks=(block("verse", prose.verse(prose.rng.randint(2, 3))),),
    )


def quoted_verse(prose: Prose, _issue_date: date) -> TrueArticle:
    """An essay with a stanza between its paragraphs."""
    credit = bylines.author(prose)
    stanza = block("verse", prose.verse(1))
    return TrueArticle(
        kind="quoted_verse",
        headline=prose.headline(),
        byline=credit.text,
        contributors=credit.contributors,
        blocks=(*paragraphs(prose, "literary", 2), stanza, *paragraphs(prose, "literary", 2)),
    )


def long(prose: Prose, _issue_date: date) -> TrueArticle:
    """A whole page's essay of more than LONG_TEXT characters."""
    credit = bylines.author(prose)
    blocks: list[Block] = []
    while sum(len(block.text) for block in blocks) <= LONG_TEXT:
        blocks += sections(prose, "essay", 5, 5)
    return TrueArticle(
        kind="long",
        headline=prose.headline(),
        byline=credit.text,
        contributors=credit.contributors,
        blocks=tuple(blocks),
    )
