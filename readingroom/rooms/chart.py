"""Hits over time as bars, each of them a narrower search. Pure."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from readingroom.rooms.addresses import SEARCH, with_query

Period = Literal["year", "month", "day"]

MOST_MONTHS: Final = 48
FEWEST_MONTHS: Final = 3
MOST_BARS: Final = 120
"""Of more, the newest are drawn."""

HEIGHT: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A period: 2026-01, say; how many hits; how high it stands, of HEIGHT; its own search."""

    label: str
    count: int
    height: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The bars in order, those without a hit among them too; the most hits that one has."""

    period: Period
    bars: tuple[Bar, ...]
    most: int


def period_for(months: Sequence[str]) -> Period:
    """How long a bar's time is best, for hits in these months (2026-01), the earliest first."""
    if not months:
        return "month"
    first, last = (int(one[:4]) * 12 + int(one[5:7]) for one in (months[0], months[-1]))
    if last - first >= MOST_MONTHS:
        return "year"
    return "day" if last - first < FEWEST_MONTHS else "month"


def chart_of(
    counts: Sequence[tuple[str, int]], period: Period, asked: Mapping[str, str]
) -> Chart | None:
    """The chart of these counts, the earliest first; None where there is nothing to compare."""
    known = dict(counts)
    if not known:
        return None
    labels = list(_labels(min(known), max(known), period))[-MOST_BARS:]
    most = max(known.values())
    return Chart(
        period=period,
        most=most,
        bars=tuple(
            Bar(
                label=label,
                count=known.get(label, 0),
                height=round(HEIGHT * known.get(label, 0) / most),
                path=with_query(SEARCH, {**asked, **_span(label, period)}),
            )
            for label in labels
        ),
    )


def _labels(first: str, last: str, period: Period) -> Iterator[str]:
    """Every period from the first to the last."""
    if period == "year":
        yield from (f"{year:04d}" for year in range(int(first), int(last) + 1))
    elif period == "month":
        start, end = (int(one[:4]) * 12 + int(one[5:7]) - 1 for one in (first, last))
        yield from (f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(start, end + 1))
    else:
        day, end_day = date.fromisoformat(first), date.fromisoformat(last)
        yield from ((day + timedelta(days=n)).isoformat() for n in range((end_day - day).days + 1))


def _span(label: str, period: Period) -> dict[str, str]:
    if period == "day":
        return {"from": label, "to": label}
    if period == "year":
        return {"from": f"{label}-01-01", "to": f"{label}-12-31"}
    days = monthrange(int(label[:4]), int(label[5:7]))[1]
    return {"from": f"{label}-01", "to": f"{label}-{days:02d}"}
