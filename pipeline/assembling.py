"""A page whose articles came one by one, put together from the catalogue."""

from dataclasses import replace
from datetime import datetime

from crawler.reading import PARSER, doubt_together, doubted_as
from press.keys import PageKey
from press.model import Article
from press.record import ArticleRecord
from press.recorded import origin_of
from storage.catalogue import Selection, Writer


def assemble_page(writer: Writer, key: PageKey, now: datetime) -> None:
    """Rewrites the kept articles of a page whose neighbours now say otherwise of them than before.

    Those that another parser read, another archive exported, or the site withdrew are left out:
    what they are is not decided here.
    """
    selection = Selection(
        paper=key.paper, since=key.issue_date, until=key.issue_date, page_no=key.page_no
    )
    kept = [one for one in writer.articles(selection) if one.parser == PARSER]
    standing = [one for one in kept if one.status != "withdrawn"]
    judged = doubt_together([one.article for one in standing])
    for record, article in zip(standing, judged, strict=True):
        if article.account != record.article.account:
            _save(writer, record, article, now)


def _save(writer: Writer, record: ArticleRecord, article: Article, now: datetime) -> None:
    capture = writer.capture_at(record.place.file, record.place.offset)
    account = writer.account(record.id)
    if capture is None or account is None or origin_of(capture.url) is not None:
        return
    whole = doubted_as(replace(article, account=account), article.account)
    writer.save_article(whole, capture, PARSER, now)
