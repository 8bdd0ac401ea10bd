"""What saving an article means: new, nothing, a revision, or a better reading."""

import sqlite3
from dataclasses import replace

import pytest
from sqlalchemy import text

from press.account import Account, Piece
from press.errors import ArchiveDamaged, UnreadableMarkup, UsageError
from press.model import Block
from storage.catalogue import Selection
from storage.catalogue.models import Base
from tests.storage.samples import DAY, KEY, PARSER, READ_AT, a_capture, a_page, an_article

OTHER_TEXT = (Block(type="paragraph", text="改过的一段话。"),)
ID = "cqrb-20310203-007-353117"


def save(catalogue, article, capture, parser=PARSER):
    with catalogue.writing() as writer:
        return writer.save_article(article, capture, parser, READ_AT)


def record(catalogue, article_id=ID):
    with catalogue.reading() as reader:
        return reader.article(article_id)


def history(catalogue, article_id=ID):
    with catalogue.reading() as reader:
        return reader.revisions(article_id)


def ids(catalogue):
    with catalogue.reading() as reader:
        return [one.id for one in reader.articles(Selection())]


def dump(catalogue):
    """Every row of every table; on PostgreSQL with where and by whom it was last written."""
    if catalogue.database.is_sqlite:
        with sqlite3.connect(catalogue.database.name) as connection:
            return list(connection.iterdump())
    with catalogue.database.reading() as session:
        every = [
            session.execute(text(f"SELECT ctid, xmin, * FROM {table} ORDER BY ctid")).all()  # noqa: S608
            for table in Base.metadata.tables
        ]
    return [str(row) for rows in every for row in rows]


def counted(catalogue):
    """The rows that SQLite has written since the connection began; 0 on PostgreSQL, see `dump`."""
    if not catalogue.database.is_sqlite:
        return 0
    with catalogue.database.writing() as session:
        return session.scalar(text("SELECT total_changes()"))


def test_a_new_article_gets_its_id_and_its_first_revision(catalogue):
    capture = a_capture(hours=2)
    assert save(catalogue, an_article(), capture) == "new"
    kept = record(catalogue)
    assert (kept.id, kept.revision, kept.status, kept.parser) == (ID, 1, "ok", PARSER)
    assert kept.first_seen_at == kept.fetched_at == capture.captured_at
    assert kept.place == capture.place


def test_the_same_again_writes_no_row(catalogue):
    with catalogue.writing() as writer:
        writer.save_page(a_page("桥上的灯亮了"), "重庆日报", a_capture("index", hours=1), READ_AT)
    save(catalogue, an_article(), a_capture())
    before, written = dump(catalogue), counted(catalogue)
    with catalogue.writing() as writer:
        writer.save_page(a_page("桥上的灯亮了"), "重庆日报", a_capture("index", hours=1), READ_AT)
        saved = writer.save_article(an_article(), a_capture(), "founder/2", READ_AT.replace(hour=1))
    assert saved == "unchanged"
    assert counted(catalogue) == written
    assert dump(catalogue) == before


def test_equal_content_from_another_capture_is_unchanged(catalogue):
    save(catalogue, an_article(), a_capture("one"))
    assert save(catalogue, an_article(), a_capture("two", hours=5)) == "unchanged"
    assert record(catalogue).place == a_capture("one").place


def test_other_content_is_a_new_revision_and_the_old_one_stays(catalogue):
    save(catalogue, an_article(), a_capture("one"))
    changed = an_article(blocks=OTHER_TEXT)
    assert save(catalogue, changed, a_capture("two", hours=5)) == "revised"
    first, second = history(catalogue)
    assert first.article.text == an_article().text
    assert second == record(catalogue)
    assert (second.revision, second.article.text) == (2, changed.text)
    assert second.first_seen_at == first.fetched_at < second.fetched_at


def test_another_reading_of_the_same_body_is_rewritten_in_place(catalogue):
    save(catalogue, an_article(), a_capture("one"))
    better = an_article(blocks=OTHER_TEXT)
    assert save(catalogue, better, a_capture("one"), "founder/2") == "reparsed"
    (only,) = history(catalogue)
    assert (only.revision, only.parser, only.article.text) == (1, "founder/2", better.text)


