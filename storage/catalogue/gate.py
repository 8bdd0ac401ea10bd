"""Politeness across processes: one row a host says when the next request may go out."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from storage.catalogue.catalogue import Catalogue

QUEUE_TURNS = 20
"""Turns that may be waiting at once. A gate further ahead was set by a clock that has since been
put back, and is taken as open, so that a wrong clock never closes a host for long."""

# One statement, the same on both databases: reading and moving the gate cannot come apart.
_CLAIM = text(
    "INSERT INTO host_gates (host, next_at) VALUES (:host, :after_now)"
    " ON CONFLICT (host) DO UPDATE SET next_at = :interval +"
    " CASE WHEN host_gates.next_at BETWEEN :now AND :horizon"
    " THEN host_gates.next_at ELSE :now END"
    " RETURNING next_at"
)
_WENT = text(
    "INSERT INTO host_gates (host, next_at) VALUES (:host, :next_at)"
    " ON CONFLICT (host) DO UPDATE SET next_at = excluded.next_at"
    " WHERE host_gates.next_at < excluded.next_at"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class HostGate:
    """Hands out turns at hosts. Each call is a short transaction of its own."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._database = catalogue.database

    def claim(self, host: str, interval_s: float, now: datetime) -> datetime:
        """Reserves the next turn at a host and says when it is: `now` or later.

        Nobody else is given a turn less than `interval_s` after it.
        """
        interval, now_us = _interval_us(interval_s), _microseconds(now)
        values = {
            "host": host,
            "now": now_us,
            "interval": interval,
            "after_now": now_us + interval,
            "horizon": now_us + QUEUE_TURNS * interval,
        }
        with self._database.writing() as session:
            next_at: int = session.execute(_CLAIM, values).scalar_one()
        return _EPOCH + (next_at - interval) * _MICROSECOND

    def went(self, host: str, interval_s: float, sent_at: datetime) -> None:
        """Says when a request was really sent, which a slow start may have put off."""
        next_at = _microseconds(sent_at) + _interval_us(interval_s)
        with self._database.writing() as session:
            session.execute(_WENT, {"host": host, "next_at": next_at})


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _interval_us(interval_s: float) -> int:
    return timedelta(seconds=interval_s) // _MICROSECOND
