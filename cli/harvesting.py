"""Wires a harvest: a polite fetcher, the shelf, the catalogue."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from urllib.parse import urlsplit

from cli.clock import SystemClock
from cli.settings import Settings
from cli.stopping import Stop
from cli.wiring import Archive
from crawler.fetch import MIN_INTERVAL_S, Fetcher
from crawler.papers.addresses import Mirror, hosts_of
from pipeline.harvest import Harvest
from pipeline.keeping import Keeper
from pipeline.looks import Rules
from pipeline.past import Past
from pipeline.site import Site
from pipeline.source import LiveSource, nothing_known
from pipeline.visit import Step
from press.paper import Paper
from storage.catalogue import HostGate


@contextmanager
def harvest_of(
    archive: Archive,
    settings: Settings,
    paper: Paper,
    *,
    site: str | None,
    anew: bool = False,
    watch: Callable[[Step], None] = lambda _: None,
    stop: Stop | None = None,
) -> Iterator[Harvest]:
    """A harvest of the paper's own site, or of its mirror at `site`.

    With `anew` every page is asked for as a whole, also where only a change would be news. Its
    pauses end with Stopped where `stop` leaves no time for them. Raises SettingError.
    """
    clock = SystemClock(stop)
    mirror = Mirror(site)
    keeper = Keeper(archive.shelf, archive.catalogue)
    known = nothing_known if anew else keeper.known
    fetcher = Fetcher(
        hosts=hosts_of(paper) if site is None else frozenset({urlsplit(site).netloc.lower()}),
        contact=settings.contact,
        interval_s=settings.interval_s,
        clock=clock,
        gate=HostGate(archive.catalogue),
        keep=keeper.keep,
        version=version("baoku"),
    )
    with fetcher:
        yield Harvest(
            paper=paper,
            site=Site(paper, LiveSource(fetcher, keeper, mirror, known)),
            keeper=keeper,
            catalogue=archive.catalogue,
            past=Past(paper, archive.shelf),
            clock=clock,
            looked_at=lambda _: clock.now(),
            watch=watch,
        )


def gap_s(settings: Settings, site: str | None) -> float:
    """Seconds between two requests as far as is known before robots.txt was read."""
    host = urlsplit(site).hostname if site else None
    is_here = host in {"127.0.0.1", "localhost", "::1"}
    return settings.interval_s if is_here else max(settings.interval_s, MIN_INTERVAL_S)


def rules_of(settings: Settings) -> Rules:
    """How this archive keeps itself up to date."""
    return Rules(heal_days=settings.heal_days, reread_days=settings.reread_days)
