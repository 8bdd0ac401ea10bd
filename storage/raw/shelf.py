"""The WARC shelf: answers are appended, made durable, and read back true.

What is acknowledged is on the disk: one write of whole gzip members, one fsync, then the place is
given. The order is shelf, then catalogue; `recover` evens out what a crash left between the two.
With a vault there is a step more: append, deposit, catalogue, release.
"""

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Lock

from press.capture import Capture, Exchange, Import, Place
from press.clock import Clock
from press.errors import ArchiveDamaged, ArchiveHeld, CaptureMissing, DigestMismatch, UsageError
from storage.raw.compose import Draft, drafts_of, info_of, members_of, preview
from storage.raw.disk import blaming, sync_folder
from storage.raw.files import (
    OpenFile,
    begin_file,
    digest_of,
    is_name,
    is_open,
    list_files,
    name_of,
    order_of,
    serial_of,
)
from storage.raw.kept import Kept, capture_of, kept_of
from storage.raw.reading import answers, answers_in, read_bytes, read_place, record_of
from storage.raw.record import Record
from storage.raw.recovery import Recovery, recover
from storage.raw.scan import Damage
from storage.raw.stacks import Stacks
from storage.raw.vault import Vault

Report = Callable[[Damage], None]
"""Is told of what cannot be read."""

STRAY_AFTER = timedelta(hours=1)
"""A file that the vault has had for so long, and the catalogue does not know, was left behind: a
machine that lives commits within seconds."""


