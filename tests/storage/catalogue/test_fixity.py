"""The catalogue as an auditor reads it."""

from datetime import timedelta

import pytest

from press.errors import ArchiveDamaged
from storage.catalogue import Catalogue
from tests.storage.samples import DAY, KEY, PARSER, READ_AT, a_capture, a_ledger_entry, an_article


@pytest.fixture
def filled(catalogue):
    with catalogue.writing() as writer:
        writer.save_article(an_article(), a_capture(), PARSER, READ_AT)
        writer.save_ledger(a_ledger_entry())
    return catalogue


def test_the_archive_stands_still_while_a_writer_goes_on(filled, tmp_path):
    with filled.standing_still(tmp_path) as fixity:
        before = fixity.counts()
        with filled.writing() as writer:
            writer.save_article(an_article("2", order=2), a_capture(), PARSER, READ_AT)
        assert fixity.counts() == before
    with filled.standing_still(tmp_path) as fixity:
        assert fixity.counts().articles == before.articles + 1


def test_a_read_only_file_is_copied_and_no_copy_stays(file_catalogue, file_url, tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    reader = Catalogue.open(file_url, read_only=True)
    with reader.standing_still(folder) as fixity:
        assert list(fixity.faults()) == []
        assert len(list(folder.iterdir())) == 1
    reader.close()
    assert list(folder.iterdir()) == []


def test_pages_come_with_their_articles_and_revisions(filled, tmp_path):
    with filled.standing_still(tmp_path) as fixity:
        (page,) = fixity.pages()
    assert (page.key, page.index_capture_id, page.entry.state) == (KEY, None, "retry")
    (article,) = page.articles
    assert (article.current.number, article.current.has_account) == (1, True)
    assert article.current.sha256 == a_capture().place.sha256


def test_an_article_comes_with_all_that_is_kept_beside_it(filled, tmp_path):
    with filled.standing_still(tmp_path) as fixity:
        stored = fixity.stored_article("cqrb-20310203-007-353117")
        assert fixity.stored_article("none") is None
    assert stored.account == an_article().account
    assert (stored.text, stored.char_count) == (an_article().text, an_article().char_count)
    assert (stored.capture, stored.read_at) == (a_capture(), READ_AT)


def test_days_come_by_paper_and_page(filled, tmp_path):
    with filled.writing() as writer:
        writer.save_ledger(a_ledger_entry(issue_date=DAY + timedelta(days=2)))
        writer.save_ledger(a_ledger_entry(page_no="A01"))
    with filled.standing_still(tmp_path) as fixity:
        days = [(paper, page_no, list(days)) for paper, page_no, days in fixity.due_days()]
    assert days == [
        ("cqrb", 7, [DAY, DAY + timedelta(days=2)]),
        ("cqrb", "A01", [DAY]),
    ]


def test_an_issue_that_did_not_come_out_has_no_page(filled, tmp_path):
    with filled.writing() as writer:
        writer.save_ledger(a_ledger_entry(state="not_published"))
    with filled.standing_still(tmp_path) as fixity:
        assert fixity.known_issues("cqrb", DAY, DAY) == {DAY: frozenset()}
        assert fixity.known_issues("jxrb", DAY, DAY) == {}


def test_a_row_that_is_none_of_ours_is_damage(filled, tmp_path):
    with filled.database.connecting() as connection:
        connection.exec_driver_sql("UPDATE ledger SET page_no = 'no number'")
    with (
        filled.standing_still(tmp_path) as fixity,
        pytest.raises(ArchiveDamaged, match="cannot be read"),
    ):
        list(fixity.pages())
