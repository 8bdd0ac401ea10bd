"""Whether a text shows what should never be seen: markup, or characters decoded wrongly."""

import re

_LITERAL = re.compile(
    r"\{\{|\$\{|<%|<!--|&(?:[a-z]{2,8}|#\d{1,6}|#x[\da-f]{1,6});"
    r"|</?(?:p|br|div|span|font|strong|b|i|a|img|table|t[rdh]|ul|li|h\d)\b[^<>]*>",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_ASKED = re.compile(r"(?:^|[，。：；、])\?(?=[\u3400-\u9fff])", re.MULTILINE)
"""A question mark before what it should follow: the quotation mark there was lost."""
MIN_ASKED = 2
_MISREAD = re.compile(r"[\xc0-\xf7][^\x00-\x7f]|\?{4}")


def is_markup(text: str) -> bool:
    """True for text that shows a tag or an entity: it was escaped once too often."""
    return any(sign in text for sign in "<&{") and _LITERAL.search(text) is not None


def is_chinese(text: str) -> bool:
    """True for text with a Chinese character."""
    return _HAN.search(text) is not None


def is_garbled(text: str) -> bool:
    """True for text that was decoded wrongly: no Chinese at all but the signs that come in its
    place, of which a text in English or of numbers has none; or question marks for its signs."""
    return (
        "????????" in text
        or len(_ASKED.findall(text)) >= MIN_ASKED
        or (not is_chinese(text) and _MISREAD.search(text) is not None)
    )
