"""The catalogue's rows as values of press; rows.py is the way in. Pure."""

from collections.abc import Iterable
from typing import Any, cast

from press.account import Account, Kind, Piece
from press.capture import Capture, Place
from press.keys import page_no_of
from press.model import (
    Article,
    Block,
    Contributor,
    Entry,
    Genre,
    Page,
    PageLink,
    PageNo,
    Picture,
    Role,
    Zone,
)
from press.outcome import LedgerEntry, State
from press.record import ArticleRecord, PageRecord, Status
from press.recorded import origin_of
from storage.catalogue.models import (
    ArticleRow,
    CaptureRow,
    EntryRow,
    LedgerRow,
    PageRow,
    RevisionRow,
)


def article_record(
    article: ArticleRow, revision: RevisionRow, page: PageRow, capture: CaptureRow, paper_name: str
) -> ArticleRecord:
    """One revision of an article as a record; its account has the residue only.

    A revision that is not the current one tells its own status, unless the article was withdrawn.
    An imported record's place is the one that it came with.
    """
    own = "needs_review" if revision.residue else "ok"
    is_current = revision.number == article.revision or article.status == "withdrawn"
    return ArticleRecord(
        id=article.id,
        article=_article(article, revision, page, paper_name),
        status=cast("Status", article.status if is_current else own),
        revision=revision.number,
        first_seen_at=article.first_seen_at,
        fetched_at=capture.captured_at,
        place=origin_of(capture.url) or _place(capture),
        parser=revision.parser,
    )


def page_record(
    row: PageRow,
    entries: Iterable[EntryRow],
    capture: CaptureRow,
    paper_name: str,
    article_ids: Iterable[str],
) -> PageRecord:
    """A page with its entries, in the order given."""
    page = Page(
        paper=row.paper,
        issue_date=row.issue_date,
        page_no=page_no_of(row.page_no),
        page_label=row.page_label,
        page_name=row.page_name,
        url=row.url,
        facsimile_url=row.facsimile_url,
        pdf_url=row.pdf_url,
        previous_url=row.previous_url,
        next_url=row.next_url,
        printed_date=row.printed_date,
        page_links=tuple(
            PageLink(**{**link, "page_no": page_no_of(link["page_no"])}) for link in row.page_links
        ),
        entries=tuple(_entry(entry) for entry in entries),
    )
    return PageRecord(
        id=row.id,
        paper_name=paper_name,
        page=page,
        place=_place(capture),
        fetched_at=capture.captured_at,
        article_ids=tuple(article_ids),
    )


def capture_value(row: CaptureRow) -> Capture:
    """A record of the shelf."""
    return Capture(
        url=row.url,
        status=row.status,
        content_type=row.content_type,
        captured_at=row.captured_at,
        kind=cast("Any", row.kind),
        place=_place(row),
    )


def ledger_entry(row: LedgerRow) -> LedgerEntry:
    """A state of the ledger."""
    return LedgerEntry(
        paper=row.paper,
        issue_date=row.issue_date,
        page_no=page_no_of(row.page_no),
        state=cast("State", row.state),
        cause=row.cause,
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at,
        evidence=row.evidence,
        updated_at=row.updated_at,
        checked_at=row.checked_at,
    )


def listed_page_nos(row: PageRow) -> tuple[PageNo, ...]:
    """The numbers of the issue's pages, as a page lists them; its own first if it is not listed."""
    own = page_no_of(row.page_no)
    listed = tuple(page_no_of(link["page_no"]) for link in row.page_links)
    return listed if own in listed else (own, *listed)


def account_value(kept: Iterable[list[str]]) -> Account:
    """An account from its JSON."""
    return Account(tuple(Piece(cast("Kind", kind), name, text) for kind, name, text in kept))


def _article(row: ArticleRow, revision: RevisionRow, page: PageRow, paper_name: str) -> Article:
    return Article(
        paper=page.paper,
        paper_name=paper_name,
        issue_date=page.issue_date,
        page_no=page_no_of(page.page_no),
        page_label=revision.page_label,
        page_name=revision.page_name,
        order=row.order,
        native_id=row.native_id,
        url=row.url,
        kicker=revision.kicker,
        headline=revision.headline,
        deck=revision.deck,
        column=revision.column,
        byline=revision.byline,
        contributors=tuple(
            Contributor(name=one["name"], role=cast("Role", one["role"]))
            for one in revision.contributors
        ),
        dateline=revision.dateline,
        genre=cast("Genre", revision.genre),
        blocks=tuple(_block(block) for block in revision.blocks),
        author_note=revision.author_note,
        page_credits=revision.page_credits,
        pictures=tuple(Picture(**one) for one in revision.pictures),
        zones=_zones(row.zones),
        continues_to=_page_no_or_none(revision.continues_to),
        continued_from=_page_no_or_none(revision.continued_from),
        account=account_value(revision.residue or ()),
    )


def _entry(row: EntryRow) -> Entry:
    return Entry(
        order=row.order,
        native_id=row.native_id,
        url=row.url,
        title=row.title,
        listed=row.listed,
        mapped=row.mapped,
        zones=_zones(row.zones),
    )


def _block(kept: dict[str, Any]) -> Block:
    rows = tuple(tuple(row) for row in kept.get("rows", ()))
    return Block(type=kept["type"], text=kept["text"], rows=rows)


def _zones(kept: list[Any]) -> tuple[Zone, ...]:
    return tuple(tuple((x, y) for x, y in zone) for zone in kept)


def _place(row: CaptureRow) -> Place:
    return Place(file=row.file, offset=row.offset, length=row.length, sha256=row.sha256)


def _page_no_or_none(text: str | None) -> PageNo | None:
    return None if text is None else page_no_of(text)
