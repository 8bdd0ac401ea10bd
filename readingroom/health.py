"""Whether the archive can be read and is kept up to date, for machines that watch it."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from press.errors import StoreError, TooExpensive
from press.record import Json
from press.run import History
from readingroom.answer import Answer, json_answer
from storage.catalogue import Catalogue

STALE = timedelta(hours=36)
"""A run a day, and half a day of patience."""

RESERVE_BYTES = 64 << 20
"""Less free space than this, and the next run cannot keep what it fetches."""

REPEATED = frozenset({"crawl", "schedule run"})
"""Commands that fill an archive day by day, when they ran more than once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at; a problem where `is_fine` is False."""

    subject: str
    is_fine: bool
    sentence: str


def check_health(catalogue: Catalogue, home: Path, now: datetime) -> tuple[Check, ...]:
    """The schema, the database, the last success, and the space on the archive's disk."""
    return (*_database(catalogue, now), check_space(shutil.disk_usage(home).free))


def health_answer(checks: Sequence[Check]) -> Answer:
    """All checks; 503 when one of them is a problem. Never kept by a cache."""
    is_fine = all(one.is_fine for one in checks)
    found: list[Json] = [
        {
            "subject": one.subject,
            "level": "ok" if one.is_fine else "problem",
            "sentence": one.sentence,
        }
        for one in checks
    ]
    given = json_answer({"status": "ok" if is_fine else "problem", "checks": found})
    headers = {"Cache-Control": "no-store"} | ({} if is_fine else {"Retry-After": "60"})
    return Answer(body=given.body, status=200 if is_fine else 503, headers=headers)


def check_age(histories: Sequence[History], now: datetime) -> Check:
    """Was there a success lately? An archive that nobody fills day by day has no age."""
    repeated = [one for one in histories if one.command in REPEATED and one.count > 1]
    if not repeated:
        return Check(subject="runs", is_fine=True, sentence="no run fills this archive day by day")
    latest = max((one.succeeded_at for one in repeated if one.succeeded_at), default=None)
    if latest is None:
        return Check(subject="runs", is_fine=False, sentence="no run ever succeeded")
    hours = (now - latest) / timedelta(hours=1)
    return Check(
        subject="runs",
        is_fine=now - latest <= STALE,
        sentence=f"the last success {hours:.0f} hours ago",
    )


def check_space(free_bytes: int) -> Check:
    """Is there room for the next run?"""
    return Check(
        subject="space",
        is_fine=free_bytes >= RESERVE_BYTES,
        sentence=f"{free_bytes / (1 << 30):.1f} GiB free",
    )


def _database(catalogue: Catalogue, now: datetime) -> Iterator[Check]:
    try:
        catalogue.check()
        with catalogue.reading() as reader:
            histories = reader.histories()
    except (StoreError, TooExpensive):
        sentence = "it cannot be read, or not by this version: see baoku doctor"
        yield Check(subject="catalogue", is_fine=False, sentence=sentence)
        return
    yield Check(subject="catalogue", is_fine=True, sentence="it is read, its tables are ours")
    yield check_age(histories, now)
