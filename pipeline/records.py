"""Takes in what another archive exported as JSON Lines: each record with its id, number and times.

A line is kept on the shelf as it is, under a name that says what it was read from, and dated as
its article was fetched: so the catalogue can be made anew from the shelf.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from pipeline.keeping import Keeper
from pipeline.report import FileResult, Tally
from press.capture import Capture, Import
from press.clock import Clock
from press.errors import UsageError
from press.paper import Paper
from press.record import ArticleRecord
from press.recorded import origin_of, origin_url, read_record
from storage.catalogue import Catalogue, Writer
from storage.raw import Kept

CONTENT_TYPE: Final = "application/json"
MAX_LINE_BYTES: Final = 64 << 20
MAX_PROBLEMS: Final = 50
"""Lines that are told of one by one."""

_BATCH: Final = 200


class RecordIntake:
    """Takes records into one archive. `papers` are all that they may be of."""

    def __init__(
        self, *, papers: Mapping[str, Paper], keeper: Keeper, catalogue: Catalogue, clock: Clock
    ) -> None:
        self._papers = papers
        self._keeper = keeper
        self._catalogue = catalogue
        self._clock = clock

    def take(self, path: Path, paper: Paper | None) -> FileResult:
        """What the lines of a file became; one that is no record does not stop the others.

        `paper` is what the person says they are of. Raises UsageError where the first line is no
        record, so that a file of another kind is not gone through, or the file cannot be read.
        """
        taken = _Taken(path)
        lines = self._records(path, paper, taken)
        while batch := list(islice(lines, _BATCH)):
            # All of them first: who keeps looks into the catalogue, which the writer has for itself.
            kept = [(record, self._keep(line, record)) for line, record in batch]
            with self._keeper.committing() as captures, self._catalogue.writing() as writer:
                writer.add_captures(captures)
                for record, capture in kept:
                    taken.count(record, self.save(writer, record, capture))
        return taken.result()

    def read_kept(self, kept: Kept) -> ArticleRecord | None:
        """The record that a kept import holds; None where it is another kind of file.

        Raises UsageError where it is one that this version cannot read.
        """
        if origin_of(kept.url) is None or kept.body is None:
            return None
        return self._read(kept.body, None)

    def save(self, writer: Writer, record: ArticleRecord, capture: Capture) -> str:
        """Enters a record whose line is kept into the catalogue, and says what it was."""
        return writer.save_record(record, capture, self._clock.now())

    def _records(
        self, path: Path, paper: Paper | None, taken: "_Taken"
    ) -> Iterator[tuple[bytes, ArticleRecord]]:
        """The lines that are records; what is wrong with the others is noted."""
        for number, line in enumerate(_lines_of(path), start=1):
            try:
                yield line, self._read(line, paper)
            except UsageError as error:
                if number == 1:
                    raise UsageError(f"line 1: {error}") from error
                taken.note(f"line {number}: {error}")

    def _read(self, line: bytes, paper: Paper | None) -> ArticleRecord:
        record = read_record(line)
        slug = record.article.paper
        if slug not in self._papers:
            raise UsageError(f"no file describes {slug}: name the folder of its file (papers)")
        if paper is not None and slug != paper.slug:
            raise UsageError(f"it is of {slug}, not of {paper.slug}")
        return record

    def _keep(self, line: bytes, record: ArticleRecord) -> Capture:
        item = Import(
            url=origin_url(record),
            content_type=CONTENT_TYPE,
            body=line,
            imported_at=record.fetched_at,
        )
        self._keeper.keep(item)
        return self._keeper.latest()


class _Taken:
    """What became of a file's lines, as far as it was read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ids: list[str] = []
        self._review_ids: list[str] = []
        self._outcomes: Counter[str] = Counter()
        self._problems: list[str] = []
        self._lost = 0

    def count(self, record: ArticleRecord, outcome: str) -> None:
        self._ids.append(record.id)
        self._outcomes[outcome] += 1
        if record.article.needs_review:
            self._review_ids.append(record.id)

    def note(self, problem: str) -> None:
        self._lost += 1
        if self._lost <= MAX_PROBLEMS:
            self._problems.append(problem)

    def result(self) -> FileResult:
        if self._lost > MAX_PROBLEMS:
            self._problems.append(f"and {self._lost - MAX_PROBLEMS} more lines are no records")
        return FileResult(
            path=self._path,
            ids=tuple(dict.fromkeys(self._ids)),
            tally=Tally(
                new=self._outcomes["new"],
                revised=self._outcomes["revised"],
                reparsed=self._outcomes["reparsed"],
                unchanged=self._outcomes["unchanged"],
                needs_review=len(self._review_ids),
                lost=self._lost,
            ),
            problems=tuple(self._problems),
            review_ids=tuple(dict.fromkeys(self._review_ids)),
        )


def _lines_of(path: Path) -> Iterator[bytes]:
    """The file's lines without their ends; empty ones are passed over."""
    try:
        with path.open("rb") as file:
            while line := file.readline(MAX_LINE_BYTES):
                if text := line.strip(b"\r\n \t"):
                    yield text
    except OSError as error:
        raise UsageError(f"it cannot be read: {error.strerror}") from error
