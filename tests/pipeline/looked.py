"""A page, a paper, and what a look at it may come to."""

from datetime import UTC, date, datetime, time, timedelta

from pipeline.verdict import Verdict
from press.keys import PageKey
from press.outcome import LedgerEntry
from press.paper import Paper

NOW = datetime(2026, 1, 12, 12, 0, tzinfo=UTC)
KEY = PageKey("xmrb", date(2026, 1, 12), 7)
PAPER = Paper(
    slug="xmrb",
    name="仙门日报",
    home_url="http://paper.example/",
    first_issue=date(2007, 12, 16),
    weekdays=frozenset(range(7)),
    published_at=time(6, 0),
    default_page=7,
    eras=(),
)
ARCHIVED = Verdict(state="archived", cause=None, exit_code=0)
WITHDRAWN = Verdict(state="withdrawn", cause="no_such_page", exit_code=11)
RETRY = Verdict(state="retry", cause="unreachable", exit_code=20)


def an_entry(verdict: Verdict, evidence: str | None = "aa", attempts: int = 1) -> LedgerEntry:
    return LedgerEntry(
        paper="xmrb",
        issue_date=KEY.issue_date,
        page_no=7,
        state=verdict.state,
        cause=verdict.cause,
        attempts=attempts,
        next_attempt_at=None,
        evidence=evidence,
        updated_at=NOW - timedelta(days=1),
        checked_at=NOW - timedelta(days=1),
    )
