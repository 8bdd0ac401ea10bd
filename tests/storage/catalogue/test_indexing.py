"""The search index follows the articles."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from alembic.command import downgrade
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from press.account import Account, Piece
from press.errors import ArchiveDamaged, HomeUnusable
from press.keys import PageKey
from press.model import Block
from press.recorded import origin_url
from storage.catalogue import Catalogue, Selection, indexing
from storage.catalogue.schema import alembic_config
from storage.search.fields import article_fields, search_copy
from storage.search.fold import VERSION
from storage.search.hits import fits
from storage.search.query import parse
from storage.search.scope import Scope
from tests.storage.samples import DAY, KEY, PARSER, READ_AT, START, a_capture, an_article

ID = "cqrb-20310203-007-353117"


def ids(catalogue, typed, **scope):
    with catalogue.searching() as searcher:
        return [hit.record.id for hit in searcher.every_hit(parse(typed), Scope(**scope))]


def save(catalogue, article, capture, parser=PARSER):
    with catalogue.writing() as writer:
        return writer.save_article(article, capture, parser, READ_AT)


def body(words):
    return (Block(type="paragraph", text=words),)


def is_whole(catalogue):
    with catalogue.reading() as reader:
        found = indexing.compare(reader._session)
    return found == indexing.Comparison(missing=(), orphans=(), stale=(), is_current=True)


def test_an_article_is_found_once_it_is_kept(either):
    assert ids(either, "桥上的灯亮了") == []
    save(either, an_article(), a_capture())
    assert ids(either, "桥上的灯亮了") == [ID]
    assert is_whole(either)


def test_an_article_whose_transaction_was_undone_is_not_found(either):
    with suppress(ZeroDivisionError), either.writing() as writer:
        writer.save_article(an_article(), a_capture(), PARSER, READ_AT)
        writer.settle()
        raise ZeroDivisionError
    assert ids(either, "桥上") == []
    assert is_whole(either)


def test_a_revised_article_is_found_by_what_it_says_now(either):
    save(either, an_article(blocks=body("旧船")), a_capture("one"))
    assert save(either, an_article(blocks=body("新灯")), a_capture("two", hours=1)) == "revised"
    assert ids(either, "旧船") == []
    assert ids(either, "新灯") == [ID]


def test_what_an_older_capture_says_is_not_searched(either):
    save(either, an_article(blocks=body("新灯")), a_capture("two", hours=1))
    assert save(either, an_article(blocks=body("旧船")), a_capture("one")) == "revised"
    assert ids(either, "旧船") == []
    assert ids(either, "新灯") == [ID]


def test_the_same_body_read_otherwise_is_found_by_the_new_reading(either):
    save(either, an_article(blocks=body("旧船"), genre="article"), a_capture())
    assert (
        save(either, an_article(blocks=body("新灯"), genre="notice"), a_capture(), "two")
        == "reparsed"
    )
    assert ids(either, "旧船") == []
    assert ids(either, "新灯", genre="notice") == [ID]
    assert ids(either, "新灯", genre="article") == []


def test_two_changes_in_one_transaction_leave_the_last(either):
    save(either, an_article(blocks=body("旧船")), a_capture("one"))
    with either.writing() as writer:
        for hours, words in enumerate(("中途", "新灯"), 1):
            article = an_article(blocks=body(words))
            writer.save_article(article, a_capture(words, hours=hours), PARSER, READ_AT)
    assert [ids(either, words) for words in ("旧船", "中途", "新灯")] == [[], [], [ID]]
    assert is_whole(either)


def test_a_withdrawn_article_is_found_only_by_asking_for_withdrawn_ones(either):
    save(either, an_article(), a_capture())
    with either.writing() as writer:
        writer.settle_articles(KEY, [], "aa", START)
    assert ids(either, "桥上") == []
    assert ids(either, "桥上", status="withdrawn") == [ID]
    with either.writing() as writer:
        writer.settle_articles(KEY, ["353117"], "aa", START)
    assert ids(either, "桥上") == [ID]
    assert ids(either, "桥上", status="withdrawn") == []


def test_an_article_with_a_residue_is_found_and_can_be_asked_for(either):
    account = Account((Piece("residue", "body", "剩"),))
    save(either, an_article(account=account), a_capture())
    assert ids(either, "桥上") == ids(either, "桥上", status="needs_review") == [ID]
    assert ids(either, "桥上", status="ok") == []


def test_hits_of_a_page_stand_in_its_order_also_after_it_changed(either):
    first, second = an_article("1", order=1), an_article("2", order=2)
    save(either, first, a_capture("a"))
    save(either, second, a_capture("b", hours=1))
    assert [one[-1] for one in ids(either, "桥上")] == ["1", "2"]
    save(either, replace(first, order=2), a_capture("a", hours=2))
    save(either, replace(second, order=1), a_capture("b", hours=3))
    assert [one[-1] for one in ids(either, "桥上")] == ["2", "1"]
    assert is_whole(either)


def test_hits_stand_as_the_newest_articles_do(either):
    places = [("cqrb", "A01"), ("cqrb", 10), ("cqrb", 2), ("abcd", 9)]
    number = 0
    for days in (1, 0, 2):
        for paper, page_no in places:
            for order in (2, 1):
                number += 1
                named = {"paper": paper, "page_no": page_no, "order": order}
                article = an_article(str(number), issue_date=DAY + timedelta(days=days), **named)
                save(either, article, a_capture(str(number), hours=number))
    with either.searching() as searcher:
        newest = [one.id for one in searcher.newest_articles(Selection(), 100)]
    assert len(newest) == 24
    assert ids(either, "桥上") == newest


WORDS = st.text(st.sampled_from("桥灯船路"), min_size=1, max_size=6)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.lists(st.tuples(st.sampled_from("12"), WORDS), max_size=3), max_size=4))
def test_after_any_changes_the_index_is_that_of_the_articles(empty_file, tmp_path_factory, rounds):
    path = tmp_path_factory.mktemp("changes") / "catalogue.sqlite3"
    path.write_bytes(empty_file.read_bytes())
    catalogue = Catalogue.open(f"sqlite:///{path}")
    hours = 0
    for articles in rounds:
        with catalogue.writing() as writer:
            for native_id, words in articles:
                hours += 1
                one = an_article(native_id, headline=f"题{native_id}", blocks=body(words))
                writer.save_article(one, a_capture(words, hours=hours), PARSER, READ_AT)
    with catalogue.searching() as searcher:
        kept = list(searcher.articles(Selection()))
        for typed in ("桥", "灯船", "桥桥", "路 船", "桥 -灯"):
            query = parse(typed)
            truth = {
                one.id for one in kept if fits(query, search_copy(article_fields(one.article)))
            }
            assert {hit.record.id for hit in searcher.every_hit(query)} == truth
    assert is_whole(catalogue)
    catalogue.close()


def test_an_archive_without_an_index_is_given_one_when_it_is_opened_to_write(either_url):
    older = Catalogue.open(either_url)
    for number in range(3):
        save(older, an_article(str(number)), a_capture(str(number), hours=number))
    with older.database.connecting() as connection:
        downgrade(alembic_config(connection), "0002")
    older.close()
    with pytest.raises(HomeUnusable, match="older Baoku"):
        Catalogue.open(either_url, read_only=True)
    opened = Catalogue.open(either_url)
    assert len(ids(opened, "桥上")) == 3
    assert is_whole(opened)
    opened.close()


def test_an_index_of_another_folding_is_made_anew(either_url):
    older = Catalogue.open(either_url)
    save(older, an_article(), a_capture())
    with older.database.writing() as session:
        session.execute(text("UPDATE search_version SET version = :old"), {"old": VERSION + 1})
        session.execute(text("UPDATE search_docs SET folded = NULL"))
    with older.reading() as reader:
        assert not indexing.compare(reader._session).is_current
    older.close()
    with pytest.raises(HomeUnusable, match="older Baoku"):
        Catalogue.open(either_url, read_only=True)
    opened = Catalogue.open(either_url)
    assert ids(opened, "桥上") == [ID]
    assert is_whole(opened)
    opened.close()


def test_what_index_and_archive_do_not_share_is_named(either):
    for number in range(3):
        save(either, an_article(str(number)), a_capture(str(number), hours=number))
    names = [f"cqrb-20310203-007-{number}" for number in range(3)]
    with either.database.writing() as session:
        session.execute(
            text("UPDATE search_docs SET article_id = 'gone' WHERE article_id = :id"),
            {"id": names[0]},
        )
        session.execute(
            text("UPDATE search_docs SET genre = 'verse' WHERE article_id = :id"), {"id": names[1]}
        )
    with either.reading() as reader:
        found = indexing.compare(reader._session)
    assert (found.missing, found.orphans, found.stale) == ((names[0],), ("gone",), (names[1],))


def test_an_article_that_the_index_lost_is_indexed_when_it_changes(either):
    save(either, an_article(blocks=body("旧船")), a_capture("one"))
    with either.database.writing() as session:
        indexing.index_of(session).remove(*next(_numbers(session)))
        session.execute(text("DELETE FROM search_docs"))
    save(either, an_article(blocks=body("新灯")), a_capture("two", hours=1))
    assert ids(either, "新灯") == [ID]
    assert is_whole(either)


def _numbers(session):
    for doc in session.scalars(text("SELECT doc FROM search_docs")):
        yield doc, dict(indexing.copies(session, [ID]))[ID]


def test_what_the_sqlite_index_holds_and_nobody_knows_is_named(file_catalogue):
    save(file_catalogue, an_article(), a_capture())
    with file_catalogue.database.writing() as session:
        number = session.execute(text("DELETE FROM search_docs RETURNING doc")).scalar_one()
    with file_catalogue.reading() as reader:
        found = indexing.compare(reader._session)
    assert (found.missing, found.orphans) == ((ID,), (str(number),))


def test_another_page_is_left_alone(either):
    save(either, an_article(), a_capture())
    with either.writing() as writer:
        writer.settle_articles(PageKey("cqrb", DAY, 8), [], "aa", START)
    assert ids(either, "桥上") == [ID]


def test_an_article_of_another_archive_is_found_once_its_record_is_kept(either):
    article = an_article()
    save(either, article, a_capture())
    with either.reading() as reader:
        record = reader.article(ID)
    for revision, words in enumerate(("旧船", "新灯"), 1):
        told = replace(
            record,
            id=f"{ID}9",
            revision=revision,
            article=replace(article, native_id="3531179", blocks=body(words)),
        )
        line = a_capture(words, hours=revision + 1, url=origin_url(told), kind="resource", status=0)
        with either.writing() as writer:
            assert writer.save_record(told, line, READ_AT) in {"new", "revised"}
        assert ids(either, words) == [f"{ID}9"]
    assert ids(either, "旧船") == []
    assert is_whole(either)


def test_articles_that_went_behind_our_back_hold_up_nothing(either):
    save(either, an_article(blocks=body("旧船")), a_capture())
    with either.database.writing() as session:
        for table in ("accounts", "revisions", "articles"):
            session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - our own words
    with pytest.raises(ArchiveDamaged, match="baoku rebuild"):
        ids(either, "旧船")
    save(either, an_article(blocks=body("新灯")), a_capture())
    save(either, an_article("9", blocks=body("新灯")), a_capture("9", hours=1))
    assert ids(either, "旧船") == []
    assert ids(either, "新灯") == [ID, "cqrb-20310203-007-9"]
    with either.reading() as reader:
        assert indexing.compare(reader._session).missing == ()
