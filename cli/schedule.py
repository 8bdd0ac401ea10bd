"""`baoku schedule`: when each page is looked at, and the daemon that does it."""

from datetime import datetime, timedelta
from itertools import islice

import click
import structlog

from cli.clock import SystemClock
from cli.crawl import PageOrAll
from cli.keeping_up import Upkeep, timetable
from cli.logs import start_logging
from cli.options import archive_options, json_option
from cli.stopping import stopping
from cli.terminal import printed, screen, side_screen, table_of
from cli.wiring import archive_to_read, settings_here
from crawler.papers import find_paper
from press.clock import BEIJING, Stopped, beijing_date
from press.errors import ArchiveHeld, StoreError, UsageError
from press.model import PageNo
from press.record import Json, json_line, time_json
from schedules.daemon import Daemon
from schedules.timetable import Appointment
from storage.home import Home

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
@click.argument("slug", metavar="[PAPER]", default="cqrb")
@click.option("--page", "page_no", type=PageOrAll(), metavar="N|all", help="Else the paper's own.")
@click.option("--site", metavar="URL", help="A mirror with the paper's paths: http://host:port.")
@click.option("--interval", "interval_s", type=float, metavar="S", help="Seconds between requests.")
@click.option("--contact", help="An e-mail address or URL where the publisher can reach you.")
@archive_options
def run_daemon(
    *,
    slug: str,
    page_no: PageNo | None,
    site: str | None,
    interval_s: float | None,
    contact: str | None,
) -> int:
    """Archive each issue of PAPER (cqrb if none is named) when it is due, for as long as it runs.

    Looks every minute; what was missed while it did not run is made up for. Results are JSON Lines
    on stdout, problems on stderr. SIGTERM and Ctrl-C end it within seconds, with exit code 0.
    """
    start_logging(for_machines=True)
    settings = settings_here(contact=contact, interval_s=interval_s)
    paper = find_paper(slug, settings.papers)
    if not paper.eras_on(beijing_date(SystemClock().now())):
        raise UsageError(
            f"where issues of {paper.name} appear today is not known: saved ones can be imported "
            "with baoku import"
        )
    if side_screen().is_terminal:
        click.echo("baoku: looking every minute; Ctrl-C ends it", err=True)
    try:
        with stopping() as stop:
            upkeep = Upkeep(
                settings,
                paper,
                paper.default_page if page_no is None else page_no,
                site=site,
                stop=stop,
            )
            daemon = Daemon(upkeep.tick, clock=SystemClock(stop), tell=_tell_trouble)
            daemon.run(lambda: stop.requested)
    except Stopped:
        log.info("stopped_within_a_page")
    return 0


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
    home = Home(settings.home)
    if home.catalogue_path.exists() or home.raw.exists():
        with archive_to_read(settings) as archive, archive.catalogue.reading() as reader:
            coming = list(islice(timetable(reader, paper, pages, now), limit))
    else:
        coming = list(islice(timetable(None, paper, pages, now), limit))
    if as_json:
        for one in coming:
            click.echo(json_line(appointment_json(one)))
    elif coming:
        _print_table(coming, now)
    else:
        screen().print(printed(f"nothing more is expected of {paper.name}"))


def appointment_json(one: Appointment) -> dict[str, Json]:
    """One JSON Lines object (docs/record.md); its keys are in that order."""
    return {
        "paper": one.key.paper,
        "issue_date": one.key.issue_date.isoformat(),
        "page_no": one.key.page_no,
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


def _print_table(coming: list[Appointment], now: datetime) -> None:
    table = table_of("in Beijing", "", "issue", ">page", "what", "why")
    for one in coming:
        table.add_row(
            f"{one.at.astimezone(BEIJING):%Y-%m-%d %H:%M}",
            how_soon(one.at, now),
            one.key.issue_date.isoformat(),
            str(one.key.page_no),
            one.aim,
            printed(one.reason),
        )
    screen().print(table)


def _tell_trouble(error: StoreError | None) -> None:
    if error is None:
        log.warning("trouble_over")
    elif isinstance(error, ArchiveHeld):
        log.warning("archive_held", message=str(error))
    else:
        log.error("trouble", message=str(error), exit_code=error.exit_code)
