"""Tables and migrations."""

from datetime import UTC, datetime

import pytest
from alembic.command import check, downgrade, upgrade
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from press.errors import ArchiveDamaged, HomeUnusable
from storage.catalogue import Catalogue
from storage.catalogue.engine import Database
from storage.catalogue.models import Base
from storage.catalogue.schema import HEAD, alembic_config
from tests.storage.samples import KEY, PARSER, READ_AT, a_capture, a_page, an_article


@pytest.fixture
def url(own_url):
    return own_url


@pytest.fixture
def database(either_url):
    opened = Database(either_url, read_only=False)
    yield opened
    opened.close()


def set_version(catalogue, version):
    with catalogue.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})


def test_the_migrations_make_the_tables_of_the_models(catalogue):
    with catalogue.database.connecting() as connection:
        check(alembic_config(connection))


def test_head_is_the_newest_migration(catalogue):
    with catalogue.database.connecting() as connection:
        assert ScriptDirectory.from_config(alembic_config(connection)).get_heads() == [HEAD]


def test_migrations_are_numbered_without_a_gap(catalogue):
    with catalogue.database.connecting() as connection:
        scripts = ScriptDirectory.from_config(alembic_config(connection)).walk_revisions()
        numbers = sorted(script.revision for script in scripts)
    assert numbers == [f"{n:04d}" for n in range(1, len(numbers) + 1)]


def test_bringing_up_to_date_twice_changes_nothing(url, catalogue):
    Catalogue.open(url).close()
    with catalogue.database.connecting() as connection:
        upgrade(alembic_config(connection), "head")
        check(alembic_config(connection))


def test_a_migration_that_fails_leaves_no_table(database):
    with pytest.raises(CommandError), database.connecting() as connection:
        [upgrade(alembic_config(connection), target) for target in ("head", "no such one")]
    with database.reading() as session:
        assert inspect(session.connection()).get_table_names() == []


def test_the_first_migration_can_be_undone(catalogue):
    with catalogue.database.connecting() as connection:
        downgrade(alembic_config(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]


def test_a_newer_archive_is_refused(url, catalogue):
    set_version(catalogue, "9999")
    for read_only in (True, False):
        with pytest.raises(ArchiveDamaged, match="newer Baoku"):
            Catalogue.open(url, read_only=read_only)


def test_an_older_archive_is_read_only_after_it_was_brought_up_to_date(url, catalogue):
    set_version(catalogue, "0000")
    with pytest.raises(HomeUnusable, match="older Baoku"):
        Catalogue.open(url, read_only=True)


def test_an_empty_database_is_no_archive_to_read(either_url, database):
    with database.connecting() as connection:
        connection.execute(text("CREATE TABLE strangers (id INTEGER)"))
    with pytest.raises(HomeUnusable, match="there is no archive"):
        Catalogue.open(either_url, read_only=True)


def test_postgresql_takes_every_table():
    dialect = postgresql.dialect()
    written = ""
    for table in Base.metadata.sorted_tables:
        written += str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            written += str(CreateIndex(index).compile(dialect=dialect))
    assert "TIMESTAMP WITH TIME ZONE" in written
    assert 'COLLATE "C"' in written


def test_every_constraint_has_a_name_that_postgresql_keeps_whole():
    named = [
        each.name
        for table in Base.metadata.sorted_tables
        for each in (*table.constraints, *table.indexes)
    ]
    assert all(name is not None and len(str(name)) <= 63 for name in named)
    assert len(set(named)) == len(named)


LOOKED_AT = "2031-02-02 23:00:00.000000"


@pytest.fixture
def filled_at_0001(url, empty_file, catalogue):
    """A catalogue of the first tables with a page, an article and a state of the ledger."""
    with catalogue.writing() as writer:
        writer.save_page(a_page("桥上的灯亮了"), "重庆日报", a_capture("index", hours=1), READ_AT)
        writer.save_article(an_article(), a_capture(), PARSER, READ_AT)
    with catalogue.database.connecting() as connection:
        downgrade(alembic_config(connection), "0001")
        connection.execute(
            text(
                "INSERT INTO ledger (paper, issue_date, page_no, state, cause, attempts, evidence,"
                " updated_at) VALUES ('cqrb', '2031-02-03', '7', 'archived', NULL, 1, 'aa', :at)"
            ),
            {"at": LOOKED_AT},
        )
    catalogue.close()
    return url


def test_an_archive_of_the_first_tables_is_brought_up_to_date_with_what_is_in_it(filled_at_0001):
    migrated = Catalogue.open(filled_at_0001)
    with migrated.database.connecting() as connection:
        check(alembic_config(connection))
    with migrated.reading() as reader:
        record = reader.article("cqrb-20310203-007-353117")
        entry = reader.ledger_entry("cqrb", KEY.issue_date, 7)
        assert reader.page(KEY).page == a_page("桥上的灯亮了")
        assert reader.findings() == ()
        assert reader.withdrawn_articles(KEY) == ()
        assert reader.last_run() is None
    migrated.close()
    assert (record.status, record.article.headline) == ("ok", an_article().headline)
    assert (entry.state, entry.evidence, entry.attempts) == ("archived", "aa", 1)
    assert entry.checked_at == entry.updated_at == datetime(2031, 2, 2, 23, 0, tzinfo=UTC)


def test_an_archive_of_the_first_tables_is_not_read_before(filled_at_0001):
    with pytest.raises(HomeUnusable, match="older Baoku"):
        Catalogue.open(filled_at_0001, read_only=True)
