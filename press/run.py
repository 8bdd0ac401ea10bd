"""One call of a command that fills the archive, as the catalogue remembers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from press.outcome import EXIT_ARCHIVED, EXIT_NO_SUCH_PAGE, EXIT_NOT_PUBLISHED

SUCCESSES = frozenset({EXIT_ARCHIVED, EXIT_NOT_PUBLISHED, EXIT_NO_SUCH_PAGE})
"""Exit codes of a run that left nothing to do: what exists was archived."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The runs of one command: how many there were, the newest, and when one last succeeded.

    `succeeded_at` is when the newest run with an exit code of SUCCESSES ended, None before one.
    """

    command: str
    count: int
    last: Run
    succeeded_at: datetime | None
