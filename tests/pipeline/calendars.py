"""An invented paper and its ledger entries, for what is decided without an archive."""

from datetime import UTC, date, datetime, time

from press.model import PageNo
from press.outcome import LedgerEntry, State
from press.paper import Paper

NOW = datetime(2026, 1, 12, 12, 0, tzinfo=UTC)
TODAY = date(2026, 1, 12)


def a_paper(**changes: object) -> Paper:
    """Out daily at six in the morning of Beijing."""
    facts: dict[str, object] = {
        "slug": "xmrb",
        "name": "仙门日报",
        "home_url": "http://paper.example/",
        "first_issue": date(2007, 12, 16),
        "weekdays": frozenset(range(7)),
        "published_at": time(6, 0),
        "default_page": 7,
        "eras": (),
    }
    return Paper(**(facts | changes))  # type: ignore[arg-type]


def an_entry(
    state: State,
    *,
    issue_date: date = TODAY,
    page_no: PageNo = 7,
    checked_at: datetime = NOW,
    **changes: object,
) -> LedgerEntry:
    """A page in that state since it was looked at."""
    facts: dict[str, object] = {
        "paper": "xmrb",
        "issue_date": issue_date,
        "page_no": page_no,
        "state": state,
        "cause": None,
        "attempts": 1,
        "next_attempt_at": None,
        "evidence": None,
        "updated_at": checked_at,
        "checked_at": checked_at,
    }
    return LedgerEntry(**(facts | changes))  # type: ignore[arg-type]
