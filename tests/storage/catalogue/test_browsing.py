"""Leafing through: papers, issues, and articles a page at a time."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.errors import NotInArchive
from press.keys import PageKey
from storage.catalogue import Catalogue, Selection
from tests.storage.samples import (
    DAY,
    PARSER,
    READ_AT,
    a_capture,
    a_ledger_entry,
    a_page,
    an_article,
)

SELECTIONS = st.builds(
    Selection,
    paper=st.sampled_from([None, "cqrb", "jxrb", "xxrb"]),
    since=st.none() | st.integers(0, 40).map(lambda days: DAY + timedelta(days=days)),
    until=st.none() | st.integers(0, 40).map(lambda days: DAY + timedelta(days=days)),
    page_no=st.sampled_from([None, 2, "A01"]),
    genre=st.sampled_from([None, "verse", "article"]),
)


@pytest.fixture
def years(either: Catalogue) -> Catalogue:
    """Two papers, forty days, two pages a day, two articles a page, every fifth a verse."""
    with either.writing() as writer:
        number = 0
        for paper in ("jxrb", "cqrb"):
            for days in range(40):
                for page_no in ("A01", 2):
                    for order in (2, 1):
                        number += 1
                        article = an_article(
                            str(number),
                            paper=paper,
                            issue_date=DAY + timedelta(days=days),
                            page_no=page_no,
                            order=order,
                            genre="verse" if number % 5 == 0 else "article",
                        )
                        capture = a_capture(str(number), hours=number)
                        writer.save_article(article, capture, PARSER, READ_AT)
    return either


@given(selection=SELECTIONS, limit=st.integers(3, 90))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_articles_page_by_page_are_the_articles(
    years: Catalogue, selection: Selection, limit: int
) -> None:
    with years.reading() as reader:
        expected = [one.id for one in reader.articles(selection)]
        found: list[str] = []
        after = None
        while page := [one.id for one in reader.articles_after(after, selection, limit)]:
            assert len(page) == limit or len(found) + len(page) == len(expected)
            found += page
            after = page[-1]
        assert found == expected
        newest = list(reader.newest_articles(selection, limit))
        every = sorted(reader.articles(selection), key=lambda one: one.article.issue_date)
        last = {one.article.issue_date for one in every[-limit:]}
        assert len(newest) == min(limit, len(expected))
        assert {one.article.issue_date for one in newest} == last
        days = [one.article.issue_date for one in newest]
        assert days == sorted(days, reverse=True)


def test_behind_an_article_that_there_is_not_is_nowhere(years: Catalogue) -> None:
    with years.reading() as reader, pytest.raises(NotInArchive):
        reader.articles_after("cqrb-20310203-007-none", Selection(), 1)


def test_the_ledger_goes_on_behind_a_page_whether_it_has_it_or_not(either: Catalogue) -> None:
    with either.writing() as writer:
        for page_no in (10, 2, "A01"):
            writer.save_ledger(a_ledger_entry(page_no=page_no))
        writer.save_ledger(a_ledger_entry(issue_date=date(2031, 2, 4)))
        writer.save_ledger(a_ledger_entry(paper="abrb"))

    def behind(page_no: int | str) -> list[int | str]:
        with either.reading() as reader:
            after = PageKey("cqrb", DAY, page_no)
            return [one.page_no for one in reader.ledger(Selection(), after=after)]

    assert behind(2) == [10, "A01", 7]
    assert behind(7) == [10, "A01", 7]
    assert behind("A01") == [7]
    assert behind("Z99") == [7]


def test_papers_are_those_kept_and_those_only_asked_for(either: Catalogue) -> None:
    with either.writing() as writer:
        writer.save_page(a_page("一"), "重庆日报", a_capture("page", hours=2), READ_AT)
        writer.save_article(an_article(), a_capture(), PARSER, READ_AT)
        later = an_article("9", issue_date=date(2031, 2, 9))
        writer.save_article(later, a_capture("x", hours=1), PARSER, READ_AT)
        writer.save_ledger(a_ledger_entry())
        writer.save_ledger(a_ledger_entry(paper="jxrb"))
    with either.reading() as reader:
        first, second = reader.papers()
    assert (first.paper, first.paper_name) == ("cqrb", "重庆日报")
    assert (first.since, first.until) == (DAY, date(2031, 2, 9))
    assert (first.issues, first.pages, first.articles) == (2, 2, 2)
    assert first.states == {"retry": 1}
    assert (second.paper, second.paper_name, second.issues) == ("jxrb", None, 0)


def test_an_issue_is_a_day_of_which_anything_is_kept_or_was_due(either: Catalogue) -> None:
    with either.writing() as writer:
        writer.save_article(an_article(), a_capture(), PARSER, READ_AT)
        writer.save_ledger(a_ledger_entry(issue_date=date(2031, 2, 5), state="not_published"))
    with either.reading() as reader:
        kept, due = reader.issues("cqrb", limit=9)
        assert reader.issues("cqrb", limit=1) == (kept,)
        assert reader.issues("cqrb", date(2031, 2, 4), limit=9) == (due,)
        assert reader.issues("cqrb", None, date(2031, 2, 4), limit=9) == (kept,)
        assert reader.issues("jxrb", limit=9) == ()
    assert [(one.page_no, one.state, one.articles) for one in kept.pages] == [(7, None, 1)]
    assert [(one.page_label, one.state) for one in due.pages] == [(None, "not_published")]


def test_the_days_beside_an_issue_are_the_nearest_on_record(either: Catalogue) -> None:
    kept, due = DAY, DAY + timedelta(days=2)
    with either.writing() as writer:
        writer.save_article(an_article(), a_capture(), PARSER, READ_AT)
        writer.save_ledger(a_ledger_entry(issue_date=due, state="not_published"))
        writer.save_ledger(a_ledger_entry(paper="jxrb", issue_date=DAY + timedelta(days=1)))
    with either.reading() as reader:
        assert reader.issue_span("cqrb") == (kept, due)
        assert reader.issue_span("xxrb") is None
        assert reader.issues_beside("cqrb", kept) == (None, due)
        assert reader.issues_beside("cqrb", DAY + timedelta(days=1)) == (kept, due)
        assert reader.issues_beside("cqrb", due) == (kept, None)
