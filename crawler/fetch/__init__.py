"""From an address to a complete answer: the only code that opens a socket.

`Fetcher` is the way in; what it promises about politeness, bounds and the address guard is in
docs/architecture.md. Errors are those of press.errors.
"""

from crawler.fetch.address import Network, normal_url
from crawler.fetch.fetcher import MIN_INTERVAL_S, Fetcher
from crawler.fetch.gate import Gate, MemoryGate
from crawler.fetch.limits import Limits
from crawler.fetch.redirect import redirect_target
from crawler.fetch.retry import retry_after_s
from crawler.fetch.validators import Validators, validators_of
from crawler.fetch.wire import Resolver

__all__ = [
    "MIN_INTERVAL_S",
    "Fetcher",
    "Gate",
    "Limits",
    "MemoryGate",
    "Network",
    "Resolver",
    "Validators",
    "normal_url",
    "redirect_target",
    "retry_after_s",
    "validators_of",
]
