"""Opens the archive that the settings name, to read or to fill."""

from collections.abc import Container, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

import structlog

from cli.clock import SystemClock
from cli.options import doorplate
from cli.settings import Settings, load_settings
from press.errors import SettingError
from storage.catalogue import Catalogue
from storage.home import Home, holding, open_home
from storage.raw import Shelf
from storage.raw.files import list_files, name_of

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An open archive: its folder, its catalogue and its shelf."""

    home: Home
    catalogue: Catalogue
    shelf: Shelf


def settings_here(**options: object) -> Settings:
    """The settings in force for the command in hand. Raises SettingError."""
    return load_settings(home=doorplate().home, **options)


def has_archive(settings: Settings) -> bool:
    """True where there is something to read at the settings' home."""
    home = Home(settings.home)
    return home.catalogue_path.exists() or home.raw.exists()


@contextmanager
def archive_to_read(settings: Settings, *, budget_s: float | None = None) -> Iterator[Archive]:
    """The archive as it stands; nothing is written. Raises UsageError where there is none.

    With a budget no reading may take longer than that.
    """
    home = open_home(settings.home, create=False)
    with _opened(home, settings, read_only=True, budget_s=budget_s) as archive:
        yield archive


@contextmanager
def archive_to_fill(settings: Settings) -> Iterator[Archive]:
    """The archive, held by this run alone, after what a crash left was put right.

    Raises ArchiveHeld, HomeUnusable or ArchiveDamaged.
    """
    home = open_home(settings.home, create=True)
    with holding(home), _opened(home, settings, read_only=False) as archive:
        _recover(archive)
        yield archive


@contextmanager
def archive_of_worker(settings: Settings) -> Iterator[Archive]:
    """As `archive_to_fill`, of a catalogue that other workers fill too, each from its own home."""
    home = open_home(settings.home, create=True)
    with holding(home), _opened(home, settings, read_only=False) as archive:
        _recover(archive, {name_of(path) for path in list_files(home.raw)})
        yield archive


def shared_url(settings: Settings) -> str:
    """Where the catalogue is that workers share. Raises SettingError where they cannot."""
    url = settings.database_url or ""
    if not url.startswith("postgresql"):
        raise SettingError(
            "workers share a catalogue in PostgreSQL: set database_url to "
            "postgresql+psycopg://USER@HOST/NAME"
        )
    return url


def catalogue_url(home: Home, settings: Settings) -> str:
    """Where the catalogue is: in the home folder, unless the settings say otherwise."""
    return settings.database_url or f"sqlite:///{home.catalogue_path}"


@cache
def software() -> str:
    """The program's name and version, as the shelf records them."""
    return f"baoku/{version('baoku')}"


@contextmanager
def _opened(
    home: Home, settings: Settings, *, read_only: bool, budget_s: float | None = None
) -> Iterator[Archive]:
    with ExitStack() as stack:
        url = catalogue_url(home, settings)
        opened = Catalogue.open(url, read_only=read_only, budget_s=budget_s)
        catalogue = stack.enter_context(closing(opened))
        shelf = Shelf(home.raw, clock=SystemClock(), software=software())
        stack.callback(shelf.close)
        yield Archive(home=home, catalogue=catalogue, shelf=shelf)


def _recover(archive: Archive, names: Container[str] | None = None) -> None:
    """Evens out what a crash left, of the files of those names or of all."""
    with archive.catalogue.reading() as reader:
        committed = reader.committed_ends()
    if names is not None:
        committed = {name: end for name, end in committed.items() if name in names}
    recovery = archive.shelf.recover(committed)
    if recovery.adopted:
        with archive.catalogue.writing() as writer:
            writer.add_captures(recovery.adopted)
    if recovery.adopted or recovery.quarantined_bytes:
        log.warning(
            "recovered",
            adopted=len(recovery.adopted),
            quarantined_bytes=recovery.quarantined_bytes,
            quarantined_files=list(recovery.quarantined_files),
        )
