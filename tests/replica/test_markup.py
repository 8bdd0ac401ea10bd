"""The pages say what the truth says, in every layout and every era."""

import html
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from press.model import Block
from replica.addresses import ERAS
from replica.markup.article import Sheet, render_article
from replica.markup.index import render_index
from replica.markup.layout import CHOICES, Layout, article_layout, page_layout
from replica.newspaper import Newspaper
from replica.stories.kinds import KINDS
from replica.truth import TrueArticle, TrueIssue

DAY = date(2026, 1, 12)
NAMED = [
    Layout(**{name: choice})  # type: ignore[arg-type]  # each choice is of that name
    for name, choices in CHOICES.items()
    for choice in choices
]


def issue_of(day: date) -> TrueIssue:
    issue = Newspaper(7).issue(day)
    assert issue is not None
    return issue


def decoded(sheet: Sheet) -> str:
    try:
        return sheet.body.decode("utf-8")
    except UnicodeDecodeError:
        return sheet.body.decode("gb18030")


def visible(source: str) -> str:
    """The source's text without markup and white space."""
    source = re.sub(r"<!--.*?-->|<(script|style|title)\b.*?</\1>", "", source, flags=re.S | re.I)
    return folded(html.unescape(re.sub(r"<[^>]*>", "", source)))


def folded(text: str) -> str:
    return "".join(text.split())


def block_texts(block: Block) -> list[str]:
    return [cell for row in block.rows for cell in row] or block.text.split("\n")


def true_texts(article: TrueArticle) -> list[str]:
    """Every text of the article, in the order of print, as far as one is set for all layouts."""
    parts: list[str | None] = [article.kicker, article.headline, article.deck, article.byline]
    parts += [text for block in article.blocks for text in block_texts(block)]
    parts += [article.author_note, article.page_credits, article.jump_line, article.resume_line]
    parts += [text for picture in article.pictures for text in (picture.caption, picture.credit)]
    return [folded(part) for part in parts if part]


def article_part(source: str) -> str:
    return source.partition("文章部分开始")[2].partition("文章部分结束")[0]


@pytest.mark.parametrize("kind", KINDS)
def test_every_true_text_stands_in_the_page_in_every_layout(kind: str) -> None:
    page = Newspaper(7).specimen(kind, DAY)
    [article] = page.articles
    for layout in NAMED:
        shown = visible(article_part(decoded(render_article(article, page, layout=layout))))
        for text in true_texts(article):
            assert text in shown, layout


@pytest.mark.parametrize("era", ERAS, ids=lambda era: f"era-{era.number}")
def test_every_true_text_stands_in_the_pages_of_every_era(era: object) -> None:
    assert isinstance(era, type(ERAS[0]))
    issue = issue_of(era.since + timedelta(days=3))
    for page in issue.pages:
        index = visible(decoded(render_index(page, issue)))
        assert folded(f"{page.page_label}：{page.page_name}") in index
        for article in page.articles:
            assert not article.listed or folded(article.title) in index
            shown = visible(decoded(render_article(article, page, issue)))
            assert all(text in shown for text in true_texts(article))


def test_nothing_stands_in_the_article_that_the_truth_does_not_know() -> None:
    """What is left after taking out every true text is the toolbar and the date."""
    issue = issue_of(DAY)
    for page in issue.pages:
        for article in page.articles:
            layout = replace(article_layout(article), page_list="none")
            source = decoded(render_article(article, page, issue, layout=layout))
            rest = visible(article_part(source))
            for text in sorted(true_texts(article), key=len, reverse=True):
                rest = rest.replace(text, "", 1)
            assert re.fullmatch(r"-*>?3上一篇下一篇42026年01月12日星期放大缩小默认(<!-*)?", rest), (
                rest
            )


def test_every_layout_occurs_within_thirty_issues() -> None:
    seen: set[tuple[str, str]] = set()
    for back in range(30):
        for page in issue_of(DAY - timedelta(days=back)).pages:
            layouts = [page_layout(page), *(article_layout(a) for a in page.articles)]
            for layout in layouts:
                seen.update((name, getattr(layout, name)) for name in CHOICES)
    assert seen == {(name, choice) for name, choices in CHOICES.items() for choice in choices}


def test_a_page_declared_gb2312_is_sent_in_gb18030() -> None:
    page = Newspaper(7).specimen("rare", DAY)
    sheet = render_article(page.articles[0], page, layout=Layout(encoding="gb18030"))
    assert b"charset=gb2312" in sheet.body
    assert sheet.content_type == "text/html"
    text = sheet.body.decode("gb18030")
    assert all(character in text for character in "镕喆堃㐂𠮷")
    with pytest.raises(UnicodeDecodeError):
        sheet.body.decode("gbk")


@pytest.mark.parametrize(
    ("encoding", "header", "meta"),
    [
        ("utf8", "text/html", b"charset=utf-8"),
        ("utf8-charset", "text/html; charset=UTF-8", b"charset=utf-8"),
        ("utf8-gbk-meta", "text/html", b"charset=gbk"),
        ("gb18030-charset", "text/html; charset=gb2312", b"charset=gb2312"),
    ],
)
def test_an_encoding_is_declared_as_its_name_says(encoding: str, header: str, meta: bytes) -> None:
    page = Newspaper(7).specimen("news", DAY)
    layout = Layout(encoding=encoding)  # type: ignore[arg-type]  # the name comes from the table
    sheet = render_article(page.articles[0], page, layout=layout)
    assert sheet.content_type == header
    assert meta in sheet.body


def test_the_map_knows_what_the_title_list_does_not() -> None:
    page = Newspaper(7).specimen("advertisement", DAY)
    issue = TrueIssue(issue_date=DAY, pages=(page,))
    source = decoded(render_index(page, issue))
    [article] = page.articles
    assert re.search(rf"<Area [^>]*content_rb_{article.native_id}\.htm", source)
    assert f"mp{article.native_id}" not in source
