"""What has little to show says so, once, and is not an empty sheet."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from httpx import Response
from lxml import html

from press.model import Block
from storage.catalogue import Catalogue
from tests.readingroom.asking import Room
from tests.storage.samples import DAY, PARSER, READ_AT, a_capture, an_article

TABLE = Block(type="table", text="一\t二", rows=(("06:30", "二"),))
BARE: dict[str, object] = {"headline": None, "blocks": (), "pictures": ()}


@pytest.fixture
def bare(tmp_path: Path) -> Room:
    """An advertisement that only the image map knows, a colophon, tables, and an issue years ago."""
    url = f"sqlite:///{tmp_path / 'catalogue.sqlite3'}"
    articles = (
        an_article("1", genre="advertisement", **BARE),
        an_article("2", order=2, genre="colophon", page_credits="责编 甲乙", **BARE),
        an_article(
            "3", order=3, blocks=(Block(type="paragraph", text="如下："), TABLE, TABLE), pictures=()
        ),
        an_article("4", issue_date=DAY - timedelta(days=800)),
    )
    with closing(Catalogue.open(url)) as catalogue, catalogue.writing() as writer:
        for hours, article in enumerate(articles):
            body = a_capture(str(hours), hours=hours)
            writer.save_article(article, body, PARSER, READ_AT)
    return Room(home=tmp_path, url=url)


def texts(answer: Response, path: str) -> list[str]:
    assert answer.status_code == 200
    return [
        " ".join(one.text_content().split()) for one in html.fromstring(answer.text).xpath(path)
    ]


def read(room: Room, path: str, language: str = "zh") -> Response:
    return room.get(path, Accept="text/html", Accept_Language=language)


def test_an_article_without_text_says_so_or_shows_who_made_the_page(bare: Room) -> None:
    empty = "//article/p[@class='empty']"
    said = texts(read(bare, "/articles/cqrb-20310203-007-1"), empty)
    assert said == ["原版只有这一项的位置或标题，没有正文。"]
    assert texts(read(bare, "/articles/cqrb-20310203-007-2"), empty) == ["责编 甲乙"]
    assert texts(read(bare, "/articles/cqrb-20310203-007-3"), empty) == []


@pytest.mark.parametrize(("language", "word"), [("zh", "广告"), ("en", "advertisement")])
def test_what_has_no_headline_is_called_by_its_genre_once(
    bare: Room, language: str, word: str
) -> None:
    for path in ("/cqrb/2031-02-03", "/cqrb/2031-02-03/7"):
        lines = texts(read(bare, path, language), "//li[.//a[@data-story]]")
        assert [line.count(word) for line in lines if word in line] == [1]


def test_tables_are_numbered_as_tables(bare: Room) -> None:
    answer = read(bare, "/articles/cqrb-20310203-007-3")
    labels = html.fromstring(answer.text).xpath("//div[@class='wide']/@aria-label")
    assert labels == ["表格 1", "表格 2"]


def test_a_year_of_which_nothing_is_known_says_so(bare: Room) -> None:
    found = "//p[@class='nothing']"
    assert texts(read(bare, "/cqrb/2029"), found) == ["这一年的报纸从未抓取过。"]
    assert texts(read(bare, "/cqrb/2031"), found) == []
