"""The one way to a newspaper's site: polite, guarded, bounded, and nothing half is kept."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import httpx

from crawler.fetch.address import Network, Scope, is_loopback, origin
from crawler.fetch.client import Client, Unproven
from crawler.fetch.gate import Gate
from crawler.fetch.limits import Limits
from crawler.fetch.pace import Turn
from crawler.fetch.redirect import redirect_target
from crawler.fetch.retry import retry_after_s, retry_wait_s
from crawler.fetch.robots import LONGEST_DELAY_S, PRODUCT, Robots, read_robots, unread_robots
from crawler.fetch.validators import Conditions, Validators
from crawler.fetch.wire import Resolver, Wire, resolve
from press.capture import Exchange
from press.clock import Clock
from press.errors import (
    FetchError,
    ForbiddenAddress,
    OversizedAnswer,
    Refused,
    SettingError,
)

MIN_INTERVAL_S: Final = 3.0
"""The least gap between two requests to a host that is not this machine."""

_UNCHANGED: Final = 304
_ROBOTS_KNOWN_S: Final = 24 * 3600.0
_ROBOTS_UNKNOWN_S: Final = 600.0


class Fetcher:
    """Fetches from `hosts` ("name" or "name:port"), one request at a time.

    For use from one thread: a second one needs its own Fetcher and the same `gate`.
    `keep` is given every complete exchange, robots.txt and redirects too, before anything else
    is done with it. `contact` (an address or URL where its owner can be reached) stands in the
    User-Agent and is compulsory for hosts other than this machine. `interval_s` is the least gap
    between requests to one host; 3 seconds and robots.txt's Crawl-delay go before it, the
    former not on this machine. `private_networks` may be dialled besides the public network.
    `authorities` is a PEM file of certificate authorities to trust besides the usual ones.
    Raises SettingError for settings with which nothing may be fetched.
    """

    def __init__(
        self,
        *,
        hosts: frozenset[str],
        contact: str | None,
        interval_s: float,
        clock: Clock,
        gate: Gate,
        keep: Callable[[Exchange], None],
        version: str,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        resolve: Resolver = resolve,
        private_networks: tuple[Network, ...] = (),
        authorities: Path | None = None,
    ) -> None:
        self._scope = Scope(hosts)
        _check_settings(contact, interval_s, is_local=self._scope.is_loopback)
        self._interval_s = interval_s
        self._clock = clock
        self._gate = gate
        self._keep = keep
        self._limits = limits
        self._robots: dict[str, tuple[Robots, float]] = {}
        self._arrived: dict[str, float] = {}
        self._client = Client(
            wire=Wire(
                clock=clock, limits=limits, resolve=resolve, private_networks=private_networks
            ),
            limits=limits,
            user_agent=f"{PRODUCT}/{version}" + (f" (+{contact.strip()})" if contact else ""),
            authorities=authorities,
        )

    def fetch(self, url: str, validators: Validators | None = None) -> Exchange:
        """The answer to a GET, its redirects followed, whatever its status.

        With the `validators` of an earlier answer of this very address it is asked for only if it
        changed: an answer 304, which has no body, says that it did not. They are for `url` alone,
        not for where it leads on to. Raises ForbiddenAddress, RobotsForbids, Unreachable,
        Truncated, OversizedAnswer, RefusedEncoding, or Refused for a 304 that nobody asked for,
        each with its url, and whatever `keep` raises.
        """
        conditions = () if validators is None else validators.conditions
        return self._follow(self._scope.vetted(url), self._permitted_interval_s, conditions)

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _follow(
        self,
        url: httpx.URL,
        interval_s: Callable[[httpx.URL], float],
        conditions: Conditions = (),
    ) -> Exchange:
        """The final answer; `interval_s` gives the gap due before a request, or forbids it."""
        seen: set[httpx.URL] = set()
        for _ in range(self._limits.hops + 1):
            seen.add(url)
            exchange = self._answer(url, interval_s(url), conditions)
            _check_asked(exchange, conditions)
            target = redirect_target(str(url), exchange.status, exchange.header("location"))
            if target is None:
                return exchange
            url, conditions = self._scope.vetted(target), ()
            if url in seen:
                raise OversizedAnswer("The redirects go in a circle", url=str(url))
        raise OversizedAnswer(f"More than {self._limits.hops} redirects", url=str(url))

    def _answer(self, url: httpx.URL, interval_s: float, conditions: Conditions) -> Exchange:
        """The last attempt's answer; every complete one is kept. Raises the last one's error."""
        attempts, attempt = self._limits.attempts, 0
        unproven: bytes | None = None
        while True:
            attempt += 1
            try:
                turn = self._turn(url, interval_s)
                exchange = self._client.ask(url, turn, unproven, conditions)
            except FetchError as error:
                unproven = error.body if isinstance(error, Unproven) else unproven
                wait_s = retry_wait_s(type(error), attempt=attempt, attempts=attempts)
                if wait_s is None:
                    raise
            else:
                self._keep(exchange)
                asked_s = retry_after_s(exchange.header("retry-after"), self._clock.now())
                wait_s = retry_wait_s(
                    exchange.status, attempt=attempt, attempts=attempts, retry_after_s=asked_s
                )
                if wait_s is None:
                    return exchange
            self._clock.sleep(wait_s)

    def _turn(self, url: httpx.URL, interval_s: float) -> Turn:
        return Turn(
            gate=self._gate,
            clock=self._clock,
            host=origin(url),
            interval_s=interval_s,
            arrived=self._arrived,
        )

    def _permitted_interval_s(self, url: httpx.URL) -> float:
        """The gap due at the host of `url`; raises RobotsForbids when it may not be fetched."""
        host = origin(url)
        robots, until = self._robots.get(host, (None, 0.0))
        if robots is None or self._clock.monotonic() >= until:
            robots = self._ask_robots(url)
            known_s = _ROBOTS_KNOWN_S if robots.refusal is None else _ROBOTS_UNKNOWN_S
            self._robots[host] = robots, self._clock.monotonic() + known_s
        robots.check(str(url))
        return max(self._own_interval_s(url), robots.delay_s)

    def _ask_robots(self, url: httpx.URL) -> Robots:
        address = url.copy_with(raw_path=b"/robots.txt")
        try:
            exchange = self._follow(address, self._own_interval_s)
        except FetchError as error:
            if isinstance(error, ForbiddenAddress) and error.url == str(address):
                raise  # not the file but its host is forbidden
            return unread_robots(f"The site's robots.txt cannot be read ({error.message})")
        robots = read_robots(exchange.status, exchange.body)
        self._gate.went(origin(url), min(robots.delay_s, LONGEST_DELAY_S), exchange.sent_at)
        return robots

    def _own_interval_s(self, url: httpx.URL) -> float:
        """The gap that we keep where robots.txt asks for none."""
        if is_loopback(url.host):
            return self._interval_s
        return max(MIN_INTERVAL_S, self._interval_s)


def _check_asked(exchange: Exchange, conditions: Conditions) -> None:
    if exchange.status == _UNCHANGED and not conditions:
        raise Refused(
            "The server calls the page unchanged though nobody asked it to compare: try again later",
            status=exchange.status,
            url=exchange.url,
        )


def _check_settings(contact: str | None, interval_s: float, *, is_local: bool) -> None:
    if not 0 <= interval_s < float("inf"):
        raise SettingError("The interval (--interval) must be 0 seconds or more")
    if contact is not None and not (contact.isascii() and contact.isprintable()):
        raise SettingError(
            "The contact (--contact, BAOKU_CONTACT) must be an e-mail address or URL in ASCII"
        )
    if not is_local and not (contact or "").strip():
        raise SettingError(
            "Say who is asking: give an e-mail address or URL with --contact or BAOKU_CONTACT"
        )
