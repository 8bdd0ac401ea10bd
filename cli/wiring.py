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
from cli.vault import VAULT_FILE_BYTES, vault_of, writer_name
from press.errors import SettingError
from storage.catalogue import Catalogue
from storage.home import Home, holding, open_home
from storage.raw import Damage, Shelf
from storage.raw.files import list_files, name_of
from storage.raw.vault import Vault

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An open archive: its folder, its catalogue and its shelf, which may have a vault."""

    home: Home
    catalogue: Catalogue
    shelf: Shelf
    vault: Vault | None


def settings_here(**options: object) -> Settings:
    """The settings in force for the command in hand. Raises SettingError."""
    return load_settings(home=doorplate().home, **options)


def has_archive(settings: Settings) -> bool:
    """True where there is something to read at the settings' home, or may be elsewhere."""
    home = Home(settings.home)
    return _is_elsewhere(settings) or home.catalogue_path.exists() or home.raw.exists()


def home_to_read(settings: Settings) -> Home:
    """The home, which must hold an archive, unless all of it is kept elsewhere: then it is made.

    Raises HomeUnusable.
    """
    return open_home(settings.home, create=_is_elsewhere(settings))


@contextmanager
def archive_to_read(settings: Settings, *, budget_s: float | None = None) -> Iterator[Archive]:
    """The archive as it stands; nothing is written. Raises UsageError where there is none.

    With a budget no reading may take longer than that.
    """
    home = home_to_read(settings)
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
    opened = _opened(home, settings, read_only=False, writer=writer_name())
    with holding(home), opened as archive:
        is_alone = archive.vault is None  # then what others wrote lies in their homes
        _recover(archive, {name_of(path) for path in list_files(home.raw)} if is_alone else None)
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


def open_shelf(home: Home, vault: Vault | None, writer: str = "") -> Shelf:
    """The shelf in the home folder, to be closed by whoever asks; with a vault, in small files.

    `writer` ends the files' names where others write for the same catalogue.
    """
    clock = SystemClock()
    if vault is None:
        return Shelf(home.raw, clock=clock, software=software(), writer=writer)
    return Shelf(
        home.raw,
        clock=clock,
        software=software(),
        seal_bytes=VAULT_FILE_BYTES,
        vault=vault,
        writer=writer or writer_name(),
    )


@cache
def software() -> str:
    """The program's name and version, as the shelf records them."""
    return f"baoku/{version('baoku')}"


@contextmanager
def _opened(
    home: Home,
    settings: Settings,
    *,
    read_only: bool,
    budget_s: float | None = None,
    writer: str = "",
) -> Iterator[Archive]:
    with ExitStack() as stack:
        url = catalogue_url(home, settings)
        opened = Catalogue.open(url, read_only=read_only, budget_s=budget_s)
        catalogue = stack.enter_context(closing(opened))
        vault = vault_of(settings, budget_s=budget_s)
        shelf = stack.enter_context(closing(open_shelf(home, vault, writer)))
        yield Archive(home=home, catalogue=catalogue, shelf=shelf, vault=vault)


def _is_elsewhere(settings: Settings) -> bool:
    """True where neither the catalogue nor the shelf is only in the home folder."""
    return settings.database_url is not None and settings.shelf_url is not None


def _recover(archive: Archive, names: Container[str] | None = None) -> None:
    """Evens out what a crash left, of the files of those names or of all."""
    with archive.catalogue.reading() as reader:
        committed = reader.committed_ends()
    if names is not None:
        committed = {name: end for name, end in committed.items() if name in names}
    recovery = archive.shelf.recover(committed)
    adopted = [*recovery.adopted]
    for name in recovery.strays:
        adopted += [one for one, _ in archive.shelf.captures_in(name, report=_tell_damage)]
    if adopted:
        with archive.catalogue.writing() as writer:
            writer.add_captures(adopted)
    archive.shelf.release()
    if adopted or recovery.quarantined_bytes:
        log.warning(
            "recovered",
            adopted=len(adopted),
            quarantined_bytes=recovery.quarantined_bytes,
            quarantined_files=list(recovery.quarantined_files),
        )


def _tell_damage(damage: Damage) -> None:
    log.warning("stray_damaged", file=damage.file, offset=damage.offset, message=damage.reason)
