"""Keeping to the gate's turns: late by a hair, never early."""

from datetime import timedelta
from typing import Final

from crawler.fetch.gate import Gate
from press.clock import Clock

_SET_UP_S: Final = 0.25
"""How long before its turn a request may dial: a handshake then does not make it late."""

_MARGIN_SHARE: Final = 0.01
_MARGIN_MAX_S: Final = 0.005
"""Held back beyond the gate's turn: how much later one request may arrive than the next."""


class Turn:
    """One request's place in the queue of its host, claimed when this is made.

    The gate knows when requests left, by wall time. What counts is when they arrive, and a wall
    clock can be set: so `arrived` keeps, by host and in elapsed time, when this process's last
    request had arrived at the latest, and the interval is kept after that too.
    """

    def __init__(
        self, *, gate: Gate, clock: Clock, host: str, interval_s: float, arrived: dict[str, float]
    ) -> None:
        self._gate = gate
        self._clock = clock
        self._host = host
        self._interval_s = interval_s
        self._arrived = arrived
        margin_s = min(_MARGIN_MAX_S, _MARGIN_SHARE * interval_s)
        self._at = gate.claim(host, interval_s, clock.now()) + timedelta(seconds=margin_s)

    def approach(self) -> None:
        """Waits until the request may dial."""
        self._clock.sleep(max(0.0, self._left_s() - _SET_UP_S))

    def wait(self) -> None:
        """Waits until the request may leave."""
        self._clock.sleep(self._left_s())

    def left(self) -> None:
        """The request has just left: tells the gate."""
        allowance_s = max(_MARGIN_MAX_S, _MARGIN_SHARE * self._interval_s)
        self._arrived[self._host] = self._clock.monotonic() + allowance_s
        self._gate.went(self._host, self._interval_s, self._clock.now())

    def answered(self) -> None:
        """The answer begins: the request has arrived."""
        self._arrived[self._host] = min(self._arrived[self._host], self._clock.monotonic())

    def _left_s(self) -> float:
        by_gate = (self._at - self._clock.now()).total_seconds()
        if self._host not in self._arrived:
            return max(0.0, by_gate)
        earliest = self._arrived[self._host] + self._interval_s
        return max(0.0, by_gate, earliest - self._clock.monotonic())
