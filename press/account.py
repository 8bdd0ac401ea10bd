"""Where each visible character of an article's source went (promise 2 of docs/architecture.md)."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["field", "dropped", "residue"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the source's visible text and its destination.

    `name` is a field ("headline", "blocks[3]"), the rule that dropped it ("toolbar"), or, for a
    residue, why nobody took it. `text` is as in the source, white space folded, never empty.
    """

    kind: Kind
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Account:
    """The pieces of one source page, in source order."""

    pieces: tuple[Piece, ...] = ()

    @property
    def is_closed(self) -> bool:
        """True when every piece is in a field or was dropped by a named rule."""
        return all(piece.kind != "residue" for piece in self.pieces)

    @property
    def residue(self) -> str | None:
        """What is unaccounted for, one piece a line; None when the account is closed."""
        lost = [f"{piece.name}: {piece.text}" for piece in self.pieces if piece.kind == "residue"]
        return "\n".join(lost) or None

    def count(self, kind: Kind) -> int:
        """Visible characters (white space not counted) that went to this kind of destination."""
        return sum(visible_count(piece.text) for piece in self.pieces if piece.kind == kind)


def visible_count(text: str) -> int:
    """Characters of `text` that are not white space; the unit of every account."""
    return len("".join(text.split()))
