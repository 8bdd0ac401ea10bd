"""Where is searched, and in which order hits stand: day by day, the newest first. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from press.errors import UsageError
from press.model import Genre, PageNo
from press.record import Status

SERIALS: Final = 1 << 16
"""Articles of one day that the index has numbers for."""

Place: TypeAlias = tuple[int, str, int, str, int, str]
"""Sorts hits: the newest issue first, then paper, page, order and id, as Reader.newest_articles."""

_SLUG: Final = re.compile(r"[a-z][a-z0-9]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The articles among which is searched: those that fit every field that is not None.

    `since` and `until` are issue dates, both included. Without a `status` all but the withdrawn:
    those are found only by asking for them. Raises UsageError for what is no paper's slug.
    """

    paper: str | None = None
    since: date | None = None
    until: date | None = None
    page_no: PageNo | None = None
    genre: Genre | None = None
    status: Status | None = None

    def __post_init__(self) -> None:
        if self.paper is not None and not _SLUG.fullmatch(self.paper):
            raise UsageError(
                f"{self.paper[:40]!r} is no newspaper's short name: give one like cqrb"
            )

    @property
    def span(self) -> range:
        """The numbers (`doc`) of the days asked for; empty where they exclude each other."""
        return range(
            days_docs(self.since or date.min).start,
            days_docs(self.until or date.max).stop,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that fits: its number in the index, and where it stands."""

    doc: int
    article_id: str
    paper: str
    page_order: int
    page_no: str
    order: int

    @property
    def place(self) -> Place:
        """The hit's place in the order of hits."""
        day = self.doc // SERIALS
        return -day, self.paper, self.page_order, self.page_no, self.order, self.article_id


def days_docs(issue_date: date) -> range:
    """The numbers of that day: those of a later day are larger."""
    first = issue_date.toordinal() * SERIALS
    return range(first, first + SERIALS)


def day_of(doc: int) -> date:
    """The issue date of the article with that number."""
    return date.fromordinal(doc // SERIALS)
