"""The strict reader of one WARC record: whole and true, or DigestMismatch with the reason.

Stricter than the libraries, which read a torn last record as a good one (webrecorder/warcio#138).
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from press.capture import header_of
from press.errors import ArchiveDamaged, DigestMismatch
from storage.raw.entity import MAX_BODY_BYTES, read_answer, unframe

MAX_HEAD_BYTES = 1 << 20
MAX_BLOCK_BYTES = MAX_BODY_BYTES + MAX_HEAD_BYTES
"""A larger block is checked against its digest but not loaded."""

_PIECE_BYTES = 1 << 16
_VERSION = re.compile(rb"WARC/(?:1\.[01]|0\.1[78])\r\n")
_DIGEST = re.compile(r"([A-Za-z0-9-]+):([A-Za-z0-9+/=_-]+)")
_ALGORITHMS = {"md5": "md5", "sha1": "sha1", "sha256": "sha256", "sha512": "sha512"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record; `block` is None when it is larger than MAX_BLOCK_BYTES.

    `offset` and `length` bound it in its file, compressed where the file is.
    """

    offset: int
    length: int
    headers: tuple[tuple[str, str], ...]
    block: bytes | None

    def header(self, name: str) -> str | None:
        """The first value of the WARC header of that name; None when absent."""
        return header_of(self.headers, name)


class Pieces:
    """Bytes drawn piece by piece; `pull` gives the next, an empty one at the end."""

    def __init__(self, pull: Callable[[], bytes]) -> None:
        self._pull = pull
        self._left = b""
        self.taken = 0

    def read(self, size: int) -> bytes:
        """One to `size` bytes; none at the end."""
        piece = self._left or self._pull()
        self._left = piece[size:]
        self.taken += min(size, len(piece))
        return piece[:size]

    def read_head(self) -> bytes:
        """All up to and with the first empty line, at most MAX_HEAD_BYTES."""
        head = self._left
        sought = 0
        while (end := head.find(b"\r\n\r\n", max(0, sought - 3))) < 0:
            sought = len(head)
            piece = self._pull()
            if not piece or not b"WARC/".startswith(head[:5]) or sought > MAX_HEAD_BYTES:
                raise DigestMismatch("no WARC record begins here")
            head += piece
        self._left = head[end + 4 :]
        self.taken += end + 4
        return head[: end + 4]

    def is_at_end(self) -> bool:
        """True when nothing is left."""
        self._left = self._left or self._pull()
        return not self._left


def read_record(pieces: Pieces, *, offset: int) -> Record:
    """The record that begins at the next byte; `length` is that of its uncompressed bytes.

    Checked: version line, headers, Content-Length, the closing empty lines, and the block and
    payload digests that are there and of a known algorithm. Raises DigestMismatch.
    """
    before = pieces.taken
    headers = _read_headers(pieces.read_head())
    size = header_of(headers, "Content-Length") or ""
    if not size.isascii() or not size.isdigit() or header_of(headers, "WARC-Type") is None:
        raise DigestMismatch("the record's headers lack a type or a length")
    block = _read_block(pieces, int(size), header_of(headers, "WARC-Block-Digest"))
    closing = b""
    while len(closing) < 4 and (piece := pieces.read(4 - len(closing))):
        closing += piece
    if closing != b"\r\n\r\n":
        raise DigestMismatch("the record does not end where its length says")
    record = Record(offset=offset, length=pieces.taken - before, headers=headers, block=block)
    _check_payload(record)
    return record


def digest_text(data: bytes) -> str:
    """A digest as the shelf writes it: sha256:HEX."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _read_headers(head: bytes) -> tuple[tuple[str, str], ...]:
    if _VERSION.match(head) is None:
        raise DigestMismatch("no WARC record begins here")
    headers: list[tuple[str, str]] = []
    for raw in head.split(b"\r\n")[1:-2]:
        line = _text(raw)
        name, colon, value = line.partition(":")
        if line[:1] in {" ", "\t"} and headers:
            key, begun = headers.pop()
            headers.append((key, f"{begun} {line.strip()}"))
        elif colon and name == name.strip() != "":
            headers.append((name, value.strip(" \t")))
        else:
            raise DigestMismatch("the record's headers are not in the form Name: value")
    return tuple(headers)


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")  # what older writers put there


def _read_block(pieces: Pieces, size: int, claim: str | None) -> bytes | None:
    algorithm, wanted = _parse_digest(claim)
    digest = hashlib.new(algorithm or "sha256", usedforsecurity=False)
    kept: list[bytes] = []
    left = size
    while left:
        piece = pieces.read(min(left, _PIECE_BYTES))
        if not piece:
            raise DigestMismatch("the record is torn: its block ends early")
        left -= len(piece)
        digest.update(piece)
        if size <= MAX_BLOCK_BYTES:
            kept.append(piece)
    if algorithm and digest.digest() != wanted:
        raise DigestMismatch("the record's block digest is not that of its block")
    return b"".join(kept) if size <= MAX_BLOCK_BYTES else None


def _check_payload(record: Record) -> None:
    algorithm, wanted = _parse_digest(record.header("WARC-Payload-Digest"))
    kind = record.header("WARC-Type")
    if not algorithm or record.block is None or kind not in {"response", "resource"}:
        return
    is_http = (record.header("Content-Type") or "").lower().startswith("application/http")
    payloads = _payloads(record.block) if is_http else iter([record.block])
    try:
        is_true = any(_hash(algorithm, payload) == wanted for payload in payloads)
    except ArchiveDamaged as error:
        raise DigestMismatch(f"the payload digest agrees with nothing: {error}") from error
    if not is_true:
        raise DigestMismatch("the record's payload digest is not that of its payload")


def _payloads(block: bytes) -> Iterator[bytes]:
    """The payload as most writers digest it, with chunk framing; then as the standard says."""
    answer = read_answer(block)
    yield answer.payload
    yield unframe(answer)


def _hash(algorithm: str, data: bytes) -> bytes:
    return hashlib.new(algorithm, data, usedforsecurity=False).digest()


def _parse_digest(claim: str | None) -> tuple[str | None, bytes]:
    """Algorithm and digest of "sha1:BASE32" or "sha256:HEX"; (None, b"") where there is none."""
    found = _DIGEST.fullmatch(claim or "")
    algorithm = _ALGORITHMS.get(found[1].lower().replace("-", "")) if found else None
    if found is None or algorithm is None:
        return None, b""
    size = hashlib.new(algorithm, usedforsecurity=False).digest_size
    try:
        if len(found[2]) == 2 * size:
            return algorithm, bytes.fromhex(found[2])
        text = found[2].upper().rstrip("=")
        return algorithm, base64.b32decode(text + "=" * (-len(text) % 8))
    except (ValueError, binascii.Error) as error:
        raise DigestMismatch(f'"{claim}" is no digest') from error
