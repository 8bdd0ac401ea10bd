"""The shelf's folder: which WARC files lie there, and how one is opened, sealed and listed.

baoku-20260112220000-00001.warc.gz         sealed: 0444, its digest in MANIFEST.sha256
baoku-20260113220000-00002.warc.gz.open    the one that is being written
quarantine/NAME.OFFSET                     tails that recovery cut off
"""

import hashlib
import os
import re
from datetime import UTC, datetime
from pathlib import Path

from storage.raw.disk import COPY_BYTES, create, open_to_read, reopen, sync_folder, write_whole

MANIFEST = "MANIFEST.sha256"
"""Lines "HEX  NAME" of the sealed files; `sha256sum -c MANIFEST.sha256` checks them."""

OPEN_SUFFIX = ".open"

_NAME = re.compile(r"baoku-\d{14}-(\d{5,9})\.warc\.gz")


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
    return sorted((p for p in folder.iterdir() if is_name(name_of(p))), key=_serial)


def open_named(folder: Path, name: str) -> int:
    """A descriptor to read the file of that name. Raises FileNotFoundError.

    The open name is tried first: a file sealed between the two looks is found under the second.
    """
    try:
        return open_to_read(folder / (name + OPEN_SUFFIX))
    except FileNotFoundError:
        return open_to_read(folder / name)


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


def begin_file(folder: Path, moment: datetime) -> OpenFile:
    """A new open file, numbered after all others."""
    serial = max(map(_serial, list_files(folder)), default=0) + 1
    name = f"baoku-{moment.astimezone(UTC):%Y%m%d%H%M%S}-{serial:05d}.warc.gz"
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
    """The number in a file's final name, by which files are in the order of writing; else 0."""
    found = _NAME.fullmatch(name)
    return int(found[1]) if found else 0


def _serial(path: Path) -> int:
    return serial_of(name_of(path))
