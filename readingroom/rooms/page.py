"""A page: its plate, and the list of what stands on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from press.errors import NotInArchive
from press.keys import PageKey
from press.model import Entry, Page
from press.outcome import LedgerEntry
from press.record import ArticleRecord
from readingroom.rooms.addresses import outside
from readingroom.rooms.leaf import Leaf, Visit, key_of
from readingroom.rooms.plate import Plate, plate_of
from storage.catalogue import Reader, Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the page's contents: an entry, an article, or both; never neither."""

    entry: Entry | None
    record: ArticleRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page with its articles. `page` is None when its index was never kept: then no plate.

    `before` and `after` are the pages that stand beside it on record. The addresses are None
    where they may not be followed.
    """

    key: PageKey
    paper_name: str
    label: str | None
    name: str | None
    page: Page | None
    entry: LedgerEntry | None
    items: tuple[Item, ...]
    plate: Plate | None
    before: PageKey | None
    after: PageKey | None
    url: str | None
    facsimile_url: str | None
    pdf_url: str | None


def page(reader: Reader, visit: Visit) -> Leaf:
    """A page. Raises UsageError, NotInArchive."""
    key = key_of(visit.parts)
    found = sheet(reader, key)
    title = f"{found.paper_name} {key.issue_date} {found.label or key.page_no}"
    return Leaf(template="page.html", view=found, title=title)


def sheet(reader: Reader, key: PageKey) -> Sheet:
    """What the archive has of a page. Raises NotInArchive where it knows nothing of it."""
    day = Selection(paper=key.paper, since=key.issue_date, until=key.issue_date)
    keys = reader.page_keys(day)
    if key not in keys:
        raise NotInArchive(f"nothing is known of page {key.page_no} of {key.issue_date}")
    at = keys.index(key)
    of_page = Selection(
        paper=key.paper, since=key.issue_date, until=key.issue_date, page_no=key.page_no
    )
    record = reader.page(key)
    articles = tuple(reader.articles(of_page))
    first = articles[0].article if articles else None
    known = record.page if record else first
    return Sheet(
        key=key,
        paper_name=record.paper_name
        if record
        else first.paper_name
        if first
        else _name(reader, key),
        label=known.page_label if known else None,
        name=known.page_name if known else None,
        page=record.page if record else None,
        entry=reader.ledger_entry(key.paper, key.issue_date, key.page_no),
        items=tuple(items_of(record.page if record else None, articles)),
        plate=plate_of(record.page, _ids(articles)) if record else None,
        before=keys[at - 1] if at else None,
        after=keys[at + 1] if at + 1 < len(keys) else None,
        url=outside(record.page.url) if record else None,
        facsimile_url=outside(record.page.facsimile_url) if record else None,
        pdf_url=outside(record.page.pdf_url) if record else None,
    )


def items_of(page: Page | None, articles: Sequence[ArticleRecord]) -> Iterator[Item]:
    """What the page announces, each with its article if that is kept; then the other articles."""
    left = {one.article.native_id or one.article.headline: one for one in articles}
    for entry in page.entries if page else ():
        yield Item(entry=entry, record=left.pop(entry.native_id or entry.title, None))
    for record in left.values():
        yield Item(entry=None, record=record)


def _name(reader: Reader, key: PageKey) -> str:
    """What the newspaper of a page that is not kept is called; its slug where nothing of it is."""
    found = reader.issues(key.paper, key.issue_date, key.issue_date, limit=1)
    return (found[0].paper_name if found else None) or key.paper


def _ids(articles: Sequence[ArticleRecord]) -> dict[str, str]:
    return {one.article.native_id: one.id for one in articles if one.article.native_id}
