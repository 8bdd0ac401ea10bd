"""How full pages are, counted in SQL."""

from sqlalchemy import cast, func, select
from sqlalchemy.orm import Session
from sqlalchemy.types import Text

from press.keys import PageKey
from press.profile import PageProfile
from press.usual import Usual
from storage.catalogue.models import ArticleRow, EntryRow, PageRow, RevisionRow
from storage.catalogue.rows import page_no_text

_NONE = "[]"
_SAMPLE = 200


def before(session: Session, key: PageKey, limit: int) -> tuple[PageProfile, ...]:
    """As Reader.profiles_before says."""
    earlier = (
        select(PageRow.id, PageRow.issue_date)
        .where(
            PageRow.paper == key.paper,
            PageRow.page_no == page_no_text(key.page_no),
            PageRow.issue_date < key.issue_date,
            PageRow.capture_id.is_not(None),
        )
        .order_by(PageRow.issue_date.desc())
        .limit(limit)
        .subquery()
    )
    has_text = cast(RevisionRow.blocks, Text) != _NONE
    has_zones = cast(ArticleRow.zones, Text) != _NONE
    counted = (
        select(
            func.count(),
            func.count(RevisionRow.headline),
            func.count(RevisionRow.byline),
            func.count().filter(has_text),
            func.count().filter(has_zones),
            func.sum(RevisionRow.char_count),
        )
        .select_from(earlier)
        .join(ArticleRow, ArticleRow.page_id == earlier.c.id)
        .join(RevisionRow, RevisionRow.article_id == ArticleRow.id)
        .where(RevisionRow.number == ArticleRow.revision)
        .group_by(earlier.c.id, earlier.c.issue_date)
        .order_by(earlier.c.issue_date.desc())
    )
    return tuple(
        PageProfile(
            articles=articles,
            with_headline=with_headline,
            with_byline=with_byline,
            with_text=with_text,
            with_zones=with_zones,
            char_count=char_count or 0,
        )
        for articles, with_headline, with_byline, with_text, with_zones, char_count in session.execute(
            counted
        )
    )


def usual(session: Session, paper: str) -> Usual:
    """As Reader.usual says. An issue is as large as the page list that its pages repeat."""
    of_paper = select(PageRow.id).where(PageRow.paper == paper, PageRow.capture_id.is_not(None))
    newest = of_paper.order_by(PageRow.issue_date.desc()).limit(_SAMPLE).subquery()
    pages = session.scalar(select(func.count()).select_from(newest)) or 0
    if not pages:
        return Usual()
    entries = (
        select(func.count()).select_from(EntryRow).join(newest, newest.c.id == EntryRow.page_id)
    )
    lists = session.scalars(select(PageRow.page_links).join(newest, newest.c.id == PageRow.id))
    sizes = [len(links) for links in lists if links]
    return Usual(
        articles=(session.scalar(entries) or 0) / pages,
        pages=sum(sizes) / len(sizes) if sizes else Usual().pages,
    )
