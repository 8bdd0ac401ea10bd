"""Whose turn it is at a host: the spacing of requests, across whoever shares the gate."""

from datetime import datetime, timedelta
from math import inf
from typing import Protocol


class Gate(Protocol):
    """Hands out the turns of each host ("scheme://host:port", lower case); times are aware UTC."""

    @property
    def fresh_s(self) -> float:
        """How old its leave to go may be: a process that was paused after it must ask again."""
        ...

    def claim(self, host: str, interval_s: float, now: datetime) -> datetime:
        """Reserves the host's next turn, `interval_s` long, and returns when it is (>= now)."""
        ...

    def went(self, host: str, interval_s: float, sent_at: datetime) -> None:
        """A request left at `sent_at`: the next turn is not before `interval_s` after it."""
        ...

    def enter(self, host: str, interval_s: float) -> float:
        """Asked just before a request leaves: 0 lets it, else so many seconds are to be waited.

        From 0 on until `leave` nobody else is let in. Raises StoreError where whoever asks may
        ask no more.
        """
        ...

    def leave(self, host: str) -> None:
        """The request that was let in is over, or was never sent."""
        ...


class MemoryGate:
    """The gate of a single process: nothing outlives it."""

    fresh_s = inf
    """Nobody else is let in meanwhile."""

    def __init__(self) -> None:
        self._next_turn: dict[str, datetime] = {}

    def claim(self, host: str, interval_s: float, now: datetime) -> datetime:
        """As Gate says."""
        turn = max(now, self._next_turn.get(host, now))
        self._next_turn[host] = turn + timedelta(seconds=interval_s)
        return turn

    def went(self, host: str, interval_s: float, sent_at: datetime) -> None:
        """As Gate says."""
        earliest = sent_at + timedelta(seconds=interval_s)
        self._next_turn[host] = max(earliest, self._next_turn.get(host, earliest))

    def enter(self, host: str, interval_s: float) -> float:
        """0: a single process asks one thing at a time."""
        return 0.0

    def leave(self, host: str) -> None:
        """Nothing: see `enter`."""
