"""The account while an article is being read: who claims which characters of the source."""

from collections import Counter
from dataclasses import dataclass, field

from crawler.clean.whitespace import squeeze
from press.account import Account, Kind, Piece

BEFORE_ALL = -1
AFTER_ALL = 1 << 30


@dataclass(slots=True)
class Claims:
    """Pieces claimed by the readers of one page; `place` orders them as the source does."""

    _placed: list[tuple[int, Piece]] = field(default_factory=list)

    def take(self, name: str, text: str, place: int) -> None:
        """Claims a run of the source for a field."""
        self._add("field", name, text, place)

    def drop(self, rule: str, text: str, place: int) -> None:
        """Drops a run of the source by a named rule."""
        self._add("dropped", rule, text, place)

    def leave(self, reason: str, text: str, place: int) -> None:
        """Leaves a run of the source unaccounted for: the article will need review."""
        self._add("residue", reason, text, place)

    @property
    def pieces(self) -> list[Piece]:
        """All pieces in source order."""
        return [piece for _, piece in sorted(self._placed, key=lambda placed: placed[0])]

    def _add(self, kind: Kind, name: str, text: str, place: int) -> None:
        folded = " ".join(text.split())
        if folded:
            self._placed.append((place, Piece(kind, name, folded)))


def settle(
    pieces: list[Piece], *, visible: str, lost_chars: int, fields: dict[str, str]
) -> Account:
    """The account of a page, checked from both sides.

    `visible` is the page's whole visible text: each of its characters must be in a piece.
    `fields` are the values as stored: each must hold exactly the characters claimed for it.
    What does not add up becomes a residue, so that no reader can lose or invent text unseen.
    """
    found = list(pieces)
    missing = _difference(visible, "".join(piece.text for piece in pieces))
    if missing:
        found.append(Piece("residue", "unclaimed", missing))
    invented = _difference("".join(piece.text for piece in pieces), visible)
    if invented:
        found.append(Piece("residue", "invented", invented))
    claimed: dict[str, str] = {}
    for piece in pieces:
        if piece.kind == "field":
            claimed[piece.name] = claimed.get(piece.name, "") + piece.text
    for name in sorted(claimed.keys() | fields.keys()):
        taken, stored = squeeze(claimed.get(name, "")), squeeze(fields.get(name, ""))
        if taken != stored and (odd := _difference(taken, stored) + _difference(stored, taken)):
            found.append(Piece("residue", f"{name} differs from its source", odd))
    if lost_chars:
        found.append(Piece("residue", "lost by the parser", f"{lost_chars} characters"))
    return Account(tuple(found))


def _difference(whole: str, part: str) -> str:
    """The characters of `whole` that `part` does not have, white space aside; empty when none."""
    if squeeze(whole) == squeeze(part):
        return ""
    return "".join((Counter(squeeze(whole)) - Counter(squeeze(part))).elements())
