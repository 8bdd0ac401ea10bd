"""The articles of a page held against each other: what none of them shows alone.

A template writes the same line into every article, a newspaper does not; and no two of its
articles have one text.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from crawler.clean.whitespace import squeeze
from crawler.parse.byline import is_name_alone, is_signature
from press.account import Account, Piece
from press.model import Article

MIN_LETTERS = 9
MIN_SHORT = 2
"""A series prints shorter lines than nine letters in each of its articles: 人物简介, 颁奖词. But it
begins and ends none so, and prints none in a notice."""
CROSSHEAD_LETTERS = 14
MIN_ARTICLES = 3
MIN_SHARE = 2 / 3
MIN_PROSE = 2
"""Poems share refrains, notices their wording: a template stands in prose, or in several genres."""
SAME_CHARS = 120

_SAME_LINE = "the same line in the articles of the page"
_SAME_TEXT = "the same text in two articles"
_REASONS = frozenset((_SAME_LINE, _SAME_TEXT))
_PAID = frozenset(("notice", "advertisement", "correction", "colophon", "masthead"))
"""Genres that share their wording on one page, and that no page-wide kicker stands above."""

_NOT_LETTERS = re.compile(r"[\W_]+")
_PARTED = re.compile(r"\w[：，；:,;]\S")
_ENDS = ("。", "！", "？", "”", "…")
_DIGITS = re.compile(r"\d+")
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?…”』」）)]*")
_SERIES = re.compile(
    r"\s*[（(].*[）)]\s*|\s*(?:[—–](?!.*[—–]\s*\Z)|问\s?[:：]|(?:本报)?记者\s?[:：]).*|.*[？?：:]\s*"
    r"|.*(?:参加|出席|陪同)[^，。]{0,6}。\s*|扫.{0,3}码.{0,12}|(?:据|综合|新华社|中新社)[^，。]{1,20}",
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
    everywhere = range(len(articles))
    told = [at for at in everywhere if articles[at].blocks]
    is_mixed = 0 < sum(one.genre in _PAID for one in articles) < len(articles)
    for places in _places(articles, everywhere, _kickers).values():
        if len(places) == len(articles) >= MIN_ARTICLES and is_mixed:
            yield from places.items()
    for (_, letters), places in _places(articles, everywhere, _decks).items():
        is_all = is_mixed and len(places) == len(articles)
        if _are_many(places, everywhere) and (is_all or letters >= MIN_LETTERS):
            yield from places.items()
    for (_, letters), places in _places(articles, told, _lines).items():
        where = [articles[at] for at in places]
        if _are_many(places, told) and _are_prose(where):
            is_long = letters >= MIN_LETTERS and not _are_headings(where, places.values())
            is_all = len(places) == len(told) and _is_of_no_series(where, places.values())
            if is_long or is_all or _are_tails(where, places.values()):
                yield from places.items()


def _are_many(places: Collection[int], of: Collection[int]) -> bool:
    return len(places) >= max(MIN_ARTICLES, len(of) * MIN_SHARE)


def _are_prose(articles: Sequence[Article]) -> bool:
    genres = [one.genre for one in articles]
    return len(set(genres)) > 1 or genres.count("article") >= MIN_PROSE


def _are_headings(articles: Sequence[Article], lines: Iterable[str]) -> bool:
    heads = {b.text for one in articles for b in one.blocks if b.type == "crosshead"}
    return any(line in heads and len(line) < CROSSHEAD_LETTERS for line in lines)


def _is_of_no_series(articles: Sequence[Article], lines: Iterable[str]) -> bool:
    """True for a line that begins or ends all of the articles, or stands in a notice too."""
    pairs = list(zip(articles, lines, strict=True))
    is_first = all(one.text.startswith(line) and _PARTED.search(line) for one, line in pairs)
    is_last = all(one.text.endswith(line) for one, line in pairs)
    return is_first or is_last or any(one.genre in _PAID for one in articles)


def _are_tails(articles: Sequence[Article], lines: Iterable[str]) -> bool:
    """True for words without a full stop that follow the last one of each text."""
    pairs = zip(articles, lines, strict=True)
    return all(
        one.text.endswith(line) and one.text[: -len(line)].endswith(_ENDS) and line[-1] not in _ENDS
        for one, line in pairs
    )


def _places(
    articles: Sequence[Article], among: Iterable[int], lines: Callable[[Article], Iterator[str]]
) -> dict[tuple[str, int], dict[int, str]]:
    """Where each line stands, by its letters without numbers and their count: the places of the
    articles, each with the line as printed there. Lines that a series repeats are left out."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for at in among:
        for line in lines(articles[at]):
            found[_DIGITS.sub("0", _NOT_LETTERS.sub("", line))].setdefault(at, line)
    counted = {key: len(_DIGITS.sub("", key)) for key in found if len(found[key]) >= MIN_ARTICLES}
    return {
        (key, letters): found[key]
        for key, letters in counted.items()
        if letters >= MIN_SHORT and not any(map(_is_of_series, found[key].values()))
    }


def _is_of_series(line: str) -> bool:
    return _SERIES.fullmatch(line) is not None or is_signature(line) or is_name_alone(line)


def _kickers(article: Article) -> Iterator[str]:
    yield from (article.kicker or "").split("\n")


def _decks(article: Article) -> Iterator[str]:
    yield from (article.deck or "").split("\n")


def _lines(article: Article) -> Iterator[str]:
    """The lines of an article's text, and the first and the last sentence of it."""
    lines = [
        line for block in article.blocks if block.type != "table" for line in block.text.split("\n")
    ]
    yield from lines
    for end in dict.fromkeys((lines[0], lines[-1])) if lines else ():
        sentences = _SENTENCE.findall(end)
        if len(sentences) > 1:
            yield from (sentences[0], sentences[-1])


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
