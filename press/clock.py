"""Time as an argument: nothing below `cli` asks the system what time it is."""

from datetime import date, datetime, timedelta, timezone
from typing import Protocol

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Beijing's offset since 1991-09-15; every digital edition is younger than that."""


class Stopped(BaseException):
    """Raised instead of waiting on, once whoever runs the program wants it to end.

    No Exception, as KeyboardInterrupt is none: nothing that mends a failure may take it for one.
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
