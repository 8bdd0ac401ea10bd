"""Searching the archive: what the index finds, married to the articles."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from press.errors import ArchiveDamaged, UsageError
from press.keys import read_key
from press.record import ArticleRecord, Json, article_json
from storage.catalogue import indexing
from storage.catalogue.models import ArticleRow, RevisionRow, SearchDocRow
from storage.catalogue.reader import BATCH, Reader
from storage.catalogue.selection import Selection
from storage.search.engines import index_of
from storage.search.fields import SearchCopy, article_fields
from storage.search.hits import Mark, Snippet, headline_marks, snippet
from storage.search.index import FOUND
from storage.search.newest import newest_hits
from storage.search.query import Query
from storage.search.relevance import RANKED, WEIGHED, relevance
from storage.search.scope import Found, Scope

COUNTED: Final = 2_000
"""Articles that a total counts up to, and facets are counted among: the newest."""

Sort = Literal["date", "relevance"]
Period = Literal["year", "month", "day"]
Facet = Literal["year", "page_name", "column", "contributor"]

ANYWHERE: Final = Scope()

_SPELLED: Final[Mapping[Period, Callable[[date], str]]] = {
    "year": "{:%Y}".format,
    "month": "{:%Y-%m}".format,
    "day": "{:%Y-%m-%d}".format,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that fits, with the places in its headline and a piece of text that show why.

    `snippet` is None where only the headline does.
    """

    record: ArticleRecord
    headline_marks: tuple[Mark, ...]
    snippet: Snippet | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Hits in their order, and whether there are more after the last: `after` that one's id."""

    hits: tuple[Hit, ...]
    is_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """How many articles fit: `count`, or more than that where `is_exact` is False."""

    count: int
    is_exact: bool

    def __str__(self) -> str:
        return f"{self.count:,}" if self.is_exact else f"more than {self.count:,}"


