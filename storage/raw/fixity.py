"""The shelf as an auditor sees it: each file read through, and changed in nothing."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from press.capture import Capture, Place
from press.errors import CaptureMissing
from storage.raw.disk import blaming, open_to_read
from storage.raw.files import MANIFEST, OPEN_SUFFIX, digest_of, is_name, is_open, name_of, serial_of
from storage.raw.kept import Kept
from storage.raw.reading import answers, read_place
from storage.raw.scan import Damage

_QUARANTINE = "quarantine"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfFile:
    """A WARC file of the shelf as it was when it was listed."""

    name: str
    is_open: bool
    size_bytes: int


class Inspection:
    """A shelf's folder, read only. A file that is sealed meanwhile is found under its new name.

    Every method raises HomeUnusable or ArchiveDamaged where the system cannot read the disk.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def files(self) -> tuple[ShelfFile, ...]:
        """The WARC files in the order of writing; empty where there is no folder.

        Two of one name are a sealed file and an open one that should not be there.
        """
        with blaming(self._folder):
            found = [
                ShelfFile(
                    name=name_of(path), is_open=is_open(path), size_bytes=path.lstat().st_size
                )
                for path in self._listed()
                if is_name(name_of(path))
            ]
        return tuple(sorted(found, key=lambda file: (serial_of(file.name), file.name)))

    def others(self) -> tuple[str, ...]:
        """Names in the folder that are no part of a shelf, sorted."""
        known = {MANIFEST, _QUARANTINE}
        with blaming(self._folder):
            names = [path.name for path in self._listed() if not is_name(name_of(path))]
        return tuple(sorted(name for name in names if name not in known))

    def quarantined(self) -> tuple[tuple[str, int], ...]:
        """Names and sizes in bytes of the tails that recoveries cut off, sorted."""
        folder = self._folder / _QUARANTINE
        with blaming(folder):
            paths = sorted(folder.iterdir()) if folder.is_dir() else []
            return tuple((path.name, path.lstat().st_size) for path in paths)

    def manifest(self) -> dict[str, str]:
        """The digest in hex of each sealed file that the manifest lists; empty without one.

        A last line that a crash tore is left out, as the next run will.
        """
        path = self._folder / MANIFEST
        with blaming(path):
            try:
                descriptor = open_to_read(path)
            except FileNotFoundError:
                return {}
            with os.fdopen(descriptor, "rb") as stream:
                lines = stream.read().decode("utf-8", "replace").split("\n")
        return {line[66:]: line[:64] for line in lines[:-1]}

    def digest(self, name: str) -> str:
        """The SHA-256 in hex of a whole file. Raises CaptureMissing where there is none."""
        return digest_of(self._path(name))

    def answers(
        self, name: str, watch: Callable[[int], None]
    ) -> Iterator[tuple[Capture, Kept] | Damage]:
        """Every answer in a file, and what cannot be read, in file order.

        `watch` is told the offset of each. Raises CaptureMissing where there is no such file.
        """
        path = self._path(name)
        with blaming(path):
            for found in answers(path):
                watch(found.offset if isinstance(found, Damage) else found[0].place.offset)
                yield found

    def read(self, place: Place) -> Kept:
        """The answer at a place. Raises CaptureMissing or DigestMismatch."""
        with blaming(self._folder / place.file):
            return read_place(self._folder, place)[1]

    def _listed(self) -> list[Path]:
        return list(self._folder.iterdir()) if self._folder.is_dir() else []

    def _path(self, name: str) -> Path:
        """Where the file lies now: under its open name, else its final one."""
        for path in (self._folder / (name + OPEN_SUFFIX), self._folder / name):
            if path.exists():
                return path
        raise CaptureMissing(f"{name} is not on the shelf: restore it from a backup")
