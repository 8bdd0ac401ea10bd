"""`baoku replay`: the shelf read through today's parser, shown before it is accepted."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import click
from rich.text import Text

from cli.clock import SystemClock
from cli.logs import start_logging
from cli.options import archive_options, filter_options, json_option
from cli.running import running
from cli.terminal import printed, screen, side_screen
from cli.typeset import difference_lines
from cli.wiring import Archive, archive_to_fill, archive_to_read, settings_here
from crawler.papers import known_papers
from pipeline.replay import PageRereading, Replay, Rereading
from press.difference import difference_json
from press.keys import PageKey, page_id
from press.model import PageNo
from press.outcome import EXIT_ARCHIVED, EXIT_LAYOUT
from press.paper import Paper
from press.record import Json, json_line
from storage.catalogue import Selection


@click.command()
@click.option("--accept", is_flag=True, help="Make the catalogue say what is read.")
@filter_options
@json_option
@archive_options
def replay(
    *,
    accept: bool,
    paper: str | None,
    since: date | None,
    until: date | None,
    page_no: PageNo | None,
    limit: int | None,
    as_json: bool,
) -> int:
    """Read the raw answers on the shelf with today's parser, without the network.

    Shows for each article what would be another, field by field. Nothing changes before --accept.
    """
    start_logging(for_machines=as_json)
    settings = settings_here()
    chosen = Selection(paper=paper, since=since, until=until, page_no=page_no, limit=limit)
    papers = known_papers(settings.papers)
    totals: Counter[str] = Counter()
    open_archive = archive_to_fill if accept else archive_to_read
    with open_archive(settings) as archive:
        asked = f"{paper or 'all'} {since}..{until} page {page_no}"
        if accept:
            with running(archive, "replay", asked, SystemClock()) as run:
                for replaying, page in _pages(archive, papers.values(), chosen, totals):
                    _tell(page, as_json=as_json)
                    result = replaying.accept(page)
                    if result is not None:
                        run.add(result)
            code = run.summary.exit_code
        else:
            for _, page in _pages(archive, papers.values(), chosen, totals):
                _tell(page, as_json=as_json)
            code = EXIT_ARCHIVED
    if not as_json:
        screen().print(Text(_sum(totals, accepted=accept)))
    return max(code, EXIT_LAYOUT if totals["damaged"] else EXIT_ARCHIVED)
