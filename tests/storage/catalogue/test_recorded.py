"""Records of another archive: kept as they were, never over what this one read itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from press.account import Account, Piece
from press.capture import Capture
from press.keys import article_id
from press.record import ArticleRecord, article_json
from press.recorded import origin_url
from storage.catalogue import Selection
from tests.storage.catalogue.test_indexing import ids, is_whole
from tests.storage.samples import PARSER, READ_AT, START, a_capture, an_article


def a_record(revision=1, hours=0, status="ok", **changes):
    article = an_article(**changes)
    return ArticleRecord(
        id=article_id("cqrb", article.issue_date, 7, article.native_id, article.headline),
        article=article,
        status=status,
        revision=revision,
        first_seen_at=START,
        fetched_at=START + timedelta(hours=hours),
        place=replace(a_capture().place, file="far-away.warc.gz", offset=hours),
        parser="other 9",
    )


def kept(record, offset) -> Capture:
    place = replace(a_capture(str(article_json(record))).place, offset=offset)
    return a_capture(
        url=origin_url(record),
        kind="resource",
        status=0,
        place=place,
        captured_at=record.fetched_at,
    )


@pytest.fixture
def save(catalogue):
    captures = {}  # a line that came before is not kept again

    def saving(record):
        offset = 10**6 + 1_000 * len(captures)
        capture = captures.setdefault(str(article_json(record)), kept(record, offset))
        with catalogue.writing() as writer:
            return writer.save_record(record, capture, READ_AT)

    return saving


def articles(catalogue):
    with catalogue.reading() as reader:
        return list(reader.articles(Selection()))


def shown(catalogue):
    return [article_json(one) for one in articles(catalogue)]


def test_a_record_comes_out_as_it_went_in(catalogue, save):
    lost = Account((Piece("residue", "nobody", "一"),))
    for record in (
        a_record(revision=3, hours=5),
        a_record(native_id="9", order=2, account=lost, status="needs_review"),
        a_record(native_id=None, order=3, headline="无号", status="withdrawn"),
    ):
        assert save(record) == "new"
        assert article_json(record) in shown(catalogue)
        assert save(record) == "unchanged"
    with catalogue.reading() as reader:
        tombstone = reader.tombstone(articles(catalogue)[2].id)
    assert tombstone.withdrawn_at == READ_AT
    assert tombstone.evidence is not None


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_in_whatever_order_records_come_the_one_with_the_highest_number_is_current(
    catalogue, save, order
):
    records = [a_record(), a_record(revision=3, hours=2, headline="新题")]
    assert [save(records[n]) for n in order] == ["new", "revised"]
    assert shown(catalogue) == [article_json(records[1])]
    with catalogue.reading() as reader:
        assert [one.revision for one in reader.revisions(records[0].id)] == [1, 3]


def test_of_two_records_with_one_number_the_later_holds(catalogue, save):
    later = a_record(hours=1, genre="notice")
    assert save(a_record()) == "new"
    assert save(later) == "reparsed"
    assert save(a_record(genre="verse")) == "unchanged"
    assert shown(catalogue) == [article_json(later)]


def test_what_this_archive_read_itself_stays(catalogue, save):
    article = an_article()
    with catalogue.writing() as writer:
        writer.save_article(article, a_capture("own", hours=9), PARSER, READ_AT)
    before = shown(catalogue)
    assert save(a_record(revision=4, hours=99, headline="别的")) == "unchanged"
    assert shown(catalogue) == before


def test_the_same_article_under_another_id_stays(catalogue, save):
    with catalogue.writing() as writer:
        writer.save_article(an_article(), a_capture("own"), PARSER, READ_AT)
    stranger = replace(a_record(), id="cqrb-20310203-007-other")
    assert save(stranger) == "unchanged"
    assert len(articles(catalogue)) == 1


def test_a_crawl_adds_the_next_number(catalogue, save):
    save(a_record(revision=3))
    with catalogue.writing() as writer:
        capture = a_capture("own", hours=50)
        saved = writer.save_article(an_article(headline="新题"), capture, PARSER, READ_AT)
    assert saved == "revised"
    (record,) = articles(catalogue)
    assert (record.revision, record.article.headline) == (4, "新题")
    assert record.place == capture.place


@pytest.mark.parametrize("genre", ["article", "notice"])
def test_the_answer_of_a_record_takes_its_place_and_leaves_its_number(catalogue, save, genre):
    answer = a_capture("answer", hours=5)
    record = a_record(revision=3, hours=5, status="withdrawn", zones=())
    save(replace(record, place=replace(record.place, sha256=answer.place.sha256)))
    read = an_article(zones=(), genre=genre)
    for expected in ("unchanged" if genre == "article" else "reparsed", "unchanged"):
        with catalogue.writing() as writer:
            assert writer.save_article(read, answer, PARSER, READ_AT) == expected
    (now,) = articles(catalogue)
    assert (now.revision, now.status, now.first_seen_at) == (3, "withdrawn", START)
    assert (now.place, now.parser, now.article.genre) == (answer.place, PARSER, genre)
    with catalogue.reading() as reader:
        assert reader.account(now.id) == read.account


def test_a_selection_chooses_by_genre(catalogue, save):
    save(a_record())
    save(a_record(native_id="9", order=2, genre="notice"))
    with catalogue.reading() as reader:
        (record,) = reader.articles(Selection(genre="notice"))
    assert record.article.genre == "notice"


def test_a_record_is_found_by_what_it_says_now(catalogue, save):
    save(a_record(headline="旧船"))
    assert ids(catalogue, "旧船") == ["cqrb-20310203-007-353117"]
    save(a_record(headline="新灯", revision=2, hours=1))
    save(a_record(headline="新桥", revision=2, hours=2, order=4))
    save(a_record(headline="古井", revision=1, hours=3))
    assert ids(catalogue, "旧船") == ids(catalogue, "新灯") == ids(catalogue, "古井") == []
    assert ids(catalogue, "新桥") == ["cqrb-20310203-007-353117"]
    assert is_whole(catalogue)
    save(a_record(headline="新桥", revision=2, hours=4, order=4, status="withdrawn"))
    assert ids(catalogue, "新桥") == []
    assert is_whole(catalogue)
