"""Which tables a database has, and bringing them up to date."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from press.errors import ArchiveDamaged, HomeUnusable
from storage.catalogue import indexing
from storage.catalogue.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0004"
"""The newest migration. They are numbered in order, so which of two is newer needs no alembic."""


def check(database: Database) -> None:
    """Returns when the tables are those of this program.

    Raises HomeUnusable when there are none or older ones, ArchiveDamaged when they are newer.
    """
    version = _version(database)
    if version is None:
        raise HomeUnusable(
            f"there is no archive in {database.name}: run baoku crawl or baoku import first"
        )
    if version < HEAD or not _is_indexed(database):
        raise HomeUnusable(
            f"{database.name} was made by an older Baoku: run a command that writes, such as "
            "baoku crawl, once, to bring it up to date"
        )


def migrate(database: Database) -> None:
    """Brings the tables to HEAD, all in one transaction; does nothing when they are there.

    Then the search index is made, or made anew where its folding is another: also in one
    transaction. Two programs may do it at once: the second waits, then finds it done. Raises
    ArchiveDamaged when the tables are newer than the program.
    """
    if _version(database) != HEAD:
        from alembic.command import upgrade  # noqa: PLC0415  0.3 s, once in an archive's life

        with database.connecting() as connection:
            upgrade(alembic_config(connection), "head")
    if not _is_indexed(database):
        with database.writing() as session:
            if not indexing.is_current(session):
                indexing.fill(session)


def alembic_config(connection: Connection) -> "Config":
    """Alembic's settings, without a file: the migrations of the package, on that connection."""
    from alembic.config import Config  # noqa: PLC0415  see migrate

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "storage.catalogue:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _is_indexed(database: Database) -> bool:
    with database.reading() as session:
        return indexing.is_current(session)


def _version(database: Database) -> str | None:
    """The migration that the database is at, None when it has no tables of ours."""
    with database.reading() as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return None
        found = session.scalar(text("SELECT version_num FROM alembic_version"))
    version = None if found is None else str(found)
    if version is not None and version > HEAD:
        raise ArchiveDamaged(
            f"{database.name} was made by a newer Baoku: install that version or a later one"
        )
    return version
