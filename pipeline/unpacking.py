"""The WARC files inside a WACZ package."""

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from press.errors import UsageError

_FOLDER = "archive/"
_MAX_RATIO = 100
"""WARC files are stored as they are, or a little smaller; a zip bomb is not unpacked."""


@contextmanager
def unpacked(path: Path) -> Iterator[Sequence[Path]]:
    """The package's WARC files, under names of our own, in the order of theirs; gone afterwards.

    Raises UsageError where the file is no whole package, or holds no WARC file.
    """
    with tempfile.TemporaryDirectory(prefix="baoku-") as folder:
        try:
            with zipfile.ZipFile(path) as package:
                warcs = [
                    _unpack(package, entry, Path(folder) / str(number))
                    for number, entry in enumerate(_warc_entries(package))
                ]
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise UsageError(f"it is no whole WACZ file: {error}") from error
        except RuntimeError as error:  # zipfile's word for an encrypted entry
            raise UsageError(f"it cannot be unpacked: {error}") from error
        except OSError as error:
            raise UsageError(f"it cannot be unpacked: {error.strerror or error}") from error
        if not warcs:
            raise UsageError("it holds no WARC file under archive/, so it is no WACZ file")
        yield warcs


def _warc_entries(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return sorted(
        (
            entry
            for entry in package.infolist()
            if entry.filename.startswith(_FOLDER) and entry.filename.endswith((".warc", ".warc.gz"))
        ),
        key=lambda entry: entry.filename,
    )


def _unpack(package: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> Path:
    if entry.file_size > _MAX_RATIO * max(entry.compress_size, 1):
        raise UsageError(f"{entry.filename!r} in it would grow beyond all measure")
    folder.mkdir()
    target = folder / ("data.warc.gz" if entry.filename.endswith(".gz") else "data.warc")
    with package.open(entry) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out)
    return target
