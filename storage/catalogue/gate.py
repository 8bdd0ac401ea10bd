"""Politeness across processes: one row a host says when the next request may go out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from math import inf

from sqlalchemy import text
from sqlalchemy.orm import Session

from press.clock import Clock
from storage.catalogue.catalogue import Catalogue
from storage.catalogue.leases import timed

_FRESH_SHARE = 1 / 6
"""Of the time for which a host is shut. An answer may take two thirds of it, so that a request
that leaves so late is over, too, before another may be let in."""

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

# A gate that is shut stands at the moment by which the request must have ended; who shut it knows
# that number, and so may go in again, or say that it is over.
_ENTER = timed(
    "INSERT INTO host_gates (host, next_at) VALUES (:host, :lasts + {now})"
    " ON CONFLICT (host) DO UPDATE SET next_at = :lasts + {now}"
    " WHERE host_gates.next_at <= {now} OR host_gates.next_at = :ours"
    " OR host_gates.next_at > {now} + :horizon"
    " RETURNING next_at"
)
_LEFT_US = timed("SELECT next_at - {now} FROM host_gates WHERE host = :host")
_OPEN = timed(
    "UPDATE host_gates SET next_at = :rest + {now} WHERE host = :host AND next_at = :ours"
)
_PUT_OFF = timed(
    "INSERT INTO host_gates (host, next_at) VALUES (:host, :rest + {now})"
    " ON CONFLICT (host) DO UPDATE SET next_at = greatest(host_gates.next_at, :rest + {now})"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class HostGate:
    """Hands out turns at hosts. Each call is a short transaction of its own."""

    fresh_s = inf
    """Whoever holds the archive is alone."""

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
        with self._database.touching() as session:
            next_at: int = session.execute(_CLAIM, values).scalar_one()
        return _EPOCH + (next_at - interval) * _MICROSECOND

    def went(self, host: str, interval_s: float, sent_at: datetime) -> None:
        """Says when a request was really sent, which a slow start may have put off."""
        next_at = _microseconds(sent_at) + _interval_us(interval_s)
        with self._database.touching() as session:
            session.execute(_WENT, {"host": host, "next_at": next_at})

    def enter(self, host: str, interval_s: float) -> float:
        """0: whoever holds the archive is alone, so nothing else is in flight."""
        return 0.0

    def leave(self, host: str) -> None:
        """Nothing: see `enter`."""


class SharedGate:
    """The gate of several machines, in PostgreSQL: one row tells spacing and what is in flight.

    All times are the database's. While a request is out its host is shut until `lasts_s` after it
    left, by when it must have ended or been given up; then until the interval after its answer
    began. `prove` is called in the transaction that shuts the gate, and raises where whoever asks
    may ask no more. For one thread.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        clock: Clock,
        *,
        lasts_s: float,
        prove: Callable[[Session], None] = lambda _: None,
    ) -> None:
        self._database = catalogue.database
        self._clock = clock
        self.fresh_s = lasts_s * _FRESH_SHARE
        self._lasts_s = lasts_s
        self._prove = prove
        self._shut: dict[str, int] = {}  # by host, as the row says it
        self._rest: dict[str, tuple[float, float]] = {}  # until when it rests, as far as we know

    def claim(self, host: str, interval_s: float, now: datetime) -> datetime:
        """When the next turn may be, as far as is known here; nothing is reserved."""
        begun_s, rest_s = self._rest.get(host, (0.0, 0.0))
        return now + timedelta(seconds=max(0.0, begun_s + rest_s - self._clock.monotonic()))

    def enter(self, host: str, interval_s: float) -> float:
        """Shuts the host for a request that leaves now, and gives 0; else seconds to wait.

        Asked again before the request left it shuts it anew. Raises what `prove` raises.
        """
        values = {
            "host": host,
            "lasts": _interval_us(self._lasts_s),
            "ours": self._shut.get(host, -1),
            "horizon": QUEUE_TURNS * _interval_us(max(interval_s, self._lasts_s)),
        }
        with self._database.touching() as session:
            self._prove(session)
            shut = session.execute(_ENTER, values).scalar_one_or_none()
            left_us = None if shut else session.execute(_LEFT_US, {"host": host}).scalar_one()
        if shut is None:
            return max(int(left_us or 0), 1000) / 1e6
        self._shut[host] = int(shut)
        return 0.0

    def went(self, host: str, interval_s: float, sent_at: datetime) -> None:
        """A request has arrived: the host rests for the interval, counted from now."""
        self._rest[host] = self._clock.monotonic(), interval_s
        if host not in self._shut:
            with self._database.touching() as session:
                session.execute(_PUT_OFF, {"host": host, "rest": _interval_us(interval_s)})

    def leave(self, host: str) -> None:
        """The request is over, whatever came of it: the host is open when it has rested."""
        ours = self._shut.pop(host, None)
        if ours is None:
            return
        begun_s, rest_s = self._rest.get(host, (0.0, 0.0))
        rest = _interval_us(max(0.0, begun_s + rest_s - self._clock.monotonic()))
        with self._database.touching() as session:
            session.execute(_OPEN, {"host": host, "rest": rest, "ours": ours})


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _interval_us(interval_s: float) -> int:
    return timedelta(seconds=interval_s) // _MICROSECOND
