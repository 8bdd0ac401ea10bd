"""`baoku rebuild`: the catalogue made anew from the shelf alone."""

import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path

import click
import structlog
from rich.progress import track
from rich.text import Text

from cli.clock import SystemClock
from cli.logs import start_logging
from cli.options import archive_options
from cli.settings import Settings
from cli.terminal import printed, screen, side_screen
from cli.vault import vault_of
from cli.wiring import catalogue_url, home_to_read, open_shelf, settings_here
from crawler.papers import known_papers
from pipeline.rebuild import Rebuild
from press.errors import UsageError
from press.outcome import EXIT_ARCHIVED, EXIT_LAYOUT
from storage.catalogue import Catalogue
from storage.home import Home, holding

log = structlog.get_logger()

_BESIDE = ("", "-journal", "-wal", "-shm")
"""SQLite's file and what belongs to it: moved together, or what it holds is lost."""


@click.command()
@archive_options
def rebuild() -> int:
    """Make the catalogue anew from the shelf alone.

    The old catalogue is kept beside the new one. What only it knew is lost: how often a page was
    tried, and what was told already.
    """
    start_logging(for_machines=False)
    settings = settings_here()
    home = home_to_read(settings)
    with holding(home):
        if settings.database_url is not None:
            return _into_empty(home, settings, settings.database_url)
        part = home.catalogue_path.with_name("catalogue.rebuilding.sqlite3")
        for end in _BESIDE:
            part.with_name(part.name + end).unlink(missing_ok=True)
        code = _fill(home, settings, f"sqlite:///{part}")
        old = _set_aside(home.catalogue_path, SystemClock().now())
        part.rename(home.catalogue_path)
    if old is not None:
        screen().print(Text(f"the old catalogue is {old.name}: delete it when you like"))
    return code


def _into_empty(home: Home, settings: Settings, url: str) -> int:
    """Fills another database, which must be empty: it may be of another archive."""
    with closing(Catalogue.open(url)) as catalogue, catalogue.reading() as reader:
        if reader.counts().captures:
            raise UsageError(
                "the database of the setting database_url is not empty: name an empty one"
            )
    return _fill(home, settings, catalogue_url(home, settings))


def _fill(home: Home, settings: Settings, url: str) -> int:
    told: list[str] = []
    clock = SystemClock()
    with (
        closing(Catalogue.open(url)) as catalogue,
        closing(open_shelf(home, vault_of(settings))) as shelf,
    ):
        shelf.recover({})
        making = Rebuild(
            papers=known_papers(settings.papers),
            catalogue=catalogue,
            shelf=shelf,
            clock=clock,
            report=told.append,
        )
        issues = making.enter_captures()
        console = side_screen()
        for issue in track(
            issues, "reading", console=console, transient=True, disable=not console.is_terminal
        ):
            making.read_issue(issue)
        with catalogue.reading() as reader:
            counts = reader.counts()
    for sentence in told:
        log.warning("not_entered", message=sentence)
        side_screen().print(printed(f"baoku: {sentence}"), soft_wrap=True)
    screen().print(
        Text(
            f"{counts.captures} captures, {counts.pages} pages, {counts.articles} articles; "
            f"{len(told)} records not entered"
        )
    )
    return EXIT_LAYOUT if told else EXIT_ARCHIVED


def _set_aside(catalogue: Path, now: datetime) -> Path | None:
    """Moves the old catalogue out of the way; None where there was none."""
    if not catalogue.exists():
        return None
    old = catalogue.with_name(f"catalogue-until-{now:%Y%m%dT%H%M%SZ}.sqlite3")
    for end in reversed(_BESIDE):
        beside = catalogue.with_name(catalogue.name + end)
        if beside.exists():
            shutil.move(beside, old.with_name(old.name + end))
    return old
