"""Text cut where something begins and ends, so that a template can set each piece. Pure.

Nothing is ever put into a text: markup stands around the pieces, never in them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from press.alignment import Stretch

SURROUNDINGS: Final = 24
"""Characters shown on each side of a change."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text, not empty; `is_hit` where it is what was looked for."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of a difference; "…" of kind "skipped" stands for what both have and nobody needs."""

    kind: Literal["kept", "removed", "added", "skipped"]
    text: str


def runs(text: str, marks: Sequence[tuple[int, int]]) -> Iterator[Run]:
    """The text in pieces: `marks` are starts and ends, in order, none overlapping another."""
    at = 0
    for start, end in marks:
        if start > at:
            yield Run(text[at:start], is_hit=False)
        if end > start:
            yield Run(text[start:end], is_hit=True)
        at = end
    if at < len(text):
        yield Run(text[at:], is_hit=False)


def changes(stretches: Sequence[Stretch]) -> Iterator[Change]:
    """The stretches of a difference, long ones that both texts have cut to what is near a change."""
    for place, stretch in enumerate(stretches):
        if stretch.kind != "kept":
            yield Change(stretch.kind, stretch.text)
            continue
        head = "" if place == 0 else stretch.text[:SURROUNDINGS]
        tail = "" if place == len(stretches) - 1 else stretch.text[-SURROUNDINGS:]
        if len(stretch.text) <= len(head) + len(tail) + SURROUNDINGS // 2:
            yield Change("kept", stretch.text)
            continue
        if head:
            yield Change("kept", head)
        yield Change("skipped", "…")
        if tail:
            yield Change("kept", tail)
