"""Where the shelf's files lie: in its folder, else in the vault, which every machine reads."""

import hashlib
import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from press.errors import CaptureMissing
from storage.raw.disk import COPY_BYTES, open_to_read
from storage.raw.files import OPEN_SUFFIX, is_name, is_open, list_files, name_of, order_of
from storage.raw.vault import Vault, VaultStream

_PIECE_BYTES = 1 << 20
"""How much is asked of the vault at a time while a file is read through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfFile:
    """A WARC file of the shelf as it was when it was listed."""

    name: str
    is_open: bool
    size_bytes: int
    is_vaulted: bool = False


class Stacks:
    """A shelf's folder, and its vault where it has one; nothing is written.

    A file that is sealed, or put into the vault, between two looks is found where it is then.
    Raises OSError as the disk does, and VaultUnusable.
    """

    def __init__(self, folder: Path, vault: Vault | None) -> None:
        self.folder = folder
        self.vault = vault

    def files(self) -> list[ShelfFile]:
        """The WARC files in the order of writing; empty where there is neither folder nor vault.

        One that is here and in the vault is listed as it is here. Two of one name are a sealed
        file and an open one that should not be there.
        """
        found = [  # first: what goes into the vault meanwhile is in both lists, never in none
            ShelfFile(name=name_of(path), is_open=is_open(path), size_bytes=path.lstat().st_size)
            for path in list_files(self.folder)
        ]
        here = {file.name for file in found}
        found += [file for name, file in self.vaulted().items() if name not in here]
        return sorted(found, key=lambda file: (order_of(file.name), file.name))

    def vaulted(self) -> dict[str, ShelfFile]:
        """The shelf's files in the vault, by name; empty where there is no vault."""
        if self.vault is None:
            return {}
        return {
            file.name: ShelfFile(
                name=file.name, is_open=False, size_bytes=file.size_bytes, is_vaulted=True
            )
            for file in self.vault.files()
            if is_name(file.name)
        }

    def read(self, name: str, *, offset: int, length: int) -> bytes:
        """That piece of a file; fewer bytes where it ends before. Raises CaptureMissing."""
        try:
            descriptor = self._descriptor(name)
        except FileNotFoundError as error:
            if self.vault is None:
                raise _missing(name) from error
            return self.vault.read(name, offset=offset, length=length)
        try:
            return os.pread(descriptor, length, offset)
        finally:
            os.close(descriptor)

    def stream(self, name: str) -> BinaryIO:
        """A file from its start, to be closed by whoever asks. Raises CaptureMissing."""
        try:
            return os.fdopen(self._descriptor(name), "rb", buffering=0)
        except FileNotFoundError as error:
            if self.vault is None:
                raise _missing(name) from error
            return io.BufferedReader(VaultStream(self.vault, name), _PIECE_BYTES)

    def digest(self, name: str) -> str:
        """The SHA-256 in hex of a whole file. Raises CaptureMissing."""
        digest = hashlib.sha256()
        with self.stream(name) as stream:
            while piece := stream.read(COPY_BYTES):
                digest.update(piece)
        return digest.hexdigest()

    def _descriptor(self, name: str) -> int:
        """The open name is tried first: a file sealed between the looks has the second."""
        try:
            return open_to_read(self.folder / (name + OPEN_SUFFIX))
        except FileNotFoundError:
            return open_to_read(self.folder / name)


def _missing(name: str) -> CaptureMissing:
    return CaptureMissing(f"{name} is not on the shelf: restore it from a backup")
