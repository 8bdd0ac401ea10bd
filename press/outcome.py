"""How the archiving of one page of one issue ended, as the ledger keeps it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from press.model import PageNo
from press.record import Json, time_json

State = Literal[
    "archived", "not_published", "no_such_page", "retry", "failed", "withdrawn", "not_yet_due"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """The state of one paper x date x page that was due.

    `cause` is None only where the state needs none. `evidence` is the sha256 of the capture that
    shows it, None where no answer came. `next_attempt_at` is set with the state "retry", and with a
    state that was kept when a later look failed.
    `attempts` counts the looks at the site, of an absence those that agree on it; `checked_at` is
    the last of them. `updated_at` is when the state, its cause or its evidence last changed.
    """

    paper: str
    issue_date: date
    page_no: PageNo
    state: State
    cause: str | None
    attempts: int
    next_attempt_at: datetime | None
    evidence: str | None
    updated_at: datetime
    checked_at: datetime

    @property
    def is_settled(self) -> bool:
        """True when nothing is left to do: the page is here, or it is shown that there is none."""
        return self.cause is None and self.state in {"archived", "not_published", "no_such_page"}


def ledger_json(entry: LedgerEntry) -> dict[str, Json]:
    """The object of docs/record.md, "A ledger entry"; its keys are in that order."""
    next_at = entry.next_attempt_at
    return {
        "paper": entry.paper,
        "issue_date": entry.issue_date.isoformat(),
        "page_no": entry.page_no,
        "state": entry.state,
        "cause": entry.cause,
        "attempts": entry.attempts,
        "next_attempt_at": None if next_at is None else time_json(next_at),
        "evidence": entry.evidence,
    }


EXIT_ARCHIVED = 0
EXIT_NOT_PUBLISHED = 10
EXIT_NO_SUCH_PAGE = 11
EXIT_LAYOUT = 22
"""Also for a page whose articles left a residue."""
