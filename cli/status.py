"""`baoku status`: what of each paper is in the archive, and what is not and why."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, islice

import click
from rich.console import RenderableType
from rich.text import Text

from cli.calendar import Coverage, coverage, months, span
from cli.coverage import finding_lines, gap_lines, legend, total_line, year_lines
from cli.due import due_pages
from cli.options import archive_options, filter_options, json_option
from cli.show import LISTED, print_lines
from cli.terminal import printed
from cli.wiring import archive_to_read, settings_here
from crawler.papers import find_paper, known_papers
from press.errors import UsageError
from press.finding import Finding
from press.model import PageNo
from press.outcome import LedgerEntry, ledger_json
from press.record import json_line
from storage.catalogue import Reader, Selection


@click.command()
@click.argument("slug", metavar="[PAPER]", required=False)
@click.option("--gaps", "gaps_only", is_flag=True, help="Only what is not settled.")
@filter_options
@json_option
@archive_options
def status(
    *,
    slug: str | None,
    gaps_only: bool,
    paper: str | None,
    since: date | None,
    until: date | None,
    page_no: PageNo | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """What was asked for of PAPER (of every one, if none is named), and what became of it.

    First the gaps and why, then how many pages stand how, then a calendar of the days.
    """
    if slug and paper and slug != paper:
        raise UsageError(f"two papers are named, {slug} and {paper}: name one")
    settings = settings_here()
    chosen = Selection(paper=slug or paper, since=since, until=until, page_no=page_no)
    lines: list[RenderableType] = []
    with archive_to_read(settings) as archive, archive.catalogue.reading() as reader:
        papers = known_papers(settings.papers)
        if chosen.paper is not None and reader.beginning(chosen.paper, None) is None:
            find_paper(chosen.paper, settings.papers)  # a mistyped name is told from an empty one
        if as_json:
            _print_entries(reader.ledger(chosen), limit, gaps_only=gaps_only)
            return
        for name, entries in groupby(reader.ledger(chosen), key=lambda entry: entry.paper):
            found = coverage(entries, due_pages(reader, papers.get(name)))
            title = f"{papers[name].name} " if name in papers else ""
            lines.append(printed(f"{name} {title}{span(min(found.days), max(found.days))}", "bold"))
            findings = _open_findings(reader, name, chosen)
            lines += _coverage_lines(found, findings, limit or LISTED, gaps_only=gaps_only)
    print_lines(lines or [Text("nothing that fits was ever asked for: see baoku crawl --help")])


def _print_entries(entries: Iterable[LedgerEntry], limit: int | None, *, gaps_only: bool) -> None:
    wanted = (entry for entry in entries if not (gaps_only and entry.is_settled))
    for entry in islice(wanted, limit):
        click.echo(json_line(ledger_json(entry)))


def _coverage_lines(
    found: Coverage, findings: Sequence[Finding], limit: int, *, gaps_only: bool
) -> Iterator[RenderableType]:
    yield from gap_lines(found.gaps, limit)
    yield from finding_lines(findings)
    if not found.gaps and not findings:
        yield Text("no gaps", style="green")
    if not gaps_only:
        yield Text("")
        yield total_line(found.totals)
        for rows in months(found.days):
            yield Text("")
            yield from year_lines(rows)
        yield Text("")
        yield legend(found.totals)
    yield Text("")


def _open_findings(reader: Reader, paper: str, chosen: Selection) -> list[Finding]:
    """What is noticed about the chosen pages and still so, the newest issue first."""
    kept = [one.finding for one in reader.findings(paper) if one.closed_at is None]
    since, until = chosen.since or date.min, chosen.until or date.max
    return [
        finding
        for finding in kept
        if since <= finding.key.issue_date <= until
        and chosen.page_no in {None, finding.key.page_no}
    ]
