"""A newspaper over time: its facts, its calendar, and the eras of its digital edition."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """A span of issue dates during which the site kept one scheme of addresses.

    Both ends are included; `until` is None for the era that is still running. `evidence` are the
    first and last issue dates on which the scheme was really seen. URL patterns have
    the fields {yyyy} {mm} {dd} {page} ({page:03d} pads); `page_url` is None where the address of
    a page is only found on the front page.
    """

    name: str
    since: date
    until: date | None
    evidence: tuple[date, date]
    platform: str
    front_url: str
    page_url: str | None
    article_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The facts of a newspaper, as its TOML file gives them.

    `weekdays` are the days of publication (Monday is 0). `published_at` is the hour in Beijing
    from which the day's issue may be expected. `public_days` is for how many days the site keeps
    an issue public, None where it takes nothing down or nobody knows. `eras` are in order of `since` and may overlap
    where the day of a change is unknown: then each is tried, the likelier first.
    """

    slug: str
    name: str
    home_url: str
    first_issue: date
    weekdays: frozenset[int]
    published_at: time
    default_page: int | str
    eras: tuple[Era, ...]
    public_days: int | None = None
    notes: str = ""

    def eras_on(self, issue_date: date) -> tuple[Era, ...]:
        """The eras that may hold the issue of that date, the likelier first; empty before all."""
        fitting = [
            era
            for era in self.eras
            if era.since <= issue_date and (era.until is None or issue_date <= era.until)
        ]
        return tuple(sorted(fitting, key=lambda era: _days_from_evidence(era, issue_date)))


def _days_from_evidence(era: Era, issue_date: date) -> int:
    first, last = era.evidence
    return max((first - issue_date).days, (issue_date - last).days, 0)
