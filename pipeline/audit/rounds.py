"""Goes round an archive once, promise after promise, and tells each breach as it is found."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from pipeline.audit.accounts import (
    breaches_of_account,
    breaches_of_revisions,
    breaches_of_source,
)
from pipeline.audit.breach import Audit, Breach
from pipeline.audit.gaps import breach_of_stranger, breaches_of_calendar
from pipeline.audit.history import breaches_of_history
from pipeline.audit.rereading import KeptBody, Rereading
from pipeline.audit.shelf import breach_of_bodiless, breach_of_orphan
from pipeline.audit.states import breaches_of_state
from pipeline.audit.walk import Look, ShelfWalk
from press.capture import Capture
from press.errors import ArchiveDamaged, CaptureMissing, DigestMismatch
from press.paper import Paper
from press.recorded import origin_of
from storage.catalogue import Fixity
from storage.catalogue.fixity import StoredArticle, StoredPage
from storage.catalogue.holdings import HeldPage
from storage.raw.fixity import Inspection


@dataclass(frozen=True, slots=True, kw_only=True)
class Thoroughness:
    """How much is read. `quick` reads no file of the shelf and parses nothing.

    `sample` is how many articles are read again from their captures, None for all of them; `pick`
    chooses them.
    """

    quick: bool = False
    sample: int | None = None
    pick: Random


class Rounds:
    """One audit of one archive. `audit` counts while `breaches` is drawn."""

    def __init__(
        self,
        *,
        fixity: Fixity,
        shelf: Inspection,
        papers: Mapping[str, Paper],
        now: datetime,
        thoroughness: Thoroughness,
        watch: Callable[[Look], None],
    ) -> None:
        self._fixity = fixity
        self._shelf = shelf
        self._papers = papers
        self._now = now
        self._thoroughness = thoroughness
        self._watch = watch
        self._rereading = Rereading(papers)
        self.audit = Audit()

    def breaches(self) -> Iterator[Breach]:
        """Every breach. Where SQLite's file itself is damaged, its rows are not read any more.

        Raises HomeUnusable where the disk cannot be read.
        """
        for breach in self._all():
            self.audit.count(breach)
            yield breach

    def _all(self) -> Iterator[Breach]:
        faults = [_durable("catalogue", f"SQLite finds {one}") for one in self._fixity.faults()]
        yield from faults
        if not faults:
            yield from map(breach_of_orphan, self._fixity.orphans())
            yield from self._doubting(self._pages())
            yield from self._doubting(self._calendar())
            yield from self._doubting(map(breach_of_bodiless, self._fixity.bodiless()))
        walk = ShelfWalk(self._shelf, None if faults else self._fixity, self.audit, self._watch)
        yield from self._doubting(walk.breaches(quick=self._thoroughness.quick))

    def _doubting(self, breaches: Iterator[Breach]) -> Iterator[Breach]:
        """The same; a row that cannot be read at all ends that part of the round."""
        try:
            yield from breaches
        except ArchiveDamaged as error:
            yield Breach(promise=4, subject="catalogue", sentence=str(error))

    def _pages(self) -> Iterator[Breach]:
        total = self._fixity.counts().articles
        chosen = self._chosen(total)
        self._watch(Look(what="articles", done=0, total=total))
        for page in self._fixity.pages():
            first = self.audit.articles
            self.audit.pages += 1
            self.audit.articles += len(page.articles)
            yield from breaches_of_state(page, self._now)
            yield from breaches_of_history(page)
            numbered = enumerate(page.articles, first)
            again = {one.id for n, one in numbered if chosen is None or n in chosen}
            yield from self._contents(page, again, chosen is None)
            self._watch(Look(what="articles", done=self.audit.articles, total=total))

    def _chosen(self, total: int) -> frozenset[int] | None:
        """Which articles, by their place in the round, are read again; None for all of them."""
        if self._thoroughness.quick:
            return frozenset()
        sample = self._thoroughness.sample
        if sample is None:
            return None
        return frozenset(self._thoroughness.pick.sample(range(total), min(sample, total)))

    def _contents(self, page: HeldPage, again: set[str], every: bool) -> Iterator[Breach]:
        """The account of each article; what the kept bodies give, for those that are `again`."""
        stored_page = None
        if (again or every) and page.key.paper in self._papers:
            stored_page = self._fixity.stored_page(page.key)
        if stored_page is not None:
            yield from self._index(page, stored_page)
        for article in page.articles:
            yield from breaches_of_revisions(article)
            try:
                stored = self._fixity.stored_article(article.id)
            except ArchiveDamaged as error:
                yield Breach(promise=4, subject=article.id, sentence=str(error))
                continue
            if stored is None:
                continue  # a revision, account or capture is not there, which is told elsewhere
            yield from breaches_of_account(stored)
            if article.id in again:
                yield from self._body(stored, stored_page)

    def _index(self, page: HeldPage, stored: StoredPage) -> Iterator[Breach]:
        kept = self._kept(stored.capture)
        if kept is None:
            return
        parsers = {one.current.parser for one in page.articles if one.current is not None}
        agreement = self._rereading.of_page(stored, kept, frozenset(parsers))
        self.audit.reparsed += agreement == "reparsed"
        if agreement == "altered":
            yield Breach(
                promise=1,
                subject=page.id,
                sentence="its table of contents is not that of its kept index: crawl it again",
            )

    def _body(self, stored: StoredArticle, page: StoredPage | None) -> Iterator[Breach]:
        kept = self._kept(stored.capture)
        if kept is None:
            self.audit.unread += 1
            return
        self.audit.reread += 1
        if origin_of(stored.capture.url) is None:  # the account of a record is the record itself
            yield from breaches_of_source(stored, kept.body, kept.content_type)
        if stored.record.article.paper not in self._papers:
            return
        agreement = self._rereading.of_article(stored, page, kept)
        self.audit.reparsed += agreement == "reparsed"
        if agreement == "altered":
            yield Breach(
                promise=2,
                subject=stored.record.id,
                sentence="its capture, read again, gives another article: restore a backup",
            )

    def _kept(self, capture: Capture) -> KeptBody | None:
        """The body of a capture; None where it is damaged or lost, which the shelf's round tells."""
        holder = self._fixity.body_of(capture)
        try:
            kept = None if holder is None else self._shelf.read(holder.place)
        except (CaptureMissing, DigestMismatch):
            return None
        if kept is None or kept.body is None:
            return None
        return KeptBody(capture=capture, body=kept.body, content_type=capture.content_type)

    def _calendar(self) -> Iterator[Breach]:
        strangers: set[str] = set()
        for slug, page_no, days in self._fixity.due_days():
            paper = self._papers.get(slug)
            if paper is None and slug not in strangers:
                strangers.add(slug)
                yield breach_of_stranger(slug)
            yield from breaches_of_calendar(slug, page_no, days, paper, self._fixity.known_issues)


def _durable(subject: str, sentence: str) -> Breach:
    return Breach(promise=4, subject=subject, sentence=f"{sentence}: restore a backup")
