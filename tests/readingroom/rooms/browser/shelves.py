"""Homes with invented pages, for the browser: one to be read, one full of payloads."""

import re
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from press.account import Account, Piece
from press.model import Article, Block, Contributor, Entry, Picture, Zone
from storage.catalogue import Catalogue, Writer
from tests.readingroom.rooms.payloads import PAYLOADS
from tests.storage.samples import (
    PARSER,
    READ_AT,
    START,
    a_capture,
    a_ledger_entry,
    a_page,
    an_article,
)

DAY = date(2031, 2, 3)
HOSTILE, HARMLESS, ON_A_PAGE = 100, 200, 10
TITLES = ("桥上的灯亮了", "旧厂房里的图书馆", "三月的木鱼石")
_NO_BREAK = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def harmless(payload: str) -> str:
    """A text of the same lines, of one Chinese character only."""
    return _NO_BREAK.sub("字", payload)


def fill_for_reading(home: Path) -> None:
    """Ten issues of one page with three articles: plain, with pictures and a table, verse."""
    with closing(Catalogue.open(f"sqlite:///{home / 'catalogue.sqlite3'}")) as catalogue:
        for back in range(10):
            with catalogue.writing() as writer:
                _issue(writer, DAY - timedelta(days=back), back)


def fill_with_payloads(home: Path) -> None:
    """Pages from HOSTILE on with an article for each payload, in all its fields; from HARMLESS on
    the same pages with harmless texts."""
    with closing(Catalogue.open(f"sqlite:///{home / 'catalogue.sqlite3'}")) as catalogue:
        for first_page, texts in ((HOSTILE, PAYLOADS), (HARMLESS, tuple(map(harmless, PAYLOADS)))):
            for start in range(0, len(texts), ON_A_PAGE):
                with catalogue.writing() as writer:
                    _page_of_payloads(writer, first_page, texts, start)
        with catalogue.writing() as writer:
            for beside in (HOSTILE - 1, HARMLESS + 99):  # so that every page has two neighbours
                writer.save_ledger(a_ledger_entry(page_no=beside))


def _page_of_payloads(writer: Writer, first_page: int, texts: tuple[str, ...], start: int) -> None:
    page_no, name = page_no_of(first_page, start), texts[0]
    here = tuple(enumerate(texts))[start : start + ON_A_PAGE]
    page = a_page(
        page_no=page_no, page_name=name, page_label=name,
        url=texts[28], facsimile_url=texts[29], pdf_url=texts[33],
        entries=tuple(_entry(native_id_of(first_page, n), n - start + 1, text) for n, text in here),
    )  # fmt: skip
    writer.save_page(
        page, PAYLOADS[22], a_capture(f"index {page_no}", hours=page_no * 100 + 99), READ_AT
    )
    for n, text in here:
        body = a_capture(f"{first_page} {n}", hours=page_no * 100 + n)
        writer.save_article(hostile(text, first_page, n), body, PARSER, READ_AT)
    writer.save_ledger(a_ledger_entry(page_no=page_no, state="failed", cause=name))


def page_no_of(first_page: int, number: int) -> int:
    """On which page the article with that payload stands."""
    return first_page + number // ON_A_PAGE


def native_id_of(first_page: int, number: int) -> str:
    """The paper's own id of the article with that payload."""
    return str(first_page * 100_000 + number)


def hostile(text: str, first_page: int, number: int) -> Article:
    """An article that has the text in every field that a newspaper fills."""
    kinds = ("paragraph", "crosshead", "verse", "list", "note")
    return an_article(
        native_id_of(first_page, number),
        paper_name=PAYLOADS[22],
        page_no=page_no_of(first_page, number),
        order=number % ON_A_PAGE + 1,
        url=text,
        page_label=text,
        page_name=text,
        kicker=text,
        headline=text,
        deck=text,
        column=text,
        byline=text,
        contributors=(Contributor(name=text, role="author"),),
        dateline=text,
        blocks=(
            *(Block(type=kind, text=text) for kind in kinds),  # type: ignore[arg-type]
            Block(type="table", text=text, rows=((text, text), (text, text))),
        ),
        author_note=text,
        page_credits=text,
        pictures=(Picture(order=1, url=text, caption=text, credit=text),),
        zones=(),
        continues_to=None,
        account=Account(
            (
                Piece("field", "headline", text),
                Piece("dropped", text, text),
                Piece("residue", text, text),
            )
        ),
    )


def _issue(writer: Writer, day: date, back: int) -> None:
    page = a_page(
        issue_date=day, printed_date=day, facsimile_url="http://paper.example/b.jpg",
        entries=tuple(
            _entry(str(353117 + n), n + 1, title, _box(n)) for n, title in enumerate(TITLES)
        ),
    )  # fmt: skip
    writer.save_page(page, "重庆日报", a_capture(f"index {back}", hours=back * 10), READ_AT)
    for n, article in enumerate(_articles(day)):
        capture = a_capture(f"{back} {n}", hours=back * 10 + n + 1)
        writer.save_article(article, capture, PARSER, READ_AT)
    writer.save_ledger(
        a_ledger_entry(
            issue_date=day, state="archived", cause=None, next_attempt_at=None, checked_at=START
        )
    )


def _articles(day: date) -> tuple[Article, ...]:
    plain = an_article("353117", issue_date=day, headline=TITLES[0], zones=())
    essay = an_article(
        "353118", issue_date=day, headline=TITLES[1], order=2, deck="一座城市的记忆\n和它的书",
        blocks=(
            Block(type="paragraph", text="城市里有一座旧厂房。" * 20),
            Block(type="crosshead", text="从哪里来"),
            Block(type="list", text="一张桌子\n两把椅子"),
            Block(type="note", text="编者按：这是编的。"),
            Block(type="paragraph", text="后来那里有了书。" * 20),
            Block(
                type="table",
                text="",
                rows=(
                    ("星期", "开门", "关门", "地点", "备注"),
                    ("一至日", "06:30", "21:00", "二楼南", "雨天不开，以门口的牌子为准" * 2),
                ),
            ),
        ),
    )  # fmt: skip
    verse = an_article(
        "353119", issue_date=day, headline=TITLES[2], order=3, genre="verse", pictures=(),
        blocks=(Block(type="verse", text="木鱼石醒着\n人睡了"),),
    )  # fmt: skip
    return plain, essay, verse


def _entry(native_id: str, order: int, title: str, zone: Zone | None = None) -> Entry:
    return Entry(
        order=order, native_id=native_id, url=None, title=title, listed=True, mapped=True,
        zones=(zone or _box(order - 1),),
    )  # fmt: skip


def _box(row: int) -> Zone:
    top = 5.0 + 100 * row
    return (5.0, top), (345.0, top), (345.0, top + 95), (5.0, top + 95)
