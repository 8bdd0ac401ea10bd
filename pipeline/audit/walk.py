"""Walks along the shelf, each file beside the rows that cite it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.audit.breach import Audit, Breach
from pipeline.audit.shelf import (
    Ahead,
    ahead_from,
    breaches_of_files,
    breaches_of_length,
    breaches_of_seal,
    compare_file,
)
from storage.catalogue import Fixity
from storage.raw.fixity import Inspection
from storage.raw.stacks import ShelfFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How far an audit is: `done` of `total` things of that kind were looked at."""

    what: str
    done: int
    total: int


class ShelfWalk:
    """One walk. `rows` is None where the catalogue cannot be believed: then the shelf is checked
    against itself only. `audit` counts along.
    """

    def __init__(
        self, shelf: Inspection, rows: Fixity | None, audit: Audit, watch: Callable[[Look], None]
    ) -> None:
        self._shelf = shelf
        self._rows = rows
        self._audit = audit
        self._watch = watch

    def breaches(self, *, quick: bool) -> Iterator[Breach]:
        """Every breach, in the order of the files; `quick` looks at names and lengths only."""
        listed = self._shelf.files()
        self._audit.quarantined = len(self._shelf.quarantined())
        self._audit.others = len(self._shelf.others())
        manifest = self._shelf.manifest()
        ends: dict[str, int] = {}
        if self._rows is not None:
            cited, ends = self._rows.files(), self._rows.committed_ends()
            self._audit.captures = sum(cited.values())
            yield from breaches_of_files(listed, cited, manifest)
        total, before = sum(file.size_bytes for file in listed), 0
        for file in listed:
            self._audit.files += 1
            if quick:
                yield from breaches_of_length(file.name, file.size_bytes, ends.get(file.name, 0))
            else:
                records = self._records(file, ahead_from(file.name, ends), before, total)
                yield from self._sealed(file, records, manifest.get(file.name))
            before += file.size_bytes
            self._watch(Look(what="bytes of the shelf", done=before, total=total))

    def _records(
        self, file: ShelfFile, ahead: int | None, before: int, total: int
    ) -> Iterator[Breach]:
        def watch(offset: int) -> None:
            self._watch(Look(what="bytes of the shelf", done=before + offset, total=total))

        rows = iter(()) if self._rows is None else self._rows.captures(file.name)
        found = self._shelf.answers(file.name, watch)
        for one in compare_file(file, rows, found, ahead_from=ahead):
            if isinstance(one, Ahead):
                self._audit.unknown += self._rows is not None
            else:
                yield one

    def _sealed(
        self, file: ShelfFile, records: Iterator[Breach], listed: str | None
    ) -> Iterator[Breach]:
        """The breaches of a file's records; if there are none, what only its digest can show."""
        is_true = True
        for breach in records:
            is_true = False
            yield breach
        if not is_true or file.is_open:
            return
        sealed = listed or self._shelf.noted_digest(file)
        if sealed is not None:
            yield from breaches_of_seal(file.name, sealed, self._shelf.digest(file.name))
