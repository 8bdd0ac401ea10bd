"""How text is spelled in the search copy; the printed text stays as it is. Pure.

One character at a time, by Unicode 3.2, which every Python has: an index made by one Python is
read and mended by another. A change of what `fold` gives is a new VERSION, and a new index.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

VERSION: Final = 2
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
_UNSEEN: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b\u2066-\u2069\ufe00-\ufe0f\U000e0100-\U000e01ef\ufffe\uffff]"
)
"""Beside what Unicode 3.2 calls a format character: younger ones, and the selectors that choose
between two drawings of one character."""

_SPACES: Final = re.compile(" +")
_TO_SPELL: Final = re.compile("[^ -@\\[-~、。〈-】\u3400-\u4db5\u4e00-\u9fa5]+")
"""All but the bulk of a text, which is spelled as it is: three times as fast as looking at all."""


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
    return _SPACES.sub(_space, _TO_SPELL.sub(_respell, text))


def trace(text: str) -> Traced:
    """The folded text with the way back to the printed one."""
    loose, origins = _spelled(text)
    parts: list[str] = []
    kept: list[int] = []
    end = 0
    for spaces in _SPACES.finditer(loose):
        start, space = spaces.start(), _space(spaces)
        parts += [loose[end:start], space]
        kept += origins[end : start + len(space)]
        end = spaces.end()
    return Traced(text, "".join([*parts, loose[end:]]), (*kept, *origins[end:]))


def _spelled(text: str) -> tuple[str, list[int]]:
    """The text with all its white space, and the place that each of its characters is from."""
    parts: list[str] = []
    origins: list[int] = []
    end = 0
    for found in _TO_SPELL.finditer(text):
        start = found.start()
        parts.append(text[end:start])
        origins += range(end, start)
        for place, character in enumerate(found[0], start):
            piece = character.translate(_SPELLING)
            parts.append(piece)
            origins += [place] * len(piece)
        end = found.end()
    parts.append(text[end:])
    origins += range(end, len(text))
    return "".join(parts), origins


def _respell(found: re.Match[str]) -> str:
    return found[0].translate(_SPELLING)


def _space(found: re.Match[str]) -> str:
    """What is left of white space: one space between two ASCII characters, else nothing."""
    before, after = found.start() - 1, found.end()
    text = found.string
    if before < 0 or after == len(text):
        return ""
    return " " if text[before].isascii() and text[after].isascii() else ""


def _fold_character(character: str) -> str:
    if _UNSEEN.match(character) or _UNICODE.category(character) == "Cf":
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
