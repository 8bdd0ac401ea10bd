"""The shelf read through today's parser: the same way as a crawl, with another source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from pipeline.entering import entry_reread
from pipeline.harvest import Harvest
from pipeline.keeping import Keeper
from pipeline.past import Past
from pipeline.report import PageResult
from pipeline.site import FoundPage, Site
from pipeline.source import ShelfSource
from pipeline.visit import Visit
from press.clock import Clock
from press.difference import FieldDifference, differences
from press.errors import ArchiveDamaged
from press.keys import PageKey
from press.model import Article
from press.paper import Paper
from press.record import ArticleRecord
from storage.catalogue import Catalogue, Selection
from storage.raw import Shelf

BATCH_PAGES: Final = 16
"""Pages that are read in one go: long enough that handing them over costs nothing beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereading:
    """An article as it is kept and as today's parser reads it, and where the two differ.

    `before` is None for one that is new, `after` for one that is no longer read.
    """

    before: ArticleRecord | None
    after: Article | None
    differences: tuple[FieldDifference, ...]

    @property
    def is_change(self) -> bool:
        """True where readers of the archive would see a difference."""
        return self.before is None or self.after is None or bool(self.differences)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRereading:
    """A page read anew: how many articles were compared, and those that differ.

    `damage` says why the shelf could not give it back, None where it did. `visit` is what
    accepting it needs.
    """

    visit: Visit | None
    key: PageKey
    articles: int
    changes: tuple[Rereading, ...]
    damage: str | None = None


def batches_of(keys: Iterable[PageKey], pages: int = BATCH_PAGES) -> Iterator[tuple[PageKey, ...]]:
    """The keys in their order, in batches of whole issues of about so many pages.

    An issue is never divided: its front page is read once for all of its pages.
    """
    batch: list[PageKey] = []
    for _, issue in groupby(keys, key=lambda key: (key.paper, key.issue_date)):
        batch += issue
        if len(batch) >= pages:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)


class Replay:
    """Reads one paper's pages from the shelf. Nothing is kept of it before `accept`."""

    def __init__(
        self,
        *,
        paper: Paper,
        catalogue: Catalogue,
        shelf: Shelf,
        origins: tuple[str, ...],
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue
        self._harvest = shelf_harvest(paper, catalogue, shelf, clock, origins)

    def read(self, key: PageKey) -> PageRereading:
        """The page as today's parser reads it, beside what is kept."""
        try:
            visit = self._harvest.visit(key)
        except ArchiveDamaged as error:
            return PageRereading(visit=None, key=key, articles=0, changes=(), damage=str(error))
        compared = tuple(self._compare(visit))
        changes = tuple(one for one in compared if one.is_change)
        return PageRereading(visit=visit, key=key, articles=len(compared), changes=changes)

    def accept(self, page: PageRereading) -> PageResult | None:
        """Makes the catalogue say what was read; None where the shelf shows no page."""
        if page.visit is None or not isinstance(page.visit.found, FoundPage):
            return None
        return self._harvest.keep(page.visit)

    def _compare(self, visit: Visit) -> Iterator[Rereading]:
        """Each article of the page that is kept or read, kept ones first in their order."""
        with self._catalogue.reading() as reader:
            held = reader.page(visit.key)
            ids = () if held is None else held.article_ids
            kept = list(reader.articles(Selection(ids=ids))) if ids else []
        read = {article.native_id: article for article, _ in visit.articles}
        for record in kept:
            if record.article.native_id is None or record.status == "withdrawn":
                continue  # imported from a dump, or no longer announced: not this page's to read
            after = read.pop(record.article.native_id, None)
            found = () if after is None else differences(record.article, after)
            yield Rereading(before=record, after=after, differences=found)
        for article in read.values():
            yield Rereading(before=None, after=article, differences=())


def shelf_harvest(
    paper: Paper,
    catalogue: Catalogue,
    shelf: Shelf,
    clock: Clock,
    origins: tuple[str, ...],
    until: datetime | None = None,
) -> Harvest:
    """A harvest whose source is the shelf, as it was at `until` (None: now).

    A look at the site then was when the newest answer that it uses was captured.
    """
    return Harvest(
        paper=paper,
        site=Site(paper, ShelfSource(catalogue, shelf, origins, until)),
        keeper=Keeper(shelf, catalogue),
        catalogue=catalogue,
        past=Past(paper, shelf),
        clock=clock,
        enter=entry_reread,
        looked_at=lambda visit: visit.newest_capture_at or until or clock.now(),
        watch=lambda _: None,
    )
