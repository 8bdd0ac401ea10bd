"""Something about a page that a person should know, told once."""

from dataclasses import dataclass
from datetime import datetime

from press.keys import PageKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was noticed about a page; `kind` is a state or cause of the ledger, or of docs/glossary.

    `sentence` is for people. Two findings are the same when page and kind are.
    """

    key: PageKey
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFinding:
    """A finding as the catalogue keeps it.

    `closed_at` is when it was no longer so, None while it is; `told_at` is when a person was told
    that it is so, None before.
    """

    finding: Finding
    opened_at: datetime
    closed_at: datetime | None
    told_at: datetime | None