class Shelf:
    """A folder of WARC files. One shelf writes to it at a time; any number may read.

    Nothing is touched before the first append or recovery, so that a read-only folder can be
    read. Threads may share a shelf: appends take turns. With a vault its sealed files lie there,
    and `writer` (lower-case letters, digits and hyphens, at most 63) ends the names of new ones:
    no two shelves that share a vault may have the same.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock,
        software: str,
        seal_bytes: int = 1 << 30,
        vault: Vault | None = None,
        writer: str = "",
    ) -> None:
        self._folder = folder
        self._stacks = Stacks(folder, vault)
        self._clock = clock
        self._software = software
        self._seal_bytes = seal_bytes
        self._vault = vault
        self._writer = writer
        self._begun = 0
        self._deposited: set[str] = set()  # names, of files that are still here too
        self._turn = Lock()
        self._lock: int | None = None
        self._file: OpenFile | None = None
        self._stopped = False

    def append(self, item: Exchange | Import, *, known: Capture | None = None) -> Capture:
        """Keeps an answer with its request, or an import; on the disk when this returns.

        `known` is an earlier capture of the same body: then a revisit is written, without the
        body, unless the earlier record no longer reads back true. It has no effect on an import.
        Raises UsageError, before anything is written, for values that no record can hold and for
        bytes that do not decode to the body; HomeUnusable, ArchiveDamaged or ArchiveHeld where
        nothing can be written. After a failed write this shelf refuses every further append.
        """
        with self._turn:
            drafts = drafts_of(item, self._original(item, known))
            answer = preview(drafts[0])
            capture = capture_of(answer, kept_of(answer), file="")
            with blaming(self._folder):
                self._check_ready()
                self._stopped = True  # until the write is known to be whole
                place = self._write(drafts, capture.place)
                self._stopped = False
            return replace(capture, place=place)

    def read(self, place: Place) -> Kept:
        """The answer at a place. Needs no lock.

        Raises CaptureMissing where nothing lies there, DigestMismatch where it is not what was
        kept.
        """
        with blaming(self._folder / place.file):
            return read_place(self._stacks, place)[1]

    def member(self, place: Place) -> tuple[Record, bytes]:
        """The record at a place, and its own bytes: one gzip member. Needs no lock.

        Raises as `read`.
        """
        with blaming(self._folder / place.file):
            data = read_bytes(self._stacks, place)
            return record_of(data, place)[0], data

    def recover(self, committed: Mapping[str, int]) -> Recovery:
        """Evens out what a crash left; to be run before any append.

        `committed` maps file names to the end in bytes of what the catalogue knows. Raises
        ArchiveDamaged, with nothing touched, where a file is shorter than that; ArchiveHeld where
        another shelf is writing to the folder. With a vault what is adopted lies there when this
        returns, and `release` is due once the catalogue knows it; raises VaultUnusable.
        """
        with self._turn, blaming(self._folder):
            self._hold()
            self._leave_file()
            vaulted = {} if self._vault is None else {one.name: one for one in self._vault.files()}
            lengths = {name: one.size_bytes for name, one in vaulted.items() if is_name(name)}
            found = recover(self._folder, committed, lengths)
            still_open = [path for path in list_files(self._folder) if is_open(path)]
            self._file = OpenFile(still_open[-1]) if still_open else None
            if self._vault is None:
                return found
            if any(next(answers(path), None) for path in still_open):
                self._seal()
            here = {path.name for path in list_files(self._folder)}
            self._put_in(self._vault)
            newest_at = self._clock.now() - STRAY_AFTER
            known = committed.keys() | here
            strays = [
                name for name in lengths.keys() - known if vaulted[name].stored_at <= newest_at
            ]
            return replace(found, strays=tuple(sorted(strays, key=order_of)))

    def deposit(self) -> None:
        """What was appended lies in the vault when this returns; nothing is done without one.

        To be called before the catalogue may point at it. Raises VaultUnusable, and then the next
        call, or recovery, puts in what is left; ArchiveDamaged where the vault has something else
        under the name of a file.
        """
        if self._vault is None:
            return
        with self._turn, blaming(self._folder):
            self._check_ready()
            self._seal()
            self._put_in(self._vault)

    def release(self) -> None:
        """Lets go of the copies here of what lies in the vault.

        To be called when the catalogue knows all that was deposited: until then the copies show
        recovery what to adopt.
        """
        with self._turn, blaming(self._folder):
            if not self._deposited:
                return
            for name in self._deposited:
                (self._folder / name).unlink(missing_ok=True)
            sync_folder(self._folder)
            self._deposited.clear()

    def captures(
        self, file: Path | None = None, *, report: Report | None = None
    ) -> Iterator[tuple[Capture, Kept]]:
        """Every answer on the shelf, or in any one WARC file, in the order of writing.

        `file` may be of any writer, gzipped by record or plain. What cannot be read is given to
        `report`; without one it raises ArchiveDamaged. Needs no lock.
        """
        if file is not None:
            with blaming(file):
                yield from _reported(answers(file), report)
            return
        with blaming(self._folder):
            names = [one.name for one in self._stacks.files()]
        for name in names:
            yield from self.captures_in(name, report=report)

    def captures_in(
        self, name: str, *, report: Report | None = None
    ) -> Iterator[tuple[Capture, Kept]]:
        """Every answer in the shelf's file of that name, as `captures` gives them."""
        with blaming(self._folder / name), self._stacks.stream(name) as stream:
            yield from _reported(answers_in(stream, name), report)

    def close(self) -> None:
        """Lets go of the file and of the folder; the open file is gone on with next time."""
        with self._turn:
            self._leave_file()
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None

    def _original(self, item: Exchange | Import, known: Capture | None) -> Record | None:
        if known is None or isinstance(item, Import):
            return None
        if known.kind == "revisit":
            raise UsageError("a revisit holds no body: name the capture that it refers to")
        try:
            with blaming(self._folder / known.place.file):
                record, kept = read_place(self._stacks, known.place)
        except (CaptureMissing, DigestMismatch):
            return None  # verify reports the damage; the body is at hand and is kept once more
        return record if kept.body == item.body else None

    def _check_ready(self) -> None:
        if self._stopped:
            raise ArchiveDamaged("a write to the shelf failed before: start again to recover")
        self._hold()
        if self._file is None and any(map(is_open, list_files(self._folder))):
            raise UsageError("the shelf has an open file: recover before appending to it")

    def _write(self, drafts: tuple[Draft, ...], place: Place) -> Place:
        file = self._roomy_file()
        info = info_of(file.name, self._software, self._clock.now()) if file.end == 0 else None
        all_drafts = (info, *drafts) if info else drafts
        members = members_of(all_drafts, file=file.name, offset=file.end)
        first = len(members) - len(drafts)
        offset = file.end + sum(map(len, members[:first]))
        file.append(b"".join(members))
        return replace(place, file=file.name, offset=offset, length=len(members[first]))

    def _roomy_file(self) -> OpenFile:
        if self._file is not None and self._file.end >= self._seal_bytes:
            self._seal()
        if self._file is None:
            serial, moment = self._next_serial(), self._clock.now()
            self._file = begin_file(self._folder, moment, serial, self._writer)
        return self._file

    def _next_serial(self) -> int:
        """After all that lie here; with a writer's name, after all that this shelf has begun."""
        self._begun += 1
        if self._writer:
            return self._begun
        return max((serial_of(name_of(path)) for path in list_files(self._folder)), default=0) + 1

    def _seal(self) -> None:
        """Seals the open file, unless nothing was written to it."""
        if self._file is not None and self._file.end:
            full, self._file = self._file, None
            full.seal()

    def _put_in(self, vault: Vault) -> None:
        for path in list_files(self._folder):
            if not is_open(path) and path.name not in self._deposited:
                vault.deposit(path, digest_of(path))
                self._deposited.add(path.name)

    def _hold(self) -> None:
        if self._lock is not None:
            return
        if not self._folder.is_dir():
            self._folder.mkdir(parents=True)
            sync_folder(self._folder.parent)
        lock = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(lock)
            if isinstance(error, BlockingIOError):
                raise ArchiveHeld(f"another run writes to {self._folder}: let it end") from error
            raise
        self._lock = lock

    def _leave_file(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _reported(
    found: Iterator[tuple[Capture, Kept] | Damage], report: Report | None
) -> Iterator[tuple[Capture, Kept]]:
    for one in found:
        if not isinstance(one, Damage):
            yield one
        elif report is None:
            raise ArchiveDamaged(f"{one.file} at {one.offset}: {one.reason}")
        else:
            report(one)
