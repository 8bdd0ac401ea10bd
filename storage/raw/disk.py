"""Writing that either reaches the disk or says why not; nothing is tried twice.

After a failed fsync the kernel may have dropped the pages and marked them clean, so that a second
fsync succeeds over lost data: an error here ends the writing for good.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from press.errors import ArchiveDamaged, HomeUnusable

COPY_BYTES = 1 << 20

_UNUSABLE = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.ENOTDIR,
    errno.EEXIST,
    errno.ELOOP,
}


@contextmanager
def blaming(path: Path) -> Iterator[None]:
    """Turns an OSError inside into HomeUnusable (no room, no permission) or ArchiveDamaged."""
    try:
        yield
    except OSError as error:
        why = f"{path} cannot be used ({error.strerror})"
        if error.errno in _UNUSABLE:
            raise HomeUnusable(
                f"{why}: free space, give write permission, or choose another --home"
            ) from error
        raise ArchiveDamaged(f"{why}: check the disk, then start again to recover") from error


def write_whole(descriptor: int, data: bytes) -> None:
    """Writes all of `data` and syncs it, however few bytes the system takes at a time."""
    rest = memoryview(data)
    while rest:
        taken = os.write(descriptor, rest)
        if taken == 0:
            raise OSError(errno.EIO, "nothing was written")
        rest = rest[taken:]
    os.fsync(descriptor)


def create(path: Path) -> int:
    """A descriptor to read and append a file that did not exist, its name already durable."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o644)
    sync_folder(path.parent)
    return descriptor


def reopen(path: Path) -> int:
    """A descriptor to read and append a file that exists and is no symbolic link."""
    return os.open(path, os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC)


def open_to_read(path: Path) -> int:
    """A descriptor to read a file that is no symbolic link."""
    return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)


def sync_folder(folder: Path) -> None:
    """Makes names created, renamed or removed in the folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
