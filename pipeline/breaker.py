"""When a run leaves the site alone: on its word, and when nothing comes of asking. Pure."""

from datetime import datetime, timedelta
from typing import Final

from pipeline.verdict import Verdict
from press.errors import (
    ChallengePage,
    OversizedAnswer,
    Refused,
    RobotsForbids,
    RobotsUnreadable,
    SlowDown,
    Truncated,
    Unreachable,
)

PATIENCE_S: Final = 60.0
"""A pause that the server asks for is waited out if it is no longer; else the run ends."""

_LIMITS: Final = {ChallengePage.cause: 3} | {
    error.cause: 5
    for error in (
        OversizedAnswer, Refused, RobotsForbids, RobotsUnreadable, SlowDown, Truncated, Unreachable
    )
}  # fmt: skip
"""So many pages in a row that end so say that it is the site and not the page."""


class Breaker:
    """Watches how the pages of a run end.

    `hold_until` is the end of a pause that the server asked for, None for none: it holds for the
    whole site, whichever page it was said of. `broken` says why the run should end, None while it
    may go on.
    """

    def __init__(self, hold_until: datetime | None = None) -> None:
        self.hold_until = hold_until
        self.broken: str | None = None
        self._cause: str | None = None
        self._in_a_row = 0

    def note(self, verdict: Verdict, now: datetime) -> None:
        """One page more has ended."""
        if verdict.wait_s is not None:
            until = now + timedelta(seconds=verdict.wait_s)
            self.hold_until = max(until, self.hold_until or until)
        self._in_a_row = self._in_a_row + 1 if verdict.cause == self._cause else 1
        self._cause = verdict.cause
        if self._in_a_row >= _LIMITS.get(verdict.cause or "", self._in_a_row + 1):
            self.broken = (
                f"{self._in_a_row} pages in a row ended with {verdict.cause}: the site is left "
                "alone; run it again later, and it goes on with the rest"
            )

    def wait_s(self, now: datetime) -> float | None:
        """Seconds to wait before the next request; None where the run should end instead."""
        if self.hold_until is None or self.hold_until <= now:
            return 0.0
        left_s = (self.hold_until - now).total_seconds()
        if left_s > PATIENCE_S:
            self.broken = (
                f"the server asked to be left alone until {self.hold_until:%Y-%m-%d %H:%M:%S} "
                "UTC: run it again after that, and it goes on with the rest"
            )
            return None
        return left_s
