"""What an article said before, read with today's parser: so that only the source can change it."""

from dataclasses import replace
from datetime import datetime

from crawler.reading import PARSER, doubted_as, read_article
from pipeline.site import FoundPage
from pipeline.source import kept_answer
from press.capture import Capture
from press.errors import ArchiveDamaged, CrawlError
from press.keys import article_id, content_hash
from press.model import Article, Entry, Page
from press.paper import Paper
from press.record import ArticleRecord
from storage.catalogue import Reader, Writer
from storage.raw import Shelf


class Past:
    """Reads kept captures of one paper's articles anew."""

    def __init__(self, paper: Paper, shelf: Shelf) -> None:
        self._paper = paper
        self._shelf = shelf

    def read_anew(
        self,
        writer: Writer,
        article: Article,
        capture: Capture,
        found: FoundPage,
        now: datetime,
    ) -> None:
        """Rewrites the kept revision as today's parser reads it, where `article` differs from it.

        After that the two were read by the same parser, so what still differs is the source's
        change and not the parser's. Does nothing for an article that is not kept, for one of the
        same body, and where the old body can no longer be read: then the change counts as the
        source's.
        """
        key = article_id(
            article.paper, article.issue_date, article.page_no, article.native_id, article.headline
        )
        before = writer.article(key)
        if before is None or before.place.sha256 == capture.place.sha256:
            return
        if content_hash(before.article) == content_hash(article):
            return
        kept = writer.capture_at(before.place.file, before.place.offset)
        again = None if kept is None else self._read(writer, kept, found, before)
        if kept is not None and again is not None:
            doubted = doubted_as(again, before.article.account)  # its neighbours were not read anew
            writer.save_article(doubted, kept, PARSER, now)

    def _read(
        self, reader: Reader, capture: Capture, found: FoundPage, before: ArticleRecord
    ) -> Article | None:
        """The old answer as an article of the page as it was then; None where it cannot be read."""
        url = before.article.url or capture.url
        try:
            kept = self._shelf.read(capture.place)
            answer = kept_answer(kept, capture, url, self._shelf, reader)
        except ArchiveDamaged:
            return None  # verify names what is damaged
        read: Article | None = None
        for title in _titles(found.page, before.article):
            page, entry = _as_then(found.page, before.article, title)
            try:
                again = read_article(
                    answer, paper=self._paper, era=found.era, page=page, entry=entry
                )
            except CrawlError:
                continue
            if again is not None and not again.needs_review:
                return again
            read = read or again
        return read


def _titles(page: Page, old: Article) -> tuple[str | None, ...]:
    """The titles that the page may have announced the article under; nobody noted them then."""
    now = [entry.title for entry in page.entries if entry.native_id == old.native_id]
    then = None if old.headline is None else " ".join(old.headline.split())
    return tuple(dict.fromkeys((*now, then, None)))


def _as_then(page: Page, old: Article, title: str | None) -> tuple[Page, Entry]:
    """The page with what it said of an article before, and that article's entry."""
    entry = Entry(
        order=old.order,
        native_id=old.native_id,
        url=old.url,
        title=title,
        listed=True,
        mapped=True,
        zones=old.zones,
    )
    others = [one for one in page.entries if one.native_id != old.native_id]
    then = replace(
        page, page_label=old.page_label, page_name=old.page_name, entries=(entry, *others)
    )
    return then, entry
