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

    It is on the disk by then. An error leaves what was there. A link stays, and the file behind
    it is replaced; a pipe or device is written to as it is. Raises HomeUnusable where it cannot
    be written.
    """
    try:
        is_stream = path.exists() and not path.is_file()
        with _opened(path) if is_stream else _replacing_file(path.resolve()) as out:
            yield out
    except OSError as error:
        raise HomeUnusable(
            f"{path} cannot be written ({error.strerror}): check its folder and the space on the "
            "disk"
        ) from error


def _opened(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


@contextmanager
def _replacing_file(path: Path) -> Iterator[TextIO]:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    new = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        new.replace(path)
        _sync_folder(path.parent)
    finally:
        new.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
