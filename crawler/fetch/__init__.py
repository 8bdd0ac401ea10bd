"""From an address to a complete answer: the only code that opens a socket.

`Fetcher` is the way in; what it promises about politeness, bounds and the address guard is in
docs/architecture.md. Errors are those of press.errors.
"""

from crawler.fetch.address import Network
from crawler.fetch.fetcher import MIN_INTERVAL_S, Fetcher
from crawler.fetch.gate import Gate, MemoryGate
from crawler.fetch.limits import Limits
from crawler.fetch.retry import retry_after_s
from crawler.fetch.wire import Resolver

__all__ = [
    "MIN_INTERVAL_S",
    "Fetcher",
    "Gate",
    "Limits",
    "MemoryGate",
    "Network",
    "Resolver",
    "retry_after_s",
]
