"""What a doctor sees of the machine: its clock, its folders, its disk."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cli.diagnosis import Diagnosis, fine, problem, warning
from press.errors import HomeUnusable, SettingError
from storage.home import Home

SCARCE_BYTES = 1 << 30
FULL_BYTES = 64 << 20

RELEASED_AT = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right shows less."""

SLACK = timedelta(minutes=5)
"""What a clock may be set back by without anybody noticing."""


def examine_clock(now: datetime, newest_at: datetime | None) -> Diagnosis:
    """Is it later than all that is on record? `newest_at` is None where there is no record."""
    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        advice = "this Python has no time zones: install the package tzdata"
        return problem("clock", SettingError(advice))
    said = f"{now:%Y-%m-%d %H:%M} UTC"
    if now < RELEASED_AT:
        early = f"the clock says {said}, before this release was made: set it"
        return problem("clock", SettingError(early))
    if newest_at is not None and newest_at > now + SLACK:
        late = f"the clock says {said}, and the archive is of {newest_at:%Y-%m-%d %H:%M}: set it"
        return problem("clock", SettingError(late))
    return fine("clock", f"{said}, not before what is archived; time zones are there")


def examine_metrics(file: Path | None) -> Diagnosis:
    """Can the metrics file be written, and will anybody find it?"""
    if file is None:
        return fine("metrics", "no file is written (BAOKU_METRICS_FILE)")
    if file.is_dir() or not os.access(file.absolute().parent, os.W_OK | os.X_OK):
        wrong = f"{file} cannot be written: give metrics_file a folder that is there and writable"
        return problem("metrics", HomeUnusable(wrong))
    if file.suffix != ".prom":
        return warning("metrics", f"{file}: Prometheus' node exporter reads only *.prom")
    return fine("metrics", str(file))


def examine_folder(home: Home) -> Diagnosis:
    """Can the home folder be used, or made?"""
    folder = home.folder.absolute()
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if not nearest.is_dir():
        return problem("home", HomeUnusable(f"{nearest} is no folder: choose another --home"))
    if not os.access(nearest, os.W_OK | os.X_OK):
        return problem("home", HomeUnusable(f"{nearest} is not writable: choose another --home"))
    if not folder.exists():
        return fine("home", f"{folder} will be made by the first crawl or import")
    return fine("home", str(folder))


def examine_space(folder: Path) -> Diagnosis:
    """Is there room for the next run?"""
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free_bytes = shutil.disk_usage(nearest).free
    sentence = f"{free_bytes / (1 << 30):.1f} GiB free"
    if free_bytes < FULL_BYTES:
        return problem("space", HomeUnusable(f"{sentence}: make room before the next run"))
    return (warning if free_bytes < SCARCE_BYTES else fine)("space", sentence)
