"""What the ledger says of a page after a look. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from pipeline.verdict import ABSENT, NEEDS_REVIEW, Verdict, is_kept
from press.keys import PageKey
from press.outcome import LedgerEntry

_FIRST_WAIT = {
    "slow_down": timedelta(minutes=30),
    "soft_404": timedelta(hours=1),
    "other_issue": timedelta(hours=1),
    "listed_but_missing": timedelta(hours=1),
    "challenge": timedelta(hours=12),
    "robots": timedelta(hours=24),
    "forbidden_address": timedelta(hours=24),
}
_USUAL_WAIT = timedelta(minutes=15)
_LONGEST_WAIT = timedelta(hours=24)

GIVE_UP_AFTER = 20
"""Looks after which a page that is always to be tried again needs a person: about two weeks."""


class Entering(Protocol):
    """How a page's ledger entry follows from the one before and from what was seen."""

    def __call__(
        self,
        before: LedgerEntry | None,
        verdict: Verdict,
        *,
        key: PageKey,
        evidence: str | None,
        now: datetime,
    ) -> LedgerEntry:
        """The entry after a look."""
        ...


def entry_after(
    before: LedgerEntry | None,
    verdict: Verdict,
    *,
    key: PageKey,
    evidence: str | None,
    now: datetime,
) -> LedgerEntry:
    """The page's ledger entry after a look at the site.

    A second look that fails never takes away what is kept: it only says when to look again. An
    absence counts only the looks that agree on it.
    """
    if before is None:
        return _entered(verdict, key=key, attempts=1, evidence=evidence, now=now)
    is_closed = is_kept(before) or before.state == "withdrawn"
    if is_closed and verdict.state in {"retry", "not_yet_due"}:
        return replace(before, next_attempt_at=_look_again_at(before, verdict, now))
    if is_closed and verdict.state == "failed" and verdict.cause != NEEDS_REVIEW:
        return replace(before, checked_at=now, next_attempt_at=None)
    same = (before.state, before.cause, before.evidence)
    if is_kept(before) and same == (verdict.state, verdict.cause, evidence):
        return replace(before, checked_at=now, next_attempt_at=None)
    is_new_absence = verdict.state in ABSENT and verdict.state != before.state
    attempts = 1 if is_new_absence else before.attempts + 1
    after = _entered(verdict, key=key, attempts=attempts, evidence=evidence, now=now)
    is_same = same == (after.state, after.cause, after.evidence)
    return replace(after, updated_at=before.updated_at) if is_same else after


def entry_reread(
    before: LedgerEntry | None,
    verdict: Verdict,
    *,
    key: PageKey,
    evidence: str | None,
    now: datetime,
) -> LedgerEntry:
    """The page's ledger entry after kept answers, captured `now`, were read by today's parser.

    Answers that are newer than the last look on record stand for a look. Of older ones neither
    the look nor a failure counts once more: only what they say of the page may be another thing.
    """
    if before is None or now > before.checked_at:
        return entry_after(before, verdict, key=key, evidence=evidence, now=now)
    if verdict.state in {"retry", "not_yet_due"} and before.state != "failed":
        return before
    after = _entered(
        verdict, key=key, attempts=before.attempts, evidence=evidence, now=before.checked_at
    )
    same = (before.state, before.cause, before.evidence)
    return before if same == (after.state, after.cause, after.evidence) else after


def _entered(
    verdict: Verdict, *, key: PageKey, attempts: int, evidence: str | None, now: datetime
) -> LedgerEntry:
    given_up = verdict.state == "retry" and attempts >= GIVE_UP_AFTER
    return LedgerEntry(
        paper=key.paper,
        issue_date=key.issue_date,
        page_no=key.page_no,
        state="failed" if given_up else verdict.state,
        cause=verdict.cause,
        attempts=attempts,
        next_attempt_at=None if given_up else next_attempt_at(verdict, attempts, now),
        evidence=evidence,
        updated_at=now,
        checked_at=now,
    )


def _look_again_at(before: LedgerEntry, verdict: Verdict, now: datetime) -> datetime:
    """After a re-reading that failed: as after a first failure, then once a day."""
    if before.next_attempt_at is not None and verdict.wait_s is None:
        return now + _LONGEST_WAIT
    return next_attempt_at(replace(verdict, state="retry"), 1, now) or now + _LONGEST_WAIT


def next_attempt_at(verdict: Verdict, attempts: int, now: datetime) -> datetime | None:
    """When to try a "retry" again; None for every other state.

    What the server asked for (Retry-After) is kept to the second. Else the wait doubles with each
    attempt from a start that depends on the cause, up to a day.
    """
    if verdict.state != "retry":
        return None
    if verdict.wait_s is not None:
        return now + timedelta(seconds=verdict.wait_s)
    first = _FIRST_WAIT.get(verdict.cause or "", _USUAL_WAIT)
    doubled = min(first * (1 << min(attempts - 1, 10)), _LONGEST_WAIT)
    return now + doubled