def test_a_better_reading_may_differ_in_what_the_content_hash_leaves_out(catalogue):
    residue = Account((Piece("residue", "nobody", "编号七"),))
    save(catalogue, an_article(account=residue), a_capture())
    assert record(catalogue).status == "needs_review"
    assert save(catalogue, an_article(genre="notice"), a_capture(), "founder/2") == "reparsed"
    kept = record(catalogue)
    assert (kept.status, kept.article.genre, kept.parser) == ("ok", "notice", "founder/2")
    assert kept.article.account.residue is None


def test_reading_old_captures_again_adds_nothing(catalogue):
    readings = [
        (an_article(), a_capture("one")),
        (an_article(blocks=OTHER_TEXT), a_capture("two", hours=5)),
    ]
    readings.append((an_article(), a_capture("one", hours=9)))  # the paper took its change back
    assert [save(catalogue, *reading) for reading in readings] == ["new", "revised", "revised"]
    before = dump(catalogue)
    assert {save(catalogue, *reading) for reading in readings} == {"unchanged"}
    assert dump(catalogue) == before


def test_a_better_parser_rewrites_each_revision_from_its_own_capture(catalogue):
    captures = [a_capture("one"), a_capture("two", hours=5), a_capture("one", hours=9)]
    texts = [an_article(), an_article(blocks=OTHER_TEXT), an_article()]
    for article, capture in zip(texts, captures, strict=True):
        save(catalogue, article, capture)
    for article, capture in zip(texts, captures, strict=True):
        better = replace(article, deck="副题")
        assert save(catalogue, better, capture, "founder/2") == "reparsed"
    assert [one.article.deck for one in history(catalogue)] == ["副题"] * 3
    assert [one.place for one in history(catalogue)] == [capture.place for capture in captures]


def test_an_older_capture_found_later_is_history_and_not_news(catalogue):
    save(catalogue, an_article(), a_capture("late", hours=9))
    assert save(catalogue, an_article(blocks=OTHER_TEXT), a_capture("early")) == "revised"
    assert record(catalogue).article.text == an_article().text
    assert [one.revision for one in history(catalogue)] == [1, 2]


def test_a_neighbours_change_moves_the_article_without_a_revision(catalogue):
    save(catalogue, an_article(), a_capture("one"))
    moved = an_article(order=4, zones=(), url="http://paper.example/elsewhere.html")
    assert save(catalogue, moved, a_capture("two", hours=5)) == "unchanged"
    kept = record(catalogue)
    assert kept.article == replace(moved, account=Account())
    assert kept.revision == 1


def test_a_source_without_ids_adds_nothing_to_an_article_of_that_headline_that_has_one(catalogue):
    """A plain-text dump is a copy of the page without its pictures, links and zones."""
    save(catalogue, an_article(order=3), a_capture("page"))
    plain = an_article(None, headline="桥 上的灯亮了", order=1, zones=(), blocks=OTHER_TEXT)
    assert save(catalogue, plain, a_capture("dump", hours=1)) == "unchanged"
    kept = record(catalogue)
    assert ids(catalogue) == [ID]
    assert kept.article.text == an_article().text
    assert (kept.article.native_id, kept.article.order) == ("353117", 3)
    assert kept.article.url is not None
    assert kept.article.zones


def test_a_source_with_ids_adopts_what_had_none_and_the_id_stays(catalogue):
    save(catalogue, an_article(None), a_capture("dump"))
    (given,) = ids(catalogue)
    assert save(catalogue, an_article(order=5), a_capture("page", hours=1)) == "unchanged"
    assert ids(catalogue) == [given]
    kept = record(catalogue, given)
    assert (kept.article.native_id, kept.article.order) == ("353117", 5)
    assert save(catalogue, an_article(blocks=OTHER_TEXT), a_capture("x", hours=2)) == "revised"
    assert ids(catalogue) == [given]


def test_an_id_is_not_adopted_twice(catalogue):
    save(catalogue, an_article(None), a_capture("dump"))
    save(catalogue, an_article("1001"), a_capture("page", hours=1))
    assert save(catalogue, an_article("1002"), a_capture("page", hours=1)) == "new"
    assert len(ids(catalogue)) == 2


