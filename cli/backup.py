"""`baoku backup` and `baoku restore`: the archive in a bag of its own, and back from it."""

from pathlib import Path

import click
from rich.text import Text

from cli.clock import SystemClock
from cli.logs import start_logging
from cli.options import archive_options, json_option
from cli.terminal import printed, screen, side_screen
from cli.wiring import archive_to_fill, archive_to_read, settings_here, software
from press.errors import ArchiveDamaged, UsageError
from press.outcome import EXIT_ARCHIVED
from press.record import json_line
from storage.backup import back_up, restore
from storage.raw.fixity import Inspection


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@json_option
@archive_options
def backup(*, folder: Path, as_json: bool) -> int:
    """Copy the whole archive into FOLDER, or bring the backup there up to date.

    Catalogue and shelf as they are at one moment; a crawl may go on. The folder is a bag (RFC
    8493) whose digests any tool can check. Of what it has, only what changed is copied.
    """
    start_logging(for_machines=as_json)
    settings = settings_here()
    if folder.resolve().is_relative_to(settings.home.resolve()):
        raise UsageError("a backup beside the archive is lost with it: name a folder elsewhere")
    with archive_to_read(settings) as archive:
        made = back_up(
            archive.catalogue,
            Inspection(archive.home.raw, archive.vault),
            folder,
            now=SystemClock().now(),
            software=software(),
        )
    for sentence in made.damage:
        told = f"baoku: {sentence}: run baoku verify, and copy it back from a backup that has it"
        side_screen().print(printed(told), soft_wrap=True)
    if as_json:
        click.echo(json_line(made.as_json()))
    else:
        screen().print(
            Text(
                f"{made.counts.articles} articles on {made.counts.pages} pages; {made.files} files "
                f"in the backup, {made.copied} of them copied now"
            )
        )
    return ArchiveDamaged.exit_code if made.damage else EXIT_ARCHIVED


@click.command("restore")
@click.argument("folder", type=click.Path(path_type=Path))
@archive_options
def restore_home(*, folder: Path) -> None:
    """Make a home of the backup in FOLDER. The home must not be there yet.

    Every file is checked against the backup's list, and nothing is kept unless all are right.
    """
    start_logging(for_machines=False)
    settings = settings_here()
    if settings.database_url is not None:
        raise UsageError(
            "a backup is restored into a home: unset database_url for it, then move the catalogue "
            "with baoku db copy"
        )
    counts = restore(folder, settings.home)
    with archive_to_fill(settings):
        pass  # puts right what the backup caught half written
    screen().print(
        Text(
            f"{counts.articles} articles on {counts.pages} pages restored to {settings.home}: "
            "baoku verify checks them all"
        )
    )
