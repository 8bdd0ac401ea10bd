"""The articles of a page held against each other: what none of them shows alone.

A template writes the same line into every article, a newspaper does not; and no two of its
articles have one text.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from crawler.clean.whitespace import squeeze
from crawler.parse.byline import is_byline, is_name_alone
from press.account import Account, Piece
from press.model import Article, Block

MIN_LETTERS = 9
MIN_SHORT = 2
"""A series prints shorter lines than nine letters in each of its articles: 人物简介, 颁奖词. But it
begins and ends none so, and prints none in a notice."""
CROSSHEAD_LETTERS = 14
MIN_ARTICLES = 3
MIN_SHARE = 2 / 3
MIN_PROSE = 2
SAME_CHARS = 120

_SAME_LINE = "the same line in the articles of the page"
_SAME_TEXT = "the same text in two articles"
_REASONS = frozenset((_SAME_LINE, _SAME_TEXT))
_PAID = frozenset(("notice", "advertisement", "correction", "colophon", "masthead"))
"""Genres that share their wording on one page, and that no page-wide kicker stands above."""

_PROSE = frozenset(("article", "photo"))
"""Genres that share no line: poems have refrains."""

_NOT_LETTERS = re.compile(r"[\W_]+")
_FIRST = re.compile(r"\A[^\n]*?\w[：，；:,;][^\n]+")
_LAST = re.compile(r"[^\n]+\Z")
_DIGITS = re.compile(r"\d+")
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?…”』」）)]*")
_SERIES = re.compile(
    r"\s*[（(].*[）)]\s*|\s*(?:[—–]|问\s?[:：]|(?:本报)?记者\s?[:：]).*|.*[？?：:]\s*"
    r"|.*(?:参加|出席|陪同)[^，。]{0,6}。\s*|扫.{0,3}码.{0,12}|(?:据|综合)[^，。]{2,20}",
    re.DOTALL,
)
"""What a series repeats: credits in brackets, decks after a dash, questions, who was present."""


def doubt_together(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles of one page, in their order, each with a residue for what it shares with others
    and no newspaper prints so; one that shares nothing is as it was.

    A line of nine letters and more in three articles and two thirds of those with text: numbers in
    it may differ. And one text of 120 letters and more under two headlines. A page with fewer
    articles has no such evidence. What an earlier look at the page left is taken back first.
    """
    alone = [replace(one, account=apart(one.account)) for one in articles]
    doubts: dict[int, list[Piece]] = defaultdict(list)
    for at, line in _same_lines(alone):
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


def _same_lines(articles: Sequence[Article]) -> Iterator[tuple[int, str]]:
    """The places of the articles that share a line, each with the line as it stands there."""
    told = [at for at, one in enumerate(articles) if one.blocks]
    prose = {at for at in told if articles[at].genre in _PROSE}
    paid = {at for at, one in enumerate(articles) if one.genre in _PAID}
    above = _places(articles, range(len(articles)), _lines_above)
    for places in above.values():
        if len(places) == len(articles) >= MIN_ARTICLES and paid and prose:
            yield from places.items()
    below = _places(articles, told, _lines)
    for (_, letters), places in below.items():
        is_all = len(places) == len(told)
        is_end = any(
            all(_end_of(articles[at], end) == line for at, line in places.items())
            for end in (_FIRST, _LAST)
        )
        is_long = letters >= MIN_LETTERS and len(places) >= len(told) * MIN_SHARE
        if len(places) < MIN_ARTICLES or len(prose.intersection(places)) < MIN_PROSE:
            continue
        if is_long or (is_all and (is_end or paid.intersection(places))):
            yield from places.items()


def _places(
    articles: Sequence[Article], among: Iterable[int], lines: Callable[[Article], Iterator[str]]
) -> dict[tuple[str, int], dict[int, str]]:
    """Where each line stands, by its letters without numbers and their count: the places of the
    articles, each with the line as printed there. Lines that a series repeats are left out."""
    found: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    for at in among:
        for line in lines(articles[at]):
            key = _NOT_LETTERS.sub("", line)
            letters = len(_DIGITS.sub("", key))
            if letters >= MIN_SHORT and not _is_of_series(line):
                found[_DIGITS.sub("0", key), letters].setdefault(at, line)
    return found


def _is_of_series(line: str) -> bool:
    return _SERIES.fullmatch(line) is not None or is_byline(line) or is_name_alone(line)


def _lines_above(article: Article) -> Iterator[str]:
    yield from (article.kicker or "").split("\n")


def _lines(article: Article) -> Iterator[str]:
    """The lines below an article's headline, and the first and last sentences of its text."""
    yield from (article.deck or "").split("\n")
    lines = [line for block in article.blocks for line in _lines_of(block)]
    yield from lines
    for end in dict.fromkeys((lines[0], lines[-1])) if lines else ():
        sentences = _SENTENCE.findall(end)
        if len(sentences) > 1:
            yield from (sentences[0], sentences[-1])


def _end_of(article: Article, end: re.Pattern[str]) -> str | None:
    """An article's last line, or its first where that is no heading of a series."""
    found = end.search(article.text)
    return found[0] if found else None


def _lines_of(block: Block) -> list[str]:
    is_short = block.type == "crosshead" and len(block.text) < CROSSHEAD_LETTERS
    return [] if is_short or block.type == "table" else block.text.split("\n")


def _same_texts(articles: Sequence[Article]) -> Iterator[int]:
    """The places of articles that have another's text under another headline."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(articles):
        if one.genre not in _PAID and one.char_count >= SAME_CHARS:
            found[squeeze(one.text)].append(at)
    for places in found.values():
        titles = [squeeze(articles[at].headline or "") for at in places]
        if any(one != other for one, other in pairwise(titles)):
            yield from places
