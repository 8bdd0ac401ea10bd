"""A newspaper's site as pages and articles: where a page lies, and what stands there."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from crawler.papers.addresses import front_url, page_url
from crawler.reading import read_article, read_page
from pipeline.source import Source
from press.capture import Capture
from press.errors import LayoutChanged, ListedMissing
from press.keys import PageKey
from press.model import Article, Entry, Page, PageNo
from press.paper import Era, Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """A page as read, the era it was found in, and its capture."""

    page: Page
    era: Era
    capture: Capture


@dataclass(frozen=True, slots=True, kw_only=True)
class NoIssue:
    """No front page of that date; `capture` is the answer that says so, None before all eras."""

    capture: Capture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotListed:
    """The issue is there and lists other pages; `capture` is its front page."""

    page_nos: tuple[PageNo, ...]
    capture: Capture


Found: TypeAlias = FoundPage | NoIssue | NotListed


class Site:
    """One paper, read from a source.

    `evidence` is the capture of the last answer, None when none came. The front page of the issue
    in hand is remembered, so that an issue costs one front page however many pages are read.
    """

    def __init__(self, paper: Paper, source: Source) -> None:
        self._paper = paper
        self._source = source
        self._front: FoundPage | None = None
        self.evidence: Capture | None = None

    def find_page(self, key: PageKey) -> Found:
        """The page, or the evidence that it is not there.

        Where two eras may hold the date, the second is tried when the first has no front page.
        Raises FetchError or ReadError where the answers show neither.
        """
        known = self._known_front(key.issue_date)
        if known is not None and known.page.page_no == key.page_no:
            return known
        for era in self._paper.eras_on(key.issue_date):
            found = self._find_in(era, key)
            if not isinstance(found, NoIssue):
                return found
        return NoIssue(capture=self.evidence)

    def find_front(self, issue_date: date) -> FoundPage | NoIssue:
        """The issue's front page. Raises as find_page does."""
        for era in self._paper.eras_on(issue_date):
            front = self._find_front_in(era, issue_date)
            if front is not None:
                return front
        return NoIssue(capture=self.evidence)

    def read_article(self, entry: Entry, found: FoundPage) -> tuple[Article, Capture]:
        """The article that a page announces, and its capture.

        Raises ListedMissing when its address is gone, and FetchError or ReadError.
        """
        if entry.url is None:
            raise LayoutChanged(f"the page announces article {entry.order} without an address")
        self.evidence = None
        answer, self.evidence = self._source.answer(entry.url)
        article = read_article(
            answer, paper=self._paper, era=found.era, page=found.page, entry=entry
        )
        if article is None:
            raise ListedMissing("the page announces this article, but it is gone", url=entry.url)
        return article, self.evidence

    def _find_in(self, era: Era, key: PageKey) -> Found:
        direct_url = page_url(era, key.issue_date, key.page_no)
        if direct_url is not None:
            found = self._read(direct_url, era, key.issue_date, key.page_no)
            if found is not None:
                return found
        front = self._find_front_in(era, key.issue_date)
        if front is None:
            return NoIssue(capture=self.evidence)
        return self._find_listed(front, key, direct_url)

    def _find_listed(self, front: FoundPage, key: PageKey, gone_url: str | None) -> Found:
        if front.page.page_no == key.page_no:
            return front
        listed_url = None
        for link in front.page.page_links:
            if link.page_no == key.page_no:
                listed_url = link.url or gone_url
                break
        else:
            return NotListed(page_nos=page_nos_of(front.page), capture=front.capture)
        found = None
        if listed_url is not None and listed_url != gone_url:
            found = self._read(listed_url, front.era, key.issue_date, key.page_no)
        if found is None:
            raise ListedMissing("the front page lists this page, but it is gone", url=listed_url)
        return found

    def _find_front_in(self, era: Era, issue_date: date) -> FoundPage | None:
        known = self._known_front(issue_date)
        if known is not None and known.era == era:
            return known
        front = self._read(front_url(era, issue_date), era, issue_date, None)
        if front is not None and not front.page.page_links:
            raise LayoutChanged("the front page lists no pages", url=front.page.url)
        self._front = front
        return front

    def _known_front(self, issue_date: date) -> FoundPage | None:
        front = self._front
        return front if front is not None and front.page.issue_date == issue_date else None

    def _read(
        self, url: str, era: Era, issue_date: date, page_no: PageNo | None
    ) -> FoundPage | None:
        self.evidence = None
        answer, self.evidence = self._source.answer(url)
        page = read_page(answer, paper=self._paper, era=era, issue_date=issue_date, page_no=page_no)
        return None if page is None else FoundPage(page=page, era=era, capture=self.evidence)


def page_nos_of(front: Page) -> tuple[PageNo, ...]:
    """The numbers of the issue's pages as its front page lists them; its own first if unlisted."""
    listed = tuple(link.page_no for link in front.page_links)
    return listed if front.page_no in listed else (front.page_no, *listed)
