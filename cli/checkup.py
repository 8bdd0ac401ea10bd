"""What the catalogue tells a doctor: its runs, what is open, what waits. Pure but for reading."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cli.diagnosis import Diagnosis, fine, warning
from pipeline.news import short_name
from press.finding import KeptFinding
from press.run import SUCCESSES, History
from storage.catalogue import Counts, Reader

STALE = timedelta(hours=36)
"""A run a day, and half a day of patience."""

ONE_OFF = {"import", "backfill", "replay", "rebuild"}
"""Commands that nobody runs every day: they have no age to warn of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a catalogue holds, as far as a doctor asks.

    `ends` are the lengths of the shelf's files in bytes. `newest_at` is the latest moment on
    record, of a capture or a run, None in an empty archive. `retries` counts the pages to be
    tried again, `overdue` those that were to be more than STALE ago.
    """

    counts: Counts
    ends: Mapping[str, int]
    histories: Sequence[History]
    findings: Sequence[KeptFinding]
    newest_at: datetime | None
    retries: int
    overdue: int


def read_contents(reader: Reader, now: datetime) -> Contents:
    """What the catalogue holds at that moment."""
    histories = reader.histories()
    moments = [reader.last_captured_at()]
    for history in histories:
        moments += [history.last.started_at, history.last.finished_at]
    states = reader.state_counts().items()
    return Contents(
        counts=reader.counts(),
        ends=reader.committed_ends(),
        histories=histories,
        findings=[one for one in reader.findings() if one.closed_at is None],
        newest_at=max((moment for moment in moments if moment), default=None),
        retries=sum(count for (_, state), count in states if state == "retry"),
        overdue=reader.count_overdue(now - STALE),
    )


def examine_contents(contents: Contents, now: datetime, *, is_held: bool) -> Iterator[Diagnosis]:
    """What is there, each command's runs, what is open and what waits.

    `is_held` is whether another run holds the archive now.
    """
    counts = contents.counts
    yield fine(
        "catalogue",
        f"{counts.papers} papers, {counts.pages} pages, {counts.articles} articles, "
        f"{counts.captures} captures",
    )
    for history in contents.histories:
        yield _runs(history, now, is_held=is_held)
    yield _findings(contents.findings)
    yield _retries(contents)


def _runs(history: History, now: datetime, *, is_held: bool) -> Diagnosis:
    subject, last = f"runs of {history.command}", history.last
    if last.finished_at is None:
        began = f"{last.asked}, begun {_age(now, last.started_at)}"
        if is_held:
            return fine(subject, f"running: {began}")
        return warning(subject, f"stopped before its end: {began}; run it again")
    success = history.succeeded_at
    sentence = f"the last {_age(now, last.finished_at)}, exit code {last.exit_code}"
    if last.exit_code not in SUCCESSES:
        sentence += f"; the last success {_age(now, success)}" if success else "; never a success"
    is_repeated = history.count > 1 and history.command not in ONE_OFF
    if is_repeated and (success is None or now - success > STALE):
        return warning(subject, f"{sentence}: check the crontab or the schedule, then its log")
    return fine(subject, sentence)


def _findings(findings: Sequence[KeptFinding]) -> Diagnosis:
    if not findings:
        return fine("findings", "nothing that a person should look at")
    kinds = Counter(short_name(one.finding.kind) for one in findings)
    newest = findings[0].finding.key
    said = ", ".join(f"{name} ({count})" for name, count in kinds.most_common())
    return warning(
        "findings",
        f"{said}; the newest: {newest.paper} {newest.issue_date} page {newest.page_no}",
    )


def _retries(contents: Contents) -> Diagnosis:
    if not contents.retries:
        return fine("retries", "no page waits to be tried again")
    sentence = f"{contents.retries} pages wait to be tried again"
    if not contents.overdue:
        return fine("retries", sentence)
    return warning(
        "retries",
        f"{sentence}, {contents.overdue} of them for more than 36 hours: run baoku crawl for them",
    )


def _age(now: datetime, moment: datetime) -> str:
    """How long ago, in words of one unit, and when."""
    hours = (now - moment) / timedelta(hours=1)
    ago = f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"
    return f"{ago} ago ({moment:%Y-%m-%d %H:%M} UTC)"
