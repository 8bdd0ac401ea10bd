"""Where a worker works: its own home, the shared catalogue, a line to each site; one job at a time."""

import os
import socket
from contextlib import ExitStack, suppress
from dataclasses import replace
from secrets import token_hex
from typing import Final

import click
import structlog

from cli.clock import SystemClock
from cli.harvesting import Line, harvest_on, line_to, rules_of
from cli.rereading import Rereader, keys_of
from cli.results import told
from cli.settings import Settings
from cli.stopping import Stop
from cli.wiring import archive_of_worker
from crawler.fetch import Limits
from crawler.papers import find_paper
from pipeline.breaker import Breaker
from pipeline.plan import SkipPage, keeping_up, plan_day
from pipeline.upkeep import known_to
from press.errors import ArchiveHeld, StoreError
from press.paper import Paper
from press.record import json_line
from schedules.job import Job
from storage.catalogue import Selection, SharedGate, Tenure

log = structlog.get_logger()

REST_S: Final = 900.0
"""So long a worker leaves a site alone where page after page failed in the same way."""

_ANSWER_SHARE: Final = 2 / 3
"""An answer may take at most so much of a lease: it is over before another may take the host."""


class Workplace:
    """Does jobs. Whatever goes wrong with one, the next begins with a recovered shelf."""

    def __init__(self, settings: Settings, *, site: str | None, stop: Stop) -> None:
        self._settings = settings
        self._site = site
        self._stop = stop
        self._clock = SystemClock(stop)
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{token_hex(4)}"
        self._room: _Room | None = None
        self._breakers: dict[str, tuple[Breaker, float]] = {}

    def do(self, job: Job) -> None:
        """One job, under its lease; each result is told when its page is in the archive.

        Raises ArchiveHeld where another worker has it, LeaseLost where another took it over,
        HomeUnusable where database or home fail, and Stopped.
        """
        room = self._opened()
        try:
            self._take(room.tenure, job.lock)
            {"archive": self._archive, "reread": self._reread}[job.kind](job, room)
            room.tenure.release()
        except BaseException:
            with suppress(StoreError):
                room.tenure.release()
            self.close()
            raise

    def close(self) -> None:
        """Lets go of home, database and connections."""
        room, self._room = self._room, None
        if room is not None:
            room.close()

    def _opened(self) -> "_Room":
        if self._room is None:
            self._room = _Room(self._settings, self._holder, site=self._site, stop=self._stop)
        return self._room

    def _take(self, tenure: Tenure, name: str) -> None:
        """Waits at most once for the time of a holder that is silent."""
        wait_s = tenure.take(name)
        if wait_s > 0:
            self._clock.sleep(wait_s)
            wait_s = tenure.take(name)
        if wait_s > 0:
            raise ArchiveHeld(f"another worker is at {name}: this job is left to it")

    def _archive(self, job: Job, room: "_Room") -> None:
        paper = find_paper(job.paper, self._settings.papers)
        breaker = self._breaker(paper)
        if breaker.broken is not None:
            return
        now = self._clock.now()
        policy = keeping_up(paper, now, rules_of(self._settings))
        day = known_to(room.archive.catalogue, paper)(job.since)
        intents = [
            intent
            for intent in plan_day(paper, day, job.page_no, policy)
            if not isinstance(intent, SkipPage)
        ]
        if not intents:
            return
        harvest = harvest_on(room.line(paper), room.archive, paper, stop=self._stop)
        done = harvest.carry_out(intents, policy, is_stopped=self._stop.before_next)
        for result in told(done, as_json=True):
            breaker.note(result.verdict, self._clock.now())

    def _reread(self, job: Job, room: "_Room") -> None:
        """Reads a batch of issues from the shelf with today's parser, and accepts what is read."""
        chosen = Selection(
            paper=job.paper,
            since=job.since,
            until=job.until,
            page_no=None if job.page_no == "all" else job.page_no,
        )
        reader = Rereader(room.archive, self._settings, is_brief=False)
        paper = find_paper(job.paper, self._settings.papers)
        for key in keys_of(room.archive.catalogue, [paper], chosen):
            self._stop.before_next()
            (page,) = reader.read([key])
            if page.damage is not None:
                log.warning("damaged", message=page.damage)
            result = reader.replay(job.paper).accept(page)
            if result is not None:
                click.echo(json_line(result.as_json()))

    def _breaker(self, paper: Paper) -> Breaker:
        """The paper's, also over jobs; one that broke is made anew when the site has rested."""
        breaker, since_s = self._breakers.get(paper.slug, (Breaker(), 0.0))
        is_rested = breaker.broken is not None and self._clock.monotonic() - since_s > REST_S
        if paper.slug not in self._breakers or is_rested:
            breaker = Breaker()
        if breaker.broken is None:
            since_s = self._clock.monotonic()
        self._breakers[paper.slug] = breaker, since_s
        return breaker


class _Room:
    """What is open between two troubles."""

    def __init__(self, settings: Settings, holder: str, *, site: str | None, stop: Stop) -> None:
        self._settings = settings
        self._site = site
        self._stop = stop
        self._stack = ExitStack()
        self._lines: dict[str, Line] = {}
        archive = self._stack.enter_context(archive_of_worker(settings))
        self.tenure = Tenure(archive.catalogue, holder, settings.lease_s)
        self.archive = replace(archive, catalogue=archive.catalogue.guarded(self.tenure.prove))
        self._gate = SharedGate(
            archive.catalogue,
            SystemClock(stop),
            lasts_s=settings.lease_s,
            prove=self.tenure.prove,
        )

    def line(self, paper: Paper) -> Line:
        """To the paper's site; the same as before, so that robots.txt is asked for once a day."""
        if paper.slug not in self._lines:
            longest_s = min(Limits().total_s, self._settings.lease_s * _ANSWER_SHARE)
            limits = Limits(total_s=longest_s, connect_s=min(Limits().connect_s, longest_s))
            self._lines[paper.slug] = self._stack.enter_context(
                line_to(
                    self.archive,
                    self._settings,
                    paper,
                    site=self._site,
                    gate=self._gate,
                    limits=limits,
                    stop=self._stop,
                )
            )
        return self._lines[paper.slug]

    def close(self) -> None:
        """Lets go of all of it."""
        self._stack.close()
