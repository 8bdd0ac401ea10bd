"""`baoku schedule`: when each page is looked at, and the daemon that does it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import chain, islice

import click
import structlog

from cli.clock import SystemClock
from cli.harvesting import rules_of
from cli.keeping_up import Upkeep
from cli.logs import start_logging
from cli.messenger import Messenger
from cli.options import PageOrAll, archive_options, json_option, site_options
from cli.queueing import Planner
from cli.settings import Settings
from cli.stopping import stopping
from cli.terminal import printed, screen, side_screen, table_of
from cli.trouble import Crier
from cli.wiring import archive_to_read, has_archive, settings_here, shared_url
from crawler.papers import find_paper
from pipeline.plan import EveryPage, SkipPage, days_to_keep_up, keeping_up
from pipeline.upkeep import known_to_nobody, plan_days, plan_due
from press.clock import BEIJING, Stopped, beijing_date
from press.errors import HomeUnusable, StoreError, UsageError
from press.model import PageNo
from press.paper import Paper
from press.record import Json, json_line, time_json
from schedules.daemon import Daemon
from schedules.timetable import Appointment, due_now, upcoming
from storage.catalogue import Selection

log = structlog.get_logger()

LISTED = 10
"""Appointments that a person gets without asking for more."""


@click.group(invoke_without_command=True)
@click.pass_context
def schedule(context: click.Context) -> None:
    """When each page is looked at, and the daemon that does it."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@schedule.command("run")
@click.argument("slugs", metavar="[PAPER]...", nargs=-1)
@click.option("--page", "page_no", type=PageOrAll(), metavar="N|all", help="Else the paper's own.")
@site_options
@click.option("--queue", "is_queued", is_flag=True, help="Leave the work to baoku worker.")
@archive_options
def run_daemon(
    *,
    slugs: tuple[str, ...],
    page_no: PageNo | None,
    site: str | None,
    interval_s: float | None,
    contact: str | None,
    is_queued: bool,
) -> int:
    """Archive each issue of PAPER (cqrb if none is named) when it is due, for as long as it runs.

    Several papers are looked after one after another; with --queue the workers do it side by side.
    Looks every minute; what was missed while it did not run is made up for. Results are JSON Lines
    on stdout, problems on stderr. SIGTERM and Ctrl-C end it within seconds, with exit code 0.
    """
    start_logging(for_machines=True)
    settings = settings_here(contact=contact, interval_s=interval_s)
    if is_queued:
        shared_url(settings)  # refuses
    papers = _going_on(dict.fromkeys(slugs or ("cqrb",)), settings)
    if site is not None and len(papers) > 1:
        raise UsageError(
            "--site is of one newspaper: name one, and start another daemon for others"
        )
    pages = [(one, one.default_page if page_no is None else page_no) for one in papers]
    if side_screen().is_terminal:
        click.echo("baoku: looking every minute; Ctrl-C ends it", err=True)
    crier = Crier(settings, Messenger())
    try:
        with stopping() as stop:
            if is_queued:
                tick = Planner(settings, pages, site=site).tick
            else:
                tick = _in_turn(
                    [Upkeep(settings, *one, site=site, stop=stop).tick for one in pages]
                )
            daemon = Daemon(tick, clock=SystemClock(stop), tell=crier.tell)
            daemon.run(lambda: stop.requested)
    except Stopped:
        log.info("stopped_within_a_page")
    except StoreError as error:
        if not isinstance(error, HomeUnusable):  # a service is restarted then, again and again
            crier.tell(error)
        raise
    return 0


def _going_on(slugs: Iterable[str], settings: Settings) -> list[Paper]:
    """The papers of those names. Raises UsageError for one of which no issue is expected."""
    papers = [find_paper(slug, settings.papers) for slug in slugs]
    for paper in papers:
        if not paper.eras_on(beijing_date(SystemClock().now())):
            raise UsageError(
                f"where issues of {paper.name} appear today is not known: saved ones can be "
                "imported with baoku import"
            )
    return papers


def _in_turn(ticks: Sequence[Callable[[], None]]) -> Callable[[], None]:
    """A tick that is all of these, one after another."""

    def tick() -> None:
        for one in ticks:
            one()

    return tick


@schedule.command("next")
@click.argument("slug", metavar="[PAPER]", default="cqrb")
@click.option("--page", "page_no", type=PageOrAll(), metavar="N|all", help="Else the paper's own.")
@click.option("--limit", type=click.IntRange(min=1), default=LISTED, metavar="N", help="So many.")
@json_option
@archive_options
def show_next(*, slug: str, page_no: PageNo | None, limit: int, as_json: bool) -> None:
    """What the daemon will do for PAPER, and when; nothing is asked of the site."""
    settings = settings_here()
    paper = find_paper(slug, settings.papers)
    pages = paper.default_page if page_no is None else page_no
    now = SystemClock().now()
    coming = _coming(settings, paper, pages, now, limit)
    if as_json:
        for one in coming:
            click.echo(json_line(appointment_json(paper, one)))
    elif coming:
        _print_table(coming, now)
    else:
        screen().print(printed(f"nothing more is expected of {paper.name}"))


def appointment_json(paper: Paper, one: Appointment) -> dict[str, Json]:
    """One JSON Lines object (docs/record.md); its keys are in that order."""
    return {
        "paper": paper.slug,
        "issue_date": one.issue_date.isoformat(),
        "page_no": one.page_no,
        "at": time_json(one.at),
        "what": one.aim,
        "why": one.reason,
    }


def how_soon(at: datetime, now: datetime) -> str:
    """The time left as a person says it: "now", "in 5 min", "in 3 h", "in 2 days"."""
    left = at - now
    for unit, name in (
        (timedelta(days=1), "days"),
        (timedelta(hours=1), "h"),
        (timedelta(minutes=1), "min"),
    ):
        if left >= unit * (2 if name == "days" else 1):
            return f"in {left // unit} {name}"
    return "now" if left <= timedelta() else "in 1 min"


def _coming(
    settings: Settings, paper: Paper, pages: PageNo | EveryPage, now: datetime, limit: int
) -> list[Appointment]:
    """First what is due, as the plan has it, then what will be; of an archive that need not be."""
    rules = rules_of(settings)
    if not has_archive(settings):
        first = days_to_keep_up(paper, None, now, rules)
        due = plan_days(paper, first, pages, keeping_up(paper, now, rules), known_to_nobody)
        looks = [intent for intent in due if not isinstance(intent, SkipPage)]
        return list(
            islice(chain(due_now(looks, now), upcoming(paper, pages, (), now, rules)), limit)
        )
    with archive_to_read(settings) as archive, archive.catalogue.reading() as reader:
        looks = list(islice(plan_due(archive.catalogue, paper, pages, now, rules), limit))
        entries = reader.ledger(Selection(paper=paper.slug))
        later = upcoming(paper, pages, entries, now, rules)
        return list(islice(chain(due_now(looks, now), later), limit))


def _print_table(coming: list[Appointment], now: datetime) -> None:
    table = table_of("in Beijing", "", "issue", ">page", "what", "why")
    for one in coming:
        table.add_row(
            f"{one.at.astimezone(BEIJING):%Y-%m-%d %H:%M}",
            how_soon(one.at, now),
            one.issue_date.isoformat(),
            str(one.page_no),
            one.aim,
            printed(one.reason),
        )
    screen().print(table)
