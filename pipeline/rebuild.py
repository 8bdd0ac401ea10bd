"""The catalogue made anew from the shelf alone: every answer in the order in which it came."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TypeAlias

from crawler.papers.addresses import read_url
from crawler.saved import Saved
from pipeline.importing import Intake, own_url
from pipeline.keeping import Keeper
from pipeline.plan import FRONT_PAGE_NO
from pipeline.replay import shelf_harvest
from pipeline.site import FoundPage, Site
from pipeline.source import ShelfSource
from press.capture import Capture
from press.clock import Clock
from press.errors import ArchiveDamaged, CrawlError, UsageError
from press.keys import PageKey
from press.model import PageNo
from press.paper import Paper
from press.record import ArticleRecord
from storage.catalogue import Catalogue
from storage.raw import Damage, Kept, Shelf

BATCH = 500

IssueKey: TypeAlias = tuple[str, date]
"""A paper's slug and an issue date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An answer of an issue, or a file that was handed in, at its moment.

    `own_url` is the paper's own address, "" for a file; `page_no` is None where the address does
    not show it.
    """

    captured_at: datetime
    file: str
    offset: int
    own_url: str
    page_no: PageNo | None


class Rebuild:
    """Fills an empty catalogue from a shelf. `report` is told of what cannot be read."""

    def __init__(
        self,
        *,
        papers: Mapping[str, Paper],
        catalogue: Catalogue,
        shelf: Shelf,
        clock: Clock,
        report: Callable[[str], None],
    ) -> None:
        self._papers = papers
        self._catalogue = catalogue
        self._shelf = shelf
        self._clock = clock
        self._report = report
        self._origins: tuple[str, ...] = ()
        self._issues: dict[IssueKey, list[Event]] = defaultdict(list)
        self._newest_at = datetime.min.replace(tzinfo=UTC)  # of the answers met so far
        self._intake = Intake(
            papers=papers,
            keeper=Keeper(shelf, catalogue),
            shelf=shelf,
            catalogue=catalogue,
            clock=clock,
        )

    def enter_captures(self) -> tuple[IssueKey, ...]:
        """Enters every record of the shelf, and gives the issues that they are of, in order."""
        batch: list[Capture] = []
        for capture, kept in self._shelf.captures(report=self._tell_damage):
            self._note(capture, kept)
            batch.append(capture)
            if len(batch) == BATCH:
                self._enter(batch)
        self._enter(batch)
        with self._catalogue.reading() as reader:
            self._origins = tuple(reader.origins())
        return tuple(sorted(self._issues))

    def read_issue(self, issue: IssueKey) -> None:
        """Reads everything of one issue in the order in which it came.

        Answers of which no two are of the same address are read together; where an address comes
        again, what came before it is read first: so each version becomes its revision.
        """
        paper, issue_date = self._papers[issue[0]], issue[1]
        past: list[Event] = []
        together: set[str] = set()
        for event in sorted(self._issues.pop(issue), key=_moment):
            if together and (not event.own_url or event.own_url in together):
                self._read_pages(paper, issue_date, past)
                together = set()
            past.append(event)
            if event.own_url:
                together.add(event.own_url)
            else:
                self._read_import(event)
        if together:
            self._read_pages(paper, issue_date, past)

    def _note(self, capture: Capture, kept: Kept) -> None:
        own = own_url(capture.url, self._papers.values())
        if capture.kind == "resource":
            self._note_import(capture, kept)
            return
        self._newest_at = max(self._newest_at, capture.captured_at)
        for paper in self._papers.values():
            address = None if own is None else read_url(paper, own)
            if address is not None and own is not None:
                event = _event(capture, own, address.page_no)
                self._issues[paper.slug, address.issue_date].append(event)
                return

    def _note_import(self, capture: Capture, kept: Kept) -> None:
        """Notes what was handed in at its place on the shelf: it may be older than its import."""
        saved = self._saved(capture, kept)
        event = replace(_event(capture, "", None), captured_at=self._newest_at)
        if isinstance(saved, ArticleRecord):
            self._issues[saved.article.paper, saved.article.issue_date].append(event)
        elif saved is not None:
            self._issues[saved.paper.slug, saved.page.issue_date].append(event)

    def _saved(self, capture: Capture, kept: Kept) -> Saved | ArticleRecord | None:
        try:
            return self._intake.read_kept(kept)
        except (CrawlError, UsageError) as error:
            self._report(f"{capture.url}, an imported file, is not entered: {error}")
            return None

    def _enter(self, batch: list[Capture]) -> None:
        with self._catalogue.writing() as writer:
            writer.add_captures(batch)
        batch.clear()

    def _read_import(self, event: Event) -> None:
        with self._catalogue.reading() as reader:
            capture = reader.capture_at(event.file, event.offset)
        if capture is None:
            return
        saved = self._saved(capture, self._shelf.read(capture.place))
        if saved is not None:
            self._intake.save_again(saved, capture)

    def _read_pages(self, paper: Paper, issue_date: date, past: list[Event]) -> None:
        """Reads the pages of an issue as the shelf had them after the last of these events.

        A front page that was asked for only because it lists the others was never visited.
        """
        until = past[-1].captured_at
        harvest = shelf_harvest(
            paper, self._catalogue, self._shelf, self._clock, self._origins, until
        )
        numbers = self._page_nos(paper, issue_date, past, until)
        for page_no in numbers:
            key = PageKey(paper.slug, issue_date, page_no)
            try:
                visit = harvest.visit(key)
            except ArchiveDamaged as error:
                self._report(f"{issue_date} page {page_no} is not entered: {error}")
                continue
            if page_no == FRONT_PAGE_NO and len(numbers) > 1 and not visit.articles:
                continue
            harvest.keep(visit)

    def _page_nos(
        self, paper: Paper, issue_date: date, past: list[Event], until: datetime
    ) -> list[PageNo]:
        """The pages that were asked for, in that order.

        Where addresses do not show the number the front page's list tells it; an issue of which
        only the front page came was asked for the paper's own page.
        """
        shown = dict.fromkeys(event.page_no for event in past if event.page_no is not None)
        if any(event.own_url and event.page_no is None for event in past):
            urls = {event.own_url for event in past}
            shown |= dict.fromkeys(self._listed(paper, issue_date, urls, until))
        return list(shown)

    def _listed(
        self, paper: Paper, issue_date: date, urls: set[str], until: datetime
    ) -> Iterator[PageNo]:
        source = ShelfSource(self._catalogue, self._shelf, self._origins, until)
        try:
            front = Site(paper, source).find_front(issue_date)
        except CrawlError:
            front = None  # the page that was asked for by default says why
        if not isinstance(front, FoundPage):
            yield paper.default_page
            return
        listed = [link.page_no for link in front.page.page_links if link.url in urls]
        yield front.page.page_no
        yield from listed if set(listed) - {front.page.page_no} else (paper.default_page,)

    def _tell_damage(self, damage: Damage) -> None:
        self._report(f"{damage.file} at {damage.offset}: {damage.reason}")


def _event(capture: Capture, own: str, page_no: PageNo | None) -> Event:
    return Event(
        captured_at=capture.captured_at,
        file=capture.place.file,
        offset=capture.place.offset,
        own_url=own,
        page_no=page_no,
    )


def _moment(event: Event) -> tuple[datetime, str, int]:
    return event.captured_at, event.file, event.offset
