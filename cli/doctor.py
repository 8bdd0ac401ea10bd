"""`baoku doctor`: is this machine, and this archive, fit for the work?"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import click

from cli.options import archive_options, doorplate, json_option
from cli.settings import Settings, settings_file
from cli.terminal import printed, screen, table_of
from cli.wiring import catalogue_url, settings_here
from press.errors import ArchiveDamaged, HomeUnusable, PressError, StoreError
from press.outcome import EXIT_ARCHIVED
from press.record import Json, json_line
from storage.catalogue import Catalogue
from storage.catalogue.engine import journal_choice
from storage.home import Home, holding
from storage.raw.files import list_files, name_of

Level: TypeAlias = Literal["ok", "warning", "problem"]

SCARCE_BYTES = 1 << 30
FULL_BYTES = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at; `exit_code` is not 0 only where `level` is "problem"."""

    subject: str
    level: Level
    sentence: str
    exit_code: int = EXIT_ARCHIVED

    def as_json(self) -> dict[str, Json]:
        """One JSON Lines object."""
        return {
            "subject": self.subject,
            "level": self.level,
            "sentence": self.sentence,
            "exit_code": self.exit_code,
        }


@click.command()
@json_option
@archive_options
def doctor(*, as_json: bool) -> int:
    """Whether this machine and this archive are fit, and what to do if not."""
    findings = list(examine())
    if as_json:
        for finding in findings:
            click.echo(json_line(finding.as_json()))
    else:
        colours = {"ok": "green", "warning": "yellow", "problem": "bold red"}
        table = table_of("", "", "")
        table.show_header = False
        for finding in findings:
            style = colours[finding.level]
            table.add_row(printed(finding.level, style), finding.subject, printed(finding.sentence))
        screen().print(table)
    return max(finding.exit_code for finding in findings)


def examine() -> Iterator[Finding]:
    """Every finding, the settings first: without them nothing else can be looked at."""
    try:
        settings = settings_here()
    except PressError as error:
        yield _problem("settings", error)
        return
    file = settings_file(doorplate().home)
    yield _fine("settings", f"from {file}" if file else "no baoku.toml; options and variables only")
    yield _contact(settings)
    yield _fine("sqlite", journal_choice())
    home = Home(settings.home)
    yield _folder(home)
    yield _space(home.folder)
    if home.folder.exists() and (home.catalogue_path.exists() or home.raw.exists()):
        yield _lock(home)
        yield from _contents(home, settings)


def _contact(settings: Settings) -> Finding:
    if settings.contact:
        return _fine("contact", settings.contact)
    sentence = "not set: needed before a real site is asked (--contact, BAOKU_CONTACT)"
    return Finding(subject="contact", level="warning", sentence=sentence)


def _folder(home: Home) -> Finding:
    folder = home.folder.absolute()
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if not nearest.is_dir():
        return _problem("home", HomeUnusable(f"{nearest} is no folder: choose another --home"))
    if not os.access(nearest, os.W_OK | os.X_OK):
        return _problem("home", HomeUnusable(f"{nearest} is not writable: choose another --home"))
    if not folder.exists():
        return _fine("home", f"{folder} will be made by the first crawl or import")
    return _fine("home", str(folder))


def _space(folder: Path) -> Finding:
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free_bytes = shutil.disk_usage(nearest).free
    sentence = f"{free_bytes / (1 << 30):.1f} GiB free"
    if free_bytes < FULL_BYTES:
        return _problem("space", HomeUnusable(f"{sentence}: make room before the next run"))
    level: Level = "warning" if free_bytes < SCARCE_BYTES else "ok"
    return Finding(subject="space", level=level, sentence=sentence)


def _lock(home: Home) -> Finding:
    try:
        with holding(home):
            return _fine("lock", "no other run holds the archive")
    except StoreError as error:
        return _problem("lock", error)


def _contents(home: Home, settings: Settings) -> Iterator[Finding]:
    try:
        with (
            closing(Catalogue.open(catalogue_url(home, settings), read_only=True)) as catalogue,
            catalogue.reading() as reader,
        ):
            counts, ends = reader.counts(), reader.committed_ends()
    except PressError as error:
        yield _problem("catalogue", error)
        return
    yield _fine(
        "catalogue",
        f"{counts.papers} papers, {counts.pages} pages, {counts.articles} articles, "
        f"{counts.captures} captures",
    )
    yield _shelf(home, ends)


def _shelf(home: Home, ends: Mapping[str, int]) -> Finding:
    """Each file that the catalogue knows is there and as long as it must be; not read through."""
    size_bytes = 0
    files = {name_of(path): path for path in list_files(home.raw)}
    for name, end in ends.items():
        path = files.get(name)
        if path is None or path.stat().st_size < end or not os.access(path, os.R_OK):
            lost = ArchiveDamaged(f"{home.raw / name} is missing, cut or unreadable: restore it")
            return _problem("shelf", lost)
        size_bytes += path.stat().st_size
    return _fine(
        "shelf", f"{len(ends)} files, {size_bytes / (1 << 20):.1f} MiB, none missing or cut"
    )


def _fine(subject: str, sentence: str) -> Finding:
    return Finding(subject=subject, level="ok", sentence=sentence)


def _problem(subject: str, error: PressError) -> Finding:
    return Finding(subject=subject, level="problem", sentence=str(error), exit_code=error.exit_code)
