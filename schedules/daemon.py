"""The daemon: looks at once, then every minute, and keeps on looking whatever the clocks do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import Final

from press.clock import Clock
from press.errors import ArchiveHeld, HomeUnusable, StoreError
from schedules.bell import ringing

PERIOD_S: Final = 60.0
SLACK_S: Final = 5.0
"""How late a ring may be, and how far the clocks may part, before the daemon looks unasked."""

PAUSE_MAX_S: Final = 3600.0
_GLANCE_S: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Both clocks at one moment. In suspend `monotonic_s` stands still; `at` may be set."""

    at: datetime
    monotonic_s: float


def is_overdue(last: Reading, now: Reading, period_s: float) -> bool:
    """True when the bell is late, and when the clocks parted: after suspend, or set by someone."""
    waited_s = now.monotonic_s - last.monotonic_s
    passed_s = (now.at - last.at).total_seconds()
    return waited_s > period_s + SLACK_S or abs(passed_s - waited_s) > SLACK_S


def pause_s(failures: int, period_s: float) -> float:
    """How long to leave everything alone after so many failures in a row: up to an hour.

    Each look asks the newspaper's server before it can fail for want of space.
    """
    return min(period_s * (1 << min(failures, 10)), PAUSE_MAX_S) if failures else 0.0


class Daemon:
    """Calls `tick` in the thread that runs it.

    `tick` is given nothing: it asks the plan what is due now, so that a tick more or less changes
    nothing. `tell` is given what keeps the ticks from working, once while it stays the same, and
    None when that is over.
    """

    def __init__(
        self,
        tick: Callable[[], None],
        *,
        clock: Clock,
        tell: Callable[[StoreError | None], None],
        period_s: float = PERIOD_S,
    ) -> None:
        self._tick = tick
        self._clock = clock
        self._tell = tell
        self._period_s = period_s
        self._failures = 0
        self._not_before_s = 0.0
        self._told: str | None = None
        self._is_rung = Event()

    def run(self, is_stopped: Callable[[], bool]) -> None:
        """Ticks until `is_stopped` says so between two ticks.

        A held archive is waited for. An unusable home (no space) is an error at the first tick and
        waited for later, with ever longer pauses. Everything else that `tick` raises ends the
        daemon: a damaged archive needs a person, and more work could only make it worse.
        """
        self._look((ArchiveHeld,))
        last = self._reading()
        with ringing(self._is_rung.set, self._period_s) as ring_anew:
            while not is_stopped():
                now = self._reading()
                is_late = is_overdue(last, now, self._period_s)
                if not is_late and not self._is_rung.is_set():
                    self._clock.sleep(_GLANCE_S)
                    continue
                if is_late:
                    ring_anew()
                self._is_rung.clear()
                if now.monotonic_s >= self._not_before_s:
                    self._look((ArchiveHeld, HomeUnusable))
                last = self._reading()

    def _look(self, endured: tuple[type[StoreError], ...]) -> None:
        try:
            self._tick()
        except endured as error:
            self._failures += isinstance(error, HomeUnusable)
            sentence = str(error)
            if sentence != self._told:
                self._tell(error)
            self._told = sentence
        else:
            self._failures = 0
            if self._told is not None:
                self._tell(None)
            self._told = None
        wait_s = pause_s(self._failures, self._period_s)
        self._not_before_s = self._clock.monotonic() + wait_s

    def _reading(self) -> Reading:
        return Reading(at=self._clock.now(), monotonic_s=self._clock.monotonic())
