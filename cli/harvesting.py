"""Wires a harvest: a polite fetcher, the shelf, the catalogue."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import urlsplit

from cli.clock import SystemClock
from cli.settings import Settings
from cli.stopping import Stop
from cli.wiring import Archive
from crawler.fetch import MIN_INTERVAL_S, Fetcher, Gate, Limits
from crawler.papers.addresses import Mirror, hosts_of
from pipeline.harvest import Harvest
from pipeline.keeping import Keeper
from pipeline.looks import Rules
from pipeline.past import Past
from pipeline.site import Site
from pipeline.source import LiveSource, nothing_known
from pipeline.visit import Step
from press.paper import Paper
from storage.catalogue import Catalogue, HostGate, SharedGate

_MARGIN = 1.5
"""So many times the longest answer a host stays shut for a request of which nothing is heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A polite way to one paper's site, and who keeps what comes over it."""

    fetcher: Fetcher
    keeper: Keeper
    mirror: Mirror


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
    with line_to(archive, settings, paper, site=site, stop=stop) as line:
        yield harvest_on(line, archive, paper, anew=anew, watch=watch, stop=stop)


@contextmanager
def line_to(
    archive: Archive,
    settings: Settings,
    paper: Paper,
    *,
    site: str | None,
    gate: Gate | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    stop: Stop | None = None,
) -> Iterator[Line]:
    """A line to the paper's own site, or to its mirror at `site`. Raises SettingError."""
    clock, mirror = SystemClock(stop), Mirror(site)
    keeper = Keeper(archive.shelf, archive.catalogue)
    fetcher = Fetcher(
        hosts=hosts_of(paper) if site is None else frozenset({urlsplit(site).netloc.lower()}),
        contact=settings.contact,
        interval_s=settings.interval_s,
        clock=clock,
        gate=gate or _gate_of(archive.catalogue, clock, limits),
        keep=keeper.keep,
        version=version("baoku"),
        limits=limits,
    )
    with fetcher:
        yield Line(fetcher=fetcher, keeper=keeper, mirror=mirror)


def harvest_on(
    line: Line,
    archive: Archive,
    paper: Paper,
    *,
    anew: bool = False,
    watch: Callable[[Step], None] = lambda _: None,
    stop: Stop | None = None,
) -> Harvest:
    """A harvest over a line, as `harvest_of` says."""
    clock = SystemClock(stop)
    known = nothing_known if anew else line.keeper.known
    return Harvest(
        paper=paper,
        site=Site(paper, LiveSource(line.fetcher, line.keeper, line.mirror, known)),
        keeper=line.keeper,
        catalogue=archive.catalogue,
        past=Past(paper, archive.shelf),
        clock=clock,
        looked_at=lambda _: clock.now(),
        watch=watch,
    )


def _gate_of(catalogue: Catalogue, clock: SystemClock, limits: Limits) -> Gate:
    if catalogue.database.is_sqlite:
        return HostGate(catalogue)
    return SharedGate(catalogue, clock, lasts_s=limits.total_s * _MARGIN)


def gap_s(settings: Settings, site: str | None) -> float:
    """Seconds between two requests as far as is known before robots.txt was read."""
    host = urlsplit(site).hostname if site else None
    is_here = host in {"127.0.0.1", "localhost", "::1"}
    return settings.interval_s if is_here else max(settings.interval_s, MIN_INTERVAL_S)


def rules_of(settings: Settings) -> Rules:
    """How this archive keeps itself up to date."""
    return Rules(heal_days=settings.heal_days, reread_days=settings.reread_days)
