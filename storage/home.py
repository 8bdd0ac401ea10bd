"""The home folder: one archive, and the lock that lets one run at a time change it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from press.errors import ArchiveHeld, HomeUnusable

_PRIVATE = 0o700
"""What is archived is somebody's copyright: nobody else on the machine reads it by default."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where one archive keeps what."""

    folder: Path

    @property
    def catalogue_path(self) -> Path:
        """SQLite's file; not used when the catalogue is in PostgreSQL."""
        return self.folder / "catalogue.sqlite3"

    @property
    def raw(self) -> Path:
        """The shelf's folder."""
        return self.folder / "raw"

    @property
    def lock(self) -> Path:
        """The file that `holding` locks; it holds the process id of the last holder."""
        return self.folder / "lock"


def open_home(folder: Path, *, create: bool) -> Home:
    """The home in that folder, which is made, for its owner alone, when `create` says so.

    Raises HomeUnusable when the folder is a file or not accessible; when it cannot be made or
    written to (`create`); or when there is no archive in it (not `create`).
    """
    home = Home(folder)
    try:
        if create:
            folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        elif not (home.catalogue_path.exists() or home.raw.exists()):
            raise HomeUnusable(
                f"there is no archive in {folder}: run baoku crawl or baoku import first"
            )
    except OSError as error:
        raise HomeUnusable(
            f"{folder} cannot be a home folder ({error.strerror}): choose another --home"
        ) from error
    if create and not os.access(folder, os.W_OK | os.X_OK):
        raise HomeUnusable(f"{folder} is not writable: change its permissions or choose another")
    return home


@contextmanager
def holding(home: Home) -> Iterator[None]:
    """The archive is ours to change while this lasts; the system lets go if we die.

    Raises ArchiveHeld at once when another process, or this one, has it; HomeUnusable when the
    lock cannot be written. The lock file stays behind: deleting it would let two runs in.
    """
    try:
        descriptor = os.open(
            home.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600
        )
    except OSError as error:
        raise HomeUnusable(
            f"{home.lock} cannot be written ({error.strerror}): check the permissions of its folder"
        ) from error
    with os.fdopen(descriptor, "r+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = lock.read().strip() or "unknown"
            raise ArchiveHeld(
                f"another run (process {holder}) holds the archive in {home.folder}: "
                "wait until it has ended, or stop it"
            ) from None
        lock.truncate()
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield
