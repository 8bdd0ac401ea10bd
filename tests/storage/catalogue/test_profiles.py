"""How full pages are, counted by the database and by Python alike."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.keys import PageKey
from press.model import Block, PageLink
from press.profile import PageProfile, profile_of
from press.usual import Usual
from tests.storage.samples import DAY, KEY, PARSER, READ_AT, a_capture, a_page, an_article
from tests.strategies import BLOCKS, MAYBE, ZONES

AFTER = PageKey("cqrb", DAY + timedelta(days=100), 7)


class UndoError(Exception):
    """Leaves a transaction without a trace, so that every example begins with an lasting archive."""


def save(writer, *articles, days=0, **page):
    issue_date = DAY + timedelta(days=days)
    index = a_capture(f"index {days} {page}", hours=2 * days)
    writer.save_page(a_page(issue_date=issue_date, **page), "重庆日报", index, READ_AT)
    capture = a_capture(f"article {days} {page}", hours=2 * days + 1)
    for article in articles:
        writer.save_article(replace(article, issue_date=issue_date), capture, PARSER, READ_AT)


FULL = st.lists(
    st.builds(
        an_article,
        headline=MAYBE,
        byline=MAYBE,
        blocks=st.lists(BLOCKS, max_size=3).map(tuple),
        zones=ZONES,
    ),
    min_size=1,
    max_size=5,
).map(
    lambda articles: [
        replace(one, native_id=str(1000 + n), order=n) for n, one in enumerate(articles, start=1)
    ]
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pages=st.lists(FULL, min_size=1, max_size=3))
def test_the_profile_counted_in_sql_is_the_profile_of_the_articles(lasting, pages):
    with suppress(UndoError), lasting.writing() as writer:
        for days, articles in enumerate(pages):
            save(writer, *articles, days=days)
        expected = tuple(profile_of(articles) for articles in reversed(pages))
        assert writer.profiles_before(AFTER, limit=30) == expected
        raise UndoError


def before(catalogue, key=AFTER, limit=30):
    with catalogue.reading() as reader:
        return [profile.articles for profile in reader.profiles_before(key, limit=limit)]


def test_only_earlier_issues_of_that_page_count_the_newest_first(catalogue):
    one, two = an_article("1"), an_article("2", order=2)
    with catalogue.writing() as writer:
        save(writer, one)
        save(writer, one, two, days=1)
        save(writer, replace(one, page_no=8), days=2, page_no=8)
    assert before(catalogue) == [2, 1]
    assert before(catalogue, limit=1) == [2]
    assert before(catalogue, PageKey("cqrb", DAY + timedelta(days=1), 7)) == [1]
    assert before(catalogue, KEY) == []
    assert before(catalogue, PageKey("jxrb", AFTER.issue_date, 7)) == []


def test_a_page_that_only_imported_articles_know_is_no_measure(catalogue):
    with catalogue.writing() as writer:
        writer.save_article(an_article(), a_capture(), PARSER, READ_AT)
    assert before(catalogue) == []


def test_what_an_article_now_says_counts_and_not_what_it_said(catalogue):
    with catalogue.writing() as writer:
        save(writer, an_article("1"))
    shorter = an_article("1", byline=None, blocks=(Block(type="paragraph", text="短"),))
    with catalogue.writing() as writer:
        writer.save_article(shorter, a_capture("new", hours=50), PARSER, READ_AT)
        (profile,) = writer.profiles_before(AFTER, limit=30)
    assert profile == profile_of([shorter])
    assert isinstance(profile, PageProfile)


def test_of_an_empty_archive_the_usual_is_a_guess(catalogue):
    with catalogue.reading() as reader:
        assert reader.usual("cqrb") == Usual()


def test_the_usual_is_the_mean_of_what_pages_announce_and_list(catalogue):
    links = tuple(
        PageLink(page_no=no, page_label=str(no), page_name=None, url=None, pdf_url=None)
        for no in range(1, 13)
    )
    with catalogue.writing() as writer:
        save(writer, page_links=links, entries=a_page("甲", "乙", "丙").entries)
        save(writer, days=1, page_links=links[:8], entries=a_page("甲").entries)
        save(writer, days=2, page_links=(), entries=a_page("甲", "乙").entries)
        assert writer.usual("cqrb") == Usual(pages=10.0, articles=2.0)
        assert writer.usual("jxrb") == Usual()
