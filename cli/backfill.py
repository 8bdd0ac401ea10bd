"""`baoku backfill`: every issue of a span of days, however many runs it takes."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import click
from rich.text import Text

from cli.clock import SystemClock
from cli.harvesting import gap_s, harvest_of
from cli.logs import start_logging
from cli.options import IssueDate, PageOrAll, archive_options, json_option, site_options
from cli.progress import page_bar, span
from cli.queueing import want
from cli.results import result_table, say_cut_short, told
from cli.running import running
from cli.settings import Settings
from cli.stopping import stopping
from cli.terminal import screen, table_of
from cli.wiring import archive_to_fill, archive_to_read, has_archive, settings_here
from crawler.papers import find_paper
from pipeline.estimate import Estimate, estimate
from pipeline.plan import EveryPage, Intent, SkipPage, days_to_fill, filling, intent_json
from pipeline.report import PageResult
from pipeline.upkeep import known_to, known_to_nobody, plan_days
from press.errors import UsageError
from press.model import PageNo
from press.outcome import EXIT_ARCHIVED
from press.paper import Paper
from press.record import json_line
from press.usual import Usual

LISTED = 100
"""Pages that did not end well are listed up to so many; `baoku status` has them all."""


@click.command()
@click.argument("slug", metavar="PAPER")
@click.option("--from", "since", type=IssueDate(), metavar="D", required=True, help="First issue.")
@click.option("--to", "until", type=IssueDate(), metavar="D", required=True, help="Last issue.")
@click.option("--page", "page_no", type=PageOrAll(), metavar="N|all", help="Else the paper's own.")
@site_options
@click.option("--dry-run", is_flag=True, help="Print the plan and how long it takes; do nothing.")
@click.option("--queue", "is_queued", is_flag=True, help="Leave the work to baoku worker.")
@click.option("--summary", is_flag=True, help="One JSON line about the whole run on stdout.")
@json_option
@archive_options
def backfill(
    *,
    slug: str,
    since: date,
    until: date,
    page_no: PageNo | None,
    site: str | None,
    interval_s: float | None,
    contact: str | None,
    dry_run: bool,
    is_queued: bool,
    summary: bool,
    as_json: bool,
) -> int:
    """Archive one page, or all pages, of each issue of PAPER from one day to another.

    With --queue the pages are entered in the ledger as wanted, and workers fetch them.
    Both days are included. The newest issues come first, but before them what the site will soon
    take down. Stop it when you like: called again with the same words it goes on where it was.
    """
    start_logging(for_machines=as_json)
    settings = settings_here(contact=contact, interval_s=interval_s)
    paper = find_paper(slug, settings.papers)
    clock = SystemClock()
    now = clock.now()
    pages = paper.default_page if page_no is None else page_no
    days_to_fill(paper, since, until, now)  # refuses before anything is made
    if dry_run:
        days = days_to_fill(paper, since, until, now)
        _print_plan(settings, paper, days, pages, now, gap_s(settings, site), as_json=as_json)
        return EXIT_ARCHIVED
    if is_queued:
        if site is not None:
            raise UsageError("--site is for the planner and the workers: leave it out here")
        days = days_to_fill(paper, since, until, now)
        _leave_to_workers(settings, paper, days, pages, as_json=as_json)
        return EXIT_ARCHIVED
    asked = f"{paper.slug} {since}..{until} page {pages}"
    troubled: list[PageResult] = []
    with (
        stopping() as stop,
        archive_to_fill(settings) as archive,
        harvest_of(archive, settings, paper, site=site, stop=stop) as harvest,
        running(archive, settings, "backfill", asked, clock, as_json=as_json) as run,
    ):
        policy = filling(now, run.run.started_at)
        known = known_to(archive.catalogue, paper)
        with archive.catalogue.reading() as reader:
            usual = reader.usual(paper.slug)
        ahead = plan_days(paper, days_to_fill(paper, since, until, now), pages, policy, known)
        expected = estimate(ahead, usual, gap_s(settings, site))
        intents = plan_days(paper, days_to_fill(paper, since, until, now), pages, policy, known)
        done = harvest.carry_out(intents, policy, is_stopped=stop.before_next)
        with page_bar(expected.pages, expected.page_s, hidden=as_json) as bar:
            for result in told(done, as_json=as_json):
                run.add(result)
                if not result.was_held:
                    bar.add(result, is_failure=result.verdict.exit_code != EXIT_ARCHIVED)
                if result.verdict.exit_code != EXIT_ARCHIVED and len(troubled) < LISTED:
                    troubled.append(result)
        run.is_cut_short = harvest.cut_short is not None
    say_cut_short(harvest, as_json=as_json)
    if summary:
        click.echo(json_line(run.as_json(clock.now())))
    if not (as_json or summary):
        if troubled:
            screen().print(result_table(troubled))
        screen().print(Text(_in_a_sentence(run.summary.states, run.summary.held)))
    return run.summary.exit_code


def _leave_to_workers(
    settings: Settings,
    paper: Paper,
    days: Iterable[date],
    pages: PageNo | EveryPage,
    *,
    as_json: bool,
) -> None:
    """Says how much the workers will have to do."""
    entered = want(settings, paper, days, pages)
    if as_json:
        click.echo(json_line({"wanted": entered}))
        return
    words, planner = f"{entered} pages wanted", f"baoku schedule run {paper.slug} --queue"
    if pages == "all":
        words, planner = f"{entered} issues wanted", f"{planner} --page all"
    screen().print(Text(f"{words}: {planner} gives them to workers"))


def _print_plan(
    settings: Settings,
    paper: Paper,
    days: Iterable[date],
    pages: PageNo | EveryPage,
    now: datetime,
    gap: float,
    *,
    as_json: bool,
) -> None:
    """What would be fetched, and how long it would take; of an archive that need not exist."""
    policy = filling(now, now)
    if not has_archive(settings):
        intents = tuple(plan_days(paper, days, pages, policy, known_to_nobody))
        _print_intents(intents, estimate(intents, Usual(), gap), as_json=as_json)
        return
    with archive_to_read(settings) as archive:
        known = known_to(archive.catalogue, paper)
        intents = tuple(plan_days(paper, days, pages, policy, known))
        with archive.catalogue.reading() as reader:
            usual = reader.usual(paper.slug)
    _print_intents(intents, estimate(intents, usual, gap), as_json=as_json)


def _print_intents(intents: Iterable[Intent], expected: Estimate, *, as_json: bool) -> None:
    table = table_of("issue", ">page", "what", "why")
    for intent in intents:
        if as_json:
            click.echo(json_line(intent_json(intent)))
        elif not isinstance(intent, SkipPage):
            row = intent_json(intent)
            table.add_row(*(str(row[name]) for name in ("issue_date", "page_no", "what", "why")))
    if not as_json:
        if table.row_count:
            screen().print(table)
        screen().print(Text(_expectation(expected)))


def _expectation(expected: Estimate) -> str:
    return (
        f"{expected.pages} pages to fetch, {expected.held} left alone: about "
        f"{expected.requests} requests, {span(expected.wait_s)}"
    )


def _in_a_sentence(states: Mapping[str, int], held: int) -> str:
    told = ", ".join(f"{number} {state}" for state, number in sorted(states.items())) or "no page"
    return f"{told}; {held} of them held before"
