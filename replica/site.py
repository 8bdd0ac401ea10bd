"""The site as a function: a path, and how often it was read before, give an answer."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from replica import answer, files
from replica.addresses import era_of, era_on, page_path
from replica.answer import Answer
from replica.faults import SPOIL
from replica.history import issue_at, shrunk
from replica.markup.article import Sheet, render_article
from replica.markup.index import render_index
from replica.markup.redesign import redesigned_article, redesigned_index
from replica.newspaper import PLATE_HEIGHT_PX, PLATE_WIDTH_PX, Newspaper
from replica.routes import Route, read_path
from replica.scenario import Fault, FaultName, Scenario
from replica.truth import TrueArticle, TrueIssue, TruePage, revised
from replica.validators import compared, marked

_FRONT_PATHS: Final = ("/", "/cqrb/", "/html/cqrb/", "/cqrb/html/")


@dataclass(frozen=True, slots=True)
class Site:
    """The newspaper's site in a scenario. Holds no state: equal questions, equal answers."""

    newspaper: Newspaper
    scenario: Scenario

    def issue(self, issue_date: date, earlier: int = 0) -> TrueIssue | None:
        """The issue as this scenario has it, absent pages left out; None where there is none.

        Like a page index, it is that of a read before which there were `earlier` ones.
        """
        if issue_date > self.scenario.latest:
            return None
        issue = self.newspaper.issue(issue_date)
        if issue is None or _names(self.scenario.dated(issue_date, 0)) & {"no_issue"}:
            return None
        pages = tuple(page for page in issue.pages if not self._is_absent(page))

        def names(page_no: int) -> set[FaultName]:
            return _names(_lasting(self.scenario.dated(issue_date, page_no), earlier))

        added = self.newspaper.extra_page(issue_date) if "page_added" in names(0) else None
        return issue_at(replace(issue, pages=pages), added, names, is_later=earlier > 0)

    def answer(self, path: str, headers: Mapping[str, str], earlier: int = 0) -> Answer:
        """The answer to a GET; `earlier` counts the reads of this path before this one.

        `headers` are looked up in lower case: accept-encoding, if-none-match, if-modified-since.
        """
        bare = path.partition("?")[0]
        if bare == "/robots.txt":
            return self._robots()
        if bare in _FRONT_PATHS:
            return self._front(bare)
        route = read_path(path)
        if route is None:
            return answer.missing()
        given = self._file_of_issue(route, bare, earlier)
        packed = _packed(given) if "gzip" in headers.get("accept-encoding", "") else given
        return compared(packed, headers)

    def faults(self, path: str, earlier: int = 0) -> set[FaultName]:
        """The names of the faults that befall the page or article there, at that read.

        Empty where nothing befalls it, and where there is none.
        """
        route = read_path(path)
        found = self._find(route, earlier) if route else None
        return _names(self._active_faults(path, *found[1:], earlier)) if found else set()

    def _is_absent(self, page: TruePage) -> bool:
        bound = self.scenario.faults.get((page.issue_date, page.page_no))
        whole_day = page.issue_date in self.scenario.dates_of("page_absent")
        return (whole_day and page.page_no == 7) or (bound == Fault("page_absent"))

    def _robots(self) -> Answer:
        lines = {
            "absent": None,
            "allow": "User-agent: *\nAllow: /\n",
            "delay": f"User-agent: *\nCrawl-delay: {self.scenario.crawl_delay_s}\n",
            "forbid": "User-agent: *\nDisallow: /\n",
        }[self.scenario.robots]
        closed = "".join(
            f"Disallow: {era_on(day).root}/{day:%Y-%m/%d}/\n"
            for day in self.scenario.dates_of("robots_forbid")
        )
        if lines is None and not closed:
            return answer.missing()
        text = (lines or "User-agent: *\n") + closed
        return answer.page(text.encode(), "text/plain")

    def _front(self, path: str) -> Answer:
        target = page_path(self.scenario.latest, 1).removeprefix(path)
        html = f"<html><head><META HTTP-EQUIV=REFRESH CONTENT='0;URL={target}'></head></html>"
        return answer.page(html.encode(), "text/html")

    def _file_of_issue(self, route: Route, path: str, earlier: int) -> Answer:
        found = self._find(route, earlier)
        if found is None:
            return answer.missing()
        issue, page, article = found
        if route.kind in ("facsimile", "pdf", "picture"):
            return _file(route, path)
        faults = self._active_faults(path, page, article, earlier)
        if not self._is_at_home(route, faults):
            return answer.missing()
        healthy = given = self._sheet(issue, page, article, faults, earlier)
        for fault in faults:
            spoil = SPOIL.get(fault.name)
            given = spoil(given, path) if spoil else given
        return self._marked(given, path) if given is healthy else given

    def _find(
        self, route: Route, earlier: int
    ) -> tuple[TrueIssue, TruePage, TrueArticle | None] | None:
        """What the route leads to; what the issue will only later announce is there already."""
        for reads in (earlier, earlier + 1):
            issue = self.issue(route.issue_date, reads)
            article = issue.article(route.native_id) if issue and route.native_id else None
            page_no = article.page_no if article else route.page_no or 0
            page = issue.page(page_no) if issue else None
            is_elsewhere = route.page_no not in (None, page_no)
            if issue and page and not is_elsewhere and (article or not route.native_id):
                return issue, page, article
        return None

    def _marked(self, given: Answer, path: str) -> Answer:
        if self.scenario.validators == "absent" or given.status != 200:
            return given
        return marked(given, path.encode() if self.scenario.validators == "lying" else given.body)

    def _active_faults(
        self, path: str, page: TruePage, article: TrueArticle | None, earlier: int
    ) -> tuple[Fault, ...]:
        dated = (
            fault
            for fault in self.scenario.dated(page.issue_date, page.page_no)
            if fault.reach == "issue"
            or (fault.reach == "pages" and article is None)
            or (fault.reach == "lead-article" and article == page.lead)
        )
        faults = (*dated, *self.scenario.patterned(path))
        return _lasting(faults, earlier)

    def _is_at_home(self, route: Route, faults: tuple[Fault, ...]) -> bool:
        era = era_of(route.issue_date)
        return "redirected" in _names(faults) or (era is not None and era.root == route.root)

    def _sheet(
        self,
        issue: TrueIssue,
        page: TruePage,
        article: TrueArticle | None,
        faults: tuple[Fault, ...],
        earlier: int,
    ) -> Answer:
        names = _names(faults)
        if "withdrawn_article" in names and earlier:
            if article == page.lead:
                return answer.missing()
            page = replace(page, articles=tuple(a for a in page.articles if a != page.lead))
        if "other_issue" in names:
            issue, page = self._day_before(issue, page)
        if article is None:
            page = shrunk(page) if "list_shrinks" in names and earlier else page
            redesign = redesigned_index if "changed_layout" in names else render_index
            return _answered(redesign(page, issue))
        if "changing_article" in names:
            article = revised(article, min(earlier, 2))
        if "changed_layout" in names:
            return _answered(redesigned_article(article, page))
        return _answered(render_article(article, page, issue))

    def _day_before(self, issue: TrueIssue, page: TruePage) -> tuple[TrueIssue, TruePage]:
        other = self.newspaper.issue(issue.issue_date - timedelta(days=1)) or issue
        return other, other.page(page.page_no) or page


