"""Time as an argument: nothing below `cli` asks the system what time it is."""

from datetime import date, datetime, timedelta, timezone
from typing import Protocol

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Beijing's offset since 1991-09-15; every digital edition is younger than that."""


class Stopped(BaseException):
    """The run was asked to end, and what it is doing would take too long to be finished.

    No Exception: what tries again, or goes on without a page, must not take it for a failure.
    """


class Clock(Protocol):
    """Wall time, elapsed time and waiting."""

    def now(self) -> datetime:
        """The time, aware UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds from an arbitrary start, never going back."""
        ...

    def sleep(self, wait_s: float) -> None:
        """Waits that long; zero or less returns at once. Raises Stopped when the run must end."""
        ...


def beijing_date(moment: datetime) -> date:
    """The calendar date in Beijing at an aware moment."""
    return moment.astimezone(BEIJING).date()
