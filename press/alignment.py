"""Two texts, or two lists of texts, laid side by side. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal, TypeAlias

Pair: TypeAlias = tuple[int | None, int | None]
"""Places, from 0, in two lists; None where one of them has nothing to lay beside the other's."""

_Part: TypeAlias = tuple[str, str]

_ALIKE = 0.5
"""From this likeness (0 to 1) on, two texts are one that changed."""
_MOST_STEPS = 250_000
"""Lengths of two texts, multiplied, up to which they are compared word by word."""
_MOST_PAIRS = 4096
_FEWEST_KEPT = 3
_WORDS = re.compile(r"[0-9０-９]+(?:[.,．][0-9０-９]+)*[%％‰]?|[A-Za-z]+|.", re.DOTALL)
_SENTENCES = re.compile(r"[^。！？\n]*[。！？\n]|[^。！？\n]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of characters that both texts have, or only the first, or only the second."""

    kind: Literal["kept", "removed", "added"]
    text: str


def stretches(before: str, after: str) -> tuple[Stretch, ...]:
    """Both texts at once: what they share, and between it what only one of them has.

    Kept and removed stretches spell `before`, kept and added ones `after`; none is empty. Numbers
    and Latin words change as a whole. Texts with little in common are not taken apart.
    """
    parts = _parted(before, after)
    kept = sum(len(one) for one, other in parts if one == other)
    if kept * 3 < max(len(before), len(after)):
        parts = [(before, after)]
    found: list[Stretch] = []
    for one, other in parts:
        if one == other:
            before_it = found.pop().text if found and found[-1].kind == "kept" else ""
            found.append(Stretch("kept", before_it + one))
        else:
            found += [Stretch("removed", one), Stretch("added", other)]
    return tuple(stretch for stretch in found if stretch.text)


def paired(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    """Every place of both lists once, in order, what is alike side by side.

    Of all pairings that keep the order, the one with the greatest likeness in all; where the lists
    are long, equal places are compared and nothing else.
    """
    if len(before) * len(after) > _MOST_PAIRS:
        yield from _paired_by_place(before, after)
        return
    likeness = [[_likeness(one, other) for other in after] for one in before]
    best = _best_sums(likeness, len(after))
    i = j = 0
    while i < len(before) or j < len(after):
        if j == len(after) or (i < len(before) and best[i][j] == best[i + 1][j]):
            yield i, None
            i += 1
        elif i == len(before) or best[i][j] == best[i][j + 1]:
            yield None, j
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1


def _best_sums(likeness: Sequence[Sequence[float]], columns: int) -> list[list[float]]:
    """At [i][j], the greatest likeness in all that the lists from i and from j on can have."""
    best = [[0.0] * (columns + 1) for _ in range(len(likeness) + 1)]
    for i in reversed(range(len(likeness))):
        for j in reversed(range(columns)):
            together = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    return best


def _paired_by_place(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    for place, (one, other) in enumerate(zip_longest(before, after)):
        if one is not None and other is not None and _likeness(one, other):
            yield place, place
        else:
            if one is not None:
                yield place, None
            if other is not None:
                yield None, place


def _likeness(one: str, other: str) -> float:
    """From _ALIKE to 1, or 0 for texts that are not alike."""
    ratio = SequenceMatcher(None, one, other, autojunk=False).quick_ratio()
    return ratio if ratio >= _ALIKE else 0.0


def _parted(before: str, after: str) -> list[_Part]:
    """Both texts cut into parts that are equal, or differ as a whole.

    Long texts are cut at their sentences first; what differs then is cut into words where it is
    short enough.
    """
    if len(before) * len(after) <= _MOST_STEPS:
        return _laid(_WORDS.findall(before), _WORDS.findall(after))
    sentences = _SENTENCES.findall(before), _SENTENCES.findall(after)
    parts: list[_Part] = []
    for part in _pieces(*sentences, autojunk=True):
        is_short = 0 < len(part[0]) * len(part[1]) <= _MOST_STEPS
        is_done = part[0] == part[1] or not is_short
        parts += [part] if is_done else _laid(*map(_WORDS.findall, part))
    return parts


def _laid(before: Sequence[str], after: Sequence[str]) -> list[_Part]:
    """The parts that two texts have in words, equal ones and others by turns.

    One or two equal words alone between two changes are no more than chance, and part of them.
    """
    pieces = _pieces(before, after, autojunk=False)
    parts: list[_Part] = []
    for place, piece in enumerate(pieces):
        is_inside = 0 < place < len(pieces) - 1
        is_chance = is_inside and len(_WORDS.findall(piece[0])) < _FEWEST_KEPT
        in_change = bool(parts) and parts[-1][0] != parts[-1][1]
        if in_change and (is_chance or piece[0] != piece[1]):
            parts[-1] = parts[-1][0] + piece[0], parts[-1][1] + piece[1]
        else:
            parts.append(piece)
    return parts


def _pieces(before: Sequence[str], after: Sequence[str], *, autojunk: bool) -> list[_Part]:
    """As `_laid`, without its care; with `autojunk` fast also where one thing is said often."""
    opcodes = SequenceMatcher(None, before, after, autojunk).get_opcodes()
    return [("".join(before[i1:i2]), "".join(after[j1:j2])) for _, i1, i2, j1, j2 in opcodes]
