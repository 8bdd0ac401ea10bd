"""Keeping to the gate's turns: late by a hair, never early."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from crawler.fetch.gate import Gate
from press.clock import Clock

_SET_UP_S: Final = 0.25
"""How long before its turn a request may dial: a handshake then does not make it late."""

_LATE_S: Final = 0.05
"""How long after its turn a request may leave without the gate being told beforehand."""

_AGAIN_S: Final = 0.001


class Turn:
    """One request's place in the queue of its host, claimed when this is made.

    What counts is when requests arrive, and only the answer tells that one has: so the interval is
    kept from the first byte of the answer on, or from the end of waiting for one. The gate is told
    by wall time, for whoever else shares it; and as a wall clock can be set, `arrived` keeps by
    host, in elapsed time, when this process's last request had arrived at the latest.
    """

    def __init__(
        self, *, gate: Gate, clock: Clock, host: str, interval_s: float, arrived: dict[str, float]
    ) -> None:
        self._gate = gate
        self._clock = clock
        self._host = host
        self._interval_s = interval_s
        self._arrived = arrived
        self._is_out = False
        self._at = gate.claim(host, interval_s, clock.now())

    def approach(self) -> None:
        """Waits until the request may dial."""
        self._clock.sleep(max(0.0, self._left_s() - _SET_UP_S))

    def wait(self) -> None:
        """Waits until the request may leave; one that is late takes the turn that it leaves at."""
        self._clock.sleep(self._left_s())
        while (wait_s := self._entering_s()) > 0:
            self._clock.sleep(wait_s)
        now = self._clock.now()
        if (now - self._at).total_seconds() > _LATE_S:
            self._gate.went(self._host, self._interval_s, now)

    def left(self) -> None:
        """The request has just left."""
        self._is_out = True
        self._arrived[self._host] = self._clock.monotonic()

    def arrived(self) -> None:
        """The answer begins, or will not come: the request has arrived, if it ever will."""
        if self._is_out:
            self._is_out = False
            self._arrived[self._host] = self._clock.monotonic()
            self._gate.went(self._host, self._interval_s, self._clock.now())

    def ended(self) -> None:
        """The request is over, whatever came of it."""
        self.arrived()
        self._gate.leave(self._host)

    def _entering_s(self) -> float:
        """Seconds to wait before the gate is asked again; 0 when the request may leave now.

        Both clocks are read: one stands still while a machine sleeps, the other may be set.
        """
        asked_s, asked_at = self._clock.monotonic(), self._clock.now()
        wait_s = self._gate.enter(self._host, self._interval_s)
        waited_s = self._clock.monotonic() - asked_s
        passed_s = (self._clock.now() - asked_at).total_seconds()
        is_stale = wait_s == 0 and max(waited_s, passed_s) > self._gate.fresh_s
        return _AGAIN_S if is_stale else wait_s

    def _left_s(self) -> float:
        by_gate = (self._at - self._clock.now()).total_seconds()
        if self._host not in self._arrived:
            return max(0.0, by_gate)
        earliest = self._arrived[self._host] + self._interval_s
        return max(0.0, by_gate, earliest - self._clock.monotonic())


@contextmanager
def closing_turn(turn: Turn) -> Iterator[None]:
    """Whatever comes of the request in here, when it is over it counts as arrived."""
    try:
        yield
    finally:
        turn.ended()
