"""Articles that their page no longer announces: marked, never deleted."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from press.keys import PageKey, page_id
from press.record import Tombstone
from storage.catalogue.models import ArticleRow, RevisionRow


def find(session: Session, article_id: str) -> Tombstone | None:
    """The tombstone of an article; None when it stands, or when there is none of that id."""
    row = session.get(ArticleRow, article_id)
    if row is None or row.withdrawn_at is None:
        return None
    return Tombstone(withdrawn_at=row.withdrawn_at, evidence=row.withdrawn_evidence)


def settle(
    session: Session, key: PageKey, announced: Collection[str], evidence: str, now: datetime
) -> tuple[str, ...]:
    """As Writer.settle_articles says."""
    wanted = page_id(key.paper, key.issue_date, key.page_no)
    of_page = select(ArticleRow).where(ArticleRow.page_id == wanted)
    withdrawn = []
    for row in session.scalars(of_page.order_by(ArticleRow.order, ArticleRow.id)):
        if row.native_id is None:
            continue
        is_gone = row.native_id not in announced
        if is_gone and row.withdrawn_at is None:
            row.status, row.withdrawn_at, row.withdrawn_evidence = "withdrawn", now, evidence
            withdrawn.append(row.id)
        elif not is_gone and row.withdrawn_at is not None:
            revision = session.get_one(RevisionRow, (row.id, row.revision))
            row.status = "needs_review" if revision.residue else "ok"
            row.withdrawn_at = row.withdrawn_evidence = None
    return tuple(withdrawn)


def ids_of(session: Session, key: PageKey) -> tuple[str, ...]:
    """The ids of the page's withdrawn articles, in their order."""
    wanted = page_id(key.paper, key.issue_date, key.page_no)
    marked = select(ArticleRow.id).where(
        ArticleRow.page_id == wanted, ArticleRow.withdrawn_at.is_not(None)
    )
    return tuple(session.scalars(marked.order_by(ArticleRow.order, ArticleRow.id)))
