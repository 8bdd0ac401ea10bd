"""What pages and articles tell of themselves."""

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given

from press.account import Account, Piece
from press.model import Article, Block, Page
from tests.strategies import ARTICLES, PAGES


@given(PAGES)
def test_a_pages_headlines_are_the_titles_that_it_announces(page: Page) -> None:
    assert list(page.headlines) == [e.title for e in page.entries if e.title is not None]


@given(ARTICLES)
def test_an_articles_text_is_its_blocks_and_is_counted_without_white_space(
    article: Article,
) -> None:
    assert article.text == "\n".join(block.text for block in article.blocks)
    assert article.char_count == sum(not char.isspace() for char in article.text)


@given(ARTICLES)
def test_an_article_needs_review_exactly_when_its_account_is_open(article: Article) -> None:
    assert article.needs_review == (article.account.residue is not None)
    assert replace(article, account=Account((Piece("residue", "invented", "字"),))).needs_review


def test_values_cannot_be_changed() -> None:
    block = Block(type="paragraph", text="雨停了。")
    with pytest.raises(FrozenInstanceError):
        block.text = ""  # type: ignore[misc]
