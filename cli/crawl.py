"""`baoku crawl`: one page of one day, or all its pages."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

import click
import structlog
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from cli.clock import SystemClock
from cli.harvesting import harvest_of
from cli.logs import start_logging
from cli.options import IssueDate, PageNumber, archive_options, json_option
from cli.stopping import stopping
from cli.terminal import printed, screen, side_screen, table_of
from cli.wiring import archive_to_fill, settings_here
from crawler.papers import find_paper
from pipeline.harvest import Harvest, Step, held_pages
from pipeline.plan import Intent, plan_crawl
from pipeline.report import PageResult, RunReport
from press.clock import beijing_date
from press.keys import PageKey, page_id
from press.model import PageNo
from press.outcome import EXIT_ARCHIVED
from press.record import json_line

log = structlog.get_logger()


class PageOrAll(PageNumber):
    """A page number, or "all"."""

    name = "page"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> PageNo:
        """The number, or "all"; fails with one sentence."""
        return "all" if value == "all" else super().convert(value, param, ctx)


@click.command()
@click.argument("slug", metavar="[PAPER]", default="cqrb")
@click.option("--date", "issue_date", type=IssueDate(), metavar="D", help="Else today in Beijing.")
@click.option("--page", "page_no", type=PageOrAll(), metavar="N|all", help="Else the paper's own.")
@click.option("--site", metavar="URL", help="A mirror with the paper's paths: http://host:port.")
@click.option("--interval", "interval_s", type=float, metavar="S", help="Seconds between requests.")
@click.option("--contact", help="An e-mail address or URL where the publisher can reach you.")
@click.option("--again", is_flag=True, help="Fetch also what is archived.")
@json_option
@archive_options
def crawl(
    *,
    slug: str,
    issue_date: date | None,
    page_no: PageNo | None,
    site: str | None,
    interval_s: float | None,
    contact: str | None,
    again: bool,
    as_json: bool,
) -> int:
    """Archive one page of one day of PAPER (cqrb if none is named), or all its pages.

    Run it again and nothing is fetched or stored twice.
    """
    start_logging(for_machines=as_json)
    settings = settings_here(contact=contact, interval_s=interval_s)
    paper = find_paper(slug, settings.papers)
    now = SystemClock().now()
    day = issue_date or beijing_date(now)
    pages = paper.default_page if page_no is None else page_no
    plan_crawl(paper, [day], pages, {}, now)  # refuses before anything is made
    with (
        stopping() as stop,
        archive_to_fill(settings) as archive,
        progress_bar(hidden=as_json) as watch,
        harvest_of(archive, settings, paper, site=site, watch=watch, stop=stop) as harvest,
    ):
        keys = [] if pages == "all" else [PageKey(paper.slug, day, pages)]
        held = held_pages(archive.catalogue, keys)
        intents = plan_crawl(paper, [day], pages, held, now, again=again)
        report = carry_out(harvest, stop.unless(intents), again=again, as_json=as_json)
    if not as_json:
        screen().print(result_table(report))
    return report.exit_code


def carry_out(
    harvest: Harvest, intents: Iterable[Intent], *, again: bool, as_json: bool
) -> RunReport:
    """Does what was planned; each result is told as soon as its page is in the archive."""
    results: list[PageResult] = []
    for result in harvest.carry_out(intents, again=again):
        results.append(result)
        _tell(result, as_json=as_json)
    return RunReport(results=tuple(results))


def result_table(report: RunReport) -> Table:
    """One row a page: how it ended, and what became of its articles."""
    table = table_of("issue", ">page", "name", "state", ">articles", ">new", "id")
    for result in report.results:
        verdict, tally = result.verdict, result.tally
        state = "archived before" if result.was_held else verdict.state
        cause = f" ({verdict.cause})" if verdict.cause else ""
        table.add_row(
            result.key.issue_date.isoformat(),
            str(result.key.page_no),
            printed(result.page_name or ""),
            printed(state + cause, "" if verdict.exit_code == EXIT_ARCHIVED else "red"),
            "" if result.was_held else str(tally.stored),
            "" if result.was_held else str(tally.new),
            page_id(result.key.paper, result.key.issue_date, result.key.page_no),
        )
    return table


@contextmanager
def progress_bar(*, hidden: bool) -> Iterator[Callable[[Step], None]]:
    """A bar over the articles of the page in hand, on a terminal only."""
    console = side_screen()
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(
        *columns,
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=hidden or not console.is_terminal,
    ) as progress:
        task = progress.add_task("front page", total=None)

        def watch(step: Step) -> None:
            text = f"{step.key.issue_date} page {step.key.page_no}"
            progress.update(task, description=text, completed=step.done, total=step.total)

        yield watch


def _tell(result: PageResult, *, as_json: bool) -> None:
    if as_json:
        click.echo(json_line(result.as_json()))
    message = result.verdict.message
    level = log.info if result.verdict.exit_code == EXIT_ARCHIVED else log.warning
    level("page_done", **result.as_json())
    if message is not None and not as_json:
        side_screen().print(printed(f"baoku: {message}"), soft_wrap=True)
