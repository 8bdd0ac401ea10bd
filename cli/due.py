"""Which pages came out that the ledger does not name, as far as the archive shows."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from press.keys import PageKey
from press.model import PageNo
from press.paper import Paper
from storage.catalogue import Reader, Selection

DAYS_KNOWN = 4096
"""Days of which is remembered what came out: more than ten years."""


def due_pages(reader: Reader, paper: Paper | None) -> Callable[[PageKey], bool]:
    """Whether a page that the ledger does not name came out, as far as anything shows.

    It did not on a day without an issue, nor where its issue lists its pages without it. Of a
    paper that is no longer known nothing is due.
    """

    @lru_cache(maxsize=DAYS_KNOWN)
    def pages_of(slug: str, day: date) -> tuple[PageNo, ...] | None:
        """Those listed, empty where no list is kept; None for a day without an issue."""
        of_day = reader.ledger(Selection(paper=slug, since=day, until=day))
        if any(entry.state == "not_published" for entry in of_day):
            return None
        return reader.listed_pages(slug, day)

    def is_due(key: PageKey) -> bool:
        day = key.issue_date
        if paper is None or day < paper.first_issue or day.weekday() not in paper.weekdays:
            return False
        pages = pages_of(key.paper, day)
        return pages is not None and (not pages or key.page_no in pages)

    return is_due
