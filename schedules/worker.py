"""The worker: takes one job after another, for as long as it runs, and outlives its database."""

from collections.abc import Callable
from typing import Final, Protocol

from press.clock import Clock
from press.errors import ArchiveHeld, HomeUnusable, StoreError
from schedules.job import Job, Taken

POLL_S: Final = 1.0
"""How long it waits when there is nothing to do."""

TRIES: Final = 12
"""So often in a row the database, or the home, may fail it: some three minutes. Then it ends."""

_PAUSE_MAX_S: Final = 30.0


class Jobs(Protocol):
    """Where the jobs come from. Each method raises HomeUnusable where it cannot be reached."""

    def take(self) -> Taken | None:
        """The next job, now in hand; None where there is none."""
        ...

    def finish(self, taken: Taken) -> None:
        """The job is done with."""
        ...

    def rescue(self, silent_s: float) -> int:
        """Puts the jobs of workers back that were silent for so long; gives how many."""
        ...


class Worker:
    """Does jobs in the thread that runs it.

    `work` does one job; one that it could not do for want of database or home is left in hand, and
    taken again. `tell` is given what went wrong. The jobs of workers that are silent for
    `silent_s` are put back by whoever is awake.
    """

    def __init__(
        self,
        jobs: Jobs,
        work: Callable[[Job], None],
        *,
        clock: Clock,
        tell: Callable[[StoreError], None],
        silent_s: float,
        poll_s: float = POLL_S,
    ) -> None:
        self._jobs = jobs
        self._work = work
        self._clock = clock
        self._tell = tell
        self._silent_s = silent_s
        self._poll_s = poll_s
        self._rescue_at_s = clock.monotonic()
        self._failures = 0

    def run(self, is_stopped: Callable[[], bool]) -> None:
        """Works until `is_stopped` says so between two jobs.

        Raises HomeUnusable after TRIES failures in a row, and at once everything else that `work`
        raises, but for a lost lease: that job is another's.
        """
        while not is_stopped():
            try:
                was_busy = self._turn()
            except HomeUnusable as error:
                self._failures += 1
                self._tell(error)
                if self._failures >= TRIES:
                    raise
                self._clock.sleep(min(0.5 * 2**self._failures, _PAUSE_MAX_S))
                continue
            self._failures = 0
            if not was_busy:
                self._clock.sleep(self._poll_s)

    def _turn(self) -> bool:
        """One job; False where there was none."""
        if self._clock.monotonic() >= self._rescue_at_s:
            self._jobs.rescue(self._silent_s)
            self._rescue_at_s = self._clock.monotonic() + self._silent_s / 10
        taken = self._jobs.take()
        if taken is None:
            return False
        try:
            self._work(taken.job)
        except ArchiveHeld as error:  # LeaseLost too
            self._tell(error)
        except HomeUnusable:
            raise  # in hand still: `take` begins with it
        except Exception:
            self._jobs.finish(taken)  # or every other worker would die of it too
            raise
        self._jobs.finish(taken)
        return True
