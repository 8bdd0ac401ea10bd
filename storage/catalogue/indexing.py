"""The search index follows the articles: in the same transaction, or made anew as a whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final, TypeAlias

from sqlalchemy import Row, bindparam, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from press.errors import UsageError
from storage.catalogue.models import (
    ArticleRow,
    PageRow,
    RevisionRow,
    SearchDocRow,
    SearchVersionRow,
)
from storage.search.engines import index_of
from storage.search.fields import SOURCES, SearchCopy, printed_fields, search_copy
from storage.search.fold import VERSION
from storage.search.index import Index
from storage.search.relevance import HEADLINES
from storage.search.scope import SERIALS, days_docs

_BATCH: Final = 500

_NAMED: Final = ArticleRow.id.in_(bindparam("ids", expanding=True))

# Built once: to build them costs more than to index an article.
_STANDING: Final = (
    select(
        ArticleRow.id,
        ArticleRow.order,
        ArticleRow.status,
        RevisionRow.genre,
        PageRow.issue_date,
        PageRow.paper,
        PageRow.page_order,
        PageRow.page_no,
    )
    .join(RevisionRow, RevisionRow.article_id == ArticleRow.id)
    .join(PageRow, PageRow.id == ArticleRow.page_id)
    .where(RevisionRow.number == ArticleRow.revision)
)
_SOURCES: Final = _STANDING.add_columns(
    *(getattr(RevisionRow, name) for name in (*SOURCES, "pictures"))
).where(_NAMED)
_HEADLINES: Final = (
    select(ArticleRow.id, *(getattr(RevisionRow, field) for field in HEADLINES))
    .join(RevisionRow, RevisionRow.article_id == ArticleRow.id)
    .where(RevisionRow.number == ArticleRow.revision, _NAMED)
)
_NUMBERS: Final = select(SearchDocRow.article_id, SearchDocRow.doc).where(
    SearchDocRow.article_id.in_(bindparam("ids", expanding=True))
)
_FORGET: Final = (
    delete(SearchDocRow)
    .where(SearchDocRow.article_id.in_(bindparam("ids", expanding=True)))
    .execution_options(synchronize_session=False)  # no session ever holds these rows as objects
)
_ADD: Final = insert(SearchDocRow)
_DISPLACED: Final = (
    _STANDING.add_columns(SearchDocRow.doc)
    .join(SearchDocRow, SearchDocRow.article_id == ArticleRow.id)
    .where(
        or_(
            SearchDocRow.order != ArticleRow.order,
            SearchDocRow.genre != RevisionRow.genre,
            SearchDocRow.status != ArticleRow.status,
        )
    )
)
_DISPLACED_THERE: Final = _DISPLACED.where(
    or_(ArticleRow.page_id.in_(bindparam("pages", expanding=True)), _NAMED)
)

_Source: TypeAlias = Row[*tuple[Any, ...]]
"""An article as _SOURCES selects it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What the index and the archive do not share; all empty, and current, where all is well.

    `missing` are ids of articles that cannot be found, `orphans` ids, or numbers, of what is found
    and is no article, `stale` ids of articles that stand or count otherwise than the index says.
    `is_current` is False where the index was made with another folding.
    """

    missing: tuple[str, ...]
    orphans: tuple[str, ...]
    stale: tuple[str, ...]
    is_current: bool


class Indexing:
    """What a transaction changes of the articles, and at its end of the index."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._before: dict[str, SearchCopy | None] = {}
        self._pages: set[str] = set()

    def note_new(self, article_id: str) -> None:
        """The article is kept for the first time."""
        self._before.setdefault(article_id, None)

    def note_article(self, article_id: str) -> None:
        """What the article says, if it is there, is about to change."""
        if article_id not in self._before:
            row = self._session.execute(_SOURCES, {"ids": [article_id]}).one_or_none()
            self._before[article_id] = None if row is None else _copy(row)

    def note_page(self, page_id: str) -> None:
        """The order or the status of articles of that page may have changed."""
        self._pages.add(page_id)

    def settle(self) -> None:
        """Brings the index to what the articles are now."""
        if not self._before and not self._pages:
            return
        self._session.flush()
        index = index_of(self._session)
        index.lock()
        rows = {row.id: row for row in self._session.execute(_SOURCES, {"ids": list(self._before)})}
        changed = [key for key, before in self._before.items() if before is not None]
        known = dict(iter(self._session.execute(_NUMBERS, {"ids": changed})) if changed else ())
        new = self._number(index, [row for key, row in rows.items() if key not in known])
        docs = sorted(((doc, key) for key, doc in (known | new).items()), reverse=True)
        for doc, article_id in docs:  # the newest first, as they lie in SQLite's index
            before, after = self._before[article_id], _copy(rows[article_id])
            if before == after and article_id in known:
                continue
            if before is not None and article_id in known:
                index.remove(doc, before)
            index.put(doc, after)
        self._place()
        self._before.clear()
        self._pages.clear()

    def _number(self, index: Index, rows: Sequence[_Source]) -> dict[str, int]:
        """Gives each of these articles a number that none had before.

        Where the index has one of them without the archive's knowledge, that is forgotten.
        """
        docs: dict[str, int] = {}
        new = sorted(rows, key=_reading_order)
        for issue_date, of_day in groupby(new, key=lambda row: row.issue_date):
            last = index.last(days_docs(issue_date))
            first = days_docs(issue_date).start if last is None else last + 1
            numbered = _numbered(issue_date, list(of_day), first)
            ids = [row["article_id"] for row in numbered]
            self._session.execute(_FORGET, {"ids": ids})
            self._session.execute(_ADD, numbered)
            docs |= {row["article_id"]: row["doc"] for row in numbered}
        return docs

    def _place(self) -> None:
        """Makes order, genre and status in `search_docs` those of the articles touched."""
        touched = {"pages": list(self._pages), "ids": list(self._before)}
        for row in self._session.execute(_DISPLACED_THERE, touched).all():
            changed = {"order": row.order, "genre": row.genre, "status": row.status}
            self._session.execute(
                update(SearchDocRow).where(SearchDocRow.doc == row.doc).values(changed)
            )


