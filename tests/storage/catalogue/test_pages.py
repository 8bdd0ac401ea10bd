"""Pages and their tables of contents."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from press.keys import PageKey
from storage.catalogue.models import EntryRow
from tests.storage.samples import DAY, KEY, PARSER, READ_AT, a_capture, a_page, an_article

INDEX = a_capture("index", hours=1)


def save_page(catalogue, page, capture=INDEX):
    with catalogue.writing() as writer:
        writer.save_page(page, "重庆日报", capture, READ_AT)


def save_articles(catalogue, *articles):
    with catalogue.writing() as writer:
        for article in articles:
            writer.save_article(article, a_capture("article", hours=2), PARSER, READ_AT)


def kept(catalogue):
    with catalogue.reading() as reader:
        return reader.page(KEY)


def links(catalogue):
    with catalogue.database.reading() as session:
        return list(session.scalars(select(EntryRow.article_id).order_by(EntryRow.order)))


def test_a_page_that_changed_is_kept_as_it_last_was(catalogue):
    save_page(catalogue, a_page("甲", "乙", "丙"))
    later, capture = a_page("甲", "丁", page_name="要闻"), a_capture("index two", hours=9)
    save_page(catalogue, later, capture)
    assert kept(catalogue).page == later
    assert kept(catalogue).place == capture.place


def test_an_unchanged_page_keeps_its_first_capture(catalogue):
    save_page(catalogue, a_page("甲"))
    save_page(catalogue, a_page("甲"), a_capture("index two", hours=9))
    assert kept(catalogue).place == INDEX.place


def test_an_older_reading_of_a_page_changes_nothing(catalogue):
    save_page(catalogue, a_page("乙"), a_capture("late", hours=9))
    save_page(catalogue, a_page("甲"), INDEX)
    assert kept(catalogue).page.headlines == ("乙",)


def test_only_a_change_of_entries_is_a_change(catalogue):
    save_page(catalogue, a_page("甲", "乙"))
    capture = a_capture("index two", hours=9)
    save_page(catalogue, a_page("甲"), capture)
    assert kept(catalogue).page.headlines == ("甲",)
    assert kept(catalogue).place == capture.place


def test_a_page_known_by_its_articles_gets_its_index_later(catalogue):
    save_articles(catalogue, an_article())
    save_page(catalogue, a_page("桥上的灯亮了"))
    assert kept(catalogue).page == a_page("桥上的灯亮了")
    assert kept(catalogue).article_ids == ("cqrb-20310203-007-353117",)


@pytest.mark.parametrize("page_first", [True, False])
def test_entries_know_their_articles_whichever_came_first(catalogue, page_first):
    articles = [an_article("353118", headline="乙"), an_article("353117", headline="甲")]
    if page_first:
        save_page(catalogue, a_page("甲", "乙", "没有的"))
    save_articles(catalogue, *articles)
    if not page_first:
        save_page(catalogue, a_page("甲", "乙", "没有的"))
    assert links(catalogue) == ["cqrb-20310203-007-353117", "cqrb-20310203-007-353118", None]


def test_an_entry_without_id_is_linked_by_its_title_when_only_one_has_it(catalogue):
    page = a_page("甲　乙", "丙", "丙")
    nameless = tuple(replace(entry, native_id=None) for entry in page.entries)
    save_page(catalogue, replace(page, entries=nameless))
    save_articles(catalogue, an_article("1001", headline="甲乙"))
    save_articles(catalogue, an_article("1002", headline="丙"), an_article("1003", headline="丙"))
    assert links(catalogue) == ["cqrb-20310203-007-1001", None, None]


def test_an_entry_follows_the_titles_of_a_revision(catalogue):
    page = a_page("甲")
    save_page(catalogue, replace(page, entries=(replace(page.entries[0], native_id=None),)))
    save_articles(catalogue, an_article("1001", headline="甲"))
    with catalogue.writing() as writer:
        article = an_article("1001", headline="乙")
        saved = writer.save_article(article, a_capture("later", hours=9), PARSER, READ_AT)
    assert saved == "revised"
    assert links(catalogue) == [None]


def test_an_index_that_says_no_more_than_its_articles_is_kept_too(catalogue):
    save_articles(catalogue, an_article())
    bare = a_page(url=None, printed_date=None)
    save_page(catalogue, bare)
    assert kept(catalogue).page == bare


def test_article_ids_are_in_the_order_of_the_page(catalogue):
    save_page(catalogue, a_page())
    save_articles(catalogue, *(an_article(str(n), order=10 - n) for n in (1, 2, 3)))
    assert [one[-1] for one in kept(catalogue).article_ids] == ["3", "2", "1"]


def test_a_paper_has_the_name_it_was_last_given(catalogue):
    save_page(catalogue, a_page())
    with catalogue.writing() as writer:
        writer.save_page(a_page(), "新名字", INDEX, READ_AT)
    assert kept(catalogue).paper_name == "新名字"


def test_no_page_is_none(catalogue):
    with catalogue.reading() as reader:
        assert reader.page(PageKey("cqrb", DAY, "A07")) is None