def _names(faults: tuple[Fault, ...]) -> set[FaultName]:
    return {fault.name for fault in faults}


def _lasting(faults: tuple[Fault, ...], earlier: int) -> tuple[Fault, ...]:
    """Those that still spoil a read before which there were `earlier` ones."""
    return tuple(fault for fault in faults if fault.reads is None or earlier < fault.reads)


def _answered(sheet: Sheet) -> Answer:
    return answer.page(sheet.body, sheet.content_type)


def _file(route: Route, path: str) -> Answer:
    name = path.rpartition("/")[2]
    if route.kind == "pdf":
        return answer.page(files.pdf(name), "application/pdf")
    size = (320, 240) if route.kind == "picture" else (PLATE_WIDTH_PX, PLATE_HEIGHT_PX)
    return answer.page(files.jpeg(*size, comment=name), "image/jpeg")


def _packed(given: Answer) -> Answer:
    """The answer gzipped where it is text and travels as it is."""
    kinds = dict(given.headers)
    plain = kinds.get("Content-Type", "").startswith("text/") and "Content-Encoding" not in kinds
    if not plain or not given.body or given.claimed_length is not None:
        return given
    packed = replace(given, body=gzip.compress(given.body, mtime=0))
    return packed.with_header("Content-Encoding", "gzip")
