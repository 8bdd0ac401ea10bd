"""`baoku`: the group of all commands."""

import io
import sys

import click

from cli.doorway import Doorway, Entrance, tell_unexpected
from cli.options import archive_options

ENTRANCES = {
    "demo": Entrance("cli.demo", "demo", "The main job against a stand-in site on this machine."),
    "crawl": Entrance("cli.crawl", "crawl", "Archive one page of one day, or all its pages."),
    "backfill": Entrance("cli.backfill", "backfill", "Archive every issue of a span of days."),
    "schedule": Entrance("cli.schedule", "schedule", "When each page is looked at; the daemon."),
    "worker": Entrance("cli.worker", "worker", "Archive what the queue holds; any number may."),
    "status": Entrance("cli.status", "status", "What is in the archive, and what is not and why."),
    "search": Entrance("cli.search", "search", "Find articles by what stands in them."),
    "show": Entrance("cli.show", "show", "Read articles and pages."),
    "explain": Entrance("cli.explain", "explain", "Where each character of an article went."),
    "import": Entrance(
        "cli.importing", "import_files", "Take saved pages, WARC files, dumps, exports."
    ),
    "export": Entrance(
        "cli.export", "export", "Write articles in a form that other programs read."
    ),
    "serve": Entrance("cli.serve", "serve", "Read the archive in a browser or by programs."),
    "replay": Entrance("cli.replay", "replay", "Read the shelf with today's parser."),
    "rebuild": Entrance("cli.rebuild", "rebuild", "Make the catalogue anew from the shelf."),
    "db": Entrance("cli.db", "db", "Move the catalogue between SQLite and PostgreSQL."),
    "backup": Entrance("cli.backup", "backup", "Copy the archive into a bag of its own."),
    "restore": Entrance("cli.backup", "restore_home", "Make a home of a backup."),
    "paper": Entrance("cli.paper", "paper", "The newspapers, and what is known of one."),
    "verify": Entrance("cli.verify", "verify", "Whether the archive keeps its promises."),
    "doctor": Entrance("cli.doctor", "doctor", "Whether this machine and this archive are fit."),
}


@click.group(
    cls=Doorway,
    entrances=ENTRANCES,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="baoku", prog_name="baoku")
@archive_options
@click.pass_context
def baoku(context: click.Context) -> None:
    """Baoku 报库: an archive of newspapers' digital editions.

    First of all page 7 of Chongqing Daily (重庆日报). Try `baoku demo`, then `baoku crawl`.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main() -> None:
    """The console script."""
    sys.excepthook = tell_unexpected
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Records are UTF-8 in every locale; of a file name that is not, the bytes are escaped.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    baoku.main()


if __name__ == "__main__":
    main()
