"""The index in SQLite: FTS5, each character a token, each term a phrase.

Tokens are code points in hexadecimal, so that no tokenizer of SQLite's has a say in what a
character is, and no text can be an operator. The table keeps no text ("contentless"): to take an
article out, what was put in must be said again. SQLite 3.40, which Debian 12 has, can do no more.

An article's row in the index is its number below zero: FTS5 goes up its rows up to twice as fast as
down, and so the newest come first.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    column,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.orm import Session

from storage.search.fields import FIELDS, SearchCopy
from storage.search.index import DOCS, FOUND, found, within
from storage.search.query import Query, Term
from storage.search.scope import SERIALS, Found, Scope

_BATCH: Final = 200
_INDEX: Final = table("search_index", column("rowid"), *map(column, FIELDS))
_SIZES: Final = table("search_index_docsize", column("id"))
"""FTS5's own table of the articles that it holds."""

_LAST: Final = union_all(
    select(func.max(DOCS.c.doc)).where(
        DOCS.c.doc >= bindparam("start"), DOCS.c.doc < bindparam("stop")
    ),
    select(-func.min(_SIZES.c.id)).where(
        _SIZES.c.id <= -bindparam("start"), _SIZES.c.id > -bindparam("stop")
    ),
)
_ROW: Final = insert(_INDEX)
_COMMAND: Final = insert(
    table("search_index", column("search_index"), column("rowid"), *map(column, FIELDS))
)
_ROWID: Final[ColumnElement[int]] = literal_column("search_index.rowid")

_Columns: TypeAlias = dict[str, int | str]


class _Tokens(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = f"{code:x} "
        return self[code]


_TOKENS: Final = _Tokens()


class SqliteIndex:
    """The index of an SQLite catalogue."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def newest(self, query: Query, scope: Scope, span: range, limit: int | None) -> list[Found]:
        """See Index."""
        hits = _hits(query, scope, span, *(DOCS.c[name] for name in FOUND))
        ordered = hits.order_by(_ROWID).limit(limit)
        return found(self._session.execute(ordered))

    def count(self, query: Query, scope: Scope, cap: int) -> int:
        """See Index."""
        some = _hits(query, scope, scope.span, DOCS.c.doc).limit(cap).subquery()
        return self._session.scalar(select(func.count()).select_from(some)) or 0

    def count_days(self, query: Query, scope: Scope) -> Mapping[date, int]:
        """See Index."""
        day = (DOCS.c.doc // SERIALS).label("day")
        counted = _hits(query, scope, scope.span, day, func.count()).group_by(day)
        return {date.fromordinal(day): n for day, n in self._session.execute(counted)}

    def lacking(self) -> Iterator[str]:
        """See Index."""
        ids = select(DOCS.c.article_id).where((-DOCS.c.doc).not_in(select(_SIZES.c.id)))
        yield from self._session.scalars(ids.order_by(DOCS.c.doc))

    def strays(self) -> Iterator[int]:
        """See Index."""
        numbers = select(-_SIZES.c.id).where((-_SIZES.c.id).not_in(select(DOCS.c.doc)))
        yield from self._session.scalars(numbers.order_by(_SIZES.c.id.desc()))

    def last(self, span: range) -> int | None:
        """See Index; of an article that is gone the index still has the text."""
        taken = self._session.scalars(_LAST, {"start": span.start, "stop": span.stop})
        return max((one for one in taken if one is not None), default=None)

    def lock(self) -> None:
        """Nothing: whoever writes to SQLite writes alone."""

    def put(self, doc: int, copy: SearchCopy) -> None:
        """See Index."""
        self._session.execute(_ROW, _row(doc, copy))

    def remove(self, doc: int, copy: SearchCopy) -> None:
        """See Index."""
        self._session.execute(_COMMAND, {"search_index": "delete"} | _row(doc, copy))

    def fill(self, copies: Iterable[tuple[int, SearchCopy]]) -> None:
        """See Index."""
        self._say("delete-all")
        rows = (_row(doc, copy) for doc, copy in copies)
        while batch := list(islice(rows, _BATCH)):
            self._session.execute(_ROW, batch)
        self._say("optimize")

    def _say(self, command: str) -> None:
        said = text("INSERT INTO search_index(search_index) VALUES (:command)")
        self._session.execute(said, {"command": command})


def expression(query: Query) -> str:
    """The query as FTS5 reads it."""
    clauses = (" OR ".join(map(_phrase, clause)) for clause in query.clauses)
    wanted = " AND ".join(f"({clause})" for clause in clauses)
    if not query.excluded:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(map(_phrase, query.excluded))})"


def _hits(query: Query, scope: Scope, span: range, *columns: Any) -> Select[*tuple[Any, ...]]:
    match = literal_column("search_index").op("MATCH")(bindparam("match", expression(query)))
    row = _ROWID
    return (
        select(*columns)
        .select_from(_INDEX.join(DOCS, DOCS.c.doc == -row))
        .where(match, row <= -span.start, row > -span.stop, *within(scope))
    )


def _phrase(term: Term) -> str:
    tokens = f'"{_tokens(term.text)}"'
    return tokens if term.field is None else f"{term.field} : {tokens}"


def _row(doc: int, copy: SearchCopy) -> _Columns:
    row: _Columns = {"rowid": -doc}
    return row | {field: _tokens(copy[field]) for field in FIELDS}


def _tokens(folded: str) -> str:
    return folded.translate(_TOKENS).rstrip()
