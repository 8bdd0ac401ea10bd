"""The index in PostgreSQL: the folded text of each article, and GIN over its characters and pairs.

GIN finds the articles that hold all pairs of a term, `strpos` those that hold the term. No
extension is needed. Two things make common terms fast: the newest articles are looked through
first, since their hits are the newest hits; and where they are dense enough, so are all others.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    Text,
    and_,
    bindparam,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from storage.search.fields import FIELDS, SearchCopy, joined
from storage.search.fold import FIELD
from storage.search.index import DOCS, FOUND, found, within
from storage.search.query import Query, Term
from storage.search.scope import SERIALS, Found, Scope

PROBED: Final = 3_000
"""Articles looked through before the index is asked; some 4 us each."""

WALKED: Final = 20_000
"""Articles that are rather looked through than looked up, where so many will do."""

_BATCH: Final = 500
_LOCK: Final = 0x62616F6B75  # "baoku"
_MAKE_INDEX: Final = (
    "CREATE INDEX ix_search_docs_grams ON search_docs"
    ' USING gin ((search_grams(folded) COLLATE "C"))'
)
_GRAMS: Final[ColumnElement[Any]] = literal_column('(search_grams(folded) COLLATE "C")')
_SETTINGS: Final = {"jit": "off", "work_mem": "128MB", "maintenance_work_mem": "512MB"}
"""Compiling costs more than searching, and a bitmap too large for memory reads text by text."""
_SET_UP: Final = select(*(func.set_config(name, value, True) for name, value in _SETTINGS.items()))


class PostgresIndex:
    """The index of a PostgreSQL catalogue."""

    def __init__(self, session: Session, *, probed: int = PROBED, walked: int = WALKED) -> None:
        self._session = session
        self._probed = probed
        self._walked = walked
        session.execute(_SET_UP)

    def newest(self, query: Query, scope: Scope, span: range, limit: int | None) -> list[Found]:
        """See Index."""
        hits = self._found(_among(_newest(span, self._probed), query, scope), limit)
        if len(hits) == limit or not self._goes_on(span):
            return hits
        if self._is_dense(len(hits), limit):
            return self._found(_among(_newest(span, None), query, scope), limit)
        return self._found(_among(_candidates(query, span), query, scope), limit)

    def count(self, query: Query, scope: Scope, cap: int) -> int:
        """See Index."""
        hits = self._count(_among(_newest(scope.span, self._probed), query, scope), cap)
        if hits == cap or not self._goes_on(scope.span):
            return hits
        if self._is_dense(hits, cap):
            return self._count(_among(_newest(scope.span, None), query, scope), cap)
        return self._count(_anywhere(query, scope, DOCS.c.doc), cap)

    def count_days(self, query: Query, scope: Scope) -> Mapping[date, int]:
        """See Index."""
        day = (DOCS.c.doc.op("/")(literal_column(str(SERIALS)))).label("day")
        counted = _anywhere(query, scope, day, func.count()).group_by(day)
        return {date.fromordinal(number): n for number, n in self._session.execute(counted)}

    def lacking(self) -> Iterator[str]:
        """See Index."""
        ids = select(DOCS.c.article_id).where(DOCS.c.folded.is_(None))
        yield from self._session.scalars(ids.order_by(DOCS.c.doc))

    def strays(self) -> Iterator[int]:
        """None: here the index is a column of `search_docs`."""
        yield from ()

    def last(self, span: range) -> int | None:
        """See Index."""
        last: int | None = self._session.scalar(select(func.max(_newest(span, 1).c.doc)))
        return last

    def lock(self) -> None:
        """Waits for other writers: two that number articles of one day would take one number."""
        self._session.execute(select(func.pg_advisory_xact_lock(_LOCK)))

    def put(self, doc: int, copy: SearchCopy) -> None:
        """See Index."""
        self._session.execute(update(DOCS).where(DOCS.c.doc == doc).values(folded=joined(copy)))

    def remove(self, doc: int, copy: SearchCopy) -> None:
        """See Index."""
        self._session.execute(update(DOCS).where(DOCS.c.doc == doc).values(folded=None))

    def fill(self, copies: Iterable[tuple[int, SearchCopy]]) -> None:
        """See Index."""
        self._session.execute(text("DROP INDEX IF EXISTS ix_search_docs_grams"))
        rows = ({"number": doc, "said": joined(copy)} for doc, copy in copies)
        of_row = update(DOCS).where(DOCS.c.doc == bindparam("number"))
        filling = of_row.values(folded=bindparam("said"))
        while batch := list(islice(rows, _BATCH)):
            self._session.connection().execute(filling, batch)
        self._session.execute(text(_MAKE_INDEX))

    def _goes_on(self, span: range) -> bool:
        """True when there are more articles in the span than were looked through."""
        return self._session.scalar(select(_newest(span, 1, offset=self._probed).c.doc)) is not None

    def _is_dense(self, hits: int, wanted: int | None) -> bool:
        """True when, as things went among those looked through, `walked` will hold enough."""
        return wanted is not None and hits * self._walked >= wanted * self._probed

    def _found(self, hits: Select[*tuple[Any, ...]], limit: int | None) -> list[Found]:
        ordered = hits.order_by(literal_column("doc").desc()).limit(limit)
        return found(self._session.execute(ordered))

    def _count(self, hits: Select[*tuple[Any, ...]], cap: int) -> int:
        some = hits.limit(cap).subquery()
        return self._session.scalar(select(func.count()).select_from(some)) or 0


def _newest(span: range, limit: int | None, *, offset: int | None = None) -> Subquery:
    """The articles of the span from the newest on."""
    of_span = select(DOCS).where(DOCS.c.doc >= span.start, DOCS.c.doc < span.stop)
    return of_span.order_by(DOCS.c.doc.desc()).limit(limit).offset(offset).subquery("docs")


def _candidates(query: Query, span: range) -> FromClause:
    """The articles of the span that hold all pairs of the query, found by GIN alone."""
    of_span = select(DOCS.c.doc).where(
        _may_hold(query), DOCS.c.doc >= span.start, DOCS.c.doc < span.stop
    )
    candidates = of_span.cte("candidates").prefix_with("MATERIALIZED")
    return select(DOCS).join(candidates, candidates.c.doc == DOCS.c.doc).subquery("docs")


def _among(docs: FromClause, query: Query, scope: Scope) -> Select[*tuple[Any, ...]]:
    columns = [docs.c[name] for name in FOUND]
    return select(*columns).where(_holds(query, docs), *within(scope, docs))


def _anywhere(query: Query, scope: Scope, *columns: Any) -> Select[*tuple[Any, ...]]:
    span = scope.span
    of_span = (DOCS.c.doc >= span.start, DOCS.c.doc < span.stop)
    return select(*columns).where(_may_hold(query), _holds(query, DOCS), *within(scope), *of_span)


def _may_hold(query: Query) -> ColumnElement[bool]:
    clauses = (or_(*(_has_grams(term) for term in clause)) for clause in query.clauses)
    return and_(*clauses)


def _has_grams(term: Term) -> ColumnElement[bool]:
    pairs = {term.text[at : at + 2] for at in range(len(term.text) - 1)}
    return _GRAMS.op("@>")(literal(sorted(pairs or {term.text}), ARRAY(Text())))


def _holds(query: Query, docs: FromClause) -> ColumnElement[bool]:
    wanted = [or_(*(_is_in(term, docs) for term in clause)) for clause in query.clauses]
    return and_(*wanted, *(not_(_is_in(term, docs)) for term in query.excluded))


def _is_in(term: Term, docs: FromClause) -> ColumnElement[bool]:
    where: ColumnElement[str] = docs.c.folded
    if term.field is not None:
        where = func.split_part(where, FIELD, FIELDS.index(term.field) + 1)
    return func.strpos(where, term.text) > 0
