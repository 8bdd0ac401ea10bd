"""Baoku's whole reading: bytes decoded, tree, every field, the account of each character."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from crawler.papers import find_paper
from crawler.papers.addresses import read_url
from crawler.parse import PARSER
from crawler.reading import Answer, read_article, read_page
from press.capture import Place
from press.model import Article, Page
from press.paper import Era
from press.record import ArticleRecord, article_json

PAPER = find_paper("cqrb")
VERSION = PARSER
NOWHERE = Place(file="", offset=0, length=0, sha256="")


def prepare(question: dict[str, Any]) -> tuple[Answer, dict[str, Any]]:
    """The arguments of read_article; the page's index is read here, off the clock."""
    index = question["index"]
    era, page = _page(index["url"], index["content_type"], index["body"])
    entry = next(entry for entry in page.entries if entry.url == question["url"])
    answer = Answer(
        url=question["url"],
        status=200,
        content_type=question["content_type"],
        body=question["body"],
    )
    return answer, {"paper": PAPER, "era": era, "page": page, "entry": entry}


@lru_cache(maxsize=4096)
def _page(url: str, content_type: str, body: bytes) -> tuple[Era, Page]:
    address = read_url(PAPER, url)
    if address is None:
        raise ValueError(f"{url} is no address of {PAPER.slug}")
    page = read_page(
        Answer(url=url, status=200, content_type=content_type, body=body),
        paper=PAPER,
        era=address.era,
        issue_date=address.issue_date,
        page_no=address.page_no,
    )
    if page is None:
        raise ValueError(f"{url} is gone")
    return address.era, page


def read(prepared: tuple[Answer, dict[str, Any]]) -> Article | None:
    """What is timed."""
    answer, known = prepared
    return read_article(answer, **known)


def answer(article: Article | None) -> dict[str, Any]:
    """The article's record, of which headline and body are part."""
    if article is None:
        raise ValueError("the article is gone")
    now = datetime.now(UTC)
    record = article_json(
        ArticleRecord(
            id="", article=article, status="ok", revision=1, first_seen_at=now, fetched_at=now,
            place=NOWHERE, parser=PARSER,
        )
    )  # fmt: skip
    return {"headline": article.headline, "body": article.text, "record": record}
