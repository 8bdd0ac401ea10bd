"""What becomes of an issue after it came out: as it stands at the first read, and later."""

from collections.abc import Callable, Set
from dataclasses import replace
from typing import Final

from replica.scenario import FaultName
from replica.truth import TrueArticle, TrueIssue, TruePage

REVISED: Final = "（修订）"
"""What a headline gains when it changes."""

_MOVED_FROM: Final = 7

Faults = Callable[[int], Set[FaultName]]
"""The names of the faults of a page, by its number; 0 for those of the whole date."""


def issue_at(
    issue: TrueIssue, added: TruePage | None, faults: Faults, *, is_later: bool
) -> TrueIssue | None:
    """The issue at the first read or, `is_later`, from the second on; None once it is withdrawn.

    `added` is the page that it gains then, None for none.
    """
    if is_later and "issue_withdrawn" in faults(0):
        return None
    pages = issue.pages
    if is_later:
        pages = tuple(page for page in pages if not _is_withdrawn(page, faults))
        pages = _moved(pages, faults)
        pages += (added,) if added else ()
    return replace(
        issue,
        pages=tuple(_page_at(page, faults(page.page_no), is_later=is_later) for page in pages),
    )


def shrunk(page: TruePage) -> TruePage:
    """The page as it announces only the first half of its articles, though all are there."""
    return replace(page, articles=page.articles[: (len(page.articles) + 1) // 2])


def _is_withdrawn(page: TruePage, faults: Faults) -> bool:
    names = faults(page.page_no)
    return "page_withdrawn" in names and ("page_withdrawn" not in faults(0) or page.page_no == 7)


def _page_at(page: TruePage, names: Set[FaultName], *, is_later: bool) -> TruePage:
    if "article_added" in names and not is_later:
        return replace(page, articles=page.articles[:-1])
    if "headline_changed" in names and is_later:
        lead = page.lead
        changed = replace(lead, headline=lead.headline + REVISED)
        return replace(page, articles=tuple(changed if a == lead else a for a in page.articles))
    return page


def _moved(pages: tuple[TruePage, ...], faults: Faults) -> tuple[TruePage, ...]:
    """The lead of page 7 becomes the last article of page 6."""
    by_number = {page.page_no: page for page in pages}
    old, new = by_number.get(_MOVED_FROM), by_number.get(_MOVED_FROM - 1)
    if old is None or new is None or "moved_article" not in faults(_MOVED_FROM):
        return pages
    lead = old.lead
    settled = replace(lead, page_no=new.page_no, page_label=new.page_label, page_name=new.page_name)
    by_number[old.page_no] = _laid_out(old, [a for a in old.articles if a != lead])
    by_number[new.page_no] = _laid_out(new, [*new.articles, settled])
    return tuple(by_number.values())


def _laid_out(page: TruePage, articles: list[TrueArticle]) -> TruePage:
    """The page with those articles, numbered anew: first those of the title list."""
    in_order = enumerate(sorted(articles, key=lambda article: not article.listed), start=1)
    return replace(page, articles=tuple(replace(a, order=order) for order, a in in_order))
