"""Searching the archive, as commands and pages do it."""

from datetime import timedelta

import pytest

from press.errors import UsageError
from press.model import Block, Contributor
from storage.catalogue import Total
from storage.search.query import parse
from storage.search.scope import Scope
from tests.storage.samples import DAY, PARSER, READ_AT, a_capture, an_article


@pytest.fixture
def filled(either):
    """Seven articles on seven days, a month and a half apart; the fourth has the word in its headline."""
    with either.writing() as writer:
        for number in range(7):
            article = an_article(
                str(number),
                issue_date=DAY + timedelta(days=45 * number),
                headline="纸船来了" if number == 3 else "无题",
                blocks=(Block(type="paragraph", text="纸船" * (number % 3 + 1) + "顺水走" * 40),),
                column="论丛" if number % 2 else None,
                contributors=(Contributor(name="甲乙" if number else "丙丁", role="author"),),
            )
            writer.save_article(article, a_capture(str(number), hours=number), PARSER, READ_AT)
    return either


def numbers(results):
    return [int(hit.record.article.native_id) for hit in results.hits]


def test_the_newest_hits_come_first_and_the_next_page_begins_after_the_last(filled):
    with filled.searching() as searcher:
        query, pages, after, is_more = parse("纸船"), [], None, True
        while is_more:
            results = searcher.search(query, limit=3, after=after)
            pages.append(numbers(results))
            after, is_more = results.hits[-1].record.id, results.is_more
        assert pages == [[6, 5, 4], [3, 2, 1], [0]]
        assert [int(hit.record.article.native_id) for hit in searcher.every_hit(query)] == [
            6, 5, 4, 3, 2, 1, 0,
        ]  # fmt: skip


def test_the_most_relevant_hits_come_first_and_equal_ones_by_date(filled):
    with filled.searching() as searcher:
        query = parse("纸船")
        whole = searcher.search(query, sort="relevance")
        assert numbers(whole) == [3, 5, 2, 4, 1, 6, 0]
        first = searcher.search(query, sort="relevance", limit=2)
        rest = searcher.search(query, sort="relevance", after=first.hits[-1].record.id)
        assert numbers(first) + numbers(rest) == numbers(whole)
        assert (first.is_more, rest.is_more) == (True, False)


def test_a_hit_says_where_its_words_stand(filled):
    with filled.searching() as searcher:
        (hit,) = searcher.search(parse("纸船来")).hits
        assert (hit.headline_marks, hit.snippet) == (((0, 3),), None)
        (hit,) = searcher.search(parse("纸船 纸船来")).hits
        assert hit.snippet.text.startswith("纸船顺水走")
        assert hit.snippet.marks == ((0, 2),)


def test_a_total_is_exact_up_to_its_cap(filled):
    with filled.searching() as searcher:
        query = parse("纸船")
        assert (
            searcher.total(query) == searcher.total(query, cap=7) == Total(count=7, is_exact=True)
        )
        assert str(searcher.total(query, cap=6)) == "more than 6"
        assert searcher.total(parse("没有")) == Total(count=0, is_exact=True)


def test_hits_are_counted_over_time(filled):
    with filled.searching() as searcher:
        query = parse("纸船")
        assert searcher.count_by(query, "year") == (("2031", 7),)
        since = Scope(since=DAY + timedelta(days=1), until=DAY + timedelta(days=100))
        assert searcher.count_by(query, "month", since) == (("2031-03", 1), ("2031-05", 1))
        assert searcher.count_by(query, "day", since) == (("2031-03-20", 1), ("2031-05-04", 1))
        assert searcher.count_by(parse("没有"), "year") == ()


def test_facets_count_the_values_of_the_hits_the_most_first(filled):
    with filled.searching() as searcher:
        assert searcher.facets(parse("纸船")) == {
            "year": (("2031", 7),),
            "page_name": (("思想周刊·策论", 7),),
            "column": (("论丛", 3),),
            "contributor": (("甲乙", 6), ("丙丁", 1)),
        }


def test_years_are_counted_among_all_hits_and_the_rest_among_the_newest(filled):
    with filled.searching() as searcher:
        facets = searcher.facets(parse("纸船"), cap=2)
    assert facets["year"] == (("2031", 7),)
    assert sum(count for _, count in facets["page_name"]) == 2


def test_what_was_not_found_has_no_next_page(filled):
    with filled.searching() as searcher:
        for after in ("cqrb-20310203-007-9", "\ud800\0", ""):
            with pytest.raises(UsageError, match=r"the id of a hit|is no id"):
                searcher.search(parse("纸船"), after=after)
        assert searcher.search(parse("没有")).hits == ()


def test_a_page_after_an_article_that_does_not_fit_goes_on_from_its_place(filled):
    with filled.searching() as searcher:
        third = searcher.search(parse("纸船来")).hits[0].record.id
        assert numbers(searcher.search(parse("丙丁 OR 顺水 -来了"), after=third)) == [2, 1, 0]
