"""A newspaper's coverage as a calendar: one cell an issue. Pure."""

from calendar import Calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from press.holdings import IssueHoldings, PageHoldings
from press.outcome import State

Standing: TypeAlias = State | Literal["unknown"]
"""How an issue or a page stands: as the ledger says, but "failed" for what is kept and needs a
person; "unknown" where the archive has nothing on record."""

WORST_FIRST: Final[tuple[Standing, ...]] = (
    "failed", "retry", "withdrawn", "not_yet_due", "archived", "no_such_page", "not_published",
    "unknown",
)  # fmt: skip

_WEEKS: Final = Calendar(firstweekday=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A day of the calendar: the worst standing of its pages, and how many articles it has."""

    day: date
    standing: Standing
    articles: int

    @property
    def is_known(self) -> bool:
        """True when there is a page about the day."""
        return self.standing != "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Weeks from Monday to Sunday; None for a day of another month."""

    year: int
    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Months in a row, and how many of their days stand how, the worst first.

    Months before the first and after the last day on record are left out; empty where none is.
    """

    months: tuple[Month, ...]
    totals: tuple[tuple[Standing, int], ...]


def standing_of(page: PageHoldings) -> Standing:
    """How one page stands. A page that is kept without a ledger entry was handed in: archived."""
    if page.state is None:
        return "archived"
    return "failed" if page.state == "archived" and page.cause is not None else page.state


def worst(standings: Iterable[Standing]) -> Standing:
    """The worst of several; "unknown" of none."""
    return min(standings, key=WORST_FIRST.index, default="unknown")


def coverage_of(issues: Iterable[IssueHoldings]) -> Coverage:
    """The calendar of these issues, in whatever order they come."""
    cells = {
        one.issue_date: Cell(
            day=one.issue_date,
            standing=worst(map(standing_of, one.pages)),
            articles=sum(page.articles for page in one.pages),
        )
        for one in issues
    }
    standings = [cell.standing for cell in cells.values()]
    counted = ((standing, standings.count(standing)) for standing in WORST_FIRST)
    return Coverage(
        months=tuple(_months(cells)),
        totals=tuple((standing, count) for standing, count in counted if count),
    )


def _months(cells: Mapping[date, Cell]) -> Iterator[Month]:
    if not cells:
        return
    first, last = (day.year * 12 + day.month - 1 for day in (min(cells), max(cells)))
    for count in range(first, last + 1):
        year, number = count // 12, count % 12 + 1
        yield Month(
            year=year,
            number=number,
            weeks=tuple(
                tuple(_cell(day, cells) if day.month == number else None for day in week)
                for week in _WEEKS.monthdatescalendar(year, number)
            ),
        )


def _cell(day: date, cells: Mapping[date, Cell]) -> Cell:
    return cells.get(day) or Cell(day=day, standing="unknown", articles=0)
