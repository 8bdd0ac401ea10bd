"""Who is let in, and how often: a token, and a number of requests a minute for each client."""

import hashlib
import hmac
from base64 import b64decode
from binascii import Error as NoBase64
from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers

from readingroom.problem import Problem

OPEN_PATHS: Final = frozenset({"/livez", "/healthz"})
"""For machines that watch over the server: they say nothing of what is archived."""

_DRESS: Final = "/static/"
"""What the page that asks for the token is dressed with; nothing archived is among it."""

SEARCHES: Final = frozenset({"/search", "/api/v1/search", "/feeds/search"})

_MAX_CLIENTS: Final = 10_000
_OTHERS: Final = "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What one client may do in a minute."""

    requests: int = 600
    searches: int = 60
    failures: int = 5


class Doorkeeper:
    """Counts each client's requests, a minute at a time. Used in one event loop only.

    `token` is kept as its digest; None lets everybody in. `allowance` is None where clients
    cannot be told apart, as on loopback: nothing is counted but wrong tokens.
    """

    def __init__(self, *, token: str | None = None, allowance: Allowance | None = None) -> None:
        self._digest = None if token is None else _digest(token)
        self._allowance = allowance
        self._failures_allowed = (allowance or Allowance()).failures
        self._minute = -1
        self._counts: Counter[tuple[str, str]] = Counter()

    def refusal(self, client: str, path: str, headers: Headers, now_s: float) -> Problem | None:
        """Why this client must not come in now; None when it may. `now_s` never goes back."""
        minute, second = divmod(now_s, 60)
        if minute != self._minute:
            self._minute = int(minute)
            self._counts.clear()
        wait_s = 60 - int(second)
        if self._allowance is not None and path not in OPEN_PATHS:
            if self._count(client, "requests") > self._allowance.requests:
                return _slower(wait_s)
            if path in SEARCHES and self._count(client, "searches") > self._allowance.searches:
                return _slower(wait_s)
        if self._digest is None or path in OPEN_PATHS or path.startswith(_DRESS):
            return None
        if self._counts[self._known(client), "failures"] >= self._failures_allowed:
            return _slower(wait_s)
        said = _said(headers.get("authorization", ""))
        if said is not None and hmac.compare_digest(_digest(said), self._digest):
            return None
        if said is not None:
            self._count(client, "failures")
        return Problem(
            status=HTTPStatus.UNAUTHORIZED,
            detail="give the token: as a bearer, or as the password of any name",
        )

    def _count(self, client: str, what: str) -> int:
        key = self._known(client), what
        self._counts[key] += 1
        return self._counts[key]

    def _known(self, client: str) -> str:
        """The client, or one name for all that come when there are too many to remember."""
        is_known = any((client, what) in self._counts for what in ("requests", "failures"))
        return client if is_known or len(self._counts) < _MAX_CLIENTS else _OTHERS


def _said(authorization: str) -> str | None:
    """The token in the header, None when there is none."""
    scheme, _, rest = authorization.strip().partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() != "basic":
        return None
    try:
        return b64decode(rest.strip(), validate=True).decode().partition(":")[2]
    except (NoBase64, UnicodeDecodeError):
        return ""


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()


def _slower(wait_s: int) -> Problem:
    return Problem(
        status=HTTPStatus.TOO_MANY_REQUESTS,
        detail="too many requests in this minute: slow down",
        retry_after_s=wait_s,
    )
