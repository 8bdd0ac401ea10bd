"""Writing a file or folder that is either the old one or the whole new one."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from press.errors import HomeUnusable, UsageError


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A UTF-8 text file, newlines as written; for the rest as `replacing_bytes`."""
    with replacing_bytes(path) as raw:
        out = TextIOWrapper(raw, encoding="utf-8", newline="")
        try:
            yield out
        finally:
            out.detach()


@contextmanager
def replacing_bytes(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the path's place when the block ends.

    It is on the disk by then. An error leaves what was there. A link stays, and the file behind
    it is replaced; a pipe or device is written to as it is. Raises HomeUnusable where it cannot
    be written.
    """
    with (
        writing_to(path),
        path.open("wb") if is_stream(path) else _replacing_file(path.resolve()) as out,
    ):
        yield out


@contextmanager
def making_folder(path: Path) -> Iterator[Path]:
    """An empty folder, for its owner alone, that becomes the path when the block ends.

    An error leaves what was there. Raises UsageError where something is there already, unless it
    is an empty folder; HomeUnusable where it cannot be written.
    """
    with writing_to(path):
        if path.exists() and not (path.is_dir() and not any(path.iterdir())):
            raise UsageError(f"{path} is there and not empty: name a new folder")
        new = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
        try:
            yield new
            os.sync()  # one call for all of its files
            new.replace(path)
            _sync_folder(path.parent)
        finally:
            if new.exists():
                shutil.rmtree(new)


def is_stream(path: Path) -> bool:
    """True for a pipe or device: what is written there is gone, so nothing can lie beside it."""
    return path.exists() and not path.is_file() and not path.is_dir()


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Turns an OSError inside into HomeUnusable: the path cannot be written."""
    try:
        yield
    except OSError as error:
        raise HomeUnusable(
            f"{path} cannot be written ({error.strerror}): check its folder and the space on the "
            "disk"
        ) from error


@contextmanager
def _replacing_file(path: Path) -> Iterator[BinaryIO]:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    new = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
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
