"""`baoku worker`: does what `baoku schedule run --queue` put into the queue."""

import click
import structlog

from cli.clock import SystemClock
from cli.logs import start_logging
from cli.messenger import Messenger
from cli.options import archive_options, site_options
from cli.queueing import queue_of
from cli.stopping import stopping
from cli.terminal import side_screen
from cli.trouble import Crier
from cli.wiring import settings_here, shared_url
from cli.workplace import Workplace
from press.clock import Stopped
from press.errors import HomeUnusable, StoreError
from schedules.worker import Worker

log = structlog.get_logger()


@click.command()
@site_options
@archive_options
def worker(*, site: str | None, interval_s: float | None, contact: str | None) -> int:
    """Archive what the queue holds, for as long as it runs; any number may, on any machine.

    Each needs a home of its own (--home) and the same database_url. Results are JSON Lines on
    stdout, problems on stderr. SIGTERM and Ctrl-C end it within seconds, with exit code 0; it ends
    with 30 where the database stays away for minutes: let your system start it again.
    """
    start_logging(for_machines=True)
    settings = settings_here(contact=contact, interval_s=interval_s)
    shared_url(settings)
    if side_screen().is_terminal:
        click.echo("baoku: waiting for jobs; Ctrl-C ends it", err=True)
    crier = Crier(settings, Messenger())
    with stopping() as stop:
        place = Workplace(settings, site=site, stop=stop)
        try:
            with queue_of(settings) as queue:
                Worker(
                    queue,
                    place.do,
                    clock=SystemClock(stop),
                    tell=_tell,
                    silent_s=settings.lease_s,
                ).run(lambda: stop.requested)
        except Stopped:
            log.info("stopped_within_a_page")
        except StoreError as error:
            if not isinstance(error, HomeUnusable):
                crier.tell(error)
            raise
        finally:
            place.close()
    return 0


def _tell(error: StoreError) -> None:
    log.warning("job_left", message=str(error), kind=type(error).__name__)
