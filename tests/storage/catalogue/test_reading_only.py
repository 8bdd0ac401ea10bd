"""A catalogue opened to read cannot be changed, and no reading takes longer than it may."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from press.errors import PressError, TooExpensive
from storage.catalogue import Catalogue
from tests.storage.samples import PARSER, READ_AT, a_capture, an_article

WRITES = [
    "INSERT INTO papers VALUES ('xx', 'x')",
    "INSERT OR REPLACE INTO papers VALUES ('cqrb', 'x')",
    "REPLACE INTO papers VALUES ('cqrb', 'x')",
    "INSERT INTO papers SELECT slug || 'x', name FROM papers",
    "UPDATE papers SET name = 'x'",
    "UPDATE OR IGNORE articles SET status = 'ok'",
    "UPDATE alembic_version SET version_num = '9999'",
    "DELETE FROM papers",
    "DELETE FROM articles WHERE 1 = 0",
    "DELETE FROM accounts",
    "WITH one AS (SELECT 1) DELETE FROM entries WHERE 1 IN one",
    "INSERT INTO host_gates VALUES ('h', 1) ON CONFLICT (host) DO UPDATE SET next_at = 1",
    "UPDATE papers SET name = 'x' RETURNING name",
    "CREATE TABLE loot (a)",
    "CREATE TABLE loot AS SELECT * FROM papers",
    "CREATE TEMP TABLE loot AS SELECT * FROM papers",
    "CREATE INDEX loot ON papers (name)",
    "CREATE VIEW loot AS SELECT 1",
    "CREATE TRIGGER loot AFTER INSERT ON papers BEGIN SELECT 1; END",
    "CREATE VIRTUAL TABLE loot USING fts5(a)",
    "DROP TABLE papers",
    "DROP INDEX ix_articles_status",
    "ALTER TABLE papers RENAME TO loot",
    "ALTER TABLE papers ADD COLUMN loot TEXT",
    "ALTER TABLE papers DROP COLUMN name",
    "REINDEX",
    "ANALYZE",
    "PRAGMA user_version = 7",
    "PRAGMA application_id = 7",
    "PRAGMA writable_schema = ON; DELETE FROM sqlite_master",
]


@pytest.fixture
def filled(file_catalogue: Catalogue, file_url: str) -> str:
    with file_catalogue.writing() as writer:
        writer.save_article(an_article(), a_capture(), PARSER, READ_AT)
    return file_url


@pytest.mark.parametrize("statement", WRITES)
def test_no_statement_writes_through_a_readers_connection(filled: str, statement: str) -> None:
    path = Path(filled.removeprefix("sqlite:///"))
    before = path.read_bytes()
    with closing(Catalogue.open(filled, read_only=True)) as catalogue:
        with pytest.raises(sqlite3.DatabaseError):
            run(catalogue, statement)
        if "TEMP" not in statement:  # a table that is gone with the connection is no harm
            with pytest.raises(sqlite3.DatabaseError):
                run(catalogue, f"PRAGMA query_only = OFF; {statement}")
    assert path.read_bytes() == before


@pytest.mark.parametrize("statement", ["ATTACH '{}' AS loot", "VACUUM INTO '{}'"])
def test_no_other_file_is_reached_through_a_readers_connection(
    filled: str, tmp_path: Path, statement: str
) -> None:
    loot = tmp_path / "loot.sqlite3"
    with (
        closing(Catalogue.open(filled, read_only=True)) as catalogue,
        pytest.raises(sqlite3.DatabaseError),
    ):
        run(catalogue, statement.format(loot))
    assert not loot.exists()


def run(catalogue: Catalogue, script: str) -> None:
    with catalogue.reading() as reader:
        driver = reader._session.connection().connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.executescript(script)


ENDLESS = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
)


def test_a_reading_that_takes_too_long_is_cut_short_and_the_next_one_is_not(filled: str) -> None:
    with closing(Catalogue.open(filled, read_only=True, budget_s=0.02)) as catalogue:
        with pytest.raises(TooExpensive, match="ask for"), catalogue.reading() as reader:
            reader._session.execute(ENDLESS).scalar()
        with catalogue.reading() as reader:
            assert reader.counts().articles == 1


def test_the_tables_can_be_looked_at_again_while_it_is_open(filled: str) -> None:
    with closing(Catalogue.open(filled, read_only=True)) as catalogue:
        catalogue.check()
        with closing(Catalogue.open(filled)) as other, other.database.connecting() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(PressError, match="newer"):
            catalogue.check()


def test_on_either_database_a_reader_writes_nothing_and_is_cut_short(url: str) -> None:
    with closing(Catalogue.open(url, read_only=True, budget_s=0.2)) as catalogue:
        with pytest.raises((PressError, DBAPIError)), catalogue.reading() as reader:
            reader._session.execute(text("INSERT INTO papers VALUES ('xx', 'x')"))
        with pytest.raises(TooExpensive), catalogue.reading() as reader:
            reader._session.execute(ENDLESS).scalar()
        with catalogue.reading() as reader:
            assert reader.papers() == ()