class Searcher(Reader):
    """The archive at one moment, searched. The same hits in the same order on both databases.

    Only the current revision of an article is searched. Queries come from storage.search.query.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._counted: dict[tuple[Query, Scope], Mapping[date, int]] = {}

    def search(
        self,
        query: Query,
        scope: Scope = ANYWHERE,
        *,
        sort: Sort = "date",
        limit: int = 20,
        after: str | None = None,
    ) -> Results:
        """The first `limit` hits, or the first after the article of that id.

        By date: the newest issue first, within it as Reader.newest_articles. By relevance: the
        newest RANKED hits, ties by date; the text counts for the WEIGHED first by headline. Raises UsageError where no article has that id.
        """
        start = None if after is None else self._found(after)
        if sort == "date":
            found = newest_hits(index_of(self._session), query, scope, limit + 1, start)
        else:
            found = self._best(query, scope, start)[: limit + 1]
        return Results(hits=self._hits(query, found[:limit]), is_more=len(found) > limit)

    def every_hit(self, query: Query, scope: Scope = ANYWHERE) -> Iterator[Hit]:
        """All hits by date, as `search` orders them; memory does not grow with their number."""
        after = None
        while True:
            results = self.search(query, scope, limit=BATCH, after=after)
            yield from results.hits
            if not results.is_more:
                return
            after = results.hits[-1].record.id

    def total(self, query: Query, scope: Scope = ANYWHERE, *, cap: int = COUNTED) -> Total:
        """How many articles fit, counted up to `cap`."""
        count = index_of(self._session).count(query, scope, cap + 1)
        return Total(count=min(count, cap), is_exact=count <= cap)

    def count_by(
        self, query: Query, period: Period, scope: Scope = ANYWHERE
    ) -> tuple[tuple[str, int], ...]:
        """How many articles of each year, month or day fit: ("2026-01", 12), the oldest first.

        Exact, however many; those without any are left out.
        """
        counts: Counter[str] = Counter()
        for day, count in self._days(query, scope).items():
            counts[_SPELLED[period](day)] += count
        return tuple(sorted(counts.items()))

    def facets(
        self, query: Query, scope: Scope = ANYWHERE, *, cap: int = COUNTED
    ) -> Mapping[Facet, tuple[tuple[str, int], ...]]:
        """How many hits have which value of each facet, the most first.

        Years are counted among all hits, all else among the newest `cap`. An article counts once for each of its contributors; what is not printed is left out.
        """
        found = newest_hits(index_of(self._session), query, scope, cap, None)
        counts: dict[Facet, Counter[str]] = {
            "year": Counter(dict(self.count_by(query, "year", scope))),
            "page_name": Counter(),
            "column": Counter(),
            "contributor": Counter(),
        }
        for page_name, column, contributors in self._shown(_ids(found)):
            counts["page_name"].update(filter(None, [page_name]))
            counts["column"].update(filter(None, [column]))
            counts["contributor"].update({one["name"] for one in contributors})
        return {facet: tuple(sorted(of.items(), key=_most_first)) for facet, of in counts.items()}

    def _days(self, query: Query, scope: Scope) -> Mapping[date, int]:
        """How many articles of each day fit; counted once, since all that is read is of one moment."""
        if (query, scope) not in self._counted:
            self._counted[query, scope] = index_of(self._session).count_days(query, scope)
        return self._counted[query, scope]

    def _best(self, query: Query, scope: Scope, start: Found | None) -> list[Found]:
        newest = newest_hits(index_of(self._session), query, scope, RANKED, None)
        first = _ranked(query, newest, indexing.headlines(self._session, _ids(newest)))
        read = first[:WEIGHED]
        best = _ranked(query, read, indexing.copies(self._session, _ids(read))) + first[WEIGHED:]
        if start is None:
            return best
        ids = _ids(best)
        return best[ids.index(start.article_id) + 1 :] if start.article_id in ids else []

    def _hits(self, query: Query, found: Sequence[Found]) -> tuple[Hit, ...]:
        ids = tuple(one.article_id for one in found)
        records = {record.id: record for record in self.articles(Selection(ids=ids))}
        if len(records) < len(ids):
            raise ArchiveDamaged(
                "the search index has articles that the archive has not: run baoku rebuild"
            )
        return tuple(_hit(query, records[article_id]) for article_id in ids)

    def _found(self, article_id: str) -> Found:
        read_key(article_id)  # no database is asked for what is no id
        columns = (getattr(SearchDocRow, name) for name in FOUND)
        row = self._session.execute(
            select(*columns).where(SearchDocRow.article_id == article_id)
        ).one_or_none()
        if row is None:
            raise UsageError(f"the archive has no {article_id}: give the id of a hit")
        return Found(**row._mapping)

    def _shown(
        self, ids: Sequence[str]
    ) -> Iterator[tuple[str | None, str | None, list[dict[str, str]]]]:
        for start in range(0, len(ids), BATCH):
            shown = (
                select(RevisionRow.page_name, RevisionRow.column, RevisionRow.contributors)
                .join(ArticleRow, ArticleRow.id == RevisionRow.article_id)
                .where(ArticleRow.id.in_(ids[start : start + BATCH]))
                .where(RevisionRow.number == ArticleRow.revision)
            )
            yield from self._session.execute(shown)


def hit_json(hit: Hit) -> dict[str, Json]:
    """The record of the article, and why it was found: "A hit" in docs/record.md."""
    found = hit.snippet
    shown: Json = None
    if found is not None:
        marks = _marks_json(found.marks)
        shown = {"field": found.field, "text": found.text, "marks": marks}
    why: dict[str, Json] = {"headline_marks": _marks_json(hit.headline_marks), "snippet": shown}
    return article_json(hit.record) | why


def _hit(query: Query, record: ArticleRecord) -> Hit:
    printed = article_fields(record.article)
    return Hit(
        record=record,
        headline_marks=headline_marks(printed, query),
        snippet=snippet(printed, query),
    )


def _ranked(
    query: Query, hits: Sequence[Found], copies: Iterable[tuple[str, SearchCopy]]
) -> list[Found]:
    """The hits by what their copies are worth, ties by date."""
    worth = {article_id: relevance(query, copy) for article_id, copy in copies}
    return sorted(hits, key=lambda one: (-worth.get(one.article_id, 0), one.place))


def _ids(hits: Sequence[Found]) -> list[str]:
    return [one.article_id for one in hits]


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _marks_json(marks: Sequence[Mark]) -> Json:
    return [[start, end] for start, end in marks]
