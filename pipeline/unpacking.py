"""The WARC files inside a WACZ package, and the records that this program puts beside them."""

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from press.errors import UsageError
from storage.export.wacz import RECORDS_PATH

_FOLDER = "archive/"
_MAX_RATIO = 100
"""WARC files are stored as they are, or a little smaller; a zip bomb is not unpacked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """Files on the disk: `warcs` in the order of their names, `records` where there are any."""

    warcs: Sequence[Path]
    records: Path | None


@contextmanager
def unpacked(path: Path) -> Iterator[Unpacked]:
    """The package's files under names of our own; gone afterwards.

    Raises UsageError where the file is no whole package, or holds no WARC file.
    """
    with tempfile.TemporaryDirectory(prefix="baoku-") as folder:
        try:
            with zipfile.ZipFile(path) as package:
                warcs = [
                    _unpack(package, entry, Path(folder) / str(number) / _warc_name(entry))
                    for number, entry in enumerate(_warc_entries(package))
                ]
                records = (
                    _unpack(package, package.getinfo(RECORDS_PATH), Path(folder) / "r" / "r.jsonl")
                    if RECORDS_PATH in package.namelist()
                    else None
                )
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise UsageError(f"it is no whole WACZ file: {error}") from error
        except RuntimeError as error:  # zipfile's word for an encrypted entry
            raise UsageError(f"it cannot be unpacked: {error}") from error
        except OSError as error:
            raise UsageError(f"it cannot be unpacked: {error.strerror or error}") from error
        if not warcs:
            raise UsageError("it holds no WARC file under archive/, so it is no WACZ file")
        yield Unpacked(warcs=warcs, records=records)


def _warc_entries(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return sorted(
        (
            entry
            for entry in package.infolist()
            if entry.filename.startswith(_FOLDER) and entry.filename.endswith((".warc", ".warc.gz"))
        ),
        key=lambda entry: entry.filename,
    )


def _warc_name(entry: zipfile.ZipInfo) -> str:
    return "data.warc.gz" if entry.filename.endswith(".gz") else "data.warc"


def _unpack(package: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> Path:
    if entry.file_size > _MAX_RATIO * max(entry.compress_size, 1):
        raise UsageError(f"{entry.filename!r} in it would grow beyond all measure")
    target.parent.mkdir()
    with package.open(entry) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out)
    return target
