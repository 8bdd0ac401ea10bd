"""The planner: a tick of the daemon that puts what is due into the queue for workers."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from importlib.util import find_spec
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

import structlog

from cli.clock import SystemClock
from cli.harvesting import rules_of
from cli.rereading import keys_of
from cli.settings import Settings
from cli.telling import conclude
from cli.wiring import shared_url
from crawler.papers import known_papers
from crawler.papers.addresses import Mirror
from pipeline.plan import EveryPage, filling
from pipeline.replay import batches_of
from pipeline.upkeep import known_to, plan_days, plan_due, wanted
from press.errors import SettingError
from press.model import PageNo
from press.outcome import EXIT_ARCHIVED
from press.paper import Paper
from schedules.job import Job, job_for, rereading_of
from storage.catalogue import Catalogue, Selection

if TYPE_CHECKING:
    from schedules.queue import Queue

log = structlog.get_logger()

COMMAND: Final = "schedule run --queue"
AHEAD_JOBS: Final = 100
"""So many jobs of a paper are put into the queue at a tick at most, the most urgent ones: more than
workers do until the next. The engine's search for the next job takes the square of a host's jobs
in time: 80 ms for three hosts with 1,000 each, 0.8 s with 3,650."""

_BATCH: Final = 200
"""Ledger entries of one turn at the catalogue."""

_BEATS: Final = 9
"""Signs of life in the time after which a worker is replaced."""


@contextmanager
def queue_of(settings: Settings) -> Iterator["Queue"]:
    """The queue beside the shared catalogue.

    Raises SettingError where there can be none, HomeUnusable where the database does not answer.
    """
    url = shared_url(settings)
    if find_spec("procrastinate") is None:
        raise SettingError("the queue needs its packages: pip install baoku[queue]")
    from schedules.queue import queue_at  # noqa: PLC0415  an extra, and asyncio with it

    with queue_at(url, beat_s=settings.lease_s / _BEATS) as queue:
        yield queue


def defer_rereading(settings: Settings, chosen: Selection) -> int:
    """Puts the pages that a selection chooses into the queue, to be read anew by workers.

    In jobs of some whole issues each; gives how many were new.
    """
    papers = known_papers(settings.papers).values()
    with (
        closing(Catalogue.open(shared_url(settings), read_only=True)) as catalogue,
        queue_of(settings) as queue,
    ):
        keys = keys_of(catalogue, papers, chosen)
        by_paper = (tuple(of_paper) for _, of_paper in groupby(keys, key=lambda key: key.paper))
        batches = [batch for of_paper in by_paper for batch in batches_of(of_paper)]
        return len(queue.defer([rereading_of(batch, chosen.page_no) for batch in batches]))


def want(
    settings: Settings, paper: Paper, days: Iterable[date], page_no: PageNo | EveryPage
) -> int:
    """Enters in the ledger what a backfill of those days would fetch, as due now for the planner.

    What the ledger knows keeps its state. Gives how many pages, or whole issues, were entered.
    """
    now = SystemClock().now()
    with closing(Catalogue.open(shared_url(settings))) as catalogue:
        intents = plan_days(paper, days, page_no, filling(now, now), known_to(catalogue, paper))
        entries = wanted(intents, paper, now)
        entered = 0
        while batch := tuple(islice(entries, _BATCH)):
            with catalogue.writing() as writer:
                entered += writer.add_unknown(batch)
        return entered


class Planner:
    """Defers what is due of one page, or of "all", of each of some papers."""

    def __init__(
        self,
        settings: Settings,
        pages: Sequence[tuple[Paper, PageNo | EveryPage]],
        *,
        site: str | None,
    ) -> None:
        self._settings = settings
        self._pages = pages
        self._mirror = Mirror(site)
        self._clock = SystemClock()

    def tick(self) -> None:
        """Puts what is due next and not in the queue into it, and tells what the workers found.

        While a paper's server wants to be left alone nothing of it is deferred. Raises StoreError.
        """
        with (
            closing(Catalogue.open(shared_url(self._settings))) as catalogue,
            queue_of(self._settings) as queue,
        ):
            queue.rescue(self._settings.lease_s)
            for paper, page_no in self._pages:
                jobs = self._due(catalogue, paper, page_no)
                deferred = queue.defer(jobs) if jobs else ()
                if deferred:
                    asked = f"{paper.slug} what is due page {page_no}"
                    self._remember(catalogue, asked, len(deferred))
            conclude(catalogue, self._settings, as_json=True)

    def _due(self, catalogue: Catalogue, paper: Paper, page_no: PageNo | EveryPage) -> list[Job]:
        now, rules = self._clock.now(), rules_of(self._settings)
        with catalogue.reading() as reader:
            hold_until = reader.hold_until(paper.slug, now)
        if hold_until is not None and hold_until > now:
            return []
        due = plan_due(catalogue, paper, page_no, now, rules)
        return [job_for(intent, paper, self._mirror) for intent in islice(due, AHEAD_JOBS)]

    def _remember(self, catalogue: Catalogue, asked: str, deferred: int) -> None:
        """The run: how the pages end is in the ledger, not here."""
        now = self._clock.now()
        with catalogue.writing() as writer:
            run = writer.begin_run(COMMAND, asked, now)
            tally = {"deferred": deferred}
            writer.finish_run(run, exit_code=EXIT_ARCHIVED, tally=tally, now=now)
        log.info("deferred", asked=asked, jobs=deferred)
