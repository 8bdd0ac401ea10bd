"""Bodies out of their content coding, never larger than allowed."""

import zlib
from collections.abc import Iterable
from typing import Final

from crawler.fetch.limits import Limits
from press.errors import OversizedAnswer, RefusedEncoding, Truncated

_STEP_BYTES: Final = 64 << 10
_GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS
_GZIP: Final = frozenset({"gzip", "x-gzip"})
_IDENTITY: Final = frozenset({"", "identity"})


def is_gzip(content_encoding: str | None) -> bool:
    """True when the header names the one coding that is asked for."""
    return _name(content_encoding) in _GZIP


def decoded(chunks: Iterable[bytes], content_encoding: str | None, limits: Limits) -> bytes:
    """The body that the chunks carry under that Content-Encoding (None: no header).

    Raises RefusedEncoding for a coding but gzip and identity, and for stacked ones, before a
    chunk is drawn; else as `inflated`. The chunks' own sum is for the caller to bound.
    """
    name = _name(content_encoding)
    if name in _GZIP:
        return inflated(chunks, limits)
    if name not in _IDENTITY:
        raise RefusedEncoding(
            f'The body is encoded as "{name[:80]}", which was not asked for; report it to the site'
        )
    return b"".join(chunks)


def inflated(chunks: Iterable[bytes], limits: Limits) -> bytes:
    """What one gzip member inflates to; nothing for no chunk at all (an empty body).

    Memory stays within `limits.inflated_bytes` and a step of 64 KiB. Raises OversizedAnswer at a
    cap, Truncated when the member is damaged, does not end, or something follows it.
    """
    engine = zlib.decompressobj(_GZIP_WINDOW)
    body = bytearray()
    eaten = 0
    try:
        for chunk in chunks:
            pending = chunk
            while pending:
                body += engine.decompress(pending, _STEP_BYTES)
                eaten += len(pending) - len(engine.unconsumed_tail)
                pending = engine.unconsumed_tail
                _check(len(body), eaten, limits)
                if engine.unused_data:
                    raise Truncated("Bytes follow the end of the gzip body; try again")
    except zlib.error as error:
        raise Truncated(f"The gzip body is damaged; try again: {error}") from error
    if eaten and not engine.eof:
        raise Truncated("The gzip body ends before its end mark; try again")
    return bytes(body)


def _check(inflated_bytes: int, eaten_bytes: int, limits: Limits) -> None:
    if inflated_bytes > limits.inflated_bytes:
        raise OversizedAnswer(
            f"The body inflates to more than {limits.inflated_bytes} bytes; it is no page"
        )
    if inflated_bytes > max(limits.ratio_from_bytes, limits.inflate_ratio * eaten_bytes):
        raise OversizedAnswer(
            f"The body inflates to more than {limits.inflate_ratio} times its size; it is no page"
        )


def _name(content_encoding: str | None) -> str:
    return (content_encoding or "").strip().lower()