def test_untitled_articles_of_one_source_stay_apart_however_often_it_is_read(catalogue):
    pictures = [
        an_article(None, headline=None, order=n, blocks=(Block(type="paragraph", text=f"图{n}"),))
        for n in (1, 2, 3)
    ]
    for expected in ("new", "unchanged"):
        with catalogue.writing() as writer:
            saved = [writer.save_article(one, a_capture(), PARSER, READ_AT) for one in pictures]
        assert set(saved) == {expected}
    with catalogue.reading() as reader:
        kept = list(reader.articles(Selection()))
    assert [one.article.text for one in kept] == ["图1", "图2", "图3"]
    assert len({one.id for one in kept}) == 3


def test_two_notices_of_one_title_are_told_apart_by_what_they_say(catalogue):
    notices = [
        an_article(None, headline="启事", order=n, blocks=(Block(type="paragraph", text=f"事{n}"),))
        for n in (1, 2)
    ]
    for _ in range(2):
        with catalogue.writing() as writer:
            for one in notices:
                writer.save_article(one, a_capture(), PARSER, READ_AT)
    with catalogue.reading() as reader:
        assert [one.article.text for one in reader.articles(Selection())] == ["事1", "事2"]


def test_articles_of_one_id_on_two_pages_are_two(catalogue):
    save(catalogue, an_article(), a_capture())
    assert save(catalogue, an_article(page_no="A07"), a_capture()) == "new"
    assert ids(catalogue) == [ID, "cqrb-20310203-A07-353117"]


def test_the_account_is_that_of_the_current_revision(catalogue):
    save(catalogue, an_article(), a_capture("one"))
    later = Account((Piece("field", "headline", "后来的"),))
    save(catalogue, an_article(blocks=OTHER_TEXT, account=later), a_capture("two", hours=1))
    with catalogue.reading() as reader:
        assert reader.account(ID) == later
        assert reader.account("cqrb-20310203-007-1") is None


@pytest.mark.parametrize("bad", ["a\0b", "a\ud800"])
@pytest.mark.parametrize(
    "change",
    [
        lambda bad: {"headline": bad},
        lambda bad: {"blocks": (Block(type="table", text="", rows=((bad,),)),)},
        lambda bad: {"account": Account((Piece("dropped", "toolbar", bad),))},
        lambda bad: {"paper_name": bad},
    ],
)
def test_text_that_no_database_keeps_is_refused_before_anything_is_written(catalogue, bad, change):
    with pytest.raises(UnreadableMarkup, match="clean it"):
        save(catalogue, an_article(**change(bad)), a_capture())
    with catalogue.reading() as reader:
        assert reader.counts().articles == reader.counts().captures == 0


@pytest.mark.parametrize("page_no", ["7", "a01", "封面", 12345])
def test_a_page_number_that_would_come_back_different_is_refused(catalogue, page_no):
    with pytest.raises(UsageError, match="no page number"):
        save(catalogue, an_article(page_no=page_no), a_capture())


def test_one_place_has_one_body(catalogue):
    save(catalogue, an_article(), a_capture("one"))
    with pytest.raises(ArchiveDamaged, match="verify"):
        save(catalogue, an_article("9"), a_capture("two"))


def test_an_error_undoes_the_whole_transaction(catalogue):
    good_then_bad = [an_article(), an_article(page_no="封面")]
    with pytest.raises(UsageError), catalogue.writing() as writer:
        [writer.save_article(one, a_capture(), PARSER, READ_AT) for one in good_then_bad]
    assert ids(catalogue) == []


def test_an_article_needs_no_page_index_and_gives_none(catalogue):
    save(catalogue, an_article(), a_capture())
    with catalogue.reading() as reader:
        assert reader.page(KEY) is None
        assert reader.counts().pages == 1
    assert record(catalogue).article.issue_date == DAY


def test_a_residue_that_is_new_beside_the_same_content_is_a_revision(catalogue):
    residue = Account((Piece(kind="residue", name="stray", text="一句没有去处的话。"),))
    clean, stray = an_article(), an_article(account=residue)
    with catalogue.writing() as writer:
        writer.save_article(clean, a_capture("one"), PARSER, READ_AT)
        assert writer.save_article(stray, a_capture("two", hours=1), PARSER, READ_AT) == "revised"
        (record,) = writer.articles(Selection())
        assert (record.status, record.revision) == ("needs_review", 2)
        assert writer.save_article(clean, a_capture("three", hours=2), PARSER, READ_AT) == "revised"
        (record,) = writer.articles(Selection())
        assert (record.status, record.article.account.residue) == ("ok", None)
