"""The truth as records has the record's own shape."""

from datetime import UTC, date, datetime

from press.account import Account
from press.capture import Place
from press.model import Article, Page, PageLink
from press.record import ArticleRecord, PageRecord, article_json, page_json
from replica import addresses
from replica.newspaper import Newspaper
from replica.records import true_page_record, true_record
from replica.truth import TrueArticle, TrueIssue

NOON = datetime(2026, 1, 12, 4, tzinfo=UTC)
PLACE = Place(file="x.warc.gz", offset=0, length=1, sha256="0")
ARCHIVED = {"id", "status", "revision", "first_seen_at", "fetched_at", "capture", "parser"}
DAYS = (date(2010, 3, 5), date(2017, 3, 5), date(2026, 1, 12))


def issue_of(day: date) -> TrueIssue:
    issue = Newspaper(7).issue(day)
    assert issue is not None
    return issue


def read(truth: TrueArticle) -> Article:
    return Article(
        paper=addresses.PAPER,
        paper_name=addresses.PAPER_NAME,
        issue_date=truth.issue_date,
        page_no=truth.page_no,
        page_label=truth.page_label,
        page_name=truth.page_name,
        order=truth.order,
        native_id=truth.native_id,
        url=truth.url,
        kicker=truth.kicker,
        headline=truth.headline,
        deck=truth.deck,
        column=None,
        byline=truth.byline,
        contributors=truth.contributors,
        dateline=truth.dateline,
        genre=truth.genre,
        blocks=truth.blocks,
        author_note=truth.author_note,
        page_credits=truth.page_credits,
        pictures=truth.pictures,
        zones=truth.zones,
        continues_to=truth.continues_to,
        continued_from=truth.continued_from,
        account=Account(),
    )


def test_an_article_read_without_a_mistake_gives_the_true_record() -> None:
    for day in DAYS:
        for page in issue_of(day).pages:
            for truth in page.articles:
                record = ArticleRecord(
                    id="x",
                    article=read(truth),
                    status="ok",
                    revision=1,
                    first_seen_at=NOON,
                    fetched_at=NOON,
                    place=PLACE,
                    parser="x",
                )
                expected = [(k, v) for k, v in article_json(record).items() if k not in ARCHIVED]
                assert list(true_record(truth).items()) == expected


def test_a_page_read_without_a_mistake_gives_the_true_page_record() -> None:
    for day in DAYS:
        issue = issue_of(day)
        records = [true_page_record(page, issue) for page in issue.pages]
        links = tuple(
            PageLink(
                page_no=page.page_no,
                page_label=page.page_label,
                page_name=page.page_name,
                url=page.url,
                pdf_url=str(record["pdf_url"]),
            )
            for page, record in zip(issue.pages, records, strict=True)
        )
        for at, (page, record) in enumerate(zip(issue.pages, records, strict=True)):
            model = Page(
                paper=addresses.PAPER,
                issue_date=day,
                page_no=page.page_no,
                page_label=page.page_label,
                page_name=page.page_name,
                url=page.url,
                facsimile_url=str(record["facsimile_url"]),
                pdf_url=str(record["pdf_url"]),
                previous_url=issue.pages[at - 1].url if at else None,
                next_url=issue.pages[at + 1].url if at < 7 else None,
                printed_date=day,
                page_links=links,
                entries=page.entries,
            )
            archived = PageRecord(
                id="x",
                paper_name=addresses.PAPER_NAME,
                page=model,
                place=PLACE,
                fetched_at=NOON,
                article_ids=(),
            )
            left_out = {"id", "articles", "fetched_at", "capture"}
            expected = [(k, v) for k, v in page_json(archived).items() if k not in left_out]
            assert list(record.items()) == expected
