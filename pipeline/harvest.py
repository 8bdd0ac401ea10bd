"""Carries out a plan: one page after the other, each with its articles in one transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from crawler.reading import PARSER
from pipeline import findings
from pipeline.breaker import Breaker
from pipeline.entering import Entering, entry_after
from pipeline.keeping import Keeper
from pipeline.past import Past
from pipeline.plan import (
    FRONT_PAGE_NO,
    ArchiveIssue,
    ArchivePage,
    Intent,
    Policy,
    SkipPage,
    plan_pages,
)
from pipeline.report import PageResult, tally_of
from pipeline.site import FoundPage, NoIssue, Site, page_nos_of
from pipeline.verdict import (
    Verdict,
    verdict_of_articles,
    verdict_of_errors,
    verdict_of_missing_issue,
    verdict_of_missing_page,
    withdrawn_if_shown,
)
from pipeline.visit import Step, Visit, Visitor, located
from press.clock import Clock, Stopped
from press.errors import UnreadableMarkup
from press.finding import Finding
from press.keys import PageKey, article_id
from press.model import Article
from press.outcome import LedgerEntry
from press.paper import Paper
from storage.catalogue import Catalogue, Writer

USUAL_PAGES = 30
"""Earlier pages that say what is usual for a page."""


class Harvest:
    """Archives the pages of one paper from one site.

    `looked_at` says when a visit was a look at the site, `enter` what the ledger says after it.
    `watch` is told of each article that was asked for. Every method that archives leaves the catalogue either without a page's work or
    with all of it.
    """

    def __init__(
        self,
        *,
        paper: Paper,
        site: Site,
        keeper: Keeper,
        catalogue: Catalogue,
        past: Past,
        clock: Clock,
        looked_at: Callable[[Visit], datetime],
        enter: Entering = entry_after,
        watch: Callable[[Step], None],
    ) -> None:
        self._paper = paper
        self._looked_at = looked_at
        self._enter = enter
        self._visitor = Visitor(site, watch)
        self._keeper = keeper
        self._catalogue = catalogue
        self._past = past
        self._clock = clock
        with catalogue.reading() as reader:
            self._breaker = Breaker(reader.hold_until(paper.slug, clock.now()))

    def carry_out(
        self,
        intents: Iterable[Intent],
        policy: Policy,
        *,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> Iterator[PageResult]:
        """The result of each page, as soon as it is in the catalogue.

        `policy` decides about the pages that only an issue's front page makes known. Between two
        pages `is_stopped` is asked whether to end. A pause that the server asked for is kept, also
        one of an earlier run; where it is long, or page after page fails in the same way, the rest
        of the plan is left and `cut_short` says why. Raises StoreError when keeping fails; what
        goes wrong with the site is a result.
        """
        for intent in intents:
            if is_stopped() or self.cut_short is not None:
                return
            if isinstance(intent, SkipPage):
                yield self._leave(intent)
                continue
            wait_s = self._breaker.wait_s(self._clock.now())
            if wait_s is None:
                key = _key_of(intent, self._paper)
                yield PageResult.of_unasked(key, self.cut_short or "")
                return
            self._clock.sleep(wait_s)
            if isinstance(intent, ArchivePage):
                yield self._noted(self.archive_page(intent.key))
            else:
                yield from self._archive_issue(intent, policy, is_stopped)

    @property
    def cut_short(self) -> str | None:
        """Why the rest of the plan was left, in a sentence; None where it was not."""
        return self._breaker.broken

    def _noted(self, result: PageResult) -> PageResult:
        self._breaker.note(result.verdict, self._clock.now())
        return result

    def archive_page(self, key: PageKey) -> PageResult:
        """One page with its articles."""
        try:
            return self.keep(self.visit(key))
        except Stopped:
            self._commit_captures()  # what came is not asked for again
            raise

    def visit(self, key: PageKey) -> Visit:
        """A look at a page, of which nothing is kept yet but the raw answers."""
        return self._visitor.visit(key)

    def keep(self, visit: Visit) -> PageResult:
        """What a look came to, in one transaction: raw answers, articles, ledger, findings."""
        if isinstance(visit.found, FoundPage):
            return self._save(visit, visit.found)
        return self._close(visit)

    def _archive_issue(
        self, intent: ArchiveIssue, policy: Policy, is_stopped: Callable[[], bool]
    ) -> Iterator[PageResult]:
        """Every page that the front page lists, in its order; one result if there is no issue."""
        key = PageKey(self._paper.slug, intent.issue_date, FRONT_PAGE_NO)
        visit = self._visitor.visit_front(key)
        if not isinstance(visit.found, FoundPage):
            yield self._noted(self._close(visit))
            return
        keys = [PageKey(key.paper, key.issue_date, no) for no in page_nos_of(visit.found.page)]
        held = held_pages(self._catalogue, keys)
        yield from self.carry_out(plan_pages(keys, held, policy), policy, is_stopped=is_stopped)
        self._commit_captures()

    def _leave(self, intent: SkipPage) -> PageResult:
        with self._catalogue.reading() as reader:
            held = reader.page(intent.key)
        name = None if held is None else held.page.page_name
        return PageResult.of_held(intent, page_name=name)

    def _save(self, visit: Visit, found: FoundPage) -> PageResult:
        """Commits the page with its articles; text that no database keeps is one article's loss."""
        now = self._clock.now()
        key, page = visit.key, found.page
        outcomes: list[str] = []
        review_ids: list[str] = []
        kept: list[Article] = []
        errors = list(visit.errors)
        with self._keeper.committing() as captures, self._catalogue.writing() as writer:
            writer.add_captures(captures)
            writer.save_page(page, self._paper.name, found.capture, now)
            for article, capture in visit.articles:
                try:
                    self._past.read_anew(writer, article, capture, found, now)
                    outcomes.append(writer.save_article(article, capture, PARSER, now))
                except UnreadableMarkup as error:
                    errors.append(located(error, key))
                    continue
                kept.append(article)
                if article.needs_review:
                    review_ids.append(_id_of(article))
            announced = {entry.native_id for entry in page.entries if entry.native_id}
            shows = found.capture.place.sha256
            gone = writer.settle_articles(key, announced, shows, self._looked_at(visit))
            verdict = verdict_of_errors(errors) if errors else verdict_of_articles(review_ids)
            self._save_ledger(writer, visit, verdict)
            notes = None if errors else self._notes(writer, key, found, kept)
            self._save_findings(writer, key, verdict, notes)
        lost = len(page.entries) - len(outcomes)
        return PageResult(
            key=key,
            verdict=verdict,
            page_name=page.page_name,
            tally=tally_of(outcomes, needs_review=len(review_ids), lost=lost, withdrawn=len(gone)),
        )

    def _notes(
        self, writer: Writer, key: PageKey, found: FoundPage, articles: list[Article]
    ) -> tuple[Finding | None, ...]:
        """What is odd about a page that was read."""
        earlier = writer.profiles_before(key, limit=USUAL_PAGES)
        return (
            findings.counts_differ(key, found.page.entries, articles),
            findings.far_below_usual(key, articles, earlier),
        )

    def _close(self, visit: Visit) -> PageResult:
        """Commits the raw answers and the ledger entry of a page that is not there."""
        looked_at = self._looked_at(visit)
        if visit.found is None:
            verdict = verdict_of_errors(visit.errors)
        elif isinstance(visit.found, NoIssue):
            verdict = verdict_of_missing_issue(self._paper, visit.key, looked_at)
        else:
            assert not isinstance(visit.found, FoundPage)  # noqa: S101 - for the type checker
            verdict = verdict_of_missing_page(visit.key, visit.found.page_nos)
        with self._keeper.committing() as captures, self._catalogue.writing() as writer:
            writer.add_captures(captures)
            was_shown = writer.page(visit.key) is not None
            verdict = withdrawn_if_shown(verdict, was_shown=was_shown)
            entry = self._save_ledger(writer, visit, verdict)
            gone: tuple[str, ...] = ()
            if verdict.state == "withdrawn" and entry.evidence is not None:
                gone = writer.settle_articles(visit.key, (), entry.evidence, looked_at)
            notes = None if visit.found is None else ()
            self._save_findings(writer, visit.key, verdict, notes)
        tally = tally_of((), needs_review=0, lost=0, withdrawn=len(gone))
        return PageResult(key=visit.key, verdict=verdict, tally=tally)

    def _commit_captures(self) -> None:
        if self._keeper.pending:
            with self._keeper.committing() as captures, self._catalogue.writing() as writer:
                writer.add_captures(captures)

    def _save_ledger(self, writer: Writer, visit: Visit, verdict: Verdict) -> LedgerEntry:
        key, evidence = visit.key, visit.evidence
        entry = self._enter(
            writer.ledger_entry(key.paper, key.issue_date, key.page_no),
            verdict,
            key=key,
            evidence=None if evidence is None else evidence.place.sha256,
            now=self._looked_at(visit),
        )
        writer.save_ledger(entry)
        return entry

    def _save_findings(
        self,
        writer: Writer,
        key: PageKey,
        verdict: Verdict,
        notes: Sequence[Finding | None] | None,
    ) -> None:
        """`notes` is None for a page that could not be read: what was odd about it stays so."""
        found = (
            findings.finding_of(key, verdict),
            findings.withdrawn(key, writer.withdrawn_articles(key)),
            *(notes or ()),
        )
        writer.settle_findings(
            key,
            [one for one in found if one is not None],
            self._clock.now(),
            unjudged=findings.NOTES if notes is None else (),
        )


def held_pages(catalogue: Catalogue, keys: Iterable[PageKey]) -> dict[PageKey, LedgerEntry]:
    """What the ledger says of those pages that it knows."""
    with catalogue.reading() as reader:
        found = {key: reader.ledger_entry(key.paper, key.issue_date, key.page_no) for key in keys}
    return {key: entry for key, entry in found.items() if entry is not None}


def _key_of(intent: ArchivePage | ArchiveIssue, paper: Paper) -> PageKey:
    if isinstance(intent, ArchivePage):
        return intent.key
    return PageKey(paper.slug, intent.issue_date, FRONT_PAGE_NO)


def _id_of(article: Article) -> str:
    return article_id(
        article.paper, article.issue_date, article.page_no, article.native_id, article.headline
    )
