"""A run from its begin to its end: remembered in the catalogue, summed up, told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from cli.settings import Settings
from cli.telling import conclude
from cli.wiring import Archive
from pipeline.report import PageResult, Summary
from press.clock import Clock
from press.record import Json, time_json
from press.run import Run

log = structlog.get_logger()


@dataclass(slots=True, kw_only=True)
class Running:
    """The run in hand; `summary` grows with each page.

    One that `is_cut_short` stays unfinished, so that the next of the same task takes it up.
    """

    run: Run
    is_cut_short: bool = False
    summary: Summary = field(default_factory=Summary)

    def add(self, result: PageResult) -> None:
        """One page more."""
        self.summary.add(result)

    def as_json(self, now: datetime) -> dict[str, Json]:
        """The run in one JSON Lines object, ended `now`."""
        return {
            "command": self.run.command,
            "asked": self.run.asked,
            "started_at": time_json(self.run.started_at),
            "finished_at": time_json(now),
            **self.summary.as_json(),
        }


@contextmanager
def running(
    archive: Archive, settings: Settings, command: str, asked: str, clock: Clock, *, as_json: bool
) -> Iterator[Running]:
    """A run that the catalogue remembers; one of the same task that was stopped is taken up.

    At its end whoever is to be told is told. A run that does not come to its end stays unfinished.
    """
    with archive.catalogue.writing() as writer:
        stopped = writer.unfinished_run(command, asked)
        run = stopped or writer.begin_run(command, asked, clock.now())
    log.info("run_begins", command=command, asked=asked, taken_up=stopped is not None)
    run_in_hand = Running(run=run)
    yield run_in_hand
    summary = run_in_hand.summary
    if not run_in_hand.is_cut_short:
        tally = dict(summary.states)
        with archive.catalogue.writing() as writer:
            writer.finish_run(run, exit_code=summary.exit_code, tally=tally, now=clock.now())
    log.info("run_ends", **run_in_hand.as_json(clock.now()))
    conclude(archive.catalogue, settings, as_json=as_json)
