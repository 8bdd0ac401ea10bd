"""Which articles, and in which order."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from press.errors import UsageError
from press.model import Genre, PageNo
from press.record import Status
from storage.catalogue.models import ArticleRow, PageRow, RevisionRow
from storage.catalogue.rows import page_no_text

MAX_IDS = 10_000
"""Ids that one selection may name; SQLite takes 32,766 values in a statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which articles: those that fit every field that is not None; all by default.

    `since` and `until` are issue dates, both included. `ids` holds at most MAX_IDS.
    """

    paper: str | None = None
    since: date | None = None
    until: date | None = None
    page_no: PageNo | None = None
    ids: tuple[str, ...] | None = None
    status: Status | None = None
    genre: Genre | None = None
    limit: int | None = None


_ON_THE_DAY = (PageRow.page_order, PageRow.page_no, ArticleRow.order, ArticleRow.id)


def ids_in_order(selection: Selection) -> Select[str]:
    """The ids by paper, issue date, page, place on the page, and id. Raises UsageError."""
    ordered = _selected(selection).order_by(PageRow.paper, PageRow.issue_date, *_ON_THE_DAY)
    return ordered.limit(selection.limit)


def newest_ids(selection: Selection) -> Select[str]:
    """The ids by issue date, the newest first; within it as `ids_in_order`. Raises UsageError."""
    ordered = _selected(selection).order_by(PageRow.issue_date.desc(), PageRow.paper, *_ON_THE_DAY)
    return ordered.limit(selection.limit)


def _selected(selection: Selection) -> Select[str]:
    chosen = select(ArticleRow.id).join(PageRow, PageRow.id == ArticleRow.page_id)
    if selection.paper is not None:
        chosen = chosen.where(PageRow.paper == selection.paper)
    if selection.since is not None:
        chosen = chosen.where(PageRow.issue_date >= selection.since)
    if selection.until is not None:
        chosen = chosen.where(PageRow.issue_date <= selection.until)
    if selection.page_no is not None:
        chosen = chosen.where(PageRow.page_no == page_no_text(selection.page_no))
    if selection.ids is not None:
        if len(selection.ids) > MAX_IDS:
            raise UsageError(f"more than {MAX_IDS:,} ids at once: ask in several times")
        chosen = chosen.where(ArticleRow.id.in_(selection.ids))
    if selection.status is not None:
        chosen = chosen.where(ArticleRow.status == selection.status)
    if selection.genre is not None:
        current = (
            RevisionRow.article_id == ArticleRow.id,
            RevisionRow.number == ArticleRow.revision,
            RevisionRow.genre == selection.genre,
        )
        chosen = chosen.where(select(RevisionRow.number).where(*current).exists())
    return chosen
