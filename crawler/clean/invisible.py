"""Removes what no reader can see and no database should hold."""

import re

_CODES = (
    *range(0x09),  # C0 controls, NUL among them; tab, newline and return stay
    0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0),
    0x00AD, 0x200B, 0x2060, 0xFEFF,  # soft hyphen, zero-width space, joiner, BOM
    *range(0x202A, 0x202F), *range(0x2066, 0x206A),  # bidirectional overrides
    *range(0xD800, 0xE000), 0xFFFE, 0xFFFF,  # lone surrogates, noncharacters
)  # fmt: skip
_INVISIBLE: dict[int, str | None] = dict.fromkeys(_CODES)
_INVISIBLE[0x85] = "\n"
_INVISIBLE[0x2028] = "\n"
_INVISIBLE[0x2029] = "\n"
_ANY = re.compile("[" + "".join(re.escape(chr(code)) for code in _INVISIBLE) + "]")


def drop_invisible(text: str) -> str:
    """The text without control, zero-width and bidirectional format characters.

    Zero-width joiners stay (scripts need them); Unicode's own line breaks become newlines.
    """
    return text.translate(_INVISIBLE) if _ANY.search(text) else text
