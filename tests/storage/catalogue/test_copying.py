"""A catalogue copied from either database into either."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, text

from press.errors import ArchiveDamaged, UsageError
from press.finding import Finding
from press.record import canonical_json, json_line
from storage.catalogue import Catalogue, HostGate, Selection, indexing
from storage.catalogue.copying import BATCH, copy
from storage.catalogue.models import Base, CaptureRow
from storage.catalogue.rows import capture_columns
from tests.storage.samples import (
    DAY,
    KEY,
    PARSER,
    READ_AT,
    START,
    a_capture,
    a_ledger_entry,
    a_page,
    an_article,
)


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request, tmp_path):
    url = f"sqlite:///{tmp_path / 'target.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("server_databases").ready()
    with closing(Catalogue.open(url)) as opened:
        yield opened


@pytest.fixture
def filled(catalogue):
    """Something in every table, more than a batch in one, and keys that dictionaries sort."""
    with catalogue.writing() as writer:
        writer.save_page(a_page("桥上的灯亮了"), "重庆日报", a_capture("index", hours=1), READ_AT)
        for number in range(3):
            article = an_article(str(number), order=number, headline=f"第{number}盏灯")
            writer.save_article(article, a_capture(str(number), hours=2 + number), PARSER, READ_AT)
        many = [a_capture(str(number), hours=100 + number) for number in range(BATCH)]
        writer._session.execute(insert(CaptureRow), [capture_columns(one) for one in many])
        changed = an_article("1", order=1, headline="一盏新灯")
        writer.save_article(changed, a_capture("new", hours=50), PARSER, READ_AT)
        for name in ("A01", "B2", 7, 10):
            writer.save_ledger(a_ledger_entry(page_no=name))
        writer.save_ledger(a_ledger_entry(issue_date=DAY + timedelta(days=1), cause=None))
        found = Finding(key=KEY, kind="challenge", sentence="它要我们证明自己是人。")
        writer.settle_findings(KEY, [found], START)
        run = writer.begin_run("crawl", "cqrb", START)
        writer.finish_run(run, exit_code=0, tally={"archived": 1}, now=READ_AT)
    for host in ("http://b_a.example:80", "http://B.example:80", "http://ba.example:80"):
        HostGate(catalogue).claim(host, 3, START)
    return catalogue


def export(catalogue):
    with catalogue.reading() as reader:
        return [json_line(canonical_json(one)) for one in reader.articles(Selection())]


def held(catalogue):
    with catalogue.reading() as reader:
        return list(reader.ledger(Selection())), reader.findings(), reader.histories()


def test_the_copy_is_the_archive(filled, target):
    told = []
    copied = copy(filled, target, told.append)
    assert tuple(told) == copied
    assert all(one.is_same for one in copied)
    rows = {one.table: one.rows for one in copied}
    assert (rows["articles"], rows["revisions"], rows["captures"]) == (3, 4, BATCH + 5)
    assert export(target) == export(filled)
    assert held(target) == held(filled)


def test_every_table_is_copied_or_made_anew(filled, target):
    copied = {one.table for one in copy(filled, target, lambda _: None)}
    assert copied | {"search_docs", "search_version"} == set(Base.metadata.tables)
    with target.reading() as reader:
        found = indexing.compare(reader._session)
    assert (found.missing, found.orphans, found.stale, found.is_current) == ((), (), (), True)


def test_the_copy_can_be_written_to_and_numbers_go_on(filled, target):
    copy(filled, target, lambda _: None)
    with target.writing() as writer:
        article = an_article("9999", order=9999)
        assert writer.save_article(article, a_capture("9999", hours=5000), PARSER, READ_AT) == "new"
        writer.begin_run("crawl", "cqrb", START)
        newest = writer._session.scalar(select(func.max(CaptureRow.id)))
        assert newest == writer.counts().captures
    with target.reading() as reader:
        assert len({one.last.id for one in reader.histories()}) == 1
        assert reader.last_run().id == 2


def test_a_copy_of_a_copy_has_the_same_digests(filled, target, new_server_url):
    first = copy(filled, target, lambda _: None)
    with closing(Catalogue.open(new_server_url())) as last:
        second = copy(target, last, lambda _: None)
    assert [one.sha256 for one in first] == [one.sha256 for one in second]


def test_an_empty_catalogue_is_copied_as_such(catalogue, target):
    assert all(one.rows == 0 and one.is_same for one in copy(catalogue, target, lambda _: None))


def test_nothing_is_copied_over_another_archive(filled, target):
    with target.writing() as writer:
        writer.save_ledger(a_ledger_entry())
    with pytest.raises(UsageError, match="holds an archive already: name an empty"):
        copy(filled, target, lambda _: None)
    assert export(target) == []


TRIGGERS = {
    True: [
        "CREATE TRIGGER fraud AFTER INSERT ON revisions WHEN new.number = 2 "
        "BEGIN UPDATE revisions SET headline = '旧灯' WHERE number = 2; END"
    ],
    False: [
        "CREATE FUNCTION fraud() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN new.headline := '旧灯'; RETURN new; END $$",
        "CREATE TRIGGER fraud BEFORE INSERT ON revisions FOR EACH ROW "
        "WHEN (new.number = 2) EXECUTE FUNCTION fraud()",
    ],
}


def test_a_copy_that_is_another_thing_is_named_and_not_kept(filled, target):
    with target.database.connecting() as connection:
        for statement in TRIGGERS[target.database.is_sqlite]:
            connection.exec_driver_sql(statement)
    told = []
    with pytest.raises(ArchiveDamaged, match="the copy differs in revisions, so nothing was kept"):
        copy(filled, target, told.append)
    assert [one.table for one in told if not one.is_same] == ["revisions"]
    with target.reading() as reader:
        assert reader.counts().captures == 0


def test_a_row_that_refers_to_nothing_is_not_copied(file_catalogue, new_server_url):
    with closing(sqlite3.connect(file_catalogue.database.name)) as harm, harm:
        harm.execute("INSERT INTO issues VALUES ('none', '2031-02-03')")  # keys are off by default
    with (
        closing(Catalogue.open(new_server_url())) as target,
        pytest.raises(ArchiveDamaged, match="run baoku verify"),
    ):
        copy(file_catalogue, target, lambda _: None)


def test_the_source_may_be_opened_only_to_read(filled, url, target):
    with closing(Catalogue.open(url, read_only=True)) as reader:
        assert all(one.is_same for one in copy(reader, target, lambda _: None))
        with pytest.raises(Exception, match=r"read.?only"), reader.database.writing() as session:
            session.execute(text("DELETE FROM papers"))
