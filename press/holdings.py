"""What the archive holds of a newspaper and of an issue, on its way out (docs/record.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from press.model import PageNo
from press.outcome import State
from press.record import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHoldings:
    """How much there is of one paper: the dates of its first and last issue kept, and counts.

    `since` and `until` are None where no issue is kept; `states` counts the ledger's pages.
    """

    paper: str
    paper_name: str | None
    since: date | None
    until: date | None
    issues: int
    pages: int
    articles: int
    states: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHoldings:
    """One page of an issue, kept or only due.

    `page_label` is None for a page that is not kept, `state` for one that the ledger does not
    know, as an imported page may be. `articles` counts those kept.
    """

    id: str
    page_no: PageNo
    page_label: str | None
    page_name: str | None
    state: State | None
    cause: str | None
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueHoldings:
    """What there is of one issue, its pages as bound; `paper_name` is None where unknown."""

    paper: str
    paper_name: str | None
    issue_date: date
    pages: tuple[PageHoldings, ...]


def paper_holdings_json(held: PaperHoldings) -> dict[str, Json]:
    """The object of docs/record.md, "A paper's holdings"; its keys are in that order."""
    return {
        "paper": held.paper,
        "paper_name": held.paper_name,
        "since": None if held.since is None else held.since.isoformat(),
        "until": None if held.until is None else held.until.isoformat(),
        "issues": held.issues,
        "pages": held.pages,
        "articles": held.articles,
        "states": {**held.states},
    }


def issue_holdings_json(held: IssueHoldings) -> dict[str, Json]:
    """The object of docs/record.md, "An issue"; its keys are in that order."""
    return {
        "paper": held.paper,
        "paper_name": held.paper_name,
        "issue_date": held.issue_date.isoformat(),
        "pages": [
            {
                "id": page.id,
                "page_no": page.page_no,
                "page_label": page.page_label,
                "page_name": page.page_name,
                "state": page.state,
                "cause": page.cause,
                "articles": page.articles,
            }
            for page in held.pages
        ],
    }
