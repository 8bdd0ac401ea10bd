"""The one place where Baoku asks the system for the time."""

import time
from datetime import UTC, datetime


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The time, aware UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds from an arbitrary start, never going back."""
        return time.monotonic()

    def sleep(self, wait_s: float) -> None:
        """Waits that long; zero or less returns at once."""
        if wait_s > 0:
            time.sleep(wait_s)
