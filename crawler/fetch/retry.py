"""When a request is made again, and after how long. Pure."""

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from press.errors import FetchError, Truncated, Unreachable

_WAITS_S: Final = (1.0, 4.0)
_PATIENCE_S: Final = 30.0
"""A server that asks for a longer pause is not asked again by this run, but by the ledger."""

_PASSING: Final = frozenset({500, 502, 504})
"""Faults of a server that may pass in seconds. 429 and 503 ask for a pause: the ledger's affair."""

_LONGEST_S: Final = 24 * 3600.0


def retry_wait_s(
    outcome: type[FetchError] | int,
    *,
    attempt: int,
    attempts: int,
    retry_after_s: float | None = None,
) -> float | None:
    """Seconds to wait before the next attempt; None when there shall be none.

    `outcome` is the error's class or the answer's status, `attempt` counts from 1.
    """
    if attempt >= attempts or not _may_pass(outcome):
        return None
    wait_s = _WAITS_S[min(attempt, len(_WAITS_S)) - 1]
    if retry_after_s is None:
        return wait_s
    return None if retry_after_s > _PATIENCE_S else max(wait_s, retry_after_s)


def retry_after_s(value: str | None, now: datetime) -> float | None:
    """What a Retry-After header asks for: seconds from `now`, 0 to 24 hours.

    Seconds or an HTTP date (RFC 9110, 10.2.3). None when absent, negative, past or neither.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:12]), _LONGEST_S))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    wait_s = (moment - now).total_seconds()
    return min(wait_s, _LONGEST_S) if math.isfinite(wait_s) and wait_s >= 0 else None


def _may_pass(outcome: type[FetchError] | int) -> bool:
    if isinstance(outcome, int):
        return outcome in _PASSING
    return issubclass(outcome, Unreachable | Truncated)
