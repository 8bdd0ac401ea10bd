"""What one exchange puts on the wire, and what it may still cost."""

from datetime import datetime

import httpcore

from crawler.fetch.border import Progress
from crawler.fetch.limits import Limits
from crawler.fetch.pace import Turn
from press.clock import Clock
from press.errors import OversizedAnswer


class Tape(Progress):
    """What one exchange sends and receives, and what it may still cost.

    `sent_at` and `ip_address` are None until the request has left.
    """

    def __init__(self, *, clock: Clock, limits: Limits, turn: Turn) -> None:
        self.request = bytearray()
        self.answer = bytearray()
        self.sent_at: datetime | None = None
        self.ip_address: str | None = None
        self._connection: httpcore.NetworkStream | None = None
        self._clock = clock
        self._limits = limits
        self._turn = turn
        self._deadline = clock.monotonic() + limits.total_s
        self._window_end: float | None = None
        self._window_bytes = 0

    def left_s(self) -> float:
        """Seconds until the deadline, more than 0; raises OversizedAnswer when it is past."""
        left = self._deadline - self._clock.monotonic()
        if left <= 0:
            raise OversizedAnswer(
                f"The answer took more than {self._limits.total_s:g} seconds; try again later"
            )
        return left

    def hold(self) -> None:
        """Waits for the turn, which does not count against the deadline."""
        began = self._clock.monotonic()
        self._turn.wait()
        self._deadline += self._clock.monotonic() - began

    def leave(self, data: bytes, connection: httpcore.NetworkStream, ip_address: str) -> None:
        """Notes what has just been sent, and where to."""
        if self.sent_at is None:
            self.sent_at, self.ip_address = self._clock.now(), ip_address
            self._connection = connection
            self._turn.left()
        self.request += data

    def read_wait_s(self) -> float:
        """Seconds that a read may last; raises OversizedAnswer when there may be none."""
        left = self.left_s()
        return left if self._window_end is None else min(left, self._window_left_s())

    def read_bytes(self, asked: int) -> int:
        """How much of what is `asked` may be read; raises OversizedAnswer for too long a head."""
        if self.answering:
            return asked
        room = self._limits.header_bytes - len(self.answer)
        if room <= 0:
            raise OversizedAnswer(
                f"The headers are longer than {self._limits.header_bytes} bytes; it is no page"
            )
        return min(asked, room)

    def receive(self, data: bytes) -> None:
        """Notes what has just been read; raises OversizedAnswer when that is too much."""
        if self._window_end is None:
            self._turn.arrived()
            self._window_end = self._clock.monotonic() + self._limits.rate_window_s
        self._window_bytes += len(data)
        self.answer += data
        if len(self.answer) > self._limits.wire_bytes:
            raise OversizedAnswer(
                f"The answer is longer than {self._limits.wire_bytes} bytes; it is no page"
            )

    def hang_up(self) -> None:
        """Closes the connection, so that no other answer is read from it."""
        if self._connection is not None:
            self._connection.close()

    def _window_left_s(self) -> float:
        """Seconds until the rate is judged next, more than 0."""
        now = self._clock.monotonic()
        if self._window_end is None or now >= self._window_end:
            if self._window_bytes < self._limits.min_rate_bytes_s * self._limits.rate_window_s:
                raise OversizedAnswer(
                    f"The answer comes at less than {self._limits.min_rate_bytes_s} bytes a "
                    "second; try again later"
                )
            self._window_end, self._window_bytes = now + self._limits.rate_window_s, 0
        return self._window_end - now
