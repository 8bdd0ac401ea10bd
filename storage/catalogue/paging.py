"""Ids a page at a time: so many issues are looked at as the page needs, never the whole archive."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, tuple_
from sqlalchemy.orm import Session

from press.errors import NotInArchive
from storage.catalogue.models import ArticleRow, IssueRow, PageRow
from storage.catalogue.selection import Selection, ids_in_order, newest_ids

_ISSUES = 16
"""Issues looked at first; twice as many each time that they did not fill the page."""


def ids_after(
    session: Session, selection: Selection, after: str | None, limit: int
) -> tuple[str, ...]:
    """As `ids_in_order`: the first `limit` after that article. Raises NotInArchive without it."""
    start = None if after is None else _place(session, after)
    days = select(IssueRow.paper, IssueRow.issue_date).where(*_conditions(selection))
    if start is not None:
        days = days.where(tuple_(IssueRow.paper, IssueRow.issue_date) >= tuple_(start[0], start[1]))
    found: list[str] = []
    for batch in _growing(session, days.order_by(IssueRow.paper, IssueRow.issue_date)):
        for paper, group in groupby(batch, key=lambda row: row.paper):
            of_paper = [row.issue_date for row in group]
            within = _within(selection, of_paper[0], of_paper[-1], limit - len(found), paper)
            statement = ids_in_order(within)
            if start is not None:
                statement = statement.where(_follows(start))
            found += session.scalars(statement)
            if len(found) >= limit:
                return tuple(found)
    return tuple(found)


def newest(session: Session, selection: Selection, limit: int) -> tuple[str, ...]:
    """As `newest_ids`: the first `limit`."""
    days = select(IssueRow.issue_date).where(*_conditions(selection)).distinct()
    found: list[str] = []
    for batch in _growing(session, days.order_by(IssueRow.issue_date.desc())):
        within = _within(
            selection,
            batch[-1].issue_date,
            batch[0].issue_date,
            limit - len(found),
            selection.paper,
        )
        found += session.scalars(newest_ids(within))
        if len(found) >= limit:
            break
    return tuple(found)


_Place = tuple[str, date, int, str, int, str]


def _place(session: Session, article_id: str) -> _Place:
    row = session.execute(
        select(PageRow.paper, PageRow.issue_date, PageRow.page_order, PageRow.page_no)
        .add_columns(ArticleRow.order, ArticleRow.id)
        .join(PageRow, PageRow.id == ArticleRow.page_id)
        .where(ArticleRow.id == article_id)
    ).one_or_none()
    if row is None:
        raise NotInArchive(f"the archive has no {article_id[:80]}: give the id of an article in it")
    paper, day, page_order, page_no, order, found_id = row
    return paper, day, page_order, page_no, order, found_id


def _follows(place: _Place) -> ColumnElement[bool]:
    """True of the articles of a later issue, and of those further on in the same one."""
    paper, day, *within = place
    on_the_day = tuple_(PageRow.page_order, PageRow.page_no, ArticleRow.order, ArticleRow.id)
    return or_(
        PageRow.paper > paper,
        and_(PageRow.paper == paper, PageRow.issue_date > day),
        and_(PageRow.paper == paper, PageRow.issue_date == day, on_the_day > tuple_(*within)),
    )


def _conditions(selection: Selection) -> Iterator[ColumnElement[bool]]:
    if selection.paper is not None:
        yield IssueRow.paper == selection.paper
    if selection.since is not None:
        yield IssueRow.issue_date >= selection.since
    if selection.until is not None:
        yield IssueRow.issue_date <= selection.until


def _growing(session: Session, days: Select[*tuple[Any, ...]]) -> Iterator[Sequence[Row[Any]]]:
    """The rows in order, a few at first, then more at a time."""
    start, size = 0, _ISSUES
    while rows := session.execute(days.limit(size).offset(start)).all():
        yield rows
        start, size = start + size, size * 2


def _within(
    selection: Selection, since: date, until: date, limit: int, paper: str | None
) -> Selection:
    return replace(selection, since=since, until=until, limit=limit, paper=paper)
