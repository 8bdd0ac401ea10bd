"""The whole archive as it was at one moment, in a bag, and back from it.

data/catalogue.sqlite3           the catalogue, also where it is in PostgreSQL
data/raw/...                     the shelf, also where it is in a vault
"""

import io
import shutil
from collections.abc import Container, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from press.errors import ArchiveDamaged
from press.record import Json
from storage.bag import MANIFEST, Bag, digests_in
from storage.catalogue import Catalogue, Reader
from storage.catalogue.copying import copy
from storage.catalogue.reader import Counts
from storage.export.file import making_folder
from storage.home import Home
from storage.raw.disk import blaming
from storage.raw.files import MANIFEST as SHELF_MANIFEST
from storage.raw.files import OPEN_SUFFIX, digest_of, is_name, name_of
from storage.raw.fixity import Inspection

_DATA: Final = "data/"
_CATALOGUE: Final = "data/catalogue.sqlite3"
_RAW: Final = "data/raw/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a bag holds: `files` in number, of which `copied` were not there before.

    `damage` are sentences about files of the shelf that are not what they should be.
    """

    files: int
    copied: int
    counts: Counts
    damage: tuple[str, ...]

    def as_json(self) -> dict[str, Json]:
        """The object of docs/record.md, "A backup"."""
        return {
            "files": self.files,
            "copied": self.copied,
            "pages": self.counts.pages,
            "articles": self.counts.articles,
            "captures": self.counts.captures,
            "damage": list(self.damage),
        }


def back_up(
    catalogue: Catalogue, shelf: Inspection, folder: Path, *, now: datetime, software: str
) -> Backup:
    """Makes the bag in `folder`, or brings it up to date; a run may go on beside it.

    Sealed files that the bag has are not copied again. Raises as Bag does, and ArchiveDamaged.
    """
    bag = Bag(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _copied(catalogue, folder) as path:
        with _reading(path) as reader:
            ends, counts = reader.committed_ends(), reader.counts()
        stacked = _stack(bag, shelf, ends)
        with path.open("rb") as source:
            bag.put(_CATALOGUE, source, path.stat().st_size)
    bag.seal({"Bagging-Date": f"{now:%Y-%m-%d}", "Bag-Software-Agent": software})
    missing = ends.keys() - {one.name for one in stacked}
    return Backup(
        files=len(stacked) + 1,
        copied=sum(one.is_new for one in stacked) + 1,
        counts=counts,
        damage=(
            *(
                f"{one.name} is not what it was when it was sealed"
                for one in stacked
                if one.is_other
            ),
            *(f"{name} is not on the shelf" for name in sorted(missing)),
        ),
    )


def restore(folder: Path, home: Path) -> Counts:
    """Makes a home of the bag in `folder`, each file checked; gives what the archive holds.

    Raises UsageError where `home` is there already or `folder` is no bag, ArchiveDamaged where a
    file is missing, changed, or not one of an archive: then there is no home.
    """
    digests = digests_in(folder)
    if _CATALOGUE not in digests:
        raise ArchiveDamaged(f"{folder / MANIFEST} lists no catalogue: take another backup")
    home.parent.mkdir(parents=True, exist_ok=True)
    with making_folder(home) as new:
        Home(new).raw.mkdir(mode=0o700)
        for name, digest in digests.items():
            _take_out(folder / name, new / _place(folder, name), digest)
        with _reading(Home(new).catalogue_path) as reader:
            return reader.counts()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stacked:
    """A file of the shelf in the bag; `is_other` where it is not the one that was sealed."""

    name: str
    is_new: bool
    is_other: bool


def _stack(bag: Bag, shelf: Inspection, names: Container[str]) -> list[_Stacked]:
    """Puts the shelf's files of those names into the bag.

    One that is still written to may hold more than the copied catalogue knows, as after a crash.
    """
    noted, listed, stacked = shelf.manifest(), "", []
    for file in shelf.files():
        if file.name not in names:
            continue  # nothing in it was committed when the catalogue was copied
        name = _RAW + file.name + (OPEN_SUFFIX if file.is_open else "")
        kept = None if file.is_open else bag.keep(name, file.size_bytes)
        with shelf.stream(file.name) as source:
            digest = kept or bag.put(name, source, file.size_bytes)
        sealed = noted.get(file.name) or shelf.noted_digest(file) or digest
        is_other = not file.is_open and sealed != digest
        stacked.append(_Stacked(name=file.name, is_new=kept is None, is_other=is_other))
        listed += "" if file.is_open else f"{digest}  {file.name}\n"
    bag.put(_RAW + SHELF_MANIFEST, io.BytesIO(listed.encode()), len(listed.encode()))
    return stacked


def _take_out(source: Path, target: Path, digest: str) -> None:
    """Copies a file of a bag, which must be what the bag says. Raises ArchiveDamaged."""
    with blaming(source):
        if not source.is_file() or digest_of(source) != digest:
            raise ArchiveDamaged(f"{source} is not what the backup lists: take another backup")
        shutil.copyfile(source, target, follow_symlinks=False)
        target.chmod(0o444 if is_name(target.name) else 0o600)
    with blaming(target):
        if digest_of(target) != digest:
            raise ArchiveDamaged(f"{target} is not what was written: check the disk")


@contextmanager
def _reading(path: Path) -> Iterator[Reader]:
    catalogue = Catalogue.open(f"sqlite:///{path}", read_only=True)
    with closing(catalogue), catalogue.reading() as reader:
        yield reader


@contextmanager
def _copied(catalogue: Catalogue, folder: Path) -> Iterator[Path]:
    """A copy of the catalogue in SQLite, beside the bag's files, gone in the end."""
    with TemporaryDirectory(prefix=".catalogue-", dir=folder) as name:
        path = Path(name) / "catalogue.sqlite3"
        if catalogue.database.is_sqlite:
            catalogue.database.copy_to(path)
        else:
            with closing(Catalogue.open(f"sqlite:///{path}")) as target:
                copy(catalogue, target, lambda _: None)
        yield path


def _place(folder: Path, name: str) -> str:
    """Where a file of a bag belongs in a home."""
    file = Path(name)
    is_of_shelf = name.startswith(_RAW) and len(file.parts) == 3
    if name == _CATALOGUE or (
        is_of_shelf and (file.name == SHELF_MANIFEST or is_name(name_of(file)))
    ):
        return name.removeprefix(_DATA)
    raise ArchiveDamaged(f"{folder / name} is no file of an archive: take another backup")
