"""The shelf as an auditor sees it: each file read through, and changed in nothing."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from press.capture import Capture, Place
from storage.raw.disk import blaming, open_to_read
from storage.raw.files import MANIFEST, is_name, name_of
from storage.raw.kept import Kept
from storage.raw.reading import answers_in, read_place
from storage.raw.scan import Damage
from storage.raw.stacks import ShelfFile, Stacks
from storage.raw.vault import Vault

_QUARANTINE = "quarantine"


class Inspection:
    """A shelf's folder and its vault, read only. A file that is sealed meanwhile is still found.

    Every method raises HomeUnusable or ArchiveDamaged where the system cannot read the disk, and
    VaultUnusable.
    """

    def __init__(self, folder: Path, vault: Vault | None = None) -> None:
        self._folder = folder
        self._stacks = Stacks(folder, vault)

    def files(self) -> tuple[ShelfFile, ...]:
        """The WARC files in the order of writing; empty where there are none, as Stacks says."""
        with blaming(self._folder):
            return tuple(self._stacks.files())

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

    def stream(self, name: str) -> BinaryIO:
        """A file from its start, to be closed by whoever asks. Raises CaptureMissing."""
        with blaming(self._folder / name):
            return self._stacks.stream(name)

    def digest(self, name: str) -> str:
        """The SHA-256 in hex of a whole file. Raises CaptureMissing where there is none."""
        with blaming(self._folder / name):
            return self._stacks.digest(name)

    def noted_digest(self, file: ShelfFile) -> str | None:
        """The digest that the vault noted when the file was put in; None where there is none."""
        vault = self._stacks.vault
        return vault.noted_sha256(file.name) if vault is not None and file.is_vaulted else None

    def answers(
        self, name: str, watch: Callable[[int], None]
    ) -> Iterator[tuple[Capture, Kept] | Damage]:
        """Every answer in a file, and what cannot be read, in file order.

        `watch` is told the offset of each. Raises CaptureMissing where there is no such file.
        """
        with blaming(self._folder / name), self._stacks.stream(name) as stream:
            for found in answers_in(stream, name):
                watch(found.offset if isinstance(found, Damage) else found[0].place.offset)
                yield found

    def read(self, place: Place) -> Kept:
        """The answer at a place. Raises CaptureMissing or DigestMismatch."""
        with blaming(self._folder / place.file):
            return read_place(self._stacks, place)[1]

    def _listed(self) -> list[Path]:
        return list(self._folder.iterdir()) if self._folder.is_dir() else []
