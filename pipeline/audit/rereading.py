"""What today's parser makes of kept bodies, beside what the catalogue says that they held."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import unquote, urlsplit

from crawler.reading import PARSER, Answer, apart, read_article, read_page
from crawler.saved import Saved, read_saved
from pipeline.importing import own_url
from press.capture import Capture
from press.errors import PressError
from press.model import Article, Entry, Page
from press.paper import Paper
from press.recorded import origin_of, read_record
from storage.catalogue.fixity import StoredArticle, StoredPage

_IMPORTED = "import:"

Agreement = Literal["same", "reparsed", "altered"]
"""Read again it is what is stored; today's reading differs with reason; or without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBody:
    """A body from the shelf, and the capture that a row cites for it."""

    capture: Capture
    body: bytes
    content_type: str | None


class Rereading:
    """Reads kept bodies again as they may have been read: from the web, or as a saved file."""

    def __init__(self, papers: Mapping[str, Paper]) -> None:
        self._papers = papers

    def of_page(self, stored: StoredPage, kept: KeptBody, parsers: frozenset[str]) -> Agreement:
        """How a page's index compares; `parsers` are those that read the page's articles."""
        page = stored.record.page
        if any(found == page for found in self._pages(page, kept)):
            return "same"
        return "altered" if parsers == {PARSER} else "reparsed"

    def of_article(
        self, stored: StoredArticle, page: StoredPage | None, kept: KeptBody
    ) -> Agreement:
        """How an article compares.

        One that was last read by another parser, or before its page's index last changed, may
        differ with reason; so may a saved file whose name, which decided then, was not kept.
        """
        readings = self._articles(stored.record.article, page, kept)
        if any(_alike(found, stored) for found in readings):
            return "same"
        is_older = page is not None and page.read_at > stored.read_at
        is_repeatable = page is not None and self._is_repeatable(stored, kept)
        if stored.record.parser != PARSER or is_older or not is_repeatable:
            return "reparsed"
        return "altered"

    def _pages(self, page: Page, kept: KeptBody) -> Iterator[Page]:
        paper = self._papers.get(page.paper)
        if paper is None:
            return
        for era in paper.eras_on(page.issue_date):
            for number in (page.page_no, None):
                try:
                    found = read_page(
                        self._answer(paper, kept),
                        paper=paper,
                        era=era,
                        issue_date=page.issue_date,
                        page_no=number,
                    )
                except PressError:
                    continue  # another era, or a saved file: the next reading may be the one
                if found is not None:
                    yield found
        yield from (saved.page for saved in self._saved(paper, kept, page.url))

    def _articles(
        self, article: Article, page: StoredPage | None, kept: KeptBody
    ) -> Iterator[Article]:
        paper = self._papers.get(article.paper)
        if paper is None:
            return
        if origin_of(kept.capture.url) is not None:
            try:
                yield read_record(kept.body).article
            except PressError:
                return  # a record that this version does not read any more
            return
        if page is not None and kept.capture.status:
            entry = _entry_of(article, page.record.page)
            for era in paper.eras_on(article.issue_date):
                try:
                    found = read_article(
                        self._answer(paper, kept),
                        paper=paper,
                        era=era,
                        page=page.record.page,
                        entry=entry,
                    )
                except PressError:
                    continue  # as in _pages
                if found is not None:
                    yield found
        for saved in self._saved(paper, kept, article.url):
            if saved.article is not None:
                yield saved.article

    def _answer(self, paper: Paper, kept: KeptBody) -> Answer:
        return Answer(
            url=own_url(kept.capture.url, [paper]) or kept.capture.url,
            status=kept.capture.status,
            content_type=kept.content_type,
            body=kept.body,
        )

    def _saved(self, paper: Paper, kept: KeptBody, row_url: str | None) -> Iterator[Saved]:
        """The body as a file that a person handed in, under each name and address it may have had.

        A body that was handed in twice is kept once, under the first name.
        """
        captured_url = kept.capture.url
        urls: list[str | None]
        if captured_url.startswith(_IMPORTED):
            file_name, urls = unquote(captured_url.removeprefix(_IMPORTED)), [None, row_url]
        else:
            own = own_url(captured_url, [paper]) or captured_url
            file_name, urls = urlsplit(own).path.rpartition("/")[2], [own, None]
        for url in dict.fromkeys(urls):
            try:
                yield read_saved(
                    kept.body,
                    content_type=kept.content_type,
                    url=url,
                    file_name=file_name,
                    papers=self._papers,
                    paper=paper,
                )
            except PressError:
                continue  # as in _pages

    def _is_repeatable(self, stored: StoredArticle, kept: KeptBody) -> bool:
        """False for a saved file with an address from which nothing follows: its name did."""
        url, paper = kept.capture.url, self._papers.get(stored.record.article.paper)
        if paper is None:
            return False
        if origin_of(url) is not None:
            return True
        return url.startswith(_IMPORTED) or own_url(url, [paper]) is not None


def _alike(found: Article, stored: StoredArticle) -> bool:
    """True where a reading is what is stored, but for what its page and its neighbours decide."""
    kept = stored.record.article
    standing = replace(
        found,
        paper=kept.paper,
        paper_name=kept.paper_name,
        issue_date=kept.issue_date,
        page_no=kept.page_no,
        page_label=kept.page_label,
        page_name=kept.page_name,
        order=kept.order,
        native_id=kept.native_id,
        url=kept.url,
        zones=kept.zones,
    )
    return standing == replace(kept, account=apart(stored.account))


def _entry_of(article: Article, page: Page) -> Entry:
    """The page's entry of the article; one made up where the page no longer announces it."""
    for entry in page.entries:
        if entry.native_id is not None and entry.native_id == article.native_id:
            return entry
    return Entry(
        order=article.order,
        native_id=article.native_id,
        url=article.url,
        title=None if article.headline is None else " ".join(article.headline.split("\n")),
        listed=True,
        mapped=bool(article.zones),
        zones=article.zones,
    )
