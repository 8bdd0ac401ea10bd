"""Is an answer whole? Pure: reads the bytes that came over the wire.

The client library accepts an answer whose end nobody announced, and keeps bytes that follow the
announced end for the next answer on the connection; both are decided here instead.
"""

import re
from typing import Final

from press.capture import header_of

_HEAD_END: Final = re.compile(rb"\n\r?\n")
_INTERIM: Final = re.compile(rb"HTTP/1\.[0-9] 1[0-9][0-9]\b")
# Possessive, so that no page can make it slow.
_NOTHING_BUT_COMMENTS: Final = re.compile(rb"\s*>(?:\s|<!--(?:(?!-->).)*-->)*", re.DOTALL)


def without_interim(wire: bytes) -> bytes:
    """The final answer: `wire` without the 1xx answers that may precede it."""
    start = 0
    while _INTERIM.match(wire, start):
        start = _head_end(wire, start)
    return wire[start:]


def announced_size(wire: bytes, status: int, headers: tuple[tuple[str, str], ...]) -> int | None:
    """How long the answer to a GET says that it is, its head included.

    None when only the closing of the connection ends it. `wire` is a final answer that the
    client library has read to its end without an error.
    """
    start = _head_end(wire, 0)
    if status in {204, 304}:
        return start
    if header_of(headers, "transfer-encoding") is not None:
        return _chunks_end(wire, start)
    length = header_of(headers, "content-length")
    return None if length is None else start + int(length)


def closes_html(body: bytes) -> bool:
    """True when nothing but comments and white space follows the last closing </html>."""
    end = body.lower().rfind(b"</html")
    return end >= 0 and _NOTHING_BUT_COMMENTS.fullmatch(body, end + len(b"</html")) is not None


def _head_end(wire: bytes, start: int) -> int:
    """Where the head that starts at `start` ends, its empty line included."""
    end = _HEAD_END.search(wire, start)
    return end.end() if end else len(wire)


def _chunks_end(wire: bytes, at: int) -> int:
    """Where a chunked body that starts at `at` ends, its trailers included."""
    size = -1
    while size != 0:
        line_end = wire.index(b"\n", at)
        size = int(wire[at:line_end].partition(b";")[0].strip(), 16)
        at = line_end + 1
        if size:
            at = wire.index(b"\n", at + size) + 1
    line = b"trailer"
    while line.strip():
        line_end = wire.index(b"\n", at)
        line, at = wire[at:line_end], line_end + 1
    return at
