"""What a run did, as values: for people, for JSON, and for the exit code."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.plan import SkipPage
from pipeline.verdict import RETRY_AFTER, Verdict, verdict_of_articles, verdict_of_held
from press.errors import SlowDown, UsageError
from press.keys import PageKey, page_id
from press.outcome import EXIT_ARCHIVED, EXIT_LAYOUT
from press.record import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many articles of a page were stored, in what way, and how many could not be.

    `withdrawn` are those that the page announced before and does no more.
    """

    new: int = 0
    revised: int = 0
    reparsed: int = 0
    unchanged: int = 0
    needs_review: int = 0
    lost: int = 0
    withdrawn: int = 0

    @property
    def stored(self) -> int:
        """Articles of the page that the archive holds after the run."""
        return self.new + self.revised + self.reparsed + self.unchanged

    def counts(self) -> dict[str, int]:
        """The counts by name."""
        return {
            "new": self.new,
            "revised": self.revised,
            "reparsed": self.reparsed,
            "unchanged": self.unchanged,
            "needs_review": self.needs_review,
            "lost": self.lost,
            "withdrawn": self.withdrawn,
        }

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(**(Counter(self.counts()) + Counter(other.counts())))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """One page of the plan and how it ended; `was_held` when the plan left it alone."""

    key: PageKey
    verdict: Verdict
    page_name: str | None = None
    tally: Tally = field(default_factory=Tally)
    was_held: bool = False

    @classmethod
    def of_held(cls, left: SkipPage, *, page_name: str | None) -> "PageResult":
        """The result for a page that is left as the ledger has it."""
        verdict = verdict_of_held(left.entry, left.reason)
        return cls(key=left.key, verdict=verdict, page_name=page_name, was_held=True)

    @classmethod
    def of_unasked(cls, key: PageKey, reason: str) -> "PageResult":
        """The result for a page that nobody was asked for, since the site is to be left alone."""
        verdict = Verdict(
            state="retry", cause=RETRY_AFTER, exit_code=SlowDown.exit_code, message=reason
        )
        return cls(key=key, verdict=verdict, was_held=True)

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
            "articles": {**self.tally.counts()},
            "exit_code": self.verdict.exit_code,
        }


@dataclass(slots=True, kw_only=True)
class Summary:
    """What a run did, added up page by page; it does not grow with their number."""

    states: Counter[str] = field(default_factory=Counter)
    held: int = 0
    articles: Counter[str] = field(default_factory=Counter)
    exit_code: int = EXIT_ARCHIVED

    def add(self, result: PageResult) -> None:
        """One page more; a page that was left alone counts as `held` and by its state."""
        self.states[result.verdict.state] += 1
        self.held += result.was_held
        self.articles.update(result.tally.counts())
        self.exit_code = max(self.exit_code, result.verdict.exit_code)

    @property
    def pages(self) -> int:
        """Pages in all."""
        return self.states.total()

    def as_json(self) -> dict[str, Json]:
        """The counts by name: pages by state, articles by what became of them."""
        return {
            "pages": {**dict(sorted(self.states.items()))},
            "held_before": self.held,
            "articles": {**{name: self.articles[name] for name in Tally().counts()}},
            "exit_code": self.exit_code,
        }


def tally_of(outcomes: Sequence[str], *, needs_review: int, lost: int, withdrawn: int = 0) -> Tally:
    """Counts what the catalogue answered for each article ("new", "unchanged", ...)."""
    return Tally(
        new=outcomes.count("new"),
        revised=outcomes.count("revised"),
        reparsed=outcomes.count("reparsed"),
        unchanged=outcomes.count("unchanged"),
        needs_review=needs_review,
        lost=lost,
        withdrawn=withdrawn,
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

    def joined(self, other: "FileResult") -> "FileResult":
        """What two parts of one file became."""
        return FileResult(
            path=self.path,
            ids=tuple(dict.fromkeys(self.ids + other.ids)),
            pages=self.pages + other.pages,
            tally=self.tally + other.tally,
            problems=self.problems + other.problems,
            review_ids=tuple(dict.fromkeys(self.review_ids + other.review_ids)),
        )

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
            "articles": {**self.tally.counts()},
            "problems": list(self.problems),
            "exit_code": self.exit_code,
        }
