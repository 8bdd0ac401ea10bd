"""A bell that rings once a period: APScheduler, as a ticker only.

Nothing is asked of its memory. Its job store would forget a missed run, or drop it, or run it
twice; here a ring only says "look again", and the plan knows what was missed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

_ZONE = ZoneInfo("Asia/Shanghai")


class Every(BaseTrigger):  # type: ignore[misc]  # APScheduler has no types
    """One period from now.

    APScheduler's own interval counts from the last ring and lists each one since: a clock that is
    set right after starting in 1970 costs it gigabytes.
    """

    def __init__(self, period_s: float) -> None:
        self._period = timedelta(seconds=period_s)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """When it rings next: always after `now`."""
        return now + self._period


@contextmanager
def ringing(ring: Callable[[], None], period_s: float) -> Iterator[Callable[[], None]]:
    """While this lasts `ring` is called every period from now on, in a thread of its own.

    Gives a function that starts the period anew, for when the clock was set: APScheduler keeps the
    next ring as wall time, and would wait a day longer for a clock that went back a day.
    """
    scheduler = BackgroundScheduler(
        timezone=_ZONE, jobstores={"default": MemoryJobStore()}, daemon=True
    )
    job = scheduler.add_job(
        ring, Every(period_s), misfire_grace_time=None, coalesce=True, max_instances=1
    )
    scheduler.start()
    try:
        yield lambda: scheduler.reschedule_job(job.id, trigger=Every(period_s))
    finally:
        scheduler.shutdown(wait=False)
