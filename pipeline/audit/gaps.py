"""Promise 1 across days: between the first day of a page and its last, none was forgotten. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from pipeline.audit.breach import Breach
from press.model import PageNo
from press.paper import Paper

KnownIssues = Callable[[str, date, date], Mapping[date, frozenset[PageNo]]]
"""For a paper and two dates, both included: the pages that each issue has, as far as known."""

_DAY = timedelta(days=1)


def breaches_of_calendar(
    slug: str,
    page_no: PageNo,
    days: Iterable[date],
    paper: Paper | None,
    known_issues: KnownIssues,
) -> Iterator[Breach]:
    """Each run of publication days on which the page was never asked for, as one breach.

    `days` are the ledger's, in order. A day whose issue is known not to have the page, or not to
    have come out, is none of them. Without the paper's calendar every day counts as one.
    """
    before: date | None = None
    for day in days:
        if before is not None and day - before > _DAY:
            for first, last, number in _runs(
                slug, page_no, (before + _DAY, day - _DAY), paper, known_issues
            ):
                yield _breach(slug, page_no, first, last, number)
        before = day


def breach_of_stranger(slug: str) -> Breach:
    """The breach of a newspaper that no file describes, so that its pages cannot be read again."""
    return Breach(
        promise=1,
        subject=slug,
        sentence="no file describes this newspaper: name the folder of its file (setting papers)",
        kind="gap",
    )


def _runs(
    slug: str,
    page_no: PageNo,
    between: tuple[date, date],
    paper: Paper | None,
    known_issues: KnownIssues,
) -> Iterator[tuple[date, date, int]]:
    """First day, last day and number of the days of each run of forgotten days."""
    known = known_issues(slug, *between)
    run: list[date] = []
    for number in range((between[1] - between[0]).days + 1):
        day = between[0] + number * _DAY
        if paper is not None and day.weekday() not in paper.weekdays:
            continue
        if day not in known or page_no in known[day]:
            run.append(day)
        elif run:
            yield run[0], run[-1], len(run)
            run = []
    if run:
        yield run[0], run[-1], len(run)


def _breach(slug: str, page_no: PageNo, first: date, last: date, number: int) -> Breach:
    span = first.isoformat() if first == last else f"{first}..{last}"
    days = "1 day" if number == 1 else f"{number} days"
    return Breach(
        promise=1,
        subject=f"{slug} page {page_no} {span}",
        sentence=f"never asked for ({days} of publication): crawl each day",
        kind="gap",
    )
