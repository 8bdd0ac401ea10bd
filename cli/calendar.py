"""A paper's ledger as people look at it: its gaps, its totals, its calendar. Pure."""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Literal, TypeAlias

from press.keys import PageKey
from press.model import PageNo
from press.outcome import LedgerEntry, State

Standing: TypeAlias = State | Literal["never_asked"]
"""How a page stands: as the ledger says, or that it was due and nobody asked for it. A page that
is archived with a cause needs a person, so it counts as failed."""

WORST_FIRST: tuple[Standing, ...] = (
    "failed", "retry", "withdrawn", "not_yet_due", "never_asked", "archived", "no_such_page",
    "not_published",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Issues in a row that stand alike and are not settled; `since` and `until` are included.

    `looks` are the fewest and the most at one of the pages, zero where nobody asked.
    `next_attempt_at` is the earliest of all.
    """

    standing: Standing
    cause: str | None
    since: date
    until: date
    pages: tuple[PageNo, ...]
    looks: tuple[int, int]
    next_attempt_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the ledger has of one paper: the gaps, the worst first and then the newest; how many
    pages of issues stand how; and for each day the worst standing of its pages."""

    gaps: tuple[Gap, ...]
    totals: Mapping[Standing, int]
    days: Mapping[date, Standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A row of the calendar: the standing of each of its days, None for a day without any."""

    year: int
    month: int
    standings: tuple[Standing | None, ...]


def coverage(entries: Iterable[LedgerEntry], is_due: Callable[[PageKey], bool]) -> Coverage:
    """What the entries of one paper, by issue date, come to.

    Between two issues of which a page was asked for, it was never asked for on the days on which
    `is_due` says that it came out. Only days and gaps are held, never the entries.
    """
    totals: Counter[Standing] = Counter()
    days: dict[date, Standing] = {}
    gaps: list[Gap] = []
    runs: dict[PageNo, Gap] = {}
    for key, entry in _due(entries, is_due):
        standing = _standing(entry)
        totals[standing] += 1
        worst = days.get(key.issue_date, standing)
        days[key.issue_date] = min(standing, worst, key=WORST_FIRST.index)
        run = runs.pop(key.page_no, None)
        gap = None if entry is not None and entry.is_settled else _gap(key, entry)
        if run and gap and (run.standing, run.cause) == (gap.standing, gap.cause):
            gap = replace(_both(run, gap), until=gap.until)
        elif run:
            gaps.append(run)
        if gap:
            runs[key.page_no] = gap
    return Coverage(gaps=_across_pages([*gaps, *runs.values()]), totals=totals, days=days)


def months(days: Mapping[date, Standing]) -> Iterator[list[Month]]:
    """The rows of each year, the newest year first; months before and after all days are left out.

    A year without any day is left out too.
    """
    for year, in_year in groupby(sorted(days, reverse=True), key=lambda day: day.year):
        numbers = {day.month for day in in_year}
        yield [
            Month(
                year=year,
                month=month,
                standings=tuple(
                    days.get(date(year, month, day))
                    for day in range(1, monthrange(year, month)[1] + 1)
                ),
            )
            for month in range(min(numbers), max(numbers) + 1)
        ]


def span(since: date, until: date) -> str:
    """2025-11-18, 2025-11-18..19, 2025-11-18..12-02 or 2025-11-18..2026-01-02."""
    if since == until:
        return since.isoformat()
    is_near = since.year == until.year
    end = f"{until:%d}" if is_near and since.month == until.month else f"{until:%m-%d}"
    return f"{since}..{end if is_near else until}"


def page_ranges(pages: Sequence[PageNo]) -> str:
    """ "page 7", "pages 1..4, 7, A01": numbers in a row are folded; the order is kept."""
    folded: list[list[PageNo]] = []
    for page_no in pages:
        end = folded[-1][-1] if folded else None
        if isinstance(end, int) and page_no == end + 1:
            folded[-1] = [folded[-1][0], page_no]
        else:
            folded.append([page_no])
    text = ", ".join("..".join(map(str, ends)) for ends in folded)
    return f"{'page' if len(pages) == 1 else 'pages'} {text}"


def _due(
    entries: Iterable[LedgerEntry], is_due: Callable[[PageKey], bool]
) -> Iterator[tuple[PageKey, LedgerEntry | None]]:
    """Each entry with its page, before it the days since the page's last one that lack theirs."""
    last: dict[PageNo, date] = {}
    for entry in entries:
        missing = last.get(entry.page_no, entry.issue_date) + timedelta(days=1)
        while missing < entry.issue_date:
            key = PageKey(entry.paper, missing, entry.page_no)
            if is_due(key):
                yield key, None
            missing += timedelta(days=1)
        last[entry.page_no] = entry.issue_date
        yield PageKey(entry.paper, entry.issue_date, entry.page_no), entry


def _standing(entry: LedgerEntry | None) -> Standing:
    if entry is None:
        return "never_asked"
    return "failed" if entry.state == "archived" and not entry.is_settled else entry.state


def _gap(key: PageKey, entry: LedgerEntry | None) -> Gap:
    attempts = 0 if entry is None else entry.attempts
    return Gap(
        standing=_standing(entry),
        cause=None if entry is None else entry.cause,
        since=key.issue_date,
        until=key.issue_date,
        pages=(key.page_no,),
        looks=(attempts, attempts),
        next_attempt_at=None if entry is None else entry.next_attempt_at,
    )


def _both(one: Gap, other: Gap) -> Gap:
    """The first gap with the looks and the next attempt of both."""
    times = [gap.next_attempt_at for gap in (one, other) if gap.next_attempt_at is not None]
    looks = min(one.looks[0], other.looks[0]), max(one.looks[1], other.looks[1])
    return replace(one, looks=looks, next_attempt_at=min(times, default=None))


def _across_pages(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Gaps of several pages that are alike and of the same days as one, in order."""
    joined: dict[tuple[object, ...], Gap] = {}
    for gap in sorted(gaps, key=lambda gap: _page_order(gap.pages[0])):
        alike = (gap.standing, gap.cause, gap.since, gap.until)
        before = joined.get(alike)
        pages = gap.pages if before is None else (*before.pages, *gap.pages)
        joined[alike] = replace(_both(before or gap, gap), pages=pages)
    newest = sorted(joined.values(), key=lambda gap: (gap.until, gap.since), reverse=True)
    return tuple(sorted(newest, key=lambda gap: WORST_FIRST.index(gap.standing)))


def _page_order(page_no: PageNo) -> tuple[bool, int, str]:
    """Plain numbers first, as numbers; then sections by their letters."""
    return (False, page_no, "") if isinstance(page_no, int) else (True, len(page_no), page_no)
