"""What a search index does, whichever database it is in, and the table that both share."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol

from sqlalchemy import ColumnElement, FromClause, Row, column, table

from storage.search.fields import SearchCopy
from storage.search.query import Query
from storage.search.scope import Found, Scope

DOCS = table(
    "search_docs",
    column("doc"),
    column("article_id"),
    column("paper"),
    column("page_order"),
    column("page_no"),
    column("order"),
    column("genre"),
    column("status"),
    column("folded"),
)
"""One row an indexed article; storage.catalogue.models says what the columns are."""

FOUND = ("doc", "article_id", "paper", "page_order", "page_no", "order")
"""The columns of a Found."""


class Index(Protocol):
    """A search index within a transaction. `span` is of numbers (`doc`), its ends as a range's."""

    def newest(self, query: Query, scope: Scope, span: range, limit: int | None) -> list[Found]:
        """The hits with the highest numbers in the span, the highest first; at most `limit`."""

    def count(self, query: Query, scope: Scope, cap: int) -> int:
        """How many articles fit; counting ends at `cap`."""

    def count_days(self, query: Query, scope: Scope) -> Mapping[date, int]:
        """How many articles of each issue date fit, of those that have any; in no order."""

    def lacking(self) -> Iterator[str]:
        """The ids of articles that are in `search_docs` and not in the index."""

    def strays(self) -> Iterator[int]:
        """The numbers that are in the index and not in `search_docs`."""

    def last(self, span: range) -> int | None:
        """The highest number in the span that an article has or had; None where none has."""

    def lock(self) -> None:
        """From here to its end, no other transaction numbers or indexes articles."""

    def put(self, doc: int, copy: SearchCopy) -> None:
        """Indexes an article that is in `search_docs` and not yet in the index."""

    def remove(self, doc: int, copy: SearchCopy) -> None:
        """Takes an article out of the index; `copy` must be what was put."""

    def fill(self, copies: Iterable[tuple[int, SearchCopy]]) -> None:
        """Makes the index anew from all copies, the highest number first; faster than one by one."""


def is_of_index(name: str | None) -> bool:
    """True for a table or an index of the database's own that no model knows."""
    return name is not None and name.startswith(("search_index", "ix_search_docs_grams"))


def within(scope: Scope, docs: FromClause = DOCS) -> list[ColumnElement[bool]]:
    """The conditions of a scope, but for its days, on rows of `search_docs`."""
    status = docs.c.status
    conditions: list[ColumnElement[bool]] = [
        status != "withdrawn" if scope.status is None else status == scope.status
    ]
    if scope.paper is not None:
        conditions.append(docs.c.paper == scope.paper)
    if scope.page_no is not None:
        conditions.append(docs.c.page_no == str(scope.page_no))
    if scope.genre is not None:
        conditions.append(docs.c.genre == scope.genre)
    return conditions


def found(rows: Iterable[Row[*tuple[object, ...]]]) -> list[Found]:
    """The rows of a select of FOUND as values."""
    return [Found(**row._mapping) for row in rows]
