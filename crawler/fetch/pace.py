"""Keeping to the gate's turns: late by a hair, never early."""

from datetime import timedelta
from typing import Final

from crawler.fetch.gate import Gate
from press.clock import Clock

_SET_UP_S: Final = 0.25
"""How long before its turn a request may dial: a handshake then does not make it late."""

_MARGIN_SHARE: Final = 0.01
_MARGIN_MAX_S: Final = 0.005
"""Held back beyond the turn: how much later one request may reach the server than the next."""


class Turn:
    """One request's place in the queue of its host, claimed when this is made.

    Besides the gate's word, which is wall time and may be set back or forward, the interval is
    kept in elapsed time since `last_sent`, this process's own last request to the host.
    """

    def __init__(
        self, *, gate: Gate, clock: Clock, host: str, interval_s: float, last_sent: dict[str, float]
    ) -> None:
        self._gate = gate
        self._clock = clock
        self._host = host
        self._interval_s = interval_s
        self._last_sent = last_sent
        self._margin_s = min(_MARGIN_MAX_S, _MARGIN_SHARE * interval_s)
        self._at = gate.claim(host, interval_s, clock.now()) + timedelta(seconds=self._margin_s)

    def approach(self) -> None:
        """Waits until the request may dial."""
        self._clock.sleep(max(0.0, self._left_s() - _SET_UP_S))

    def wait(self) -> None:
        """Waits until the request may leave."""
        self._clock.sleep(self._left_s())

    def left(self) -> None:
        """The request has just left: tells the gate."""
        self._last_sent[self._host] = self._clock.monotonic()
        self._gate.went(self._host, self._interval_s, self._clock.now())

    def _left_s(self) -> float:
        by_gate = (self._at - self._clock.now()).total_seconds()
        if self._host not in self._last_sent:
            return max(0.0, by_gate)
        earliest = self._last_sent[self._host] + self._interval_s + self._margin_s
        return max(0.0, by_gate, earliest - self._clock.monotonic())
