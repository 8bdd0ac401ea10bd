"""What an article said before, read with today's parser: so that only the source can change it."""

from dataclasses import replace
from datetime import datetime

from crawler.reading import PARSER, Answer, read_article
from pipeline.site import FoundPage
from press.capture import Capture
from press.errors import ArchiveDamaged, CrawlError
from press.keys import article_id, content_hash
from press.model import Article, Entry
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
        answer = None if kept is None else answer_of(kept, writer, self._shelf)
        if kept is None or answer is None:
            return
        try:
            again = _read(answer, self._paper, found, before)
        except CrawlError:
            return
        if again is not None:
            writer.save_article(again, kept, PARSER, now)


def answer_of(capture: Capture, reader: Reader, shelf: Shelf) -> Answer | None:
    """The kept answer, its body decoded, at the address it was kept under; None where it is lost.

    A revisit's body lies in the capture that it repeats.
    """
    whole = reader.capture_of_body(capture.place.sha256) if capture.kind == "revisit" else capture
    if whole is None:
        return None
    try:
        body = shelf.read(whole.place).body
    except ArchiveDamaged:
        return None  # verify names the damage
    if body is None:
        return None
    return Answer(
        url=capture.url, status=capture.status, content_type=capture.content_type, body=body
    )


def _read(answer: Answer, paper: Paper, found: FoundPage, before: ArticleRecord) -> Article | None:
    """The old answer as an article of the page as it was then."""
    old = before.article
    entry = Entry(
        order=old.order,
        native_id=old.native_id,
        url=old.url,
        title=None if old.headline is None else " ".join(old.headline.split()),
        listed=True,
        mapped=True,
        zones=old.zones,
    )
    others = [one for one in found.page.entries if one.native_id != old.native_id]
    page = replace(
        found.page,
        page_label=old.page_label,
        page_name=old.page_name,
        entries=(entry, *others),
    )
    return read_article(
        replace(answer, url=old.url or answer.url),
        paper=paper,
        era=found.era,
        page=page,
        entry=entry,
    )
