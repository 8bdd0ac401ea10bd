"""`baoku replay`: the shelf read through today's parser, shown before it is accepted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

import click
from rich.text import Text

from cli.clock import SystemClock
from cli.cores import cores
from cli.logs import start_logging
from cli.options import archive_options, filter_options, json_option
from cli.queueing import defer_rereading
from cli.redline import difference_lines
from cli.rereading import Rereader, count, reread
from cli.running import running
from cli.terminal import printed, screen, side_screen
from cli.wiring import archive_to_fill, archive_to_read, settings_here
from pipeline.replay import PageRereading, Rereading
from press.difference import difference_json
from press.errors import UsageError
from press.keys import PageKey, page_id
from press.model import PageNo
from press.outcome import EXIT_ARCHIVED, EXIT_LAYOUT
from press.record import Json, json_line
from storage.catalogue import Selection


@click.command()
@click.option("--accept", is_flag=True, help="Make the catalogue say what is read.")
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes; else a core each."
)
@click.option("--queue", "is_queued", is_flag=True, help="With --accept: leave it to baoku worker.")
@filter_options
@json_option
@archive_options
def replay(
    *,
    accept: bool,
    jobs: int | None,
    is_queued: bool,
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
    if is_queued:
        if not accept:
            raise UsageError("workers accept what they read: say --accept with --queue")
        deferred = defer_rereading(settings, chosen)
        click.echo(json_line({"deferred": deferred}) if as_json else f"{deferred} jobs deferred")
        return EXIT_ARCHIVED
    totals: Counter[str] = Counter()
    clock = SystemClock()
    open_archive = archive_to_fill if accept else archive_to_read
    with open_archive(settings) as archive:
        asked = f"{paper or 'all'} {since}..{until} page {page_no}"
        pages = _counted(
            reread(archive, settings, chosen, jobs=jobs or cores(), is_brief=not accept), totals
        )
        if accept:
            writer = Rereader(archive, settings, is_brief=False)
            with running(archive, settings, "replay", asked, clock, as_json=as_json) as run:
                for page in pages:
                    _tell(page, as_json=as_json)
                    result = writer.replay(page.key.paper).accept(page)
                    if result is not None:
                        run.add(result)
            code = run.summary.exit_code
        else:
            for page in pages:
                _tell(page, as_json=as_json)
            code = EXIT_ARCHIVED
    if not as_json:
        screen().print(Text(_sum(totals, accepted=accept)))
    return max(code, EXIT_LAYOUT if totals["damaged"] else EXIT_ARCHIVED)


def _counted(pages: Iterable[PageRereading], totals: Counter[str]) -> Iterator[PageRereading]:
    for page in pages:
        count(page, totals)
        yield page


def _tell(page: PageRereading, *, as_json: bool) -> None:
    if page.damage is not None:
        side_screen().print(printed(f"baoku: {page.damage}"), soft_wrap=True)
    for change in page.changes:
        if as_json:
            click.echo(json_line(_change_json(page.key, change)))
            continue
        screen().print(printed(f"\n{_name(page.key, change)}", "bold"))
        if change.before is None:
            screen().print(Text("+ an article that was not read before"))
        if change.after is None:
            screen().print(Text("- an article that is no longer read"))
        for line in difference_lines(change.differences):
            screen().print(line)


def _change_json(key: PageKey, change: Rereading) -> dict[str, Json]:
    """The object of docs/record.md, "A re-reading"."""
    return {
        "id": _name(key, change),
        "what": "new" if change.before is None else "lost" if change.after is None else "changed",
        "differences": [difference_json(one) for one in change.differences],
    }


def _name(key: PageKey, change: Rereading) -> str:
    if change.before is not None:
        return change.before.id
    native_id = change.after.native_id if change.after else None
    return f"{page_id(key.paper, key.issue_date, key.page_no)}-{native_id}"


def _sum(totals: Counter[str], *, accepted: bool) -> str:
    changed = totals["changed"]
    told = f"{totals['pages']} pages, {totals['articles']} articles read; {changed} differ"
    if not changed:
        return told
    return f"{told}: {'accepted' if accepted else 'accept them with --accept'}"
