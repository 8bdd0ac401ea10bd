"""Wires a harvest: a polite fetcher, the shelf, the catalogue."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from urllib.parse import urlsplit

from cli.clock import SystemClock
from cli.settings import Settings
from cli.stopping import Stop
from cli.wiring import Archive
from crawler.fetch import Fetcher
from crawler.papers.addresses import Mirror, hosts_of
from pipeline.harvest import Harvest, Step
from pipeline.keeping import Keeper
from pipeline.site import Site
from pipeline.source import LiveSource
from press.paper import Paper
from storage.catalogue import HostGate


@contextmanager
def harvest_of(
    archive: Archive,
    settings: Settings,
    paper: Paper,
    *,
    site: str | None,
    watch: Callable[[Step], None] = lambda _: None,
    stop: Stop | None = None,
) -> Iterator[Harvest]:
    """A harvest of the paper's own site, or of its mirror at `site`. Raises SettingError.

    Its pauses end with Stopped where `stop` leaves no time for them.
    """
    clock = SystemClock(stop)
    mirror = Mirror(site)
    keeper = Keeper(archive.shelf, archive.catalogue)
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
            site=Site(paper, LiveSource(fetcher, keeper, mirror, clock)),
            keeper=keeper,
            catalogue=archive.catalogue,
            clock=clock,
            watch=watch,
        )
