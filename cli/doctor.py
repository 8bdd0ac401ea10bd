"""`baoku doctor`: is this machine, and this archive, fit for the work?"""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime

import click

from cli.checkup import Contents, examine_contents, read_contents
from cli.clock import SystemClock
from cli.diagnosis import Diagnosis, fine, problem, warning
from cli.machine import examine_clock, examine_folder, examine_metrics, examine_space
from cli.messenger import Messenger, masked
from cli.options import archive_options, doorplate, json_option
from cli.settings import Settings, settings_file
from cli.terminal import printed, screen, table_of
from cli.vault import vault_of
from cli.wiring import catalogue_url, has_archive, settings_here
from press.errors import ArchiveDamaged, PressError, SettingError, StoreError
from press.record import json_line
from storage.catalogue import Catalogue
from storage.catalogue.engine import journal_choice
from storage.home import Home, holding
from storage.raw.files import OPEN_SUFFIX
from storage.raw.fixity import Inspection
from storage.raw.stacks import ShelfFile


@click.command()
@json_option
@archive_options
def doctor(*, as_json: bool) -> int:
    """Whether this machine and this archive are fit, and what to do if not."""
    diagnoses = list(examine(SystemClock().now()))
    if as_json:
        for diagnosis in diagnoses:
            click.echo(json_line(diagnosis.as_json()))
    else:
        colours = {"ok": "green", "warning": "yellow", "problem": "bold red"}
        table = table_of("", "", "")
        table.show_header = False
        for one in diagnoses:
            level = printed(one.level, colours[one.level])
            table.add_row(level, printed(one.subject), printed(one.sentence))
        screen().print(table)
    return max(diagnosis.exit_code for diagnosis in diagnoses)


def examine(now: datetime) -> Iterator[Diagnosis]:
    """Every diagnosis, the settings first: without them nothing else can be looked at."""
    try:
        settings = settings_here()
    except PressError as error:
        yield problem("settings", error)
        return
    file = settings_file(doorplate().home)
    yield fine("settings", f"from {file}" if file else "no baoku.toml; options and variables only")
    yield _contact(settings)
    yield _alarms(settings, Messenger())
    yield examine_metrics(settings.metrics_file)
    yield fine("sqlite", journal_choice())
    home = Home(settings.home)
    yield examine_folder(home)
    yield examine_space(home.folder)
    yield _vault(settings)
    if has_archive(settings):
        yield from _archive(home, settings, now)
    else:
        yield examine_clock(now, None)


def _contact(settings: Settings) -> Diagnosis:
    if settings.contact:
        return fine("contact", settings.contact)
    sentence = "not set: needed before a real site is asked (--contact, BAOKU_CONTACT)"
    return warning("contact", sentence)


def _alarms(settings: Settings, messenger: Messenger) -> Diagnosis:
    if not settings.alarms:
        return fine("alarms", "none: nobody is told, the exit code says all (BAOKU_ALARMS)")
    for number, alarm in enumerate(settings.alarms, start=1):
        if not messenger.knows(alarm):
            wrong = f"alarm {number} ({masked(alarm)}) is no complete address of a known service"
            return problem("alarms", SettingError(f"{wrong}: see apprise's list of services"))
    return fine("alarms", ", ".join(map(masked, settings.alarms)))


def _archive(home: Home, settings: Settings, now: datetime) -> Iterator[Diagnosis]:
    lock = _lock(home)
    yield lock
    try:
        contents = _contents(home, settings, now)
    except PressError as error:
        yield examine_clock(now, None)
        yield problem("catalogue", error)
        return
    yield examine_clock(now, contents.newest_at)
    yield from examine_contents(contents, now, is_held=lock.level == "problem")
    yield _shelf(home, settings, contents.ends)


def _vault(settings: Settings) -> Diagnosis:
    """Whether the vault answers; it is only listed."""
    try:
        vault = vault_of(settings)
        if vault is None:
            return fine("vault", "none: the answers lie in the home folder alone (BAOKU_SHELF_URL)")
        count = sum(1 for _ in vault.files())
    except PressError as error:
        return problem("vault", error)
    return fine("vault", f"{settings.shelf_url} answers, with {count} files")


def _lock(home: Home) -> Diagnosis:
    try:
        with holding(home):
            return fine("lock", "no other run holds the archive")
    except StoreError as error:
        return problem("lock", error)


def _contents(home: Home, settings: Settings, now: datetime) -> Contents:
    with (
        closing(Catalogue.open(catalogue_url(home, settings), read_only=True)) as catalogue,
        catalogue.reading() as reader,
    ):
        return read_contents(reader, now)


def _shelf(home: Home, settings: Settings, ends: Mapping[str, int]) -> Diagnosis:
    """Each file that the catalogue knows is there and as long as it must be; not read through."""
    size_bytes = 0
    try:
        listed = Inspection(home.raw, vault_of(settings)).files()
    except PressError as error:
        return problem("shelf", error)
    files = {file.name: file for file in listed}
    for name, end in ends.items():
        file = files.get(name)
        if file is None or file.size_bytes < end or not _is_readable(home, file):
            where = home.raw / name if file is None or not file.is_vaulted else name
            lost = ArchiveDamaged(f"{where} is missing, cut or unreadable: restore it")
            return problem("shelf", lost)
        size_bytes += file.size_bytes
    lying = f", in {settings.shelf_url}" if settings.shelf_url else ""
    return fine(
        "shelf", f"{len(ends)} files, {size_bytes / (1 << 20):.1f} MiB{lying}, none missing or cut"
    )


def _is_readable(home: Home, file: ShelfFile) -> bool:
    """False where a file that lies here is not ours to read; the vault was asked already."""
    name = file.name + OPEN_SUFFIX if file.is_open else file.name
    return file.is_vaulted or os.access(home.raw / name, os.R_OK)
