"""How the archiving of a page ended. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from press.clock import BEIJING, beijing_date
from press.errors import CrawlError, FetchError, SlowDown, all_errors
from press.keys import PageKey
from press.outcome import (
    EXIT_ARCHIVED,
    EXIT_LAYOUT,
    EXIT_NO_SUCH_PAGE,
    EXIT_NOT_PUBLISHED,
    LedgerEntry,
    State,
)
from press.paper import Paper

NEEDS_REVIEW = "needs_review"
WANTED = "wanted"
"""The cause of a page that a backfill left to others, and that nobody has looked at."""

RETRY_AFTER = "retry_after"

ABSENT: frozenset[State] = frozenset({"not_published", "no_such_page"})
"""The states that say that there is nothing."""

_EXITS = {
    "archived": EXIT_ARCHIVED,
    "not_published": EXIT_NOT_PUBLISHED,
    "no_such_page": EXIT_NO_SUCH_PAGE,
    "withdrawn": EXIT_NO_SUCH_PAGE,
}
_EXIT_OF_CAUSE = {error.cause: error.exit_code for error in all_errors(CrawlError)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The state a page ends in, why, and the exit code that says so.

    `message` is a sentence for people, None where the state says all. `wait_s` is how long the
    server asked to be left alone, None when it did not ask.
    """

    state: State
    cause: str | None
    exit_code: int
    message: str | None = None
    wait_s: float | None = None


def verdict_of_errors(errors: Sequence[CrawlError]) -> Verdict:
    """What one or more errors mean for their page: "retry" if asking again may help.

    The cause is that of the gravest error which decides the state, unless the server said how
    long it wants to be left alone; the exit code is the highest of all. `errors` holds at least
    one.
    """
    passing = [error for error in errors if isinstance(error, FetchError)]
    deciding = max(passing or errors, key=lambda error: error.exit_code)
    waits = [error.wait_s for error in passing if isinstance(error, SlowDown)]
    wait_s = max((wait_s for wait_s in waits if wait_s is not None), default=None)
    return Verdict(
        state="retry" if passing else "failed",
        cause=RETRY_AFTER if wait_s is not None else deciding.cause,
        exit_code=max(error.exit_code for error in errors),
        message=deciding.message + (f" ({deciding.url})" if deciding.url else ""),
        wait_s=wait_s,
    )


def verdict_of_articles(review_ids: Sequence[str]) -> Verdict:
    """A page whose articles were all read: `review_ids` are those with a residue.

    With a residue the articles are kept, but "archived" would promise that they are right.
    """
    if not review_ids:
        return Verdict(state="archived", cause=None, exit_code=EXIT_ARCHIVED)
    return Verdict(
        state="failed",
        cause=NEEDS_REVIEW,
        exit_code=EXIT_LAYOUT,
        message="text that is in no field: see baoku explain " + ", ".join(review_ids),
    )


def verdict_of_missing_issue(paper: Paper, key: PageKey, now: datetime) -> Verdict:
    """No front page of that date: before the publishing hour of its day it is only not up yet."""
    due_at = datetime.combine(key.issue_date, paper.published_at, BEIJING)
    if beijing_date(now) == key.issue_date and now < due_at:
        return Verdict(
            state="not_yet_due",
            cause=None,
            exit_code=FetchError.exit_code,
            message=f"not up yet: the issue is expected from {paper.published_at:%H:%M} in Beijing",
        )
    return Verdict(
        state="not_published",
        cause=None,
        exit_code=EXIT_NOT_PUBLISHED,
        message=f"{paper.name} has no issue of {key.issue_date}",
    )


def verdict_of_missing_page(key: PageKey, page_nos: Sequence[int | str]) -> Verdict:
    """An issue that is there and does not list the page; `page_nos` are those it lists."""
    listed = ", ".join(str(page_no) for page_no in page_nos) or "none"
    return Verdict(
        state="no_such_page",
        cause=None,
        exit_code=EXIT_NO_SUCH_PAGE,
        message=f"the issue of {key.issue_date} has no page {key.page_no} (its pages: {listed})",
    )


def withdrawn_if_shown(verdict: Verdict, *, was_shown: bool) -> Verdict:
    """The verdict, but "withdrawn" for the absence of a page whose index was kept before."""
    if not was_shown or verdict.state not in ABSENT:
        return verdict
    return replace(
        verdict,
        state="withdrawn",
        cause=verdict.state,
        exit_code=_EXITS["withdrawn"],
        message=f"taken down since it was archived, and kept as withdrawn: {verdict.message}",
    )


def is_on_hold(entry: LedgerEntry, now: datetime) -> bool:
    """True while the server's own Retry-After for this page lasts."""
    until = entry.next_attempt_at
    return entry.cause == RETRY_AFTER and until is not None and now < until


def is_kept(entry: LedgerEntry) -> bool:
    """True for a page whose articles were all kept, rightly or with a residue."""
    return entry.state == "archived" or entry.cause == NEEDS_REVIEW


def verdict_of_held(entry: LedgerEntry, reason: str) -> Verdict:
    """A page that is left as it is, and why."""
    if is_kept(entry):
        return Verdict(state=entry.state, cause=entry.cause, exit_code=exit_code_of(entry))
    until = entry.next_attempt_at
    if entry.cause == RETRY_AFTER and until is not None:
        reason = f"the server asked to be left alone until {until:%Y-%m-%d %H:%M:%S} UTC"
    return Verdict(
        state=entry.state, cause=entry.cause, exit_code=exit_code_of(entry), message=reason
    )


def exit_code_of(entry: LedgerEntry) -> int:
    """The exit code that says what the ledger says of a page."""
    if entry.cause == NEEDS_REVIEW:
        return EXIT_LAYOUT
    if entry.state in _EXITS:
        return _EXITS[entry.state]
    return _EXIT_OF_CAUSE.get(entry.cause or "", FetchError.exit_code)
