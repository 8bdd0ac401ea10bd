"""Writing a file that is either the old one or the whole new one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from press.errors import HomeUnusable


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A UTF-8 text file, newlines as written, that takes the path's place when the block ends.

    It is on the disk by then. An error leaves what was there. Raises HomeUnusable where it cannot
    be written.
    """
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _unwritable(path, error) from error
    new = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        new.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        new.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(path: Path, error: OSError) -> HomeUnusable:
    return HomeUnusable(
        f"{path} cannot be written ({error.strerror}): check its folder and the space on the disk"
    )
