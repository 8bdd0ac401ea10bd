"""Pure: an HTTP answer as it came over the wire -> its status, headers and decoded body."""

import re
import zlib
from dataclasses import dataclass

from press.capture import header_of
from press.errors import ArchiveDamaged

MAX_BODY_BYTES = 64 << 20
"""A body that decodes to more is refused; the fetcher's own cap is no higher."""

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})(?: |$)")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]{0,4096})?\r\n")
_WINDOW_BITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An HTTP answer taken apart; `payload` still has its transfer framing and content coding."""

    status: int
    headers: tuple[tuple[str, str], ...]
    head: bytes
    payload: bytes


def read_answer(block: bytes) -> Answer:
    """The parts of an answer's bytes; header text is Latin-1, which loses nothing.

    A block without an empty line is all head. Raises ArchiveDamaged where no status line leads.
    """
    end = _HEAD_END.search(block)
    head = block if end is None else block[: end.end()]
    lines = [line.rstrip(b"\r") for line in head.split(b"\n")]
    status = _STATUS_LINE.match(lines[0])
    if status is None:
        raise ArchiveDamaged("the block is no HTTP answer")
    return Answer(
        status=int(status[1]),
        headers=_read_headers(lines[1:]),
        head=head,
        payload=block[len(head) :],
    )


def decode(answer: Answer) -> bytes:
    """The body: the payload without chunk framing and content coding; at most MAX_BODY_BYTES.

    A payload that other tools stored decoded under the old headers is taken as it is. Raises
    ArchiveDamaged for a torn or oversized one, and for a coding other than gzip and deflate.
    """
    body = unframe(answer)
    coding = (header_of(answer.headers, "Content-Encoding") or "identity").strip().lower()
    if body and coding not in {"", "identity"}:
        body = _inflate(body, coding)
    if len(body) > MAX_BODY_BYTES:
        raise ArchiveDamaged(f"the body is larger than {MAX_BODY_BYTES} bytes")
    return body


def unframe(answer: Answer) -> bytes:
    """The payload without chunk framing, its content coding still on."""
    framing = (header_of(answer.headers, "Transfer-Encoding") or "").strip().lower()
    if framing != "chunked" or _CHUNK_SIZE.match(answer.payload) is None:
        return answer.payload
    return _dechunk(answer.payload)


def _dechunk(payload: bytes) -> bytes:
    pieces: list[bytes] = []
    at = 0
    while line := _CHUNK_SIZE.match(payload, at):
        start, size = line.end(), int(line[1], 16)
        if size == 0:
            return b"".join(pieces)
        at = start + size + 2
        if payload[at - 2 : at] != b"\r\n":
            raise ArchiveDamaged("a chunk of the answer is torn")
        pieces.append(payload[start : at - 2])
    raise ArchiveDamaged("the chunks of the answer have no end")


def _inflate(data: bytes, coding: str) -> bytes:
    if coding not in _WINDOW_BITS:
        raise ArchiveDamaged(f'the content coding "{coding}" cannot be undone')
    bits = _WINDOW_BITS[coding]
    if bits == 31 and not data.startswith(b"\x1f\x8b"):
        return data
    if coding == "deflate" and (data[0] & 15 != 8 or int.from_bytes(data[:2]) % 31):
        bits = -15  # RFC 9110 8.4.1.2: some send deflate without its zlib wrapper
    inflater = zlib.decompressobj(bits)
    try:
        body = inflater.decompress(data, MAX_BODY_BYTES + 1)
    except zlib.error as error:
        raise ArchiveDamaged("the answer's compressed body is damaged") from error
    if len(body) <= MAX_BODY_BYTES and (not inflater.eof or inflater.unused_data):
        raise ArchiveDamaged("the answer's compressed body does not end where it should")
    return body


def _read_headers(lines: list[bytes]) -> tuple[tuple[str, str], ...]:
    headers: list[tuple[str, str]] = []
    for line in lines:
        name, colon, value = line.decode("latin-1").partition(":")
        if name[:1] in {" ", "\t"} and headers:
            key, begun = headers.pop()
            headers.append((key, f"{begun} {line.decode('latin-1').strip()}"))
        elif colon:
            headers.append((name.strip(), value.strip(" \t")))
    return tuple(headers)
