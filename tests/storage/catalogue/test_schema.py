"""Tables and migrations."""

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


@pytest.fixture
def database(url):
    opened = Database(url, read_only=False)
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


def test_an_empty_database_is_no_archive_to_read(url, database):
    with database.connecting() as connection:
        connection.execute(text("CREATE TABLE strangers (id INTEGER)"))
    with pytest.raises(HomeUnusable, match="there is no archive"):
        Catalogue.open(url, read_only=True)


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
