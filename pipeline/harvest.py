"""Carries out a plan: one page after the other, each with its articles in one transaction."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from crawler.reading import PARSER
from pipeline.keeping import Keeper
from pipeline.plan import ArchiveIssue, ArchivePage, Intent, SkipPage, plan_pages
from pipeline.report import PageResult, tally_of
from pipeline.site import FoundPage, NoIssue, NotListed, Site, page_nos_of
from pipeline.verdict import (
    Verdict,
    entry_after,
    verdict_of_articles,
    verdict_of_errors,
    verdict_of_missing_issue,
    verdict_of_missing_page,
)
from press.capture import Capture
from press.clock import Clock
from press.errors import ChallengePage, CrawlError, SlowDown, UnreadableMarkup
from press.keys import PageKey, article_id
from press.model import Article
from press.outcome import LedgerEntry
from press.paper import Paper
from storage.catalogue import Catalogue, Writer

FRONT_PAGE_NO = 1
"""Under this number the ledger keeps an issue of which not even the front page is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far the page in hand is: `done` of `total` articles were asked for."""

    key: PageKey
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What came of a page's articles."""

    articles: tuple[tuple[Article, Capture], ...]
    errors: tuple[CrawlError, ...]


class Harvest:
    """Archives the pages of one paper from one site.

    `watch` is told of each article that was asked for. Every method that archives leaves the
    catalogue either without a page's work or with all of it.
    """

    def __init__(
        self,
        *,
        paper: Paper,
        site: Site,
        keeper: Keeper,
        catalogue: Catalogue,
        clock: Clock,
        watch: Callable[[Step], None],
    ) -> None:
        self._paper = paper
        self._site = site
        self._keeper = keeper
        self._catalogue = catalogue
        self._clock = clock
        self._watch = watch

    def carry_out(self, intents: Iterable[Intent], *, again: bool = False) -> Iterator[PageResult]:
        """The result of each page, as soon as it is in the catalogue.

        `again` holds for the pages that only an issue's front page makes known. Raises StoreError
        when keeping fails; what goes wrong with the site is a result.
        """
        for intent in intents:
            match intent:
                case SkipPage():
                    yield self._leave(intent)
                case ArchivePage():
                    yield self.archive_page(intent.key)
                case ArchiveIssue():
                    yield from self.archive_issue(intent.issue_date, again=again)

    def archive_issue(self, issue_date: date, *, again: bool) -> Iterator[PageResult]:
        """Every page that the front page lists, in its order; one result if there is no issue."""
        key = PageKey(self._paper.slug, issue_date, FRONT_PAGE_NO)
        try:
            front = self._site.find_front(issue_date)
        except CrawlError as error:
            yield self._close(key, self._verdict_of(error, key), self._site.evidence)
            return
        if isinstance(front, NoIssue):
            yield self._close_missing(key, front)
            return
        keys = [PageKey(key.paper, issue_date, page_no) for page_no in page_nos_of(front.page)]
        held = held_pages(self._catalogue, keys)
        yield from self.carry_out(
            plan_pages(keys, held, self._clock.now(), again=again), again=again
        )
        self._commit_captures()

    def archive_page(self, key: PageKey) -> PageResult:
        """One page with its articles."""
        try:
            finding = self._site.find_page(key)
        except CrawlError as error:
            return self._close(key, self._verdict_of(error, key), self._site.evidence)
        if isinstance(finding, FoundPage):
            return self._save(key, finding, self._read_articles(key, finding))
        return self._close_missing(key, finding)

    def _leave(self, intent: SkipPage) -> PageResult:
        with self._catalogue.reading() as reader:
            held = reader.page(intent.key)
        name = None if held is None else held.page.page_name
        return PageResult.of_held(intent.key, intent.entry, page_name=name)

    def _read_articles(self, key: PageKey, found: FoundPage) -> _Read:
        """Every article that can be read; a server that asks for a pause is left alone at once."""
        articles, errors = [], []
        entries = found.page.entries
        for done, entry in enumerate(entries, start=1):
            try:
                articles.append(self._site.read_article(entry, found))
            except CrawlError as error:
                error.url = error.url or entry.url
                errors.append(self._located(error, key))
                if isinstance(error, SlowDown | ChallengePage):
                    break
            self._watch(Step(key=key, done=done, total=len(entries)))
        return _Read(articles=tuple(articles), errors=tuple(errors))

    def _save(self, key: PageKey, found: FoundPage, read: _Read) -> PageResult:
        """Commits the page with its articles; text that no database keeps is one article's loss."""
        now = self._clock.now()
        outcomes: list[str] = []
        review_ids: list[str] = []
        errors = list(read.errors)
        with self._catalogue.writing() as writer:
            writer.add_captures(self._keeper.pending)
            writer.save_page(found.page, self._paper.name, found.capture, now)
            for article, capture in read.articles:
                try:
                    outcomes.append(writer.save_article(article, capture, PARSER, now))
                except UnreadableMarkup as error:
                    errors.append(self._located(error, key))
                    continue
                if article.needs_review:
                    review_ids.append(_id_of(article))
            verdict = verdict_of_errors(errors) if errors else verdict_of_articles(review_ids)
            self._save_ledger(writer, key, verdict, found.capture)
        self._keeper.committed()
        lost = len(found.page.entries) - len(outcomes)
        return PageResult(
            key=key,
            verdict=verdict,
            page_name=found.page.page_name,
            tally=tally_of(outcomes, needs_review=len(review_ids), lost=lost),
        )

    def _close_missing(self, key: PageKey, finding: NoIssue | NotListed) -> PageResult:
        if isinstance(finding, NoIssue):
            verdict = verdict_of_missing_issue(self._paper, key, self._clock.now())
        else:
            verdict = verdict_of_missing_page(key, finding.page_nos)
        return self._close(key, verdict, finding.capture)

    def _close(self, key: PageKey, verdict: Verdict, evidence: Capture | None) -> PageResult:
        """Commits the raw answers and the ledger entry of a page without articles."""
        with self._catalogue.writing() as writer:
            writer.add_captures(self._keeper.pending)
            self._save_ledger(writer, key, verdict, evidence)
        self._keeper.committed()
        return PageResult(key=key, verdict=verdict)

    def _commit_captures(self) -> None:
        if self._keeper.pending:
            with self._catalogue.writing() as writer:
                writer.add_captures(self._keeper.pending)
            self._keeper.committed()

    def _save_ledger(
        self, writer: Writer, key: PageKey, verdict: Verdict, evidence: Capture | None
    ) -> None:
        before = writer.ledger_entry(key.paper, key.issue_date, key.page_no)
        digest = None if evidence is None else evidence.place.sha256
        entry = entry_after(before, verdict, key=key, evidence=digest, now=self._clock.now())
        if entry is not None:
            writer.save_ledger(entry)

    def _verdict_of(self, error: CrawlError, key: PageKey) -> Verdict:
        return verdict_of_errors([self._located(error, key)])

    def _located(self, error: CrawlError, key: PageKey) -> CrawlError:
        return error.at(paper=key.paper, issue_date=key.issue_date, page_no=key.page_no)


def held_pages(catalogue: Catalogue, keys: Iterable[PageKey]) -> dict[PageKey, LedgerEntry]:
    """What the ledger says of those pages that it knows."""
    with catalogue.reading() as reader:
        found = {key: reader.ledger_entry(key.paper, key.issue_date, key.page_no) for key in keys}
    return {key: entry for key, entry in found.items() if entry is not None}


def _id_of(article: Article) -> str:
    return article_id(
        article.paper, article.issue_date, article.page_no, article.native_id, article.headline
    )
