"""Lines that the articles of a page share, and which of them no newspaper prints so."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from crawler.parse.byline import is_name_alone, is_signature
from crawler.parse.marks import read_dateline
from press.model import Article

MIN_ARTICLES = 3
MIN_SHARE = 2 / 3
MIN_LETTERS = 9
MIN_SHORT = 2
"""A series prints shorter lines than nine letters in each of its articles: 人物简介, 颁奖词. But it
begins and ends none so, and prints none in a notice."""
CROSSHEAD_LETTERS = 14
MIN_PROSE = 2
"""Poems share refrains, notices their wording: a template stands in prose, or in several genres."""
FORMAL = frozenset(("notice", "advertisement", "correction", "colophon", "masthead"))
"""Genres that share their wording on one page, and nothing with its stories."""

_NOT_LETTERS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_PARTED = re.compile(r"\w[：，；:,;]\S")
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?…”』」）)]*")
_ENDS = ("。", "！", "？", "”", "…")
_SERIES = re.compile(
    r"\s*[（(].*[）)]\s*|\s*(?:[—–](?!.*[—–]\s*\Z)|问\s?[:：]|(?:本报)?记者\s?[:：]).*|.*[？?：:]\s*"
    r"|.*(?:参加|出席|陪同)[^，。]{0,6}。\s*|扫.{0,3}码.{0,12}|(?:据|综合|新华社|中新社)[^，。]{1,20}",
    re.DOTALL,
)
"""What a series repeats: credits in brackets, decks after a dash, questions, who was present."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A line that several articles share; `lines` has it as each of them prints it.

    `places` are the articles' places on the page, `letters` counts the line's letters without
    numbers, `of` the articles that might have it.
    """

    places: tuple[int, ...]
    articles: tuple[Article, ...]
    lines: tuple[str, ...]
    letters: int
    of: int

    @property
    def is_everywhere(self) -> bool:
        """True for a line in all of them, a formal item and a story among them."""
        formal = sum(one.genre in FORMAL for one in self.articles)
        return len(self.articles) == self.of and 0 < formal < self.of

    @property
    def is_of_series(self) -> bool:
        """True for what the articles of a series say alike, and for whoever signs them."""
        return any(
            _SERIES.fullmatch(line)
            or is_signature(line)
            or is_name_alone(line)
            or _is_dateline(line)
            for line in self.lines
        )

    @property
    def is_of_prose(self) -> bool:
        """True where the articles are of several genres, or two of them are prose."""
        genres = [one.genre for one in self.articles]
        return len(set(genres)) > 1 or genres.count("article") >= MIN_PROSE

    @property
    def is_heading(self) -> bool:
        """True for a short crosshead, as a series has."""
        heads = {b.text for one in self.articles for b in one.blocks if b.type == "crosshead"}
        return any(line in heads and len(line) < CROSSHEAD_LETTERS for line in self.lines)

    @property
    def is_at_an_end(self) -> bool:
        """True for a line that begins all of the texts, or ends them."""
        pairs = list(zip(self.articles, self.lines, strict=True))
        is_first = all(one.text.startswith(line) and _PARTED.search(line) for one, line in pairs)
        is_last = all(one.text.endswith(line) for one, line in pairs)
        return len(self.articles) == self.of and (is_first or is_last)

    @property
    def is_tail(self) -> bool:
        """True for words without a full stop that follow the last one of each text."""
        return all(
            one.text.endswith(line)
            and one.text[: -len(line)].endswith(_ENDS)
            and not line.endswith(_ENDS)
            for one, line in zip(self.articles, self.lines, strict=True)
        )


def template_lines(articles: Sequence[Article]) -> Iterator[tuple[int, str]]:
    """The lines that a template wrote into the articles of one page, each with the place of its
    article among them, from 0; empty for a page with less than three articles."""
    everywhere = range(len(articles))
    told = [at for at in everywhere if articles[at].blocks]
    in_texts = list(_shared(articles, told, _lines))
    for shared in (*_shared(articles, everywhere, _around_headline), *in_texts):
        if shared.is_everywhere:
            yield from zip(shared.places, shared.lines, strict=True)
    for shared in _shared(articles, everywhere, _decks):
        if shared.letters >= MIN_LETTERS and not shared.is_of_series:
            yield from zip(shared.places, shared.lines, strict=True)
    for shared in in_texts:
        is_long = shared.letters >= MIN_LETTERS and not shared.is_heading
        is_told = is_long or shared.is_at_an_end or shared.is_tail
        if is_told and shared.is_of_prose and not shared.is_of_series:
            yield from zip(shared.places, shared.lines, strict=True)


def _shared(
    articles: Sequence[Article],
    among: Sequence[int],
    lines: Callable[[Article], Iterator[str]],
) -> Iterator[Shared]:
    """The lines that three of those articles and two thirds of them share; numbers in them may
    differ."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    needed = max(MIN_ARTICLES, len(among) * MIN_SHARE)
    for at in among if len(among) >= needed else ():
        for line in lines(articles[at]):
            found[_DIGITS.sub("0", _NOT_LETTERS.sub("", line))].setdefault(at, line)
    for key, places in found.items():
        letters = len(_DIGITS.sub("", key))
        if letters >= MIN_SHORT and len(places) >= needed:
            yield Shared(
                places=tuple(places),
                articles=tuple(articles[at] for at in places),
                lines=tuple(places.values()),
                letters=letters,
                of=len(among),
            )


def _is_dateline(line: str) -> bool:
    """True for a dateline that stands alone in its line."""
    found = read_dateline(line)
    return found is not None and _NOT_LETTERS.sub("", line) == _NOT_LETTERS.sub(
        "", f"{found.line}{found.makers or ''}"
    )


def _around_headline(article: Article) -> Iterator[str]:
    for part in (article.kicker, article.deck, article.byline):
        yield from (part or "").split("\n")


def _decks(article: Article) -> Iterator[str]:
    yield from (article.deck or "").split("\n")


def _lines(article: Article) -> Iterator[str]:
    """The lines of a text, a table as one, and its first and last sentences."""
    lines = [
        line
        for block in article.blocks
        for line in ((block.text,) if block.type == "table" else block.text.split("\n"))
    ]
    yield from lines
    for end in dict.fromkeys((lines[0], lines[-1])) if lines else ():
        sentences = _SENTENCE.findall(end)
        if len(sentences) > 1:
            yield from (sentences[0], sentences[-1])
