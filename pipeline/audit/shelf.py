"""Promise 3: what the catalogue says of the shelf, beside the shelf. Pure over what was read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.audit.breach import Breach
from press.capture import Capture
from storage.raw import Damage, Kept
from storage.raw.files import serial_of, writer_of
from storage.raw.stacks import ShelfFile

_RESTORE = "restore the file from a backup"
_PLACE = ("sha256", "length")
_FIELDS = ("url", "status", "content_type", "kind", "captured_at")


@dataclass(frozen=True, slots=True)
class Ahead:
    """An answer, or a torn one, that came after all that the catalogue knows: no breach.

    A run adopts it, or sets it aside, before it appends anything.
    """

    found: Capture | Damage


def ahead_from(name: str, ends: Mapping[str, int]) -> int | None:
    """The offset from which a file may hold what the catalogue does not know; None for nowhere.

    A run that is writing, or was killed, is ahead of the catalogue: after the last record of the
    last file that it knows. Of several writers any may be, with a file that no other commit
    shares: the catalogue knows all of it or nothing. `ends` are the committed ends of all files.
    """
    if writer_of(name):
        return None if name in ends else 0
    newest = _newest(ends)
    if serial_of(name) < newest:
        return None
    return ends.get(name, 0)


def compare_file(
    file: ShelfFile,
    rows: Iterable[Capture],
    found: Iterable[tuple[Capture, Kept] | Damage],
    *,
    ahead_from: int | None,
) -> Iterator[Breach | Ahead]:
    """Each answer of one file beside the row that cites it; both come by offset.

    From the offset `ahead_from` on the shelf may know more than the catalogue; nowhere where that
    is None.
    """
    left = _Rows(rows)
    for one in found:
        offset = one.offset if isinstance(one, Damage) else one[0].place.offset
        is_ahead = ahead_from is not None and offset >= ahead_from
        yield from (_absent(row) for row in left.before(offset))
        if isinstance(one, Damage):
            hit = left.before(offset + one.length)
            is_tail = ahead_from is not None and is_ahead and not hit
            yield Ahead(one) if is_tail and file.is_open else _damaged(one, len(hit), is_tail)
        elif same := left.before(offset + 1):
            yield from _compared(same[0], one[0])
        elif is_ahead:
            yield Ahead(one[0])
        else:
            yield _unknown(one[0])
    if rest := left.before(None):
        yield _gone(file.name, rest)


def breaches_of_files(
    files: Iterable[ShelfFile], cited: Mapping[str, int], manifest: Mapping[str, str]
) -> Iterator[Breach]:
    """What is wrong with the shelf's folder before any file is read.

    `cited` counts the captures that the catalogue knows of each file; `manifest` was read after
    the files were listed.
    """
    listed = list(files)
    names = [file.name for file in listed]
    for name in sorted(cited.keys() - set(names)):
        number = cited[name]
        yield _breach(
            name, f"it is not on the shelf, and {_captures(number)} lie in it: {_RESTORE}"
        )
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield _breach(
            name, "it is there twice, sealed and open: remove the one that is no original"
        )
    newest = _newest(cited)
    for name in names:
        if name not in cited and not writer_of(name) and serial_of(name) < newest:
            yield _breach(name, "no capture of the catalogue cites it: restore the catalogue")
    sealed = [file.name for file in listed if not file.is_open and not file.is_vaulted]
    for name in sealed[:-1]:  # a crash may have come before the last one was entered
        if name not in manifest:
            yield _breach(name, "it is sealed and not in MANIFEST.sha256: restore the manifest")
    for name in sorted(manifest.keys() - set(names) - cited.keys()):
        yield _breach(name, f"MANIFEST.sha256 lists it, and it is not on the shelf: {_RESTORE}")


def breaches_of_seal(name: str, sealed: str, digest: str) -> Iterator[Breach]:
    """Whether a file is what was sealed, as the manifest or the vault's note says."""
    if sealed != digest:
        yield _breach(
            name, f"its digest is not the one in MANIFEST.sha256, or in the vault: {_RESTORE}"
        )


def breaches_of_length(name: str, size_bytes: int, end: int) -> Iterator[Breach]:
    """Whether a file ends before the last record that the catalogue knows."""
    if size_bytes < end:
        yield _breach(
            name, f"it has {size_bytes} bytes where the catalogue knows {end}: {_RESTORE}"
        )


def breach_of_orphan(orphan: tuple[str, str]) -> Breach:
    """The breach of a row that refers to one which is not there; each needs its capture."""
    row, parent = orphan
    return Breach(
        promise=3 if parent == "captures" else 4,
        subject=row,
        sentence=f"it refers to a row of {parent} that is not there: restore a backup",
    )


def breach_of_bodiless(revisit: Capture) -> Breach:
    """The breach of a revisit whose body no record holds."""
    place = revisit.place
    return _breach(
        f"{place.file} at {place.offset}",
        "it refers to an earlier answer for its body, and the catalogue has none: restore a backup",
    )


def _newest(names: Iterable[str]) -> int:
    """The highest number of the files that one shelf numbers; 0 where there are none."""
    return max((serial_of(name) for name in names if not writer_of(name)), default=0)


class _Rows:
    """Rows by offset, drawn as far as they are needed."""

    def __init__(self, rows: Iterable[Capture]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    def before(self, offset: int | None) -> list[Capture]:
        """The next rows below the offset; all that are left for None."""
        drawn: list[Capture] = []
        while self._next is not None and (offset is None or self._next.place.offset < offset):
            drawn.append(self._next)
            self._next = next(self._rows, None)
        return drawn


def _compared(row: Capture, found: Capture) -> Iterator[Breach]:
    where = f"{row.place.file} at {row.place.offset}"
    odd = [name for name in _PLACE if getattr(row.place, name) != getattr(found.place, name)]
    odd += [name for name in _FIELDS if getattr(row, name) != getattr(found, name)]
    if odd:
        told = " and ".join(odd)
        yield _breach(where, f"the record has another {told} than the catalogue says: {_RESTORE}")


def _absent(row: Capture) -> Breach:
    place = row.place
    return _breach(f"{place.file} at {place.offset}", f"no record begins there: {_RESTORE}")


def _unknown(found: Capture) -> Breach:
    return _breach(
        f"{found.place.file} at {found.place.offset}",
        f"the catalogue does not know this answer ({found.url}): restore the catalogue",
    )


def _gone(name: str, rows: list[Capture]) -> Breach:
    first = rows[0].place.offset
    return _breach(
        f"{name} at {first}", f"the file ends, and {_captures(len(rows))} lay there: {_RESTORE}"
    )


def _damaged(damage: Damage, hit: int, is_tail: bool) -> Breach:
    """A torn tail of a sealed file was never whole: what was acknowledged was not durable."""
    lost = f" ({_captures(hit)})" if hit else ""
    return Breach(
        promise=4 if is_tail else 3,
        subject=f"{damage.file} at {damage.offset}",
        sentence=f"{damage.length} bytes are damaged{lost}, {damage.reason}: {_RESTORE}",
    )


def _captures(number: int) -> str:
    return "1 capture" if number == 1 else f"{number} captures"


def _breach(subject: str, sentence: str) -> Breach:
    return Breach(promise=3, subject=subject, sentence=sentence)
