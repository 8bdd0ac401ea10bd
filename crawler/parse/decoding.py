"""The text of an answer, decoded before any parser sees a byte.

UTF-8 is tried strictly first: pages that declare gb2312 and send UTF-8 exist, and text in GB18030
is hardly ever valid UTF-8. Labels follow the WHATWG Encoding Standard: gb2312 and gbk are read as
gb18030, or 镕 and 喆 would be lost.
"""

import codecs
import re
from dataclasses import dataclass

from bs4.dammit import EncodingDetector

from crawler.clean.invisible import drop_invisible

_LABELS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030",
    "cp936": "gb18030", "gb_2312-80": "gb18030", "gb_2312": "gb18030", "csgb2312": "gb18030",
    "chinese": "gb18030", "iso-ir-58": "gb18030", "hz-gb-2312": "hz",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs",
    "utf-8": "utf-8", "utf8": "utf-8", "utf-16": "utf-16le", "utf-16le": "utf-16le",
    "utf-16be": "utf-16be",
}  # fmt: skip
_CHARSET = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN_BYTES = 2048
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and how many bytes sequences made no character."""

    text: str
    encoding: str
    replaced: int


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """The text of a body: byte order mark, strict UTF-8, the declared label, GB18030.

    Never raises: what is no character in the chosen encoding becomes U+FFFD and is counted.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _lenient(body[len(mark) :], encoding)
    strict = _strict(body, "utf-8")
    if strict is not None:
        return strict
    candidates = dict.fromkeys([*_declared(body, content_type), "gb18030"])
    for encoding in candidates:
        strict = _strict(body, encoding)
        if strict is not None:
            return strict
    tries = [_lenient(body, encoding) for encoding in ("utf-8", *candidates)]
    return min(tries, key=lambda decoded: decoded.replaced)


def _declared(body: bytes, content_type: str | None) -> list[str]:
    labels = _CHARSET.findall(content_type or "")
    in_page = EncodingDetector.find_declared_encoding(body[:_DECLARED_WITHIN_BYTES], is_html=True)
    named = [_LABELS[label.lower()] for label in labels if label.lower() in _LABELS]
    inner = _LABELS.get((in_page or "").lower(), "utf-8")
    # A label that can be read byte by byte is not UTF-16, whatever it says (WHATWG, 13.2.3.2).
    return [*named, "utf-8" if inner.startswith("utf-16") else inner]


def _strict(body: bytes, encoding: str) -> Decoded | None:
    try:
        text = body.decode(encoding, "euro" if encoding == "gb18030" else "strict")
    except UnicodeDecodeError:
        return None
    return Decoded(drop_invisible(text), encoding, text.count("\ufffd"))


def _lenient(body: bytes, encoding: str) -> Decoded:
    text = body.decode(encoding, "euro_or_replace" if encoding == "gb18030" else "replace")
    return Decoded(drop_invisible(text), encoding, text.count("\ufffd"))


def _euro_of_gbk(error: UnicodeError) -> tuple[str, int]:
    """The WHATWG gb18030 decoder reads a lone 0x80 as €; Python's refuses it."""
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:
        return "€", error.start + 1
    raise error


def _euro_or_replacement(error: UnicodeError) -> tuple[str | bytes, int]:
    try:
        return _euro_of_gbk(error)
    except UnicodeDecodeError as other:
        return codecs.replace_errors(other)


codecs.register_error("euro", _euro_of_gbk)
codecs.register_error("euro_or_replace", _euro_or_replacement)
