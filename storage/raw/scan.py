"""The records of a WARC file one after the other, gzip members or plain, in bounded memory."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Literal

from press.errors import DigestMismatch
from storage.raw.compose import record_id
from storage.raw.record import Pieces, Record, read_record

_CHUNK_BYTES = 1 << 16
_MAGIC = b"\x1f\x8b\x08\0\0\0\0\0"
"""How every gzip member of the shelf begins: deflate, no flags, no time."""

_SELF_NAMED = re.compile(
    rb"WARC/1\.1\r\nWARC-Type: [a-z]+\r\nWARC-Record-ID: (\S+)\r\nWARC-Date: (\S+)\r\n"
)
_SELF_NAMED_BYTES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Bytes of a file that give no answer, and why.

    "torn" are bytes that are no whole, true record; they run to the next one or to the file's
    end. "unreadable" is a whole, true record whose content cannot be taken apart.
    """

    kind: Literal["torn", "unreadable"]
    file: str
    offset: int
    length: int
    reason: str


class Member:
    """One gzip member, inflated at most 64 KiB at a time. Raises DigestMismatch where it is torn.

    `pending` are bytes already read from the stream. After the end, `used` is the member's length
    and `pending` what follows it.
    """

    def __init__(self, stream: BinaryIO, pending: bytes = b"") -> None:
        self._stream = stream
        self._inflater = zlib.decompressobj(31)
        self.pending = pending
        self.used = 0

    def pull(self) -> bytes:
        """The next inflated bytes; none at the end, when the member's checksum was right."""
        piece = b""
        while not piece and not self._inflater.eof:
            self.pending = self.pending or self._stream.read(_CHUNK_BYTES)
            if not self.pending:
                raise DigestMismatch("the record is torn: its gzip member ends early")
            try:
                piece = self._inflater.decompress(self.pending, _CHUNK_BYTES)
            except zlib.error as error:
                raise DigestMismatch(f"the record's gzip member is damaged ({error})") from error
            rest = self._inflater.unused_data or self._inflater.unconsumed_tail
            self.used += len(self.pending) - len(rest)
            self.pending = rest
        return piece


def read_member(member: Member, *, offset: int) -> Record:
    """The one record that fills the gzip member. Raises DigestMismatch."""
    pieces = Pieces(member.pull)
    record = read_record(pieces, offset=offset)
    if not pieces.is_at_end():
        raise DigestMismatch(
            "one gzip member holds several records: rewrite the file with `warcio recompress`"
        )
    return replace(record, length=member.used)


def scan(stream: BinaryIO, file: str, *, start: int = 0) -> Iterator[Record | Damage]:
    """Every record from `start`, and what is not one, in file order, covering all bytes.

    After damage in a gzip file it goes on at the next record that names `file` and its own
    offset, so that nothing inside a damaged record's body is taken for a record of the shelf.
    Other files are not read beyond their first damage.
    """
    stream.seek(0)
    is_gzip = stream.read(2) == _MAGIC[:2] or file.endswith(".gz")
    stream.seek(start)
    yield from (_scan_members if is_gzip else _scan_plain)(stream, file, start)


def _scan_members(stream: BinaryIO, file: str, offset: int) -> Iterator[Record | Damage]:
    pending = b""
    while pending := pending or stream.read(_CHUNK_BYTES):
        member = Member(stream, pending)
        try:
            record = read_member(member, offset=offset)
        except DigestMismatch as error:
            end = _next_self_named(stream, file, offset + 1)
            yield Damage(
                kind="torn", file=file, offset=offset, length=end - offset, reason=str(error)
            )
            stream.seek(end)
            offset, pending = end, b""
            continue
        # The consumer may move the stream while it holds the record.
        position = stream.tell()
        yield record
        stream.seek(position)
        offset, pending = offset + member.used, member.pending


def _scan_plain(stream: BinaryIO, file: str, offset: int) -> Iterator[Record | Damage]:
    pieces = Pieces(lambda: stream.read(_CHUNK_BYTES))
    while not pieces.is_at_end():
        try:
            record = read_record(pieces, offset=offset)
        except DigestMismatch as error:
            end = stream.seek(0, 2)
            yield Damage(
                kind="torn", file=file, offset=offset, length=end - offset, reason=str(error)
            )
            return
        yield record
        offset += record.length


def _next_self_named(stream: BinaryIO, file: str, start: int) -> int:
    """Where the next record begins that names this file and offset; the file's end if none."""
    at = start
    while True:
        stream.seek(at)
        window = stream.read(_CHUNK_BYTES)
        found = window.find(_MAGIC)
        while found >= 0:
            if _names_itself(stream, file, at + found):
                return at + found
            found = window.find(_MAGIC, found + 1)
        if len(window) < _CHUNK_BYTES:
            return at + len(window)
        at += len(window) - len(_MAGIC) + 1


def _names_itself(stream: BinaryIO, file: str, offset: int) -> bool:
    stream.seek(offset)
    try:
        head = zlib.decompressobj(31).decompress(stream.read(4096), _SELF_NAMED_BYTES)
    except zlib.error:
        return False
    named = _SELF_NAMED.match(head)
    return named is not None and named[1].decode("latin-1") == record_id(
        file, offset, named[2].decode("latin-1")
    )
