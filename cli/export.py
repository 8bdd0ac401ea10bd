"""`baoku export`: articles in a form that other programs read."""

import sys
from datetime import date
from pathlib import Path

import click

from cli.options import archive_options, filter_options
from cli.wiring import archive_to_read, settings_here
from press.model import PageNo
from press.record import article_json, canonical_json
from storage.catalogue import Selection
from storage.export.jsonl import write_jsonl


@click.command()
@click.option(
    "--format",
    type=click.Choice(["jsonl"]),
    default="jsonl",
    expose_value=False,
    help="JSON Lines; there is no other yet.",
)
@click.option(
    "--canonical",
    is_flag=True,
    help="Sorted, without capture times and record places: to compare two archives.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Else to stdout."
)
@filter_options
@archive_options
def export(
    *,
    canonical: bool,
    output: Path | None,
    paper: str | None,
    since: date | None,
    until: date | None,
    page_no: PageNo | None,
    limit: int | None,
) -> None:
    """Write the articles that the filters select as JSON Lines, one record a line."""
    chosen = Selection(paper=paper, since=since, until=until, page_no=page_no, limit=limit)
    with archive_to_read(settings_here()) as archive, archive.catalogue.reading() as reader:
        encoder = canonical_json if canonical else article_json
        write_jsonl(reader.articles(chosen), output or sys.stdout, encoder)
