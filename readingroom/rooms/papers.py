"""The entrance, and a newspaper: what there is, and its calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from press.errors import NotInArchive
from press.holdings import PaperHoldings
from press.record import ArticleRecord
from readingroom.rooms.calendar import Coverage, coverage_of
from readingroom.rooms.leaf import Leaf, Visit, slug_of
from storage.catalogue import Reader, Selection

CALENDARS: Final = 4
"""Newspapers on the entrance's page that show a calendar: of more, the first ones."""

NEWEST: Final = 8
"""Headlines of the newest issue that stand beside the calendar."""

_DAYS: Final = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """One newspaper: what there is of it, its years, a calendar, the newest articles.

    `calendar` is of `year`, or of the newest twelve months where that is None. It is None, and
    `years` are empty, where nothing was ever asked for.
    """

    held: PaperHoldings
    name: str
    years: tuple[int, ...]
    year: int | None
    calendar: Coverage | None
    newest: tuple[ArticleRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """Every newspaper, and how much there is of all."""

    stands: tuple[Stand, ...]
    articles: int
    pages: int


def entrance(reader: Reader, _: Visit) -> Leaf:
    """Every newspaper with its newest months."""
    held = reader.papers()
    stands = [_stand(reader, one, None, with_calendar=n < CALENDARS) for n, one in enumerate(held)]
    view = Entrance(
        stands=tuple(stands),
        articles=sum(one.articles for one in held),
        pages=sum(one.pages for one in held),
    )
    return Leaf(template="entrance.html", view=view, title="")


def paper(reader: Reader, visit: Visit) -> Leaf:
    """A newspaper with its newest months, or a year that is asked for. Raises NotInArchive."""
    slug = slug_of(visit.parts)
    for one in reader.papers():
        if one.paper == slug:
            stand = _stand(reader, one, _year(visit.parts.get("year")), with_calendar=True)
            return Leaf(template="paper.html", view=stand, title=stand.name)
    raise NotInArchive(f"the archive has nothing of {slug}: the home page lists what it has")


def _year(text: str | None) -> int | None:
    return None if text is None else int(text)


def _stand(reader: Reader, held: PaperHoldings, asked: int | None, *, with_calendar: bool) -> Stand:
    span = reader.issue_span(held.paper)
    newest = reader.newest_articles(Selection(paper=held.paper), NEWEST)
    return Stand(
        held=held,
        name=held.paper_name or held.paper,
        years=() if span is None else tuple(range(span[1].year, span[0].year - 1, -1)),
        year=asked,
        calendar=_calendar(reader, held.paper, asked, span) if with_calendar else None,
        newest=_same_day(tuple(newest)),
    )


def _calendar(
    reader: Reader, slug: str, asked: int | None, span: tuple[date, date] | None
) -> Coverage | None:
    if span is None:
        return None
    if asked is None:
        since, until = _eleven_months_before(span[1]), span[1]
    elif span[0].year <= asked <= span[1].year:
        since, until = date(asked, 1, 1), date(asked, 12, 31)
    else:
        raise NotInArchive(f"the archive has nothing of {slug} of {asked}")
    return coverage_of(reader.issues(slug, since, until, limit=_DAYS))


def _eleven_months_before(day: date) -> date:
    """The first day of a month, so that with the month of `day` there are twelve."""
    count = day.year * 12 + day.month - 12
    return date(count // 12, count % 12 + 1, 1)


def _same_day(records: Sequence[ArticleRecord]) -> tuple[ArticleRecord, ...]:
    """Those of the first one's issue."""
    return tuple(one for one in records if one.article.issue_date == records[0].article.issue_date)
