"""The articles of a page held against each other: what none of them shows alone.

A template writes the same line into every article, a newspaper does not; and no two of its
articles have one text.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from crawler.clean.whitespace import squeeze
from crawler.parse.chorus import FORMAL, template_lines
from press.account import Account, Piece
from press.model import Article

SAME_CHARS = 120

_SAME_LINE = "the same line in the articles of the page"
_SAME_TEXT = "the same text in two articles"
_REASONS = frozenset((_SAME_LINE, _SAME_TEXT))


def doubt_together(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles of one page, in their order, each with a residue for what it shares with others
    and no newspaper prints so; one that shares nothing is as it was.

    A line of nine letters and more in three articles and two thirds of those with text: numbers in
    it may differ. And one text of 120 letters and more under two headlines. A page with fewer
    articles has no such evidence. What an earlier look at the page left is taken back first.
    """
    alone = [replace(one, account=apart(one.account)) for one in articles]
    doubts: dict[int, list[Piece]] = defaultdict(list)
    for at, line in template_lines(alone):
        doubts[at].append(Piece("residue", _SAME_LINE, line))
    for at in _same_texts(alone):
        doubts[at].append(Piece("residue", _SAME_TEXT, alone[at].text[:SAME_CHARS]))
    return tuple(_with(one, doubts[at]) for at, one in enumerate(alone))


def apart(account: Account) -> Account:
    """An article's account as its own page gives it, without what its neighbours left in it."""
    return Account(tuple(piece for piece in account.pieces if not _is_of_neighbours(piece)))


def doubted_as(article: Article, other: Account) -> Article:
    """The article with those residues of its neighbours that the other account has."""
    doubts = [piece for piece in other.pieces if _is_of_neighbours(piece)]
    return _with(replace(article, account=apart(article.account)), doubts)


def _is_of_neighbours(piece: Piece) -> bool:
    return piece.kind == "residue" and piece.name in _REASONS


def _with(article: Article, doubts: Sequence[Piece]) -> Article:
    pieces = (*article.account.pieces, *dict.fromkeys(doubts))
    return replace(article, account=Account(pieces)) if doubts else article


def _same_texts(articles: Sequence[Article]) -> Iterator[int]:
    """The places of articles that have another's text under another headline."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(articles):
        if one.genre not in FORMAL and one.char_count >= SAME_CHARS:
            found[squeeze(one.text)].append(at)
    for places in found.values():
        titles = [squeeze(articles[at].headline or "") for at in places]
        if any(one != other for one, other in pairwise(titles)):
            yield from places
