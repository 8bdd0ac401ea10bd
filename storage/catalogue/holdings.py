"""What the catalogue holds of a page, as bare as the rows have it: for those who doubt the rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session, load_only

from press.keys import PageKey, page_id, page_no_of
from press.outcome import LedgerEntry
from storage.catalogue import values
from storage.catalogue.identity import Moment
from storage.catalogue.models import (
    AccountRow,
    ArticleRow,
    CaptureRow,
    EntryRow,
    LedgerRow,
    PageRow,
    RevisionRow,
)

BATCH = 100
"""Pages held in memory at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRevision:
    """A revision; `moment`, `sha256` and `kind` are its capture's, None where that row is gone."""

    number: int
    content_hash: str
    has_residue: bool
    has_account: bool
    parser: str
    capture_id: int
    moment: Moment | None
    sha256: str | None
    kind: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldArticle:
    """An article with its revisions by number; `revision` is the number of the current one."""

    id: str
    native_id: str | None
    order: int
    status: str
    revision: int
    withdrawn_at: datetime | None
    withdrawn_evidence: str | None
    revisions: tuple[HeldRevision, ...]

    @property
    def current(self) -> HeldRevision | None:
        """The current revision; None where there is none of that number."""
        return next((one for one in self.revisions if one.number == self.revision), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldEntry:
    """A line of the page's table of contents, and the article that it became."""

    order: int
    native_id: str | None
    article_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPage:
    """A page that the ledger or the tables of pages know.

    `index_capture_id` is None where no
    index is kept, `index_kind` that capture's kind. `bodies` are the digests, of those that its
    states cite, of which the catalogue has a capture.
    """

    id: str
    key: PageKey
    entry: LedgerEntry | None
    index_capture_id: int | None
    index_kind: str | None
    entries: tuple[HeldEntry, ...]
    articles: tuple[HeldArticle, ...]
    bodies: frozenset[str]


def of_ledger(session: Session) -> Iterator[HeldPage]:
    """Every page that the ledger knows, by paper, date and page, as a stream."""
    keys = (LedgerRow.paper, LedgerRow.issue_date, LedgerRow.page_no)
    rows = session.scalars(select(LedgerRow).order_by(*keys).execution_options(yield_per=BATCH))
    for batch in rows.partitions():
        entries = [values.ledger_entry(row) for row in batch]
        named = {page_id(one.paper, one.issue_date, one.page_no): one for one in entries}
        pages = _held(session, named)
        for key, entry in named.items():
            yield pages.get(key) or HeldPage(
                id=key,
                key=PageKey(entry.paper, entry.issue_date, entry.page_no),
                entry=entry,
                index_capture_id=None,
                index_kind=None,
                entries=(),
                articles=(),
                bodies=_kept_bodies(session, [entry.evidence]),
            )


def outside_ledger(session: Session) -> Iterator[HeldPage]:
    """Every page that is kept and not in the ledger, by its id, as a stream."""
    in_ledger = exists().where(
        LedgerRow.paper == PageRow.paper,
        LedgerRow.issue_date == PageRow.issue_date,
        LedgerRow.page_no == PageRow.page_no,
    )
    ids = select(PageRow.id).where(~in_ledger).order_by(PageRow.id)
    for batch in session.scalars(ids.execution_options(yield_per=BATCH)).partitions():
        yield from _held(session, dict.fromkeys(batch)).values()


def _held(session: Session, named: Mapping[str, LedgerEntry | None]) -> dict[str, HeldPage]:
    """Those of the pages that have a row."""
    ids = list(named)
    entries, articles = _entries(session, ids), _articles(session, ids)
    cited = [entry.evidence for entry in named.values() if entry is not None]
    cited += [one.withdrawn_evidence for of_page in articles.values() for one in of_page]
    bodies = _kept_bodies(session, cited)
    columns = (PageRow.id, PageRow.paper, PageRow.issue_date, PageRow.page_no, PageRow.capture_id)
    found = session.execute(
        select(*columns, CaptureRow.kind)
        .outerjoin(CaptureRow, CaptureRow.id == PageRow.capture_id)
        .where(PageRow.id.in_(ids))
        .order_by(PageRow.id)
    )
    return {
        key: HeldPage(
            id=key,
            key=PageKey(paper, issue_date, page_no_of(page_no)),
            entry=named[key],
            index_capture_id=capture_id,
            index_kind=kind,
            entries=tuple(entries.get(key, ())),
            articles=tuple(articles.get(key, ())),
            bodies=bodies,
        )
        for key, paper, issue_date, page_no, capture_id, kind in found
    }


def _entries(session: Session, page_ids: Sequence[str]) -> dict[str, list[HeldEntry]]:
    found: defaultdict[str, list[HeldEntry]] = defaultdict(list)
    rows = session.execute(
        select(EntryRow.page_id, EntryRow.order, EntryRow.native_id, EntryRow.article_id)
        .where(EntryRow.page_id.in_(page_ids))
        .order_by(EntryRow.page_id, EntryRow.order)
    )
    for key, order, native_id, article_id in rows:
        found[key].append(HeldEntry(order=order, native_id=native_id, article_id=article_id))
    return found


def _articles(session: Session, page_ids: Sequence[str]) -> dict[str, list[HeldArticle]]:
    revisions = _revisions(session, page_ids)
    found: defaultdict[str, list[HeldArticle]] = defaultdict(list)
    rows = session.scalars(
        select(ArticleRow)
        .where(ArticleRow.page_id.in_(page_ids))
        .order_by(ArticleRow.page_id, ArticleRow.order, ArticleRow.id)
    )
    for row in rows:
        article = HeldArticle(
            id=row.id,
            native_id=row.native_id,
            order=row.order,
            status=row.status,
            revision=row.revision,
            withdrawn_at=row.withdrawn_at,
            withdrawn_evidence=row.withdrawn_evidence,
            revisions=tuple(revisions.get(row.id, ())),
        )
        found[row.page_id].append(article)
    return found


def _revisions(session: Session, page_ids: Sequence[str]) -> dict[str, list[HeldRevision]]:
    accounted = and_(
        AccountRow.article_id == RevisionRow.article_id, AccountRow.number == RevisionRow.number
    )
    light = load_only(
        RevisionRow.content_hash, RevisionRow.residue, RevisionRow.parser, RevisionRow.capture_id
    )
    rows = session.execute(
        select(RevisionRow, CaptureRow, AccountRow.number)
        .join(ArticleRow, ArticleRow.id == RevisionRow.article_id)
        .outerjoin(CaptureRow, CaptureRow.id == RevisionRow.capture_id)
        .outerjoin(AccountRow, accounted)
        .where(ArticleRow.page_id.in_(page_ids))
        .order_by(RevisionRow.article_id, RevisionRow.number)
        .options(light)
    )
    found: defaultdict[str, list[HeldRevision]] = defaultdict(list)
    for row, capture, account in rows:
        found[row.article_id].append(_revision(row, capture, has_account=account is not None))
    return found


def _revision(row: RevisionRow, capture: CaptureRow | None, *, has_account: bool) -> HeldRevision:
    return HeldRevision(
        number=row.number,
        content_hash=row.content_hash,
        has_residue=bool(row.residue),
        has_account=has_account,
        parser=row.parser,
        capture_id=row.capture_id,
        moment=None if capture is None else (capture.captured_at, capture.file, capture.offset),
        sha256=None if capture is None else capture.sha256,
        kind=None if capture is None else capture.kind,
    )


def _kept_bodies(session: Session, cited: Sequence[str | None]) -> frozenset[str]:
    digests = {digest for digest in cited if digest is not None}
    found = select(CaptureRow.sha256).where(CaptureRow.sha256.in_(digests)).distinct()
    return frozenset(session.scalars(found)) if digests else frozenset()
