"""After a crash: what reached the shelf but not the catalogue is adopted, a torn tail is cut.

Only the open file is ever cut, and only after its tail was copied to quarantine/. Every step may
be interrupted and done again with the same result.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from press.capture import Capture
from press.errors import ArchiveDamaged
from storage.raw.disk import COPY_BYTES, create, open_to_read, reopen, sync_folder, write_whole
from storage.raw.files import finish_seal, is_open, list_files, name_of
from storage.raw.reading import answers
from storage.raw.scan import Damage


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What recovery found.

    `adopted` are captures on the shelf that the catalogue did not know, in file order.
    `quarantined_bytes` were cut off, and lie in `quarantined_files`. `damage` are bytes after the
    committed end of a sealed file, and records, that cannot be read: left as they are. `strays`
    are files of the vault that the catalogue does not know: of a machine that was lost.
    """

    adopted: tuple[Capture, ...]
    quarantined_bytes: int
    quarantined_files: tuple[Path, ...]
    damage: tuple[Damage, ...]
    strays: tuple[str, ...] = ()


def recover(
    folder: Path, committed: Mapping[str, int], vaulted: Mapping[str, int] | None = None
) -> Recovery:
    """Adopts and cuts; the caller alone may be writing to the folder.

    `committed` maps file names to the end in bytes that the catalogue knows, 0 where it has none;
    `vaulted` those that lie in a vault to their lengths. Raises ArchiveDamaged, before anything is
    changed, where a file is shorter than that.
    """
    paths = list_files(folder)
    _check_lengths(paths, committed, vaulted or {})
    adopted: list[Capture] = []
    damage: list[Damage] = []
    tails: list[tuple[Path, int]] = []
    for path in paths:
        for found in answers(path, start=committed.get(name_of(path), 0)):
            if not isinstance(found, Damage):
                adopted.append(found[0])
            elif found.kind == "torn" and is_open(path):
                tails.append((path, found.offset))
                break  # an append is one write: what follows a torn record was never acknowledged
            else:
                damage.append(found)
    quarantined = tuple(_cut(path, offset) for path, offset in tails)
    _make_durable(folder, paths)
    sealed = [path for path in paths if not is_open(path)]
    if sealed:
        finish_seal(sealed[-1])  # a crash can only have interrupted the last sealing
    return Recovery(
        adopted=tuple(adopted),
        quarantined_bytes=sum(path.stat().st_size for path in quarantined),
        quarantined_files=quarantined,
        damage=tuple(damage),
    )


def _check_lengths(
    paths: list[Path], committed: Mapping[str, int], vaulted: Mapping[str, int]
) -> None:
    sizes = {**vaulted, **{name_of(path): path.stat().st_size for path in paths}}
    for name, end in committed.items():
        if sizes.get(name, 0) < end:
            state = f"has {sizes[name]} bytes" if name in sizes else "is missing"
            raise ArchiveDamaged(
                f"{name} {state} where the catalogue knows {end}: restore it from a backup"
            )


def _make_durable(folder: Path, paths: list[Path]) -> None:
    """Syncs what is adopted: the killed run may have written it without getting to the sync."""
    for path in filter(is_open, paths):
        descriptor = reopen(path)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    sync_folder(folder)


def _cut(path: Path, offset: int) -> Path:
    """Copies the bytes from `offset` on to quarantine/, then cuts them off; gives the copy."""
    descriptor = reopen(path)
    try:
        copy = _quarantine(path, descriptor, offset)
        os.ftruncate(descriptor, offset)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return copy


def _quarantine(path: Path, descriptor: int, offset: int) -> Path:
    """The durable copy of a tail: one that an interrupted recovery made, or a new one."""
    folder = path.with_name("quarantine")
    folder.mkdir(exist_ok=True)
    sync_folder(path.parent)
    stem = f"{name_of(path)}.{offset}"
    for copy in (folder / (stem if n == 1 else f"{stem}.{n}") for n in count(1)):
        if not copy.exists():
            _copy_tail(descriptor, offset, copy)
            return copy
        if _same_tail(descriptor, offset, copy):
            return copy
    raise AssertionError  # count does not end


def _copy_tail(descriptor: int, offset: int, copy: Path) -> None:
    part = copy.with_name("part")
    part.unlink(missing_ok=True)
    target = create(part)
    try:
        while piece := os.pread(descriptor, COPY_BYTES, offset):
            write_whole(target, piece)
            offset += len(piece)
    finally:
        os.close(target)
    part.rename(copy)
    sync_folder(copy.parent)


def _same_tail(descriptor: int, offset: int, copy: Path) -> bool:
    other = open_to_read(copy)
    try:
        at = 0
        while piece := os.pread(descriptor, COPY_BYTES, offset + at):
            if os.pread(other, len(piece), at) != piece:
                return False
            at += len(piece)
        return not os.pread(other, 1, at)
    finally:
        os.close(other)
