"""Search: hits with what shows why, facets, and when it was written about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, cast, get_args

from press.errors import UsageError
from press.keys import page_no_of
from press.model import Genre
from press.record import ArticleRecord
from readingroom.rooms.addresses import SEARCH, with_query
from readingroom.rooms.chart import Chart, chart_of, period_for
from readingroom.rooms.leaf import Leaf, Visit, day_of
from readingroom.rooms.runs import Run, runs
from storage.catalogue import Hit, Searcher, Total
from storage.catalogue.searcher import Facet, Sort
from storage.search.query import parse
from storage.search.scope import Scope

HITS: Final = 20
FACETS: Final[tuple[Facet, ...]] = ("year", "page_name", "column", "contributor")
VALUES: Final = 8
"""Values of a facet that are shown, the most frequent first."""

FIELDS: Final = ("q", "paper", "from", "to", "page", "genre", "sort")
"""What the form asks, in its order; each is also a name in the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A hit: its headline and a piece of its text, cut where the words stand.

    `snippet` is empty where only the headline has them; `field` says of what it is a piece.
    """

    record: ArticleRecord
    headline: tuple[Run, ...]
    snippet: tuple[Run, ...]
    field: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a facet: how many hits have it, and the search for those alone."""

    value: str
    count: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The form as filled in, and what was found; all of that is None or empty without a query.

    `complaint` is why it could not be asked. `more` is the address of the next hits.
    """

    asked: Mapping[str, str]
    papers: tuple[tuple[str, str], ...]
    genres: tuple[str, ...]
    complaint: str | None = None
    total: Total | None = None
    matches: tuple[Match, ...] = ()
    facets: tuple[tuple[Facet, tuple[Choice, ...]], ...] = ()
    chart: Chart | None = None
    more: str | None = None


def search(searcher: Searcher, visit: Visit) -> Leaf:
    """The form, and what it found. A query that cannot be asked is told there, status 400."""
    asked = {
        name: visit.query[name].strip() for name in FIELDS if visit.query.get(name, "").strip()
    }
    desk = Desk(
        asked=asked,
        papers=tuple((one.paper, one.paper_name or one.paper) for one in searcher.papers()),
        genres=get_args(Genre),
    )
    status = 200
    if "q" in asked:
        try:
            desk = _found(searcher, desk, visit.query.get("after"))
        except UsageError as error:
            desk, status = replace(desk, complaint=str(error)), 400
    return Leaf(template="search.html", view=desk, title=asked.get("q", ""), status=status)


def scope_of(asked: Mapping[str, str]) -> Scope:
    """Where the form says to search. Raises UsageError."""
    genre = asked.get("genre")
    if genre is not None and genre not in get_args(Genre):
        raise UsageError(f"{genre[:40]!a} is no genre: choose one of the list")
    return Scope(
        paper=asked.get("paper"),
        since=_day(asked.get("from")),
        until=_day(asked.get("to")),
        page_no=page_no_of(asked["page"]) if "page" in asked else None,
        genre=cast("Genre | None", genre),
    )


def narrowed(asked: Mapping[str, str], facet: Facet, value: str) -> str:
    """The search for those hits alone that have this value."""
    if facet == "year":
        span = {"from": f"{value}-01-01", "to": f"{value}-12-31"}
        return with_query(SEARCH, {**asked, **span})
    field = "byline" if facet == "contributor" else facet
    phrase = value.replace('"', '""')
    return with_query(SEARCH, {**asked, "q": f'{asked["q"]} {field}:"{phrase}"'})


def _found(searcher: Searcher, desk: Desk, after: str | None) -> Desk:
    asked = desk.asked
    query, scope = parse(asked["q"]), scope_of(asked)
    sort = asked.get("sort", "date")
    if sort not in get_args(Sort):
        raise UsageError("sort by date or by relevance")
    results = searcher.search(
        query, scope, sort=cast("Sort", sort), limit=HITS, after=after or None
    )
    months = searcher.count_by(query, "month", scope)
    period = period_for([month for month, _ in months])
    counts = months if period == "month" else searcher.count_by(query, period, scope)
    last = results.hits[-1].record.id if results.hits else None
    return replace(
        desk,
        total=searcher.total(query, scope),
        matches=tuple(map(_match, results.hits)),
        facets=_facets(asked, searcher.facets(query, scope)),
        chart=chart_of(counts, period, asked),
        more=with_query(SEARCH, {**asked, "after": last}) if results.is_more else None,
    )


def _match(hit: Hit) -> Match:
    snippet = hit.snippet
    return Match(
        record=hit.record,
        headline=tuple(runs(hit.record.article.headline or "", hit.headline_marks)),
        snippet=tuple(runs(snippet.text, snippet.marks)) if snippet else (),
        field=snippet.field if snippet else None,
    )


def _facets(
    asked: Mapping[str, str], counted: Mapping[Facet, Sequence[tuple[str, int]]]
) -> tuple[tuple[Facet, tuple[Choice, ...]], ...]:
    return tuple(
        (
            facet,
            tuple(
                Choice(value=value, count=count, path=narrowed(asked, facet, value))
                for value, count in counted[facet][:VALUES]
            ),
        )
        for facet in FACETS
        if counted.get(facet)
    )


def _day(text: str | None) -> date | None:
    return None if text is None else day_of(text)
