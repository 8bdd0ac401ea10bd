"""The WARC shelf: answers are appended, made durable, and read back true.

What is acknowledged is on the disk: one write of whole gzip members, one fsync, then the place is
given. The order is shelf, then catalogue; `recover` evens out what a crash left between the two.
"""

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Lock

from press.capture import Capture, Exchange, Import, Place
from press.clock import Clock
from press.errors import ArchiveDamaged, ArchiveHeld, CaptureMissing, DigestMismatch, UsageError
from storage.raw.compose import Draft, drafts_of, info_of, members_of, preview
from storage.raw.disk import blaming, sync_folder
from storage.raw.files import OpenFile, begin_file, is_open, list_files
from storage.raw.kept import Kept, capture_of, kept_of
from storage.raw.reading import answers, read_bytes, read_place
from storage.raw.record import Record
from storage.raw.recovery import Recovery, recover
from storage.raw.scan import Damage


class Shelf:
    """A folder of WARC files. One shelf writes to it at a time; any number may read.

    Nothing is touched before the first append or recovery, so that a read-only folder can be
    read. Threads may share a shelf: appends take turns.
    """

    def __init__(
        self, folder: Path, *, clock: Clock, software: str, seal_bytes: int = 1 << 30
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._software = software
        self._seal_bytes = seal_bytes
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
            return read_place(self._folder, place)[1]

    def member(self, place: Place) -> tuple[Record, bytes]:
        """The record at a place, and its own bytes: one gzip member. Needs no lock.

        Raises as `read`.
        """
        with blaming(self._folder / place.file):
            record, _ = read_place(self._folder, place)
            return record, read_bytes(self._folder, place)

    def recover(self, committed: Mapping[str, int]) -> Recovery:
        """Evens out what a crash left; to be run before any append.

        `committed` maps file names to the end in bytes of what the catalogue knows. Raises
        ArchiveDamaged, with nothing touched, where a file is shorter than that; ArchiveHeld where
        another shelf is writing to the folder.
        """
        with self._turn, blaming(self._folder):
            self._hold()
            self._leave_file()
            found = recover(self._folder, committed)
            still_open = [path for path in list_files(self._folder) if is_open(path)]
            self._file = OpenFile(still_open[-1]) if still_open else None
            return found

    def captures(
        self, file: Path | None = None, *, report: Callable[[Damage], None] | None = None
    ) -> Iterator[tuple[Capture, Kept]]:
        """Every answer on the shelf, or in any one WARC file, in the order of writing.

        `file` may be of any writer, gzipped by record or plain. What cannot be read is given to
        `report`; without one it raises ArchiveDamaged. Needs no lock.
        """
        with blaming(self._folder):
            paths = list_files(self._folder) if file is None else [file]
        for path in paths:
            with blaming(path):
                for found in answers(path):
                    if not isinstance(found, Damage):
                        yield found
                    elif report is None:
                        raise ArchiveDamaged(f"{found.file} at {found.offset}: {found.reason}")
                    else:
                        report(found)

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
                record, kept = read_place(self._folder, known.place)
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
            full, self._file = self._file, None
            full.seal()
        if self._file is None:
            self._file = begin_file(self._folder, self._clock.now())
        return self._file

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
