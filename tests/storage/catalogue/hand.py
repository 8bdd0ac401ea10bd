"""A clock that is turned by hand."""

from datetime import UTC, datetime

NOW = datetime(2031, 2, 3, tzinfo=UTC)


class Hand:
    """A clock that is turned by hand; the database's own cannot be."""

    def __init__(self):
        self.passed_s = 0.0

    def now(self):
        return NOW

    def monotonic(self):
        return self.passed_s

    def sleep(self, wait_s):
        self.passed_s += wait_s
