"""The shelf's folder: which WARC files lie there, and how one is opened, sealed and listed.

baoku-20260112220000-00001.warc.gz         sealed: 0444, its digest in MANIFEST.sha256
baoku-20260113220000-00002.warc.gz.open    the one that is being written
quarantine/NAME.OFFSET                     tails that recovery cut off

Where several machines put their files into one vault, a name ends with its writer's, so that no
two are alike: baoku-20260112220000-00001-desk-0f3a9c21.warc.gz.
"""

import hashlib
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from storage.raw.disk import COPY_BYTES, create, open_to_read, reopen, sync_folder, write_whole

MANIFEST = "MANIFEST.sha256"
"""Lines "HEX  NAME" of the sealed files; `sha256sum -c MANIFEST.sha256` checks them."""

OPEN_SUFFIX = ".open"

Order: TypeAlias = tuple[str, int, str]
"""Compares as the files of a shelf were begun."""

_NAME = re.compile(r"baoku-(\d{14})-(\d{5,9})(?:-([a-z0-9][a-z0-9-]{0,62}))?\.warc\.gz")


def is_name(name: str) -> bool:
    """True for the final name of a file of the shelf."""
    return _NAME.fullmatch(name) is not None


def name_of(path: Path) -> str:
    """The final name of a file, whether it is still open or not."""
    return path.name.removesuffix(OPEN_SUFFIX)


def is_open(path: Path) -> bool:
    """True while the file may still be appended to, and cut."""
    return path.name.endswith(OPEN_SUFFIX)


def list_files(folder: Path) -> list[Path]:
    """The shelf's files in the order of their writing; empty where there is no folder."""
    if not folder.is_dir():
        return []
    found = (path for path in folder.iterdir() if is_name(name_of(path)))
    return sorted(found, key=lambda path: order_of(name_of(path)))


class OpenFile:
    """The file that is being written, under its open name; `end` is where the next record goes."""

    def __init__(self, path: Path, *, descriptor: int | None = None) -> None:
        self._path = path
        self._descriptor = reopen(path) if descriptor is None else descriptor
        self.name = name_of(path)
        self.end = os.fstat(self._descriptor).st_size

    def append(self, data: bytes) -> None:
        """Writes all of it and makes it durable."""
        write_whole(self._descriptor, data)
        self.end += len(data)

    def seal(self) -> None:
        """Closes it, gives it its final name, makes it read-only and lists its digest."""
        self.close()
        final = self._path.with_name(self.name)
        self._path.rename(final)
        sync_folder(final.parent)
        finish_seal(final)

    def close(self) -> None:
        """Lets go of the file; it keeps its open name."""
        os.close(self._descriptor)


def begin_file(folder: Path, moment: datetime, serial: int, writer: str = "") -> OpenFile:
    """A new open file; `writer` ends its name where others write to the same vault."""
    end = f"-{writer}" if writer else ""
    name = f"baoku-{moment.astimezone(UTC):%Y%m%d%H%M%S}-{serial:05d}{end}.warc.gz"
    path = folder / (name + OPEN_SUFFIX)
    return OpenFile(path, descriptor=create(path))


def finish_seal(path: Path) -> None:
    """What follows the renaming; done again by recovery, since a crash may have come between."""
    path.chmod(0o444)
    manifest = path.with_name(MANIFEST)
    try:
        descriptor = reopen(manifest)
    except FileNotFoundError:
        descriptor = create(manifest)
    try:
        if path.name not in _listed(descriptor):
            digest = digest_of(path)
            write_whole(descriptor, f"{digest}  {path.name}\n".encode())
    finally:
        os.close(descriptor)


def _listed(manifest: int) -> set[str]:
    """The names in the manifest, whose last line is cut off if a crash tore it."""
    size = os.fstat(manifest).st_size
    text = os.pread(manifest, size, 0)
    whole = text.rfind(b"\n") + 1
    if whole != size:
        os.ftruncate(manifest, whole)
        os.fsync(manifest)
    return {line[66:] for line in text[:whole].decode("utf-8", "replace").splitlines()}


def digest_of(path: Path) -> str:
    """The SHA-256 in hex of a whole file that is no symbolic link."""
    digest = hashlib.sha256()
    with os.fdopen(open_to_read(path), "rb") as stream:
        while piece := stream.read(COPY_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def serial_of(name: str) -> int:
    """The number in a file's final name; 0 for any other name."""
    found = _NAME.fullmatch(name)
    return int(found[2]) if found else 0


def writer_of(name: str) -> str:
    """Who wrote a file that others may write beside; "" where one shelf numbers all its files."""
    found = _NAME.fullmatch(name)
    return (found[3] or "") if found else ""


def order_of(name: str) -> Order:
    """Files of one shelf by their number alone, whatever its clock said; then those by writers.

    These are in the order of the time at which they were begun.
    """
    found = _NAME.fullmatch(name)
    if found is None:
        return "", 0, ""
    stamp, serial, writer = found.groups()
    return (stamp, int(serial), writer) if writer else ("", int(serial), "")
