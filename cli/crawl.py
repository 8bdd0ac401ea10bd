"""`baoku crawl`: one page of one day, or all its pages; without a date also what is overdue."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain

import click

from cli.clock import SystemClock
from cli.harvesting import harvest_of, rules_of
from cli.logs import start_logging
from cli.options import IssueDate, PageOrAll, archive_options, json_option, site_options
from cli.progress import article_bar
from cli.results import result_table, say_cut_short, told
from cli.running import running
from cli.settings import Settings
from cli.stopping import stopping
from cli.terminal import screen
from cli.wiring import Archive, archive_to_fill, settings_here
from crawler.papers import find_paper
from pipeline.harvest import held_pages
from pipeline.plan import EveryPage, Intent, asked_for, intent_json, issue_date_of, plan_crawl
from pipeline.upkeep import plan_due
from press.clock import beijing_date
from press.keys import PageKey
from press.model import PageNo
from press.paper import Paper
from press.record import json_line


@click.command()
@click.argument("slug", metavar="[PAPER]", default="cqrb")
@click.option("--date", "issue_date", type=IssueDate(), metavar="D", help="Only this issue.")
@click.option("--page", "page_no", type=PageOrAll(), metavar="N|all", help="Else the paper's own.")
@site_options
@click.option("--again", is_flag=True, help="Fetch also what is archived.")
@click.option("--summary", is_flag=True, help="One JSON line about the whole run on stdout.")
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
    summary: bool,
    as_json: bool,
) -> int:
    """Archive one page of PAPER (cqrb if none is named), or all its pages.

    With --date the issue of that day. Without, today's, and what is overdue from earlier days: days
    missed, failures whose next attempt has come, issues to be read again; on a terminal it says
    what it did, elsewhere only what went wrong. Run it again and nothing is fetched or stored twice.
    """
    start_logging(for_machines=as_json)
    settings = settings_here(contact=contact, interval_s=interval_s)
    paper = find_paper(slug, settings.papers)
    clock = SystemClock()
    now = clock.now()
    pages = paper.default_page if page_no is None else page_no
    day = issue_date or beijing_date(now)
    plan_crawl(paper, [day], pages, {}, now)  # refuses before anything is made
    is_quiet = as_json or summary or (issue_date is None and not screen().is_terminal)
    asked = f"{paper.slug} {issue_date or 'what is due'} page {pages}"
    results = []
    with (
        stopping() as stop,
        archive_to_fill(settings) as archive,
        article_bar(hidden=as_json) as watch,
        harvest_of(
            archive, settings, paper, site=site, anew=again, watch=watch, stop=stop
        ) as harvest,
        running(archive, settings, "crawl", asked, clock, as_json=as_json) as run,
    ):
        intents: Iterator[Intent] = iter(_of_day(archive, paper, day, pages, now, again=again))
        if issue_date is None:
            intents = chain(intents, _overdue(archive, paper, day, pages, now, settings))
        policy = asked_for(now, again=again)
        done = harvest.carry_out(intents, policy, is_stopped=stop.before_next)
        for result in told(done, as_json=as_json):
            run.add(result)
            results.append(result)
    say_cut_short(harvest, as_json=as_json)
    if summary:
        click.echo(json_line(run.as_json(clock.now())))
    if not is_quiet:
        screen().print(result_table(results))
    return run.summary.exit_code


def _of_day(
    archive: Archive,
    paper: Paper,
    day: date,
    pages: PageNo | EveryPage,
    now: datetime,
    *,
    again: bool,
) -> tuple[Intent, ...]:
    keys = [] if pages == "all" else [PageKey(paper.slug, day, pages)]
    held = held_pages(archive.catalogue, keys)
    return plan_crawl(paper, [day], pages, held, now, again=again)


def _overdue(
    archive: Archive,
    paper: Paper,
    today: date,
    pages: PageNo | EveryPage,
    now: datetime,
    settings: Settings,
) -> Iterator[Intent]:
    """What is due, but what today's own intents have just seen to."""
    for intent in plan_due(archive.catalogue, paper, pages, now, rules_of(settings)):
        is_seen_to = pages == "all" or intent_json(intent)["page_no"] in {pages, "all"}
        if issue_date_of(intent) != today or not is_seen_to:
            yield intent
