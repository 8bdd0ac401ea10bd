"""The one place where Baoku asks the system for the time."""

import time
from datetime import UTC, datetime

from cli.stopping import Stop

_SLICE_S = 0.25
"""How soon a wait notices that it is asked to end."""


class SystemClock:
    """The machine's clock, whose waits end early when `stop` says that the run must end."""

    def __init__(self, stop: Stop | None = None) -> None:
        self._stop = stop or Stop()

    def now(self) -> datetime:
        """The time, aware UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds from an arbitrary start, never going back."""
        return time.monotonic()

    def sleep(self, wait_s: float) -> None:
        """Waits that long; zero or less returns at once.

        Raises Stopped as soon as it is known that the wait would outlast what the stop allows.
        """
        until_s = time.monotonic() + wait_s
        while (left_s := until_s - time.monotonic()) > 0:
            self._stop.check(until_s)
            time.sleep(min(left_s, _SLICE_S))
