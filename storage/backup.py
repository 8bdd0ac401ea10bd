"""The whole archive as it was at one moment, in a bag, and back from it.

data/catalogue.sqlite3           the catalogue, also where it is in PostgreSQL
data/raw/...                     the shelf, also where it is in a vault
"""

import io
import shutil
from collections.abc import Container, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from press.errors import ArchiveDamaged, UsageError
from press.record import Json
from storage.bag import MANIFEST, Bag, digests_in
from storage.catalogue import Catalogue, Reader
from storage.catalogue.copying import copy
from storage.catalogue.reader import Counts
from storage.export.file import making_folder, writing_to
from storage.home import Home
from storage.raw.disk import blaming
from storage.raw.files import MANIFEST as SHELF_MANIFEST
from storage.raw.files import OPEN_SUFFIX, digest_of, is_name, name_of
from storage.raw.fixity import Inspection
from storage.raw.stacks import ShelfFile

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

    Sealed files that the bag has are not copied again, and never let go of: where the shelf has
    lost one, or has another in its place, the bag's own is the one that is whole. Raises as Bag
    does, UsageError where the bag is not of this archive, and ArchiveDamaged.
    """
    bag = Bag(folder)
    if not all(map(_is_ours, bag.listed)):
        raise UsageError(f"{folder} is a bag of something else: name a new or empty folder")
    bag.begin()
    with _copied(catalogue, folder) as path:
        with _reading(path) as reader:
            ends, counts = reader.committed_ends(), reader.counts()
        _refuse_another(bag, ends)
        stacked = _stack(bag, shelf, ends)
        with path.open("rb") as source:
            bag.put(_CATALOGUE, source, path.stat().st_size)
    bag.seal({"Bagging-Date": f"{now:%Y-%m-%d}", "Bag-Software-Agent": software})
    return Backup(
        files=sum(one.digest is not None for one in stacked) + 1,
        copied=sum(one.is_new for one in stacked) + 1,
        counts=counts,
        damage=tuple(one.damage for one in stacked if one.damage is not None),
    )


def restore(folder: Path, home: Path) -> Counts:
    """Makes a home of the bag in `folder`, each file checked; gives what the archive holds.

    Raises UsageError where `home` is there already or `folder` is no bag, ArchiveDamaged where a
    file is missing, changed, or not one of an archive: then there is no home.
    """
    digests = digests_in(folder)
    if _CATALOGUE not in digests:
        raise ArchiveDamaged(f"{folder / MANIFEST} lists no catalogue: take another backup")
    strange = next((name for name in digests if not _is_ours(name)), None)
    if strange is not None:
        raise ArchiveDamaged(f"{folder / strange} is no file of an archive: take another backup")
    with writing_to(home):
        home.parent.mkdir(parents=True, exist_ok=True)
    with making_folder(home) as new:
        Home(new).raw.mkdir(mode=0o700)
        for name, digest in digests.items():
            _take_out(folder / name, new / name.removeprefix(_DATA), digest)
        with _reading(Home(new).catalogue_path) as reader:
            return reader.counts()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stacked:
    """What came of a file of the shelf: its place in the bag and digest, None where it has none."""

    place: str
    digest: str | None
    is_new: bool = False
    damage: str | None = None


def _refuse_another(bag: Bag, names: Container[str]) -> None:
    """Raises UsageError where the bag holds a sealed file of which the catalogue knows nothing."""
    for place in sorted(bag.listed):
        name = place.removeprefix(_RAW)
        if is_name(name) and name not in names:
            raise UsageError(
                "the backup there is of another archive, or of a later state of this one "
                f"({name} is not known here): name another folder"
            )


def _stack(bag: Bag, shelf: Inspection, names: Iterable[str]) -> list[_Stacked]:
    """Puts the shelf's files of those names into the bag, and lists the sealed ones."""
    noted, there = shelf.manifest(), {file.name: file for file in shelf.files()}
    stacked = []
    for name in sorted(names):
        file = there.get(name)
        if file is None:
            stacked.append(_kept_alone(bag, name))
        elif file.is_open:  # it may hold more than the copied catalogue knows, as after a crash
            place = _RAW + name + OPEN_SUFFIX
            digest = _put(bag, shelf, file, place)
            stacked.append(_Stacked(place=place, digest=digest, is_new=True))
        else:
            sealed = noted.get(name) or shelf.noted_digest(file)
            stacked.append(_stack_sealed(bag, shelf, file, sealed))
    lines = "".join(
        f"{one.digest}  {one.place.removeprefix(_RAW)}\n"
        for one in stacked
        if one.digest is not None and not one.place.endswith(OPEN_SUFFIX)
    ).encode()
    bag.put(_RAW + SHELF_MANIFEST, io.BytesIO(lines), len(lines))
    return stacked


def _kept_alone(bag: Bag, name: str) -> _Stacked:
    """A file that the shelf has lost: what the bag has of it stays."""
    for place in (_RAW + name, _RAW + name + OPEN_SUFFIX):
        digest = bag.keep(place)
        if digest is not None:
            told = f"{name} is not on the shelf; the backup has kept it"
            return _Stacked(place=place, digest=digest, damage=told)
    told = f"{name} is not on the shelf, nor in the backup"
    return _Stacked(place=_RAW + name, digest=None, damage=told)


def _stack_sealed(bag: Bag, shelf: Inspection, file: ShelfFile, sealed: str | None) -> _Stacked:
    """`sealed` is the digest that was noted when it was sealed, None where none was."""
    place, changed = _RAW + file.name, f"{file.name} is not what it was when it was sealed"
    bag.drop(place + OPEN_SUFFIX)
    kept = bag.keep(place)
    if kept is not None:
        is_other = bag.size_bytes(place) != file.size_bytes
        told = f"{changed}; the backup has kept what it was" if is_other else None
        return _Stacked(place=place, digest=kept, damage=told)
    digest = _put(bag, shelf, file, place)
    is_other = sealed is not None and sealed != digest
    return _Stacked(place=place, digest=digest, is_new=True, damage=changed if is_other else None)


def _put(bag: Bag, shelf: Inspection, file: ShelfFile, place: str) -> str:
    with shelf.stream(file.name) as source:
        return bag.put(place, source, file.size_bytes)


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
    with writing_to(folder):
        beside = TemporaryDirectory(prefix=".catalogue-", dir=folder)
    with beside as name:
        path = Path(name) / "catalogue.sqlite3"
        if catalogue.database.is_sqlite:
            catalogue.database.copy_to(path)
        else:
            with closing(Catalogue.open(f"sqlite:///{path}")) as target:
                copy(catalogue, target, lambda _: None)
        yield path


def _is_ours(name: str) -> bool:
    """True for the name of a file that a bag of an archive holds."""
    file = Path(name)
    is_of_shelf = name.startswith(_RAW) and len(file.parts) == 3
    return name == _CATALOGUE or (
        is_of_shelf and (file.name == SHELF_MANIFEST or is_name(name_of(file)))
    )
