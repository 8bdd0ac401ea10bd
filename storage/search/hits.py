"""Where a query's terms stand in printed text. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from storage.search.fields import FIELDS, Field, Printed, SearchCopy
from storage.search.fold import trace
from storage.search.query import Query, Term

Mark: TypeAlias = tuple[int, int]
"""A stretch of a text: its start, and its end, which is not part of it."""

_SPACES: Final = str.maketrans(dict.fromkeys("\n\t\r\v\f\u2028\u2029", " "))
_ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A piece of a printed field on one line, "…" where it was cut; `marks` are places in it."""

    field: Field
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A hit in its context (KWIC): what stands before it, itself and after it, as printed."""

    field: Field
    left: str
    hit: str
    right: str


def fits(query: Query, copy: SearchCopy) -> bool:
    """True when the article with that copy fits: the contract that both indexes keep."""
    return all(any(_is_in(term, copy) for term in clause) for clause in query.clauses) and not any(
        _is_in(term, copy) for term in query.excluded
    )


def marks(printed: str, terms: Sequence[Term]) -> tuple[Mark, ...]:
    """Where the terms stand in a printed text, in its order, those that overlap as one."""
    traced = trace(printed)
    found: list[Mark] = []
    for term in terms:
        at = traced.folded.find(term.text)
        while at >= 0:
            found.append(traced.span(at, at + len(term.text)))
            at = traced.folded.find(term.text, at + len(term.text))
    return tuple(_merged(sorted(found)))


def headline_marks(printed: Printed, query: Query) -> tuple[Mark, ...]:
    """Where the terms stand in the headline; empty where there is none."""
    return marks("".join(printed.get("headline", ())), _terms_in(query, "headline"))


def snippet(printed: Printed, query: Query, *, width: int = 80) -> Snippet | None:
    """About `width` characters of the first field with a hit, with as many hits as can be in it.

    None where only the headline has one.
    """
    for field in FIELDS:
        for text in printed.get(field, ()) if field != "headline" else ():
            found = marks(text, _terms_in(query, field))
            if found:
                return _cut(field, text, found, width)
    return None


def kwic(printed: Printed, query: Query, *, width: int = 20) -> Iterator[Line]:
    """Each hit with `width` characters on either side, by field and in the order of the text."""
    for field in FIELDS:
        for text in printed.get(field, ()):
            flat = text.translate(_SPACES)
            for start, end in marks(text, _terms_in(query, field)):
                yield Line(
                    field=field,
                    left=flat[max(0, start - width) : start],
                    hit=flat[start:end],
                    right=flat[end : end + width],
                )


def _is_in(term: Term, copy: SearchCopy) -> bool:
    if term.field is not None:
        return term.text in copy[term.field]
    return any(term.text in text for text in copy.values())


def _terms_in(query: Query, field: Field) -> list[Term]:
    return [term for term in query.terms if term.field in {None, field}]


def _merged(found: Sequence[Mark]) -> Iterator[Mark]:
    start, end = -1, -1
    for one in found:
        if one[0] >= end:
            if end >= 0:
                yield start, end
            start, end = one
        else:
            end = max(end, one[1])
    if end >= 0:
        yield start, end


def _cut(field: Field, text: str, found: Sequence[Mark], width: int) -> Snippet:
    starts = [start for start, _ in found]
    windows = [(max(0, start - width // 4), number) for number, start in enumerate(starts)]
    first, _ = max(windows, key=lambda one: bisect_left(starts, one[0] + width) - one[1])
    last = max(first + width, next(end for start, end in found if start >= first))
    before, after = _ELLIPSIS * (first > 0), _ELLIPSIS * (last < len(text))
    move = len(before) - first
    return Snippet(
        field=field,
        text=before + text[first:last].translate(_SPACES) + after,
        marks=tuple(
            (max(start, first) + move, min(end, last) + move)
            for start, end in found
            if first < end and start < last
        ),
    )
