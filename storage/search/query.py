"""The query language: what a person types, as a value. Pure.

    城市 治理              both stand in the article
    "New York"             a phrase, where a space or an operator is meant as such; "" is a quote in it
    城市 OR 乡村 治理      OR joins its two neighbours: (城市 or 乡村) and 治理
    城市 -治理             the first and not the second
    headline:城市          in that field; see storage.search.fields

Whatever else is typed stands for itself: brackets, stars, an unknown name before a colon.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from press.errors import UsageError
from storage.search.fields import FIELDS, Field
from storage.search.fold import fold

MAX_CHARACTERS: Final = 1_000
MAX_TERMS: Final = 32

_SHOWN: Final = 20
"""Characters of what was typed that a sentence about it repeats."""

_TOKEN: Final = re.compile(
    rf"""(?P<minus>-(?=\S))?
    (?:(?P<field>{"|".join(FIELDS)})[:：]\s*)?
    (?:"(?P<phrase>(?:[^"]|"")*)(?P<end>"?)|(?P<word>\S+)|\Z)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One text to be found, folded and not empty; in any field where `field` is None."""

    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """An article fits when each clause has a term that it holds, and it holds none excluded.

    There is at least one clause, and no clause is empty.
    """

    clauses: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms to be found, in the order typed, each once."""
        return tuple(dict.fromkeys(term for clause in self.clauses for term in clause))


@dataclass(frozen=True, slots=True)
class _Token:
    term: Term | None  # None is the word OR
    is_excluded: bool = False


def parse(text: str) -> Query:
    """The query in what was typed. Raises UsageError, a sentence, where there is none."""
    if len(text) > MAX_CHARACTERS:
        raise UsageError(f"the query has more than {MAX_CHARACTERS:,} characters: shorten it")
    clauses: list[list[Term]] = []
    excluded: list[Term] = []
    awaits_term = after_excluded = False
    for token in _tokens(text):
        if token.term is None:
            if not clauses or awaits_term or after_excluded:
                raise UsageError('OR stands between two words to be found; to find it, write "OR"')
            awaits_term = True
        elif token.is_excluded:
            if awaits_term:
                raise UsageError("OR stands between two words to be found, none with a -")
            excluded.append(token.term)
        elif awaits_term:
            clauses[-1].append(token.term)
            awaits_term = False
        else:
            clauses.append([token.term])
        after_excluded = token.is_excluded
    if awaits_term:
        raise UsageError('OR stands between two words to be found; to find it, write "OR"')
    if not clauses:
        raise UsageError("give at least one word to be found, beside those with a -")
    if sum(map(len, clauses)) + len(excluded) > MAX_TERMS:
        raise UsageError(f"the query has more than {MAX_TERMS} words: leave some out")
    return Query(clauses=tuple(map(tuple, clauses)), excluded=tuple(excluded))


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        found = _TOKEN.match(text, place)
        assert found is not None  # noqa: S101 - what is no space is at least a word
        place = found.end()
        if found["word"] == "OR" and not found["minus"] and not found["field"]:
            yield _Token(None)
        else:
            yield _Token(_term(found), is_excluded=bool(found["minus"]))


def _term(found: re.Match[str]) -> Term:
    phrase = found["phrase"]
    if phrase is not None and not found["end"]:
        raise UsageError(f'the quotation of {_shown(phrase)} has no end: put a " there')
    written = (found["word"] or "") if phrase is None else phrase.replace('""', '"')
    folded = fold(written)
    if not folded:
        raise UsageError(f"{_shown(found[0])} holds nothing that can be found: leave it out")
    return Term(text=folded, field=cast("Field | None", found["field"]))


def _shown(typed: str) -> str:
    """The beginning of what was typed, in one line and without what a terminal would obey."""
    start = typed.strip()
    return repr(start if len(start) <= _SHOWN else start[:_SHOWN] + "…")
