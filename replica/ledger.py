"""What an archive's ledger must say in the end: the truth about each page of a scenario."""

from collections.abc import Mapping
from datetime import date
from typing import Final, TypeAlias

from press.outcome import State
from replica.addresses import era_on
from replica.scenario import FaultName
from replica.site import Site
from replica.truth import TruePage

TrueState: TypeAlias = tuple[State, str | None]
"""A ledger state and its cause."""

_LATE: Final = 1_000_000
"""After so many reads what passes has passed, and what changes has changed."""

_ARCHIVED: Final[TrueState] = ("archived", None)
_NOT_PUBLISHED: Final[TrueState] = ("not_published", None)
_ROBOTS: Final[TrueState] = ("retry", "robots")

_LASTING: Final[Mapping[FaultName, TrueState]] = {
    "robots_forbid": _ROBOTS,
    "slow": ("retry", "oversized"),
    "truncated": ("retry", "truncated"),
    "truncated_gzip": ("retry", "truncated"),
    "empty_body": ("retry", "truncated"),
    "error": ("retry", "refused"),
    "busy": ("retry", "retry_after"),
    "too_many_requests": ("retry", "retry_after"),
    "challenge": ("retry", "challenge"),
    "challenge_403": ("retry", "challenge"),
    "captcha": ("retry", "challenge"),
    "captcha_403": ("retry", "challenge"),
    "login": ("retry", "challenge"),
    "soft_404": ("retry", "soft_404"),
    "soft_404_jump": ("retry", "soft_404"),
    "soft_404_article": ("retry", "soft_404"),
    "other_issue": ("retry", "other_issue"),
    "page_404": ("retry", "listed_but_missing"),
    "changed_layout": ("failed", "layout_changed"),
    "home_page": ("failed", "layout_changed"),
}
"""Where a page ends that a fault befalls for good; under the other faults it is archived."""

_CHANGES: Final[Mapping[FaultName, int]] = {"changing_article": 2, "headline_changed": 1}


def true_state(site: Site, issue_date: date, page_no: int) -> TrueState:
    """The state and cause that an archive must show for the page after enough looks.

    Enough is one more than the reads that a passing fault spoils, for each address of the page
    in turn; the first look is at the issue as it came out. Where several faults befall the page,
    the one of its index is told.
    """
    if site.scenario.robots == "forbid":
        return _ROBOTS
    first, last = site.issue(issue_date), site.issue(issue_date, _LATE)
    if first is None or (last is None and first.page(page_no) is None):
        return _NOT_PUBLISHED
    front = first.pages[0]
    page = first.page(page_no) or (last.page(page_no) if last else None)
    if page is None:
        return _trouble(site, front.path) or ("no_such_page", None)
    troubles = (_trouble(site, path) for path in _paths(page, front))
    found = next((trouble for trouble in troubles if trouble), None)
    if found is not None:
        is_front_gone = "page_404" in site.faults(front.path, _LATE)
        return _NOT_PUBLISHED if found == _LASTING["page_404"] and is_front_gone else found
    is_gone = last is None or last.page(page_no) is None
    return ("withdrawn", None) if is_gone else _ARCHIVED


def true_revision(site: Site, path: str, looks: int) -> int:
    """The revision at which the article at the path stands after so many looks (1 or more).

    Each look reads the article once. Raises ValueError where the first look finds no article.
    """
    if site.answer(path, {}).status != 200:
        raise ValueError(f"no article is at {path}")
    changes = (_CHANGES.get(name, 0) for name in site.faults(path, 0))
    return 1 + min(max(changes, default=0), looks - 1)


def _paths(page: TruePage, front: TruePage) -> tuple[str, ...]:
    """What is read of the page; in era 1 only the front page knows where it lies."""
    way = (front.path,) if era_on(page.issue_date).number == 1 else ()
    return (*way, page.path, *(article.path for article in page.articles))


def _trouble(site: Site, path: str) -> TrueState | None:
    """Where the faults that last at an address lead; None when it can be read."""
    names = site.faults(path, _LATE)
    return next((state for name, state in _LASTING.items() if name in names), None)
