"""An issue: its pages, and what stands on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from press.errors import NotInArchive
from press.holdings import IssueHoldings, PageHoldings
from press.keys import PageKey
from press.model import PageLink, PageNo
from press.record import ArticleRecord
from readingroom.rooms.calendar import Standing, standing_of
from readingroom.rooms.leaf import Leaf, Visit, day_of, slug_of
from storage.catalogue import Reader, Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A page of an issue in its table of contents; `key` is None where there is nothing to open."""

    key: PageKey | None
    page_no: PageNo
    label: str | None
    name: str | None
    standing: Standing
    cause: str | None
    articles: tuple[ArticleRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """The sides as the issue binds them, and the nearest days before and after it on record."""

    paper: str
    paper_name: str
    issue_date: date
    sides: tuple[Side, ...]
    before: date | None
    after: date | None

    @property
    def is_published(self) -> bool:
        """False on a day without an issue."""
        return any(side.standing != "not_published" for side in self.sides)


def issue(reader: Reader, visit: Visit) -> Leaf:
    """An issue with every page that it lists. Raises UsageError, NotInArchive."""
    slug, day = slug_of(visit.parts), day_of(visit.parts["day"])
    found = reader.issues(slug, day, day, limit=1)
    if not found:
        raise NotInArchive(f"nothing is kept or known of {slug} of {day}: it was never asked for")
    articles = tuple(reader.articles(Selection(paper=slug, since=day, until=day)))
    before, after = reader.issues_beside(slug, day)
    view = Issue(
        paper=slug,
        paper_name=found[0].paper_name or slug,
        issue_date=day,
        sides=sides_of(found[0], _page_links(reader, found[0]), articles),
        before=before,
        after=after,
    )
    return Leaf(template="issue.html", view=view, title=f"{view.paper_name} {day}")


def sides_of(
    held: IssueHoldings, links: Iterable[PageLink], articles: Iterable[ArticleRecord]
) -> tuple[Side, ...]:
    """The pages that the archive knows, and those that it does not but the issue lists."""
    known = {page.page_no: page for page in held.pages}
    listed = {link.page_no: link for link in links}
    on_page: dict[PageNo, list[ArticleRecord]] = {}
    for one in articles:
        on_page.setdefault(one.article.page_no, []).append(one)
    return tuple(
        _side(held, page_no, known.get(page_no), listed.get(page_no), on_page.get(page_no, []))
        for page_no in sorted(known.keys() | listed.keys(), key=_binding)
    )


def _side(
    held: IssueHoldings,
    page_no: PageNo,
    page: PageHoldings | None,
    link: PageLink | None,
    articles: list[ArticleRecord],
) -> Side:
    return Side(
        key=PageKey(held.paper, held.issue_date, page_no) if page else None,
        page_no=page_no,
        label=(page and page.page_label) or (link and link.page_label) or None,
        name=(page and page.page_name) or (link and link.page_name) or None,
        standing="unknown" if page is None else standing_of(page),
        cause=None if page is None else page.cause,
        articles=tuple(articles),
    )


def _page_links(reader: Reader, held: IssueHoldings) -> tuple[PageLink, ...]:
    """The issue's list of pages, as the first page that shows one has it."""
    for page in held.pages:
        if page.page_label is not None:
            record = reader.page(PageKey(held.paper, held.issue_date, page.page_no))
            if record is not None and record.page.page_links:
                return record.page.page_links
    return ()


def _binding(page_no: PageNo) -> tuple[bool, int, str]:
    """Plain numbers first, as numbers; then sections by their letters."""
    return (False, page_no, "") if isinstance(page_no, int) else (True, len(page_no), page_no)
