"""robots.txt, read as RFC 9309 says."""

from dataclasses import dataclass
from typing import Final

from protego import Protego

from press.errors import RobotsForbids, RobotsUnreadable

PRODUCT: Final = "baoku"
"""The name by which robots.txt may address us."""

_READ_BYTES: Final = 500 << 10
LONGEST_DELAY_S: Final = 3600.0
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The rules of one host. `refusal` says why nothing is allowed, None when the rules decide."""

    rules: Protego
    refusal: str | None = None

    @property
    def delay_s(self) -> float:
        """Seconds between two requests that the host asks for, 0 when it does not."""
        return self.rules.crawl_delay(PRODUCT) or 0.0

    def check(self, url: str) -> None:
        """Raises RobotsUnreadable while the rules are unknown.

        Raises RobotsForbids when they forbid `url`, or ask for more than an hour between requests.
        """
        if self.refusal is not None:
            raise RobotsUnreadable(
                f"{self.refusal}, so nothing may be fetched from this host; try again later",
                url=url,
            )
        if not self.rules.can_fetch(url, PRODUCT):
            raise RobotsForbids(
                "The site's robots.txt forbids this address; ask the publisher for leave", url=url
            )
        if self.delay_s > LONGEST_DELAY_S:
            raise RobotsForbids(
                f"The site's robots.txt asks for {self.delay_s:g} seconds between requests, more "
                "than can be waited for; ask the publisher for leave",
                url=url,
            )


def read_robots(status: int, body: bytes) -> Robots:
    """The rules in an answer to /robots.txt.

    2xx is parsed, its first 500 KiB; a page of HTML has no rules and so allows everything. 4xx
    means that there is no such file: everything is allowed (429 is a plea to stop). Any other
    status forbids everything until a later answer.
    """
    if 200 <= status < 300:
        return Robots(rules=Protego.parse(_text(body)))
    if 400 <= status < 500 and status != 429:
        return Robots(rules=Protego.parse(""))
    return unread_robots(f"The site answered {status} for its robots.txt")


def unread_robots(reason: str) -> Robots:
    """No rules: `reason` is a clause that says why."""
    return Robots(rules=Protego.parse(""), refusal=reason)


def _text(body: bytes) -> str:
    """The part that is read: whole lines, without the mark that hides the first one."""
    kept = body.removeprefix(_BOM)
    if len(kept) > _READ_BYTES:
        kept = kept[: kept.rfind(b"\n", 0, _READ_BYTES) + 1]
    return kept.decode("utf-8", errors="replace")
