"""One look at one page: everything that the source answered, before anything is kept of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from crawler.reading import doubt_together
from pipeline.site import Found, FoundPage, Site
from press.capture import Capture
from press.errors import ChallengePage, CrawlError, SlowDown
from press.keys import PageKey
from press.model import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far the page in hand is: `done` of `total` articles were asked for."""

    key: PageKey
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a look came to: a page, the evidence that there is none, or an error.

    `found` is None where `errors` say why. `evidence` is the capture of the answer that decided,
    None where none came. `articles` are those that could be read; `errors` are also those of the
    articles that could not.
    """

    key: PageKey
    found: Found | None
    articles: tuple[tuple[Article, Capture], ...]
    errors: tuple[CrawlError, ...]
    evidence: Capture | None

    @property
    def newest_capture_at(self) -> datetime | None:
        """When the last of its answers was captured; None where none came."""
        captures = [capture for _, capture in self.articles]
        captures += [] if self.evidence is None else [self.evidence]
        return max((capture.captured_at for capture in captures), default=None)


class Visitor:
    """Looks at pages. `watch` is told of each article that was asked for."""

    def __init__(self, site: Site, watch: Callable[[Step], None]) -> None:
        self._site = site
        self._watch = watch

    def visit(self, key: PageKey) -> Visit:
        """A look at the page with its articles."""
        try:
            found = self._site.find_page(key)
        except CrawlError as error:
            return _failed(key, error, self._site.evidence)
        if not isinstance(found, FoundPage):
            return Visit(key=key, found=found, articles=(), errors=(), evidence=found.capture)
        articles, errors = self._read_articles(key, found)
        return Visit(
            key=key,
            found=found,
            articles=tuple(articles),
            errors=tuple(errors),
            evidence=found.capture,
        )

    def visit_front(self, key: PageKey) -> Visit:
        """A look at the front page of the issue of that date, without its articles."""
        try:
            found = self._site.find_front(key.issue_date)
        except CrawlError as error:
            return _failed(key, error, self._site.evidence)
        return Visit(key=key, found=found, articles=(), errors=(), evidence=found.capture)

    def _read_articles(
        self, key: PageKey, found: FoundPage
    ) -> tuple[list[tuple[Article, Capture]], list[CrawlError]]:
        """Every article that can be read, with what its neighbours on the page say of it.

        A server that asks for a pause is left alone at once.
        """
        read, errors = [], []
        entries = found.page.entries
        for done, entry in enumerate(entries, start=1):
            try:
                read.append(self._site.read_article(entry, found))
            except CrawlError as error:
                error.url = error.url or entry.url
                errors.append(located(error, key))
                if isinstance(error, SlowDown | ChallengePage):
                    break
            self._watch(Step(key=key, done=done, total=len(entries)))
        articles = doubt_together([article for article, _ in read])
        captures = [capture for _, capture in read]
        return list(zip(articles, captures, strict=True)), errors


def located(error: CrawlError, key: PageKey) -> CrawlError:
    """The error, with the page that it befell."""
    return error.at(paper=key.paper, issue_date=key.issue_date, page_no=key.page_no)


def _failed(key: PageKey, error: CrawlError, evidence: Capture | None) -> Visit:
    return Visit(key=key, found=None, articles=(), errors=(located(error, key),), evidence=evidence)
