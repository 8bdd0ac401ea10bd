"""One tick of the daemon: asks the plan what is due, and holds the archive only for that."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from cli.clock import SystemClock
from cli.crawl import carry_out
from cli.harvesting import harvest_of
from cli.settings import Settings
from cli.stopping import Stop
from cli.wiring import archive_to_fill, archive_to_read
from pipeline.plan import ArchiveIssue, ArchivePage, Intent
from press.clock import beijing_date
from press.model import PageNo
from press.outcome import LedgerEntry
from press.paper import Paper
from schedules.timetable import Appointment, due, due_at, upcoming
from storage.catalogue import Reader, Selection

HEAL_DAYS = 31
"""So far back a day that nobody ever asked for is asked for by itself."""


class Upkeep:
    """Keeps one page of a paper, or "all", up to date."""

    def __init__(
        self, settings: Settings, paper: Paper, page_no: PageNo, *, site: str | None, stop: Stop
    ) -> None:
        self._settings = settings
        self._paper = paper
        self._page_no = page_no
        self._site = site
        self._stop = stop
        self._clock = SystemClock(stop)
        self._is_proven = False

    def tick(self) -> None:
        """Does what is due now; each result is told as soon as its page is in the archive.

        The first tick opens archive and site even when nothing is due, so that what is wrong with
        them is known now and not at eight in the morning. Raises SettingError and StoreError, and
        Stopped when the run is to end before all is done.
        """
        if self._is_proven and not self._has_work():
            return
        with (
            archive_to_fill(self._settings) as archive,
            harvest_of(
                archive, self._settings, self._paper, site=self._site, stop=self._stop
            ) as harvest,
        ):
            self._is_proven = True
            with archive.catalogue.reading() as reader:
                intents = [_intent(one) for one in self._due(reader)]
            carry_out(harvest, self._stop.unless(intents), again=False, as_json=True)

    def _has_work(self) -> bool:
        with archive_to_read(self._settings) as archive, archive.catalogue.reading() as reader:
            return any(True for _ in self._due(reader))

    def _due(self, reader: Reader) -> Iterator[Appointment]:
        now = self._clock.now()
        return due(timetable(reader, self._paper, self._page_no, now), now)


def timetable(
    reader: Reader | None, paper: Paper, page_no: PageNo, now: datetime
) -> Iterator[Appointment]:
    """The timetable of an archive; without a reader, of an empty one."""
    one_page = None if page_no == "all" else page_no
    today = beijing_date(now)
    beginning, entries = None, []
    if reader is not None:
        beginning = reader.beginning(paper.slug, one_page)
        entries = list(reader.ledger(Selection(paper=paper.slug, page_no=one_page)))
    since = max(beginning or today, today - timedelta(days=HEAL_DAYS))
    return upcoming(
        paper,
        page_no,
        entries,
        now,
        since=since,
        next_look_at=lambda entry: _next_look_at(entry, paper),
    )


def _next_look_at(entry: LedgerEntry, paper: Paper) -> datetime | None:
    if entry.state == "not_yet_due":
        return due_at(paper, entry.issue_date)
    return entry.next_attempt_at


def _intent(one: Appointment) -> Intent:
    if one.key.page_no == "all":
        return ArchiveIssue(issue_date=one.key.issue_date, reason=one.reason)
    return ArchivePage(key=one.key, reason=one.reason)
