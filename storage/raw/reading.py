"""From places and files back to the answers that were kept."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from press.capture import Capture, Place
from press.errors import ArchiveDamaged, CaptureMissing, DigestMismatch
from storage.raw.disk import open_to_read
from storage.raw.files import is_name, name_of
from storage.raw.kept import Kept, capture_of, is_capture, kept_of
from storage.raw.record import MAX_BLOCK_BYTES, Record
from storage.raw.scan import Damage, Member, read_member, scan
from storage.raw.stacks import Stacks


def read_place(stacks: Stacks, place: Place) -> tuple[Record, Kept]:
    """The record at a place, whole and true, and its answer.

    Raises CaptureMissing where there is no such file or it ends too early, DigestMismatch where
    the bytes are not those that were kept.
    """
    return record_of(read_bytes(stacks, place), place)


def record_of(data: bytes, place: Place) -> tuple[Record, Kept]:
    """As `read_place`, from the bytes that were read there. Raises DigestMismatch."""
    where = f"{place.file} at {place.offset}"
    member = Member(BytesIO(data))
    try:
        record = read_member(member, offset=place.offset)
        if member.used != place.length or not is_capture(record):
            raise DigestMismatch("another record lies there")
        kept = kept_of(record)
        if capture_of(record, kept, place.file).place.sha256 != place.sha256:
            raise DigestMismatch("the body's digest is another one")
    except ArchiveDamaged as error:
        raise DigestMismatch(f"{where}: {error}; restore the file from a backup") from error
    return record, kept


def answers(path: Path, *, start: int = 0) -> Iterator[tuple[Capture, Kept] | Damage]:
    """Every answer in a WARC file from `start` on, and what is damaged, in file order.

    Other records (warcinfo, request, metadata) are passed over. Raises CaptureMissing where there
    is no such file.
    """
    try:
        descriptor = open_to_read(path)
    except FileNotFoundError as error:
        raise CaptureMissing(f"there is no file {path}") from error
    with os.fdopen(descriptor, "rb", buffering=0) as stream:
        yield from answers_in(stream, name_of(path), start=start)


def answers_in(
    stream: BinaryIO, file: str, *, start: int = 0
) -> Iterator[tuple[Capture, Kept] | Damage]:
    """As `answers`, from a stream of the file's bytes."""
    for found in scan(stream, file, start=start):
        if isinstance(found, Damage):
            yield found
        elif is_capture(found):
            yield _answer_in(found, file)


def _answer_in(record: Record, file: str) -> tuple[Capture, Kept] | Damage:
    try:
        kept = kept_of(record)
    except ArchiveDamaged as error:
        return Damage(
            kind="unreadable",
            file=file,
            offset=record.offset,
            length=record.length,
            reason=str(error),
        )
    return capture_of(record, kept, file), kept


def read_bytes(stacks: Stacks, place: Place) -> bytes:
    """The bytes at a place, as they are. Raises CaptureMissing where there are not that many."""
    where = f"{place.length} bytes at {place.offset} of {place.file}"
    if not is_name(place.file) or not 0 < place.length <= MAX_BLOCK_BYTES * 2 or place.offset < 0:
        raise CaptureMissing(f"{where} is no place on the shelf")
    data = stacks.read(place.file, offset=place.offset, length=place.length)
    if len(data) < place.length:
        raise CaptureMissing(f"{where}: the file ends before that; restore it from a backup")
    return data
