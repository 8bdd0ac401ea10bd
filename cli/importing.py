"""`baoku import`: what a person saved becomes part of the archive."""

from collections.abc import Sequence
from pathlib import Path

import click
import structlog
from rich.table import Table

from cli.clock import SystemClock
from cli.logs import start_logging
from cli.options import archive_options, json_option
from cli.terminal import printed, screen, side_screen, table_of
from cli.wiring import archive_to_fill, settings_here
from crawler.papers import find_paper, known_papers
from pipeline.importing import Intake, files_in
from pipeline.keeping import Keeper
from pipeline.report import FileResult
from press.errors import UsageError
from press.outcome import EXIT_ARCHIVED
from press.record import json_line

log = structlog.get_logger()


@click.command("import")
@click.argument(
    "paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--paper", "slug", metavar="PAPER", help="The newspaper that the files are of.")
@click.option("--url", help="Where the file was saved from; for a single file.")
@json_option
@archive_options
def import_files(
    *, paths: tuple[Path, ...], slug: str | None, url: str | None, as_json: bool
) -> int:
    """Take saved .html, .warc, .warc.gz, .wacz, text dumps (.txt), exported .jsonl; or folders.

    A file that cannot be read does not stop the others. The same file twice stores nothing.
    """
    start_logging(for_machines=as_json)
    settings = settings_here()
    papers = known_papers(settings.papers)
    paper = None if slug is None else find_paper(slug, settings.papers)
    files = files_in(paths)  # refuses before anything is made
    if url is not None and len(files) != 1:
        raise UsageError("--url is for a single file: import the others apart")
    results: list[FileResult] = []
    with archive_to_fill(settings) as archive:
        intake = Intake(
            papers=papers,
            keeper=Keeper(archive.shelf, archive.catalogue),
            shelf=archive.shelf,
            catalogue=archive.catalogue,
            clock=SystemClock(),
        )
        for result in intake.take(files, paper=paper, url=url):
            results.append(result)
            _tell(result, as_json=as_json)
    if not as_json:
        screen().print(_table(results))
    return max(result.exit_code for result in results)


def _tell(result: FileResult, *, as_json: bool) -> None:
    if as_json:
        click.echo(json_line(result.as_json()))
    level = log.info if result.exit_code == EXIT_ARCHIVED else log.warning
    level("file_done", **result.as_json())
    for sentence in () if as_json else result.sentences:
        side_screen().print(printed(f"baoku: {result.path}: {sentence}"), soft_wrap=True)


def _table(results: Sequence[FileResult]) -> Table:
    table = table_of("file", ">pages", ">articles", ">new", ">to review", ">unread", "id")
    for result in results:
        tally = result.tally
        first = result.ids[0] if result.ids else ""
        more = f" and {len(result.ids) - 1} more" if len(result.ids) > 1 else ""
        counts = (result.pages, tally.stored, tally.new, tally.needs_review, tally.lost)
        style = "" if result.exit_code == EXIT_ARCHIVED else "red"
        table.add_row(printed(str(result.path), style), *map(str, counts), printed(first + more))
    return table
