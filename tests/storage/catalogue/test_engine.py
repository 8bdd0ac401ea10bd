"""Opening, transactions, and what goes wrong with a database."""

import os
import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from press.errors import ArchiveDamaged, ArchiveHeld, CatalogueBusy, HomeUnusable, SettingError
from storage.catalogue import Catalogue
from storage.catalogue.engine import BUSY_TIMEOUT_MS, journal_mode
from tests.storage.samples import PARSER, READ_AT, a_capture, a_ledger_entry, an_article


def path_of(url):
    return Path(url.removeprefix("sqlite:///"))


def pragma(catalogue, name):
    with catalogue.reading() as reader:
        return reader._session.scalar(text(f"PRAGMA {name}"))


def save(catalogue, article):
    with catalogue.writing() as writer:
        writer.save_article(article, a_capture(), PARSER, READ_AT)


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "DELETE"),
        ((3, 44, 5), "DELETE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 0), "DELETE"),
        ((3, 50, 6), "DELETE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 0), "DELETE"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_wal_only_where_its_race_is_mended(version, mode):
    assert journal_mode(version) == mode


@given(st.tuples(st.integers(0, 4), st.integers(0, 60), st.integers(0, 9)))
def test_every_later_patch_of_a_safe_line_is_safe(version):
    major, minor, patch = version
    if journal_mode(version) == "WAL":
        assert journal_mode((major, minor, patch + 1)) == "WAL"


def test_what_is_committed_is_on_the_disk_and_keys_are_enforced(file_catalogue):
    assert pragma(file_catalogue, "synchronous") == 2
    assert pragma(file_catalogue, "foreign_keys") == 1
    assert pragma(file_catalogue, "busy_timeout") == BUSY_TIMEOUT_MS
    assert pragma(file_catalogue, "journal_mode").upper() == journal_mode(
        sqlite3.sqlite_version_info
    )


def test_a_writer_holds_the_lock_before_it_writes(file_url, file_catalogue):
    with closing(sqlite3.connect(path_of(file_url), timeout=0)) as other:
        with file_catalogue.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")


def test_a_reader_leaves_the_lock_alone(file_url, file_catalogue):
    with file_catalogue.reading() as reader:
        reader.counts()
        with closing(sqlite3.connect(path_of(file_url), timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")


def test_a_held_database_is_an_archive_held(file_url, file_catalogue):
    with closing(sqlite3.connect(path_of(file_url))) as other:
        other.execute("BEGIN IMMEDIATE")
        with file_catalogue.reading() as reader:
            reader._session.execute(text("PRAGMA busy_timeout = 0"))
        with pytest.raises(ArchiveHeld, match="another run"), file_catalogue.writing():
            pass


def test_a_full_disk_is_a_home_unusable_and_loses_nothing(file_catalogue):
    save(file_catalogue, an_article("1"))
    with file_catalogue.reading() as reader:
        pages = reader._session.scalar(text("PRAGMA page_count"))
        reader._session.execute(text(f"PRAGMA max_page_count = {pages}"))
    huge = an_article("2", byline="长" * 100_000)
    with pytest.raises(HomeUnusable, match="disk has space"):
        save(file_catalogue, huge)
    with file_catalogue.reading() as reader:
        assert reader.counts().articles == 1


def test_a_file_that_is_no_database_is_an_archive_damaged(file_url):
    path_of(file_url).write_bytes(b"not a database, but long enough to look like one" * 40)
    for read_only in (True, False):
        with pytest.raises(ArchiveDamaged, match="baoku rebuild"):
            Catalogue.open(file_url, read_only=read_only)


def test_overwritten_pages_are_an_archive_damaged(file_url, file_catalogue):
    save(file_catalogue, an_article())
    file_catalogue.close()
    whole = path_of(file_url).read_bytes()
    path_of(file_url).write_bytes(whole[:8192] + b"\xa5" * (len(whole) - 8192))
    with (
        pytest.raises(ArchiveDamaged, match="restore a backup"),
        file_catalogue.reading() as reader,
    ):
        reader.article("cqrb-20310203-007-353117")


@pytest.mark.parametrize("read_only", [True, False])
def test_a_folder_that_is_not_there_is_a_home_unusable(tmp_path, read_only):
    with pytest.raises(HomeUnusable, match="check that it exists"):
        Catalogue.open(f"sqlite:///{tmp_path / 'none' / 'c.sqlite3'}", read_only=read_only)


def test_reading_only_cannot_write(file_url, file_catalogue):
    save(file_catalogue, an_article())
    opened = Catalogue.open(file_url, read_only=True)
    with opened.reading() as reader:
        assert reader.counts().articles == 1
    with pytest.raises(HomeUnusable, match="readonly"), opened.writing() as writer:
        writer.save_ledger(a_ledger_entry())
    opened.close()


def test_reading_only_makes_no_file(file_url):
    with pytest.raises(HomeUnusable):
        Catalogue.open(file_url, read_only=True)
    assert not path_of(file_url).exists()


@pytest.mark.parametrize("name", ["a b.sqlite3", "50%25?x=1#y.sqlite3", "报库.sqlite3"])
def test_any_path_is_taken_as_it_is(tmp_path, name):
    url = f"sqlite:///{tmp_path / name}"
    Catalogue.open(url).close()
    assert (tmp_path / name).is_file()
    Catalogue.open(url, read_only=True).close()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_row_that_breaks_a_rule_of_the_tables_is_an_archive_damaged(file_catalogue):
    orphan = text("INSERT INTO issues (paper, issue_date) VALUES ('none', '2031-02-03')")
    with pytest.raises(ArchiveDamaged, match="FOREIGN KEY"), file_catalogue.writing() as writer:
        writer._session.execute(orphan)


def test_our_own_mistakes_are_not_dressed_up(file_catalogue):
    with pytest.raises(OperationalError, match="no such table"), file_catalogue.reading() as reader:
        reader._session.execute(text("SELECT * FROM none"))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "catalogue.sqlite3",
        "mysql://u:geheim@h/d",
        "postgresql://u:geheim@h/d",
        "sqlite:///",
        "sqlite:///:memory:",
    ],
)
def test_another_address_is_a_setting_error_that_tells_no_password(url):
    with pytest.raises(SettingError, match="no address of a catalogue") as caught:
        Catalogue.open(url)
    assert "geheim" not in str(caught.value)


def test_postgresql_is_accepted_and_needs_its_driver():
    opening = """if True:
        import sys
        sys.modules["psycopg"] = None  # as where it is not installed
        from press.errors import SettingError
        from storage.catalogue.engine import Database
        try:
            Database("postgresql+psycopg://u:geheim@127.0.0.1:9/d", read_only=False)
        except SettingError as error:
            print(error)
    """
    said = subprocess.run(  # noqa: S603 - our own words, no shell
        [sys.executable, "-c", opening], capture_output=True, text=True, check=True
    ).stdout
    assert "pip install" in said


def test_a_closed_catalogue_lets_its_file_go(file_url, file_catalogue):
    save(file_catalogue, an_article())
    file_catalogue.close()
    path_of(file_url).unlink()
    assert list(path_of(file_url).parent.iterdir()) == []


def test_a_folder_may_have_any_name_that_the_system_allows(tmp_path):
    folder = tmp_path / os.fsdecode("a?b#c%20 第".encode("gb18030"))
    folder.mkdir()
    url = f"sqlite:///{folder}/catalogue.sqlite3"
    Catalogue.open(url, read_only=False).close()
    with closing(Catalogue.open(url, read_only=True)) as catalogue, catalogue.reading() as reader:
        assert reader.counts().articles == 0


def test_what_a_killed_writer_left_is_named_to_whoever_only_reads(file_url, file_catalogue):
    script = (
        "import os, sqlite3, sys\n"
        "database = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "database.execute('PRAGMA journal_mode = DELETE')\n"
        "database.execute('PRAGMA cache_size = 1')\n"
        "database.execute('BEGIN IMMEDIATE')\n"
        "for n in range(2000):\n"
        "    database.execute('INSERT INTO papers VALUES (?, ?)', (f'p{n}', 'x' * 500))\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, path_of(file_url)], check=False)  # noqa: S603
    with pytest.raises(HomeUnusable, match="was killed while it wrote"):
        Catalogue.open(file_url, read_only=True)
    Catalogue.open(file_url).close()
    Catalogue.open(file_url, read_only=True).close()


def test_a_reader_for_whom_no_connection_becomes_free_is_told_so(own_url):
    Catalogue.open(own_url).close()
    with (
        closing(Catalogue.open(own_url, read_only=True, budget_s=0.01)) as catalogue,
        ExitStack() as stack,
    ):
        pool = catalogue.database.engine.pool
        for _ in range(pool.size() + pool._max_overflow):
            stack.enter_context(closing(catalogue.database.engine.connect()))
        with (
            pytest.raises(CatalogueBusy, match=r"every connection to .* is in use: try again"),
            catalogue.reading() as reader,
        ):
            reader.counts()
