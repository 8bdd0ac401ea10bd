"""What a run did, as values: for people, for JSON, and for the exit code."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.verdict import Verdict, verdict_of_articles, verdict_of_held
from press.errors import UsageError
from press.keys import PageKey, page_id
from press.outcome import EXIT_ARCHIVED, EXIT_LAYOUT, LedgerEntry
from press.record import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many articles of a page were stored, in what way, and how many could not be."""

    new: int = 0
    revised: int = 0
    reparsed: int = 0
    unchanged: int = 0
    needs_review: int = 0
    lost: int = 0

    @property
    def stored(self) -> int:
        """Articles of the page that the archive holds after the run."""
        return self.new + self.revised + self.reparsed + self.unchanged

    def as_json(self) -> dict[str, Json]:
        """The counts by name."""
        return {
            "new": self.new,
            "revised": self.revised,
            "reparsed": self.reparsed,
            "unchanged": self.unchanged,
            "needs_review": self.needs_review,
            "lost": self.lost,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """One page of the plan and how it ended; `was_held` when the plan left it alone."""

    key: PageKey
    verdict: Verdict
    page_name: str | None = None
    tally: Tally = field(default_factory=Tally)
    was_held: bool = False

    @classmethod
    def of_held(cls, key: PageKey, entry: LedgerEntry, *, page_name: str | None) -> "PageResult":
        """The result for a page that is left as the ledger has it."""
        return cls(key=key, verdict=verdict_of_held(entry), page_name=page_name, was_held=True)

    def as_json(self) -> dict[str, Json]:
        """One JSON Lines object; `articles` counts this run's articles by what became of them."""
        return {
            "id": page_id(self.key.paper, self.key.issue_date, self.key.page_no),
            "paper": self.key.paper,
            "issue_date": self.key.issue_date.isoformat(),
            "page_no": self.key.page_no,
            "page_name": self.page_name,
            "state": self.verdict.state,
            "cause": self.verdict.cause,
            "message": self.verdict.message,
            "held_before": self.was_held,
            "articles": self.tally.as_json(),
            "exit_code": self.verdict.exit_code,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """The results of a run, in the order of its plan."""

    results: tuple[PageResult, ...]

    @property
    def exit_code(self) -> int:
        """The highest of all results; 0 for an empty run."""
        return max((result.verdict.exit_code for result in self.results), default=EXIT_ARCHIVED)

    @property
    def stored(self) -> int:
        """Articles of these pages that the archive gained or changed in this run."""
        return sum(result.tally.stored - result.tally.unchanged for result in self.results)


def tally_of(outcomes: Sequence[str], *, needs_review: int, lost: int) -> Tally:
    """Counts what the catalogue answered for each article ("new", "unchanged", ...)."""
    return Tally(
        new=outcomes.count("new"),
        revised=outcomes.count("revised"),
        reparsed=outcomes.count("reparsed"),
        unchanged=outcomes.count("unchanged"),
        needs_review=needs_review,
        lost=lost,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """What an imported file held and what became of it; `ids` of its pages and articles.

    `problems` are sentences about what could not be read, counted as lost in `tally`;
    `review_ids` are those of the articles with a residue.
    """

    path: Path
    ids: tuple[str, ...] = ()
    pages: int = 0
    tally: Tally = field(default_factory=Tally)
    problems: tuple[str, ...] = ()
    review_ids: tuple[str, ...] = ()

    @classmethod
    def unreadable(cls, path: Path, problem: str) -> "FileResult":
        """The result for a file that could not be read at all."""
        return cls(path=path, problems=(problem,), tally=Tally(lost=1))

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a person must be told; empty where all went well."""
        message = verdict_of_articles(self.review_ids).message
        return self.problems if message is None else (*self.problems, message)

    @property
    def exit_code(self) -> int:
        """2 where something could not be read, 22 where something is in no field; the highest."""
        if self.tally.needs_review:
            return EXIT_LAYOUT
        return UsageError.exit_code if self.problems else EXIT_ARCHIVED

    def as_json(self) -> dict[str, Json]:
        """One JSON Lines object; `articles` as in a page's result."""
        return {
            "file": str(self.path),
            "ids": list(self.ids),
            "pages": self.pages,
            "articles": self.tally.as_json(),
            "problems": list(self.problems),
            "exit_code": self.exit_code,
        }
