"""A year of a newspaper as a calendar: one cell an issue. Pure."""

from calendar import Calendar
from collections.abc import Iterable, Mapping
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

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The months of a year, all twelve, and how many of its days stand how, the worst first."""

    number: int
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


def year_of(number: int, issues: Iterable[IssueHoldings]) -> Year:
    """The year with the issues that fall in it."""
    cells = {
        one.issue_date: Cell(
            day=one.issue_date,
            standing=worst(map(standing_of, one.pages)),
            articles=sum(page.articles for page in one.pages),
        )
        for one in issues
        if one.issue_date.year == number
    }
    standings = [cell.standing for cell in cells.values()]
    counted = ((standing, standings.count(standing)) for standing in WORST_FIRST)
    return Year(
        number=number,
        months=tuple(_month(number, month, cells) for month in range(1, 13)),
        totals=tuple((standing, count) for standing, count in counted if count),
    )


def _month(year: int, number: int, cells: Mapping[date, Cell]) -> Month:
    return Month(
        number=number,
        weeks=tuple(
            tuple(_cell(day, cells) if day.month == number else None for day in week)
            for week in _weeks(year, number)
        ),
    )


def _weeks(year: int, month: int) -> Iterable[list[date]]:
    return _WEEKS.monthdatescalendar(year, month)


def _cell(day: date, cells: Mapping[date, Cell]) -> Cell:
    return cells.get(day) or Cell(day=day, standing="unknown", articles=0)
