"""One invented page with its articles, to be varied by keyword."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from press.account import Account, Piece
from press.capture import Capture, Place
from press.keys import PageKey
from press.model import Article, Block, Contributor, Entry, Page, Picture
from press.outcome import LedgerEntry

DAY = date(2031, 2, 3)
KEY = PageKey("cqrb", DAY, 7)
START = datetime(2031, 2, 2, 22, 0, tzinfo=UTC)
READ_AT = datetime(2031, 2, 2, 23, 0, tzinfo=UTC)
PARSER = "founder/1"


def an_article(native_id: str | None = "353117", **changes: object) -> Article:
    """A complete article, with a closed account; `changes` are fields of it."""
    article = Article(
        paper="cqrb",
        paper_name="重庆日报",
        issue_date=DAY,
        page_no=7,
        page_label="第007版",
        page_name="思想周刊·策论",
        order=1,
        native_id=native_id,
        url=None if native_id is None else f"http://paper.example/content_{native_id}.html",
        kicker="虚构的引题",
        headline="桥上的灯　亮了",
        deck=None,
        column="论丛",
        byline="□ 甲乙 丙",
        contributors=(Contributor(name="甲乙", role="author"),),
        dateline=None,
        genre="article",
        blocks=(
            Block(type="paragraph", text="这是我们自己编的一段话。"),
            Block(type="table", text="一\t二\n三\t四", rows=(("一", "二"), ("三", "四"))),
        ),
        author_note="（作者系虚构）",
        page_credits=None,
        pictures=(Picture(order=1, url=None, caption="图说", credit="丁 摄"),),
        zones=(((1.0, 2.0), (3.5, 2.0), (3.5, 9.0)),),
        continues_to="A01",
        continued_from=None,
        account=Account(
            (Piece("field", "headline", "桥上的灯"), Piece("dropped", "toolbar", "放大"))
        ),
    )
    return replace(article, **changes)  # type: ignore[arg-type]


def a_page(*titles: str, **changes: object) -> Page:
    """A page that announces these titles, with the native ids 353117, 353118 ..."""
    page = Page(
        paper="cqrb",
        issue_date=DAY,
        page_no=7,
        page_label="第007版",
        page_name="思想周刊·策论",
        url="http://paper.example/node_7.html",
        facsimile_url=None,
        pdf_url=None,
        previous_url=None,
        next_url=None,
        printed_date=DAY,
        page_links=(),
        entries=tuple(
            Entry(
                order=n,
                native_id=str(353116 + n),
                url=None,
                title=title,
                listed=True,
                mapped=False,
            )
            for n, title in enumerate(titles, start=1)
        ),
    )
    return replace(page, **changes)  # type: ignore[arg-type]


def a_capture(body: str = "one", *, hours: int = 0, **changes: object) -> Capture:
    """A capture of that body, so many hours after START; at a place that follows from both."""
    capture = Capture(
        url="http://paper.example/content_353117.html",
        status=200,
        content_type="text/html",
        captured_at=START + timedelta(hours=hours),
        kind="response",
        place=Place(
            file="baoku-00001.warc.gz",
            offset=hours * 10_000,
            length=900,
            sha256=hashlib.sha256(body.encode()).hexdigest(),
        ),
    )
    return replace(capture, **changes)  # type: ignore[arg-type]


def a_ledger_entry(**changes: object) -> LedgerEntry:
    """A page that is to be tried again."""
    entry = LedgerEntry(
        paper="cqrb",
        issue_date=DAY,
        page_no=7,
        state="retry",
        cause="unreachable",
        attempts=1,
        next_attempt_at=START,
        evidence=None,
        updated_at=START,
        checked_at=START,
    )
    return replace(entry, **changes)  # type: ignore[arg-type]
