"""Keeping papers, issues, pages and their tables of contents."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from press.capture import Capture
from press.keys import page_id
from press.model import Article, Page
from storage.catalogue.change import add, assign, capture_id
from storage.catalogue.identity import Candidate, folded, moment_of
from storage.catalogue.models import (
    ArticleRow,
    CaptureRow,
    EntryRow,
    IssueRow,
    PageRow,
    PaperRow,
    RevisionRow,
)
from storage.catalogue.rows import (
    Columns,
    entry_columns,
    page_columns,
    page_no_text,
    page_order,
    storable,
)


def save_page(
    session: Session, page: Page, paper_name: str, capture: Capture, read_at: datetime
) -> bool:
    """Keeps a page and its entries; True when anything was new.

    A reading of an older capture than the page's own changes nothing.
    """
    columns = storable(page_columns(page))
    contents = [storable(entry_columns(entry)) for entry in page.entries]
    source: Columns = {"capture_id": capture_id(session, capture), "read_at": read_at}
    key = page_id(page.paper, page.issue_date, page.page_no)
    name_paper(session, page.paper, paper_name)
    row = session.get(PageRow, key)
    if row is None:
        _add_issue(session, page.paper, page.issue_date)
        add(session, PageRow, {"id": key} | columns | source)
        _save_entries(session, key, contents)
        return True
    if _is_outdated(session, row, capture):
        return False
    differs = [row.capture_id is None, assign(row, columns), _save_entries(session, key, contents)]
    return any(differs) and assign(row, source)


def enter_page(session: Session, key: str, article: Article) -> None:
    """Enters the article's page, without an index, where it is not known."""
    name_paper(session, article.paper, article.paper_name)
    if session.get(PageRow, key) is None:
        columns = {
            "id": key,
            "page_links": [],
            "paper": article.paper,
            "issue_date": article.issue_date,
            "page_no": page_no_text(article.page_no),
            "page_order": page_order(article.page_no),
            "page_label": article.page_label,
            "page_name": article.page_name,
        }
        _add_issue(session, article.paper, article.issue_date)
        add(session, PageRow, storable(columns))


def name_paper(session: Session, slug: str, name: str) -> None:
    """Enters the paper, or gives it the name it has now."""
    columns = storable({"slug": slug, "name": name})
    row = session.get(PaperRow, slug)
    if row is None:
        add(session, PaperRow, columns)
    else:
        assign(row, columns)


def candidates(session: Session, page_key: str) -> list[Candidate]:
    """The articles of a page as they now are, in the order of the page."""
    found = session.execute(
        select(
            ArticleRow.id,
            ArticleRow.native_id,
            ArticleRow.order,
            RevisionRow.headline,
            RevisionRow.content_hash,
        )
        .join(RevisionRow, RevisionRow.article_id == ArticleRow.id)
        .where(ArticleRow.page_id == page_key, RevisionRow.number == ArticleRow.revision)
        .order_by(ArticleRow.order, ArticleRow.id)
    )
    return [
        Candidate(
            id=article_id, native_id=native_id, order=order, headline=headline, content_hash=hash_
        )
        for article_id, native_id, order, headline, hash_ in found
    ]


def link_entries(session: Session, page_key: str) -> None:
    """Tells each entry of the page which article it became: by native_id, else by title."""
    entries = session.scalars(select(EntryRow).where(EntryRow.page_id == page_key)).all()
    articles = candidates(session, page_key) if entries else []
    for entry in entries:
        if entry.native_id is None:
            title = folded(entry.title)
            owners = [one.id for one in articles if title and folded(one.headline) == title]
        else:
            owners = [one.id for one in articles if one.native_id == entry.native_id]
        assign(entry, {"article_id": owners[0] if len(owners) == 1 else None})


def _add_issue(session: Session, paper: str, issue_date: date) -> None:
    if session.get(IssueRow, (paper, issue_date)) is None:
        add(session, IssueRow, {"paper": paper, "issue_date": issue_date})


def _is_outdated(session: Session, row: PageRow, capture: Capture) -> bool:
    if row.capture_id is None:
        return False
    kept = session.get_one(CaptureRow, row.capture_id)
    return moment_of(capture) < (kept.captured_at, kept.file, kept.offset)


def _save_entries(session: Session, page_key: str, contents: list[Columns]) -> bool:
    """Makes the page's entries those of `contents`; True when any differed."""
    entries = session.scalars(select(EntryRow).where(EntryRow.page_id == page_key))
    kept = {entry.order: entry for entry in entries}
    new = [{"page_id": page_key} | one for one in contents if one["order"] not in kept]
    add(session, EntryRow, *new)
    differs = [
        assign(kept.pop(columns["order"]), columns)
        for columns in contents
        if columns["order"] in kept
    ]
    for row in kept.values():
        session.delete(row)
    return any(differs) or bool(new or kept)