def is_current(session: Session) -> bool:
    """True when the index was filled, with the folding of this program."""
    return list(session.scalars(select(SearchVersionRow.version))) == [VERSION]


def fill(session: Session) -> None:
    """Makes the whole index anew from the articles, in bounded memory. Takes minutes, if they are many."""
    index_of(session).lock()
    session.execute(delete(SearchVersionRow))
    session.execute(delete(SearchDocRow))
    for issue_date, of_day in groupby(_every_article(session), key=lambda row: row.issue_date):
        numbered = _numbered(issue_date, list(of_day), days_docs(issue_date).start)
        session.execute(_ADD, numbered)
    index_of(session).fill(_every_copy(session))
    session.execute(insert(SearchVersionRow), {"version": VERSION})


def compare(session: Session) -> Comparison:
    """Whether the index has exactly the articles, each where it stands; their texts are not read."""
    index = index_of(session)
    indexed = select(SearchDocRow.article_id)
    there = select(ArticleRow.id)
    missing = there.where(ArticleRow.id.not_in(indexed)).order_by(ArticleRow.id)
    orphans = indexed.where(SearchDocRow.article_id.not_in(there)).order_by(SearchDocRow.article_id)
    stale = session.execute(_DISPLACED.order_by(ArticleRow.id))
    return Comparison(
        missing=(*session.scalars(missing), *index.lacking()),
        orphans=(*session.scalars(orphans), *map(str, index.strays())),
        stale=tuple(row.id for row in stale),
        is_current=is_current(session),
    )


def copies(session: Session, ids: Sequence[str]) -> Iterator[tuple[str, SearchCopy]]:
    """The search copies of the current revisions of those articles, by id, in that order.

    Left out are those that are not there.
    """
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        found = {row.id: row for row in session.execute(_SOURCES, {"ids": batch})}
        yield from ((key, _copy(found[key])) for key in batch if key in found)


def headlines(session: Session, ids: Sequence[str]) -> Iterator[tuple[str, SearchCopy]]:
    """As `copies`, in no order, and with no field but HEADLINES."""
    for start in range(0, len(ids), _BATCH):
        for article_id, *texts in session.execute(_HEADLINES, {"ids": ids[start : start + _BATCH]}):
            there = zip(HEADLINES, texts, strict=True)
            yield article_id, search_copy({field: (text,) for field, text in there if text})


def _copy(row: _Source) -> SearchCopy:
    captions = (text for one in row.pictures for text in (one["caption"], one["credit"]))
    return search_copy(printed_fields({name: getattr(row, name) for name in SOURCES}, captions))


def _every_article(session: Session) -> Iterator[_Source]:
    ordered = _STANDING.order_by(PageRow.issue_date, PageRow.paper, PageRow.page_order)
    ordered = ordered.order_by(PageRow.page_no, ArticleRow.order, ArticleRow.id)
    yield from session.execute(ordered.execution_options(yield_per=_BATCH))


def _every_copy(session: Session) -> Iterator[tuple[int, SearchCopy]]:
    """All copies, the highest number first."""
    numbers = select(SearchDocRow.article_id, SearchDocRow.doc).order_by(SearchDocRow.doc.desc())
    for batch in session.execute(numbers.execution_options(yield_per=_BATCH)).partitions():
        docs = dict(iter(batch))
        for article_id, copy in copies(session, list(docs)):
            yield docs[article_id], copy


def _reading_order(row: _Source) -> tuple[date, str, int, str, int, str]:
    return row.issue_date, row.paper, row.page_order, row.page_no, row.order, row.id


def _numbered(issue_date: date, rows: Sequence[_Source], first: int) -> list[dict[str, Any]]:
    """Rows of `search_docs` for articles of one day, numbered from `first` on."""
    if first + len(rows) > days_docs(issue_date).stop:
        raise UsageError(
            f"more than {SERIALS:,} articles of {issue_date} cannot be searched: keep some of the "
            "newspapers in another archive"
        )
    return [
        {
            "doc": first + place,
            "article_id": row.id,
            "paper": row.paper,
            "page_order": row.page_order,
            "page_no": row.page_no,
            "order": row.order,
            "genre": row.genre,
            "status": row.status,
        }
        for place, row in enumerate(rows)
    ]
