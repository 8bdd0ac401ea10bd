"""How text is spelled in the search copy; the printed text stays as it is. Pure.

One character at a time, by Unicode 3.2, which every Python has: an index made by one Python is
read and mended by another. A change of what `fold` gives is a new VERSION, and a new index.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

VERSION: Final = 1
"""Kept with the index: one that was made with another is made anew."""

PART: Final = "\uffff"
"""Stands between the texts of one field, two captions say. No folded text holds it."""

FIELD: Final = "\ufffe"
"""Stands between two fields. No folded text holds it."""

_UNICODE = unicodedata.ucd_3_2_0
_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−⸺⸻─━", "-"),
        **dict.fromkeys("•‧∙⋅・●", "·"),
        **dict.fromkeys("“”„‟〝〞", '"'),
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("○◯", "〇"),  # printed for the numeral in dates: 二○二六年
        "〜": "~",
    }
)
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_LOOSE: Final = re.compile(
    r"\A +| +\Z|(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])| +(?= )"  # white space that says nothing
)


class _Spelling(dict[int, str | int]):
    """What each character becomes, found when it is first met: a table for str.translate."""

    def __missing__(self, code: int) -> str | int:
        folded = _fold_character(chr(code))
        self[code] = code if folded == chr(code) else folded
        return self[code]


_SPELLING: Final = _Spelling()


@dataclass(frozen=True, slots=True)
class Traced:
    """A folded text that knows, for each of its characters, the place of its origin."""

    printed: str
    folded: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the printed text that `folded[start:end]`, which is not empty, is of.

        Whole characters, with the invisible ones that hang on the last.
        """
        first, last = self.origins[start], self.origins[end - 1] + 1
        while last < len(self.printed) and _SPELLING[ord(self.printed[last])] == "":
            last += 1
        return first, last


def fold(text: str) -> str:
    """The text as it is searched; folding it again changes nothing.

    Full and half width, upper and lower case, accents, compatibility forms, the ways to print a
    dash, a middle dot, a quotation mark and 〇 are one; what nobody sees is left out. White space
    is one space between two ASCII characters and nothing elsewhere, so a line may break anywhere
    in Chinese. May be empty.
    """
    return _LOOSE.sub("", text.translate(_SPELLING))


def trace(text: str) -> Traced:
    """The folded text with the way back to the printed one."""
    spelled: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text):
        piece = _SPELLING[ord(character)]
        piece = chr(piece) if isinstance(piece, int) else piece
        spelled.append(piece)
        origins += [place] * len(piece)
    loose, end = "".join(spelled), 0
    kept: list[int] = []
    for space in _LOOSE.finditer(loose):
        kept += range(end, space.start())
        end = space.end()
    kept += range(end, len(loose))
    folded = "".join(loose[place] for place in kept)
    return Traced(text, folded, tuple(origins[place] for place in kept))


def _fold_character(character: str) -> str:
    if character in {PART, FIELD} or _is_unseen(character):
        return ""
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"  # half a character is none, and no database takes it
    if character.isspace() or _UNICODE.category(character) == "Cc":
        return " "
    folded, before = character, ""
    while folded != before:
        before = folded
        folded = "".join(map(_spell, before))
    if folded.strip(" ") or _ACCENTS.match(character):
        return folded
    return character  # "´" is a space with an accent to Unicode: then it stays as it is


def _spell(character: str) -> str:
    if _UNICODE.category(character) == "Cn":
        return character
    apart = _UNICODE.normalize("NFKD", character.casefold())
    return _UNICODE.normalize("NFC", _ACCENTS.sub("", apart)).translate(_ALIKE)


def _is_unseen(character: str) -> bool:
    """Format characters, and the selectors that choose between two drawings of one character."""
    return (
        _UNICODE.category(character) == "Cf"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )
