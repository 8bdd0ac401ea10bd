"""Where sealed files lie for every machine: what a shelf asks of an object store."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Vaulted:
    """A file in a vault; `stored_at` is aware UTC, by the vault's own clock."""

    name: str
    size_bytes: int
    stored_at: datetime


class Vault(Protocol):
    """Files that are put in once and never changed.

    Every method raises VaultUnusable where the vault does not answer or refuses, and, for a file
    that is not there, CaptureMissing.
    """

    def deposit(self, path: Path, sha256: str) -> None:
        """Puts a sealed file in under its own name; read back and durable when this returns.

        The same file again is no error: a reply may have been lost. `sha256` is its digest in hex.
        Raises ArchiveDamaged where the vault then has anything else under that name.
        """
        ...

    def files(self) -> Iterator[Vaulted]:
        """What the vault holds, also what is no part of a shelf, in no order."""
        ...

    def size_bytes(self, name: str) -> int:
        """The length of a file."""
        ...

    def read(self, name: str, *, offset: int, length: int) -> bytes:
        """That piece of a file; fewer bytes, or none, only where the file ends before."""
        ...

    def noted_sha256(self, name: str) -> str | None:
        """The digest in hex under which a file was put in; None where the vault keeps no notes."""
        ...


class VaultStream(io.RawIOBase):
    """A file of a vault as a stream to read, in pieces of what is asked for."""

    def __init__(self, vault: Vault, name: str) -> None:
        super().__init__()
        self._vault = vault
        self._name = name
        self._size_bytes = vault.size_bytes(name)
        self._at = 0

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        """Fills the buffer from where the stream stands; 0 at the end."""
        length = min(len(buffer), self._size_bytes - self._at)
        if length <= 0:
            return 0
        data = self._vault.read(self._name, offset=self._at, length=length)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Goes to a place, counted from the start, from here (1) or from the end (2)."""
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size_bytes}[whence]
        self._at = max(0, origin + offset)
        return self._at

    def tell(self) -> int:
        """Where the stream stands, in bytes from the start."""
        return self._at
