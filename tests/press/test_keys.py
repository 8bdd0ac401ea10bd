"""Ids and hashes: they come back as they went, and see what readers see."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.account import Account
from press.errors import UsageError
from press.keys import (
    CONTENT_HASH_VERSION,
    PageKey,
    article_id,
    content_hash,
    page_id,
    page_no_of,
    read_key,
)
from press.model import Article, Block, Contributor, PageNo, Picture
from tests.strategies import ACCOUNTS, ARTICLES, DATES, PAGE_NOS, PAPERS, ZONES

OWN_IDS = st.from_regex(r"[A-Za-z0-9_.-]{1,20}", fullmatch=True)
DAY = date(2026, 1, 12)


@pytest.mark.parametrize(
    ("text", "page_no"),
    [
        ("7", 7), ("007", 7), (" 7 ", 7), ("0", 0), ("1234", 1234), ("A01", "A01"), ("a01", "A01"),
        ("特07", None), ("abc12", "ABC12"), ("ABCD1", None), ("", None), ("A", None), ("-7", None),
        ("7.0", None), ("12345", None), ("第7版", None), ("7 8", None),
    ],
)  # fmt: skip
def test_a_page_number_is_an_int_where_it_is_plain_digits(
    text: str, page_no: PageNo | None
) -> None:
    if page_no is None:
        with pytest.raises(UsageError, match="is no page number: give one like 7 or A01"):
            page_no_of(text)
    else:
        assert page_no_of(text) == page_no


@pytest.mark.parametrize(
    ("text", "key", "article"),
    [
        ("cqrb-20260112-007", PageKey("cqrb", DAY, 7), None),
        ("cqrb-20260112-007-353117", PageKey("cqrb", DAY, 7), "353117"),
        ("cqrb/2026-01-12/7", PageKey("cqrb", DAY, 7), None),
        ("cqrb/2026-01-12/7/353117", PageKey("cqrb", DAY, 7), "353117"),
        (" cqrb-2026-01-12-7 ", PageKey("cqrb", DAY, 7), None),
        ("jxrb-20171009-a01", PageKey("jxrb", date(2017, 10, 9), "A01"), None),
        ("rmrb-20171016-001-20171016_2-01", PageKey("rmrb", date(2017, 10, 16), 1),
         "20171016_2-01"),
    ],
)  # fmt: skip
def test_an_id_is_read_in_each_of_its_forms(text: str, key: PageKey, article: str | None) -> None:
    assert read_key(text) == (key, article)


@pytest.mark.parametrize(
    "text", ["", "cqrb", "cqrb-20260112", "CQRB-20260112-007", "cqrb-2026011-007", "7", "cqrb-20260112-007-",
             "cqrb-20260112-007-a/b", "cqrb-20260112-007-山城", "cqrb_20260112_007"],
)  # fmt: skip
def test_what_is_no_id_is_told_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match="is no id: give one like cqrb-20260112-007-353117"):
        read_key(text)


@pytest.mark.parametrize("day", ["20260230", "2026-13-01", "0000-01-01", "20250229"])
def test_an_impossible_date_is_told(day: str) -> None:
    with pytest.raises(UsageError, match=f'"{day}" in "cqrb-{day}-007" is no date'):
        read_key(f"cqrb-{day}-007")


@given(PAPERS, DATES, PAGE_NOS)
def test_a_pages_id_is_read_back_as_the_page(paper: str, day: date, page_no: PageNo) -> None:
    assert read_key(page_id(paper, day, page_no)) == (PageKey(paper, day, page_no), None)


@given(PAPERS, DATES, PAGE_NOS, OWN_IDS)
def test_an_articles_id_is_read_back_as_page_and_own_id(
    paper: str, day: date, page_no: PageNo, own: str
) -> None:
    text = article_id(paper, day, page_no, own, "山城夜雨")
    assert read_key(text) == (PageKey(paper, day, page_no), own)


@given(PAPERS, DATES, PAGE_NOS, st.none() | st.text(max_size=20))
def test_an_article_without_the_papers_id_is_named_by_its_headline(
    paper: str, day: date, page_no: PageNo, headline: str | None
) -> None:
    text = article_id(paper, day, page_no, None, headline)
    key, own = read_key(text)
    assert key == PageKey(paper, day, page_no)
    assert re.fullmatch(r"t[0-9a-f]{8}", own or "")
    spaced = "\u3000".join(f" {headline or ''}\n")
    assert article_id(paper, day, page_no, None, spaced) == text


def test_two_headlines_give_two_names() -> None:
    names = {article_id("cqrb", DAY, 7, None, title) for title in ("山城夜雨", "山城晨雾", None)}
    assert len(names) == 3


def test_the_pages_of_an_issue_sort_by_their_ids() -> None:
    assert [page_id("cqrb", DAY, n) for n in (7, 12, 100)] == [
        "cqrb-20260112-007", "cqrb-20260112-012", "cqrb-20260112-100",
    ]  # fmt: skip


@given(ARTICLES, st.integers(1, 99), ZONES, ACCOUNTS)
def test_the_content_hash_ignores_what_changes_when_a_neighbour_does(
    article: Article, order: int, zones: tuple[()], account: object
) -> None:
    moved = replace(
        article, order=order, zones=zones, url="http://mirror.example/x.htm", native_id="9",
        account=account, issue_date=DAY, page_no=9,
    )  # fmt: skip
    assert content_hash(moved) == content_hash(article)


@given(
    ARTICLES,
    st.sampled_from(
        ["page_label", "page_name", "kicker", "headline", "deck", "column", "byline",
         "author_note", "page_credits"]
    ),
)  # fmt: skip
def test_the_content_hash_sees_every_printed_field(article: Article, name: str) -> None:
    changed = replace(article, **{name: (getattr(article, name) or "") + "字"})
    assert content_hash(changed) != content_hash(article)


@given(ARTICLES, st.data())
def test_the_content_hash_sees_every_block(article: Article, data: st.DataObject) -> None:
    added = replace(article, blocks=(*article.blocks, Block(type="paragraph", text="")))
    assert content_hash(added) != content_hash(article)
    if article.blocks:
        n = data.draw(st.integers(0, len(article.blocks) - 1))
        other = replace(article.blocks[n], text=article.blocks[n].text + "字")
        blocks = (*article.blocks[:n], other, *article.blocks[n + 1 :])
        assert content_hash(replace(article, blocks=blocks)) != content_hash(article)


def test_the_content_hash_tells_kinds_and_rows_of_blocks_apart() -> None:
    article = ARTICLE
    variants = [
        Block(type="paragraph", text="甲\t乙"),
        Block(type="crosshead", text="甲\t乙"),
        Block(type="table", text="甲\t乙", rows=(("甲", "乙"),)),
        Block(type="table", text="甲\t乙", rows=(("甲\t乙",),)),
    ]
    assert len({content_hash(replace(article, blocks=(block,))) for block in variants}) == 4


@pytest.mark.parametrize("part", ["caption", "credit", "url"])
def test_the_content_hash_sees_a_pictures_caption_credit_and_address(part: str) -> None:
    picture = Picture(order=1, url="http://paper.example/a.jpg", caption="夜景", credit=None)
    before = replace(ARTICLE, pictures=(picture,))
    after = replace(ARTICLE, pictures=(replace(picture, **{part: "b"}),))
    assert content_hash(after) != content_hash(before)
    renumbered = replace(ARTICLE, pictures=(replace(picture, order=2),))
    assert content_hash(renumbered) == content_hash(before)


def test_none_and_a_text_that_says_null_are_two_contents() -> None:
    assert content_hash(replace(ARTICLE, deck="null")) != content_hash(ARTICLE)


def test_the_content_hash_names_its_version() -> None:
    assert re.fullmatch(rf"v{CONTENT_HASH_VERSION}:[0-9a-f]{{64}}", content_hash(ARTICLE))


def test_the_content_hash_of_an_article_is_the_same_for_ever() -> None:
    golden = "v1:2bb3c3fa7a2ebcb66797073d5d6e33d52e8bd87b7362df78d077d045b186c9b7"
    assert content_hash(ARTICLE) == golden


def test_who_is_read_into_a_byline_is_no_content_of_its_own() -> None:
    better = replace(
        ARTICLE, contributors=(Contributor(name="张三", role="author"),), genre="verse"
    )
    assert content_hash(better) == content_hash(ARTICLE)


ARTICLE = Article(
    paper="cqrb", paper_name="重庆日报", issue_date=DAY, page_no=7, page_label="第007版",
    page_name=None, order=1, native_id="1", url=None, kicker=None, headline="山城夜雨", deck=None,
    column=None, byline="张三", contributors=(), dateline=None, genre="article", blocks=(),
    author_note=None, page_credits=None, pictures=(), zones=(), continues_to=None,
    continued_from=None, account=Account(),
)  # fmt: skip
