"""Which lines that articles share are a template's; how they are told of is test_neighbours.py's."""

from dataclasses import replace

from crawler.parse.chorus import template_lines
from press.model import Article
from tests.crawler.parse.test_neighbours import TEMPLATE, article, page


def test_each_line_comes_with_the_place_of_its_article() -> None:
    articles = [article(at=0), *(article("", TEMPLATE, at=at) for at in (1, 2, 3))]
    assert list(template_lines(articles)) == [(1, TEMPLATE), (2, TEMPLATE), (3, TEMPLATE)]


def test_articles_of_one_order_are_told_apart() -> None:
    articles = [replace(one, order=1) for one in page("", TEMPLATE, count=3)]
    assert [at for at, _ in template_lines(articles)] == [0, 1, 2]


def test_an_article_that_says_the_line_twice_is_told_once() -> None:
    articles = page(TEMPLATE, "", TEMPLATE, count=3)
    assert list(template_lines(articles)) == [(at, TEMPLATE) for at in range(3)]


def test_no_article_and_no_text_share_nothing() -> None:
    bare: list[Article] = [replace(one, blocks=()) for one in page()]
    assert list(template_lines([])) == []
    assert list(template_lines(bare)) == []
