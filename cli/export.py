"""`baoku export`: articles in a form that other programs read."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import click

from cli.card import Making, gaps_of, write_beside
from cli.clock import SystemClock
from cli.options import archive_options, filter_options
from cli.terminal import printed, side_screen
from cli.wiring import archive_to_read, settings_here, software
from crawler.papers import known_papers
from press.errors import UsageError
from press.model import Genre, PageNo
from press.record import ArticleRecord, Status, article_json, canonical_json
from storage.catalogue import Selection
from storage.export.census import Census
from storage.export.citations import STYLES, write_citations
from storage.export.file import is_stream
from storage.export.jsonl import write_jsonl
from storage.export.markdown import write_markdown
from storage.export.parquet import write_parquet
from storage.export.sheet import write_csv
from storage.export.wacz import Source, write_wacz

Format = Literal["jsonl", "csv", "parquet", "markdown", "wacz", "gbt7714", "bibtex", "ris", "csl"]

Records: TypeAlias = Iterable[ArticleRecord]

TO_A_PATH = frozenset({"parquet", "markdown", "wacz"})
"""Formats that are no stream of text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """In which form records are written."""

    form: Format
    canonical: bool
    bom: bool


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Format)),
    default="jsonl",
    help="JSON Lines unless said; markdown is a folder; the last four are citations.",
)
@click.option(
    "--canonical",
    is_flag=True,
    help="jsonl without capture times and record places: to compare two archives.",
)
@click.option("--bom", is_flag=True, help="csv with the mark that Excel knows UTF-8 by.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Else to stdout. A card and a dictionary go beside it.",
)
@click.option("--genre", type=click.Choice(get_args(Genre)), help="Only this genre.")
@click.option("--status", type=click.Choice(get_args(Status)), help="Only this status.")
@filter_options
@archive_options
def export(
    *,
    form: Format,
    canonical: bool,
    bom: bool,
    output: Path | None,
    genre: Genre | None,
    status: Status | None,
    paper: str | None,
    since: date | None,
    until: date | None,
    page_no: PageNo | None,
    limit: int | None,
) -> None:
    """Write the articles that the filters select, by paper, date, page and place on the page."""
    _refuse_contradictions(form, output, canonical=canonical, bom=bom)
    chosen = Selection(
        paper=paper, since=since, until=until, page_no=page_no, limit=limit, genre=genre,
        status=status,
    )  # fmt: skip
    settings, census = settings_here(), Census()
    making = Making(format=form, asked=_asked(), software=software(), made_at=SystemClock().now())
    with archive_to_read(settings) as archive, archive.catalogue.reading() as reader:
        source = Source(
            reader=reader, shelf=archive.shelf, software=software(), made_at=making.made_at
        )
        records = census.counting(reader.articles(chosen))
        shape = _Shape(form=form, canonical=canonical, bom=bom)
        written = _write(shape, records, output, source)
        if output is not None and not is_stream(output):
            gaps = gaps_of(reader, chosen, known_papers(settings.papers))
            write_beside(output, making, census, gaps, written)
    if written < census.articles:
        left = census.articles - written
        sentence = f"baoku: {left:,} articles have no answer from the web: the file has their records alone"
        side_screen().print(printed(sentence), soft_wrap=True)


def _write(shape: _Shape, records: Records, output: Path | None, source: Source) -> int:
    """Writes the records to the output, else to stdout.

    Returns how many are in it; of a WACZ how many are there with their answer.
    """
    target = output or sys.stdout
    if shape.form in STYLES:
        return write_citations(records, target, STYLES[shape.form])
    if shape.form == "csv":
        return write_csv(records, target, bom=shape.bom)
    if shape.form == "jsonl" or output is None:  # the others never go to stdout
        return write_jsonl(records, target, canonical_json if shape.canonical else article_json)
    if shape.form == "parquet":
        return write_parquet(records, output)
    if shape.form == "markdown":
        return write_markdown(records, output)
    return write_wacz(records, output, source)


def _refuse_contradictions(
    form: Format, output: Path | None, *, canonical: bool, bom: bool
) -> None:
    if canonical and form != "jsonl":
        raise UsageError("--canonical is for --format jsonl")
    if bom and form != "csv":
        raise UsageError("--bom is for --format csv")
    if output is None and form in TO_A_PATH:
        raise UsageError(f"{form} is no stream of text: name a file or folder with --output")


def _asked() -> str:
    """The options that were given, but where the archive is and where the export goes."""
    context = click.get_current_context()
    given = []
    for parameter in context.command.params:
        name = parameter.name or ""
        value = context.params.get(name)
        if value is not None and value is not False and name != "output":
            given.append(parameter.opts[0] if value is True else f"{parameter.opts[0]} {value}")
    return " ".join(given)
