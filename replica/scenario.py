"""Which faults befall which dates, pages and paths."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from typing import Final, Literal, TypeAlias

FaultName = Literal[
    "no_issue", "page_absent", "page_404", "soft_404", "soft_404_jump", "soft_404_article",
    "challenge", "challenge_403", "captcha", "captcha_403", "login", "changed_layout",
    "other_issue", "home_page", "too_many_requests", "busy", "error", "slow", "truncated",
    "truncated_gzip", "wrong_charset", "empty_body", "redirected", "robots_forbid",
    "changing_article", "withdrawn_article", "issue_withdrawn", "page_withdrawn", "page_added",
    "article_added", "moved_article", "headline_changed", "list_shrinks",
]  # fmt: skip

Robots = Literal["absent", "allow", "delay", "forbid"]
Validators = Literal["honest", "absent", "lying"]
Reach = Literal["issue", "pages", "lead-article"]
Where: TypeAlias = date | tuple[date, int] | str
"""A date, a page of a date, or a pattern for paths ("/cqrb/2025-10/*/007/*")."""

_NARROW: Final[Mapping[FaultName, Reach]] = {
    "page_404": "pages",
    "other_issue": "pages",
    "busy": "pages",
    "soft_404_article": "lead-article",
    "home_page": "lead-article",
    "changing_article": "lead-article",
    "headline_changed": "lead-article",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault by name; `reads` is how many reads of each path it spoils, None for all of them."""

    name: FaultName
    reads: int | None = None

    @property
    def reach(self) -> Reach:
        """What it befalls when given by date or page: all page indexes and articles, the page
        indexes only, or the lead article of each page. A pattern befalls the paths it fits.
        """
        return _NARROW.get(self.name, "issue")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What befalls the site. `latest` is the newest issue that is out.

    With robots "delay", robots.txt asks for `crawl_delay_s` seconds between requests. A server
    whose validators are "lying" calls every page unchanged that a client has seen before.
    """

    name: str
    faults: Mapping[Where, Fault] = field(default_factory=dict)
    robots: Robots = "absent"
    crawl_delay_s: int = 2
    validators: Validators = "honest"
    latest: date = date(2026, 1, 12)

    def dated(self, issue_date: date, page_no: int) -> tuple[Fault, ...]:
        """The faults of that page by its date, or by its date and number."""
        places: tuple[Where, ...] = (issue_date, (issue_date, page_no))
        return tuple(self.faults[place] for place in places if place in self.faults)

    def patterned(self, path: str) -> tuple[Fault, ...]:
        """The faults whose pattern fits the path."""
        return tuple(
            fault
            for where, fault in self.faults.items()
            if isinstance(where, str) and fnmatchcase(path, where)
        )

    def dates_of(self, name: FaultName) -> tuple[date, ...]:
        """The dates that bear the fault of that name as a whole."""
        return tuple(
            where
            for where, fault in self.faults.items()
            if fault.name == name and isinstance(where, date)
        )
