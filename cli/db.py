"""`baoku db`: the catalogue's database; today, how to move it to another one."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import click

from cli.options import archive_options, json_option
from cli.settings import Settings
from cli.terminal import screen, table_of
from cli.wiring import catalogue_url, settings_here
from press.errors import UsageError
from press.record import json_line
from storage.catalogue import Catalogue
from storage.catalogue.copying import CopiedTable, copy
from storage.home import Home, holding

_DIGITS = 16
"""How much of a digest a person is shown; --json has all of it."""


@click.group(invoke_without_command=True)
@click.pass_context
def db(context: click.Context) -> None:
    """The catalogue's database: move it between SQLite and PostgreSQL."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@db.command("copy")
@click.argument("source_url", metavar="FROM_URL")
@click.argument("target_url", metavar="TO_URL")
@json_option
@archive_options
def copy_database(source_url: str, target_url: str, *, as_json: bool) -> None:
    """Copy the catalogue at FROM_URL into the empty database at TO_URL.

    Each is sqlite:///PATH or postgresql+psycopg://USER@HOST/NAME; a password is best kept in
    ~/.pgpass. Both sides are counted and compared before anything is kept. The shelf is not moved.
    """
    if source_url == target_url:
        raise UsageError("both addresses are the same: name the database to copy into")
    with (
        _unchanging(settings_here(), source_url, target_url),
        closing(Catalogue.open(source_url, read_only=True)) as source,
        closing(Catalogue.open(target_url)) as target,
    ):
        copied = copy(source, target, _line if as_json else lambda _: None)
    if not as_json:
        _show(copied)


@contextmanager
def _unchanging(settings: Settings, *urls: str) -> Iterator[None]:
    """Holds the archive while its catalogue is one of them, so that no run adds to it meanwhile."""
    home = Home(settings.home)
    if home.folder.exists() and catalogue_url(home, settings) in urls:
        with holding(home):
            yield
    else:
        yield


def _line(one: CopiedTable) -> None:
    click.echo(json_line(one.as_json()))


def _show(copied: tuple[CopiedTable, ...]) -> None:
    table = table_of("table", ">rows", "sha256 of both")
    for one in copied:
        table.add_row(one.table, f"{one.rows:,}", one.sha256[:_DIGITS])
    screen().print(table)
    screen().print(
        f"{sum(one.rows for one in copied):,} rows in {len(copied)} tables, the same on both "
        "sides. The shelf (raw/) stays in its home; the setting database_url says which catalogue "
        "belongs to it.",
        soft_wrap=True,
    )
