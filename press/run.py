"""One call of a command that fills the archive, as the catalogue remembers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What was asked, when, and how it ended.

    `asked` names the task in words that are equal for equal tasks ("cqrb 2025-11-01..2025-11-30
    page 7"). `finished_at` and `exit_code` are None while it runs, and stay None when it was
    stopped or killed. `tally` counts its pages by state.
    """

    id: int
    command: str
    asked: str
    started_at: datetime
    finished_at: datetime | None
    exit_code: int | None
    tally: Mapping[str, int]
