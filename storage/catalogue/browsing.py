"""What the archive holds of papers and issues, for those who leaf through it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from press.holdings import IssueHoldings, PageHoldings, PaperHoldings
from press.keys import PageKey, page_id, page_no_of
from press.model import PageNo
from press.outcome import LedgerEntry
from storage.catalogue import ledger
from storage.catalogue.models import ArticleRow, IssueRow, LedgerRow, PageRow, PaperRow
from storage.catalogue.rows import page_order
from storage.catalogue.selection import Selection


def papers(session: Session) -> tuple[PaperHoldings, ...]:
    """As Reader.papers says."""
    names: dict[str, str] = dict(iter(session.execute(select(PaperRow.slug, PaperRow.name))))
    states: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (paper, state), count in ledger.state_counts(session).items():
        states[paper][state] = count
    spans = _spans(session)
    pages = _counts(session)
    return tuple(
        PaperHoldings(
            paper=slug,
            paper_name=names.get(slug),
            since=spans[slug][0] if slug in spans else None,
            until=spans[slug][1] if slug in spans else None,
            issues=spans[slug][2] if slug in spans else 0,
            pages=pages.get(slug, (0, 0))[0],
            articles=pages.get(slug, (0, 0))[1],
            states=states[slug],
        )
        for slug in sorted(names.keys() | states.keys())
    )


def issues(
    session: Session, paper: str, since: date | None, until: date | None, limit: int
) -> tuple[IssueHoldings, ...]:
    """As Reader.issues says."""
    days = _issue_dates(session, paper, since, until, limit)
    if not days:
        return ()
    name = session.scalar(select(PaperRow.name).where(PaperRow.slug == paper))
    pages = dict(_pages_by_day(session, paper, days[0], days[-1]))
    return tuple(
        IssueHoldings(paper=paper, paper_name=name, issue_date=day, pages=pages[day])
        for day in days
    )


def span(session: Session, paper: str) -> tuple[date, date] | None:
    """As Reader.issue_span says."""
    ends = [
        session.execute(
            select(func.min(table.issue_date), func.max(table.issue_date)).where(
                table.paper == paper
            )
        ).one()
        for table in (LedgerRow, IssueRow)
    ]
    firsts = [first for first, _ in ends if first is not None]
    lasts = [last for _, last in ends if last is not None]
    return (min(firsts), max(lasts)) if firsts else None


def beside(session: Session, paper: str, day: date) -> tuple[date | None, date | None]:
    """As Reader.issues_beside says."""
    before, after = [], []
    for table in (LedgerRow, IssueRow):
        of_paper = table.paper == paper
        dates = table.issue_date
        before.append(session.scalar(select(func.max(dates)).where(of_paper, dates < day)))
        after.append(session.scalar(select(func.min(dates)).where(of_paper, dates > day)))
    return (
        max((one for one in before if one is not None), default=None),
        min((one for one in after if one is not None), default=None),
    )


def _spans(session: Session) -> dict[str, tuple[date, date, int]]:
    """For each paper its first and last issue kept, and how many there are."""
    day = IssueRow.issue_date
    grouped = select(IssueRow.paper, func.min(day), func.max(day), func.count())
    rows = session.execute(grouped.group_by(IssueRow.paper))
    return {paper: (since, until, count) for paper, since, until, count in rows}


def _counts(session: Session) -> dict[str, tuple[int, int]]:
    """For each paper how many pages and articles are kept."""
    grouped = (
        select(PageRow.paper, func.count(PageRow.id.distinct()), func.count(ArticleRow.id))
        .outerjoin(ArticleRow, ArticleRow.page_id == PageRow.id)
        .group_by(PageRow.paper)
    )
    return {paper: (pages, articles) for paper, pages, articles in session.execute(grouped)}


def _issue_dates(
    session: Session, paper: str, since: date | None, until: date | None, limit: int
) -> list[date]:
    """The days of which the ledger or the shelf has anything, the earliest first."""
    days = [
        select(table.issue_date)
        .where(table.paper == paper)
        .where(table.issue_date >= (since or date.min), table.issue_date <= (until or date.max))
        .distinct()
        .order_by(table.issue_date)
        .limit(limit)
        .subquery()
        for table in (LedgerRow, IssueRow)
    ]
    both = union(*(select(one.c.issue_date) for one in days)).subquery()
    return list(session.scalars(select(both.c.issue_date).order_by(both.c.issue_date).limit(limit)))


def _pages_by_day(
    session: Session, paper: str, since: date, until: date
) -> Iterator[tuple[date, tuple[PageHoldings, ...]]]:
    chosen = Selection(paper=paper, since=since, until=until)
    due = {(one.issue_date, one.page_no): one for one in ledger.stream(session, chosen)}
    kept: dict[tuple[date, PageNo], tuple[str, str | None, int]] = {}
    rows = session.execute(
        select(
            PageRow.issue_date,
            PageRow.page_no,
            PageRow.page_label,
            PageRow.page_name,
            func.count(ArticleRow.id),
        )
        .outerjoin(ArticleRow, ArticleRow.page_id == PageRow.id)
        .where(PageRow.paper == paper, PageRow.issue_date.between(since, until))
        .group_by(PageRow.id)
    )
    for day, page_no, label, name, count in rows:
        kept[day, page_no_of(page_no)] = (label, name, count)
    in_order = sorted(due.keys() | kept.keys(), key=lambda one: (one[0], page_order(one[1])))
    for day, keys in groupby(in_order, key=lambda one: one[0]):
        yield (
            day,
            tuple(
                _page(PageKey(paper, *key), due.get(key), kept.get(key, (None, None, 0)))
                for key in keys
            ),
        )


def _page(
    key: PageKey, due: LedgerEntry | None, kept: tuple[str | None, str | None, int]
) -> PageHoldings:
    label, name, articles = kept
    return PageHoldings(
        id=page_id(key.paper, key.issue_date, key.page_no),
        page_no=key.page_no,
        page_label=label,
        page_name=name,
        state=None if due is None else due.state,
        cause=None if due is None else due.cause,
        articles=articles,
    )
