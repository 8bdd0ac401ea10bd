"""Is a page as full as that page usually is? Pure: from what it was on earlier days."""

from collections.abc import Sequence
from math import comb

from press.profile import PageProfile

ENOUGH_PAGES = 10
"""Earlier pages without which nothing is called usual."""

_RARE = 1e-4
"""What happens by chance less often than this is told."""

_NEVER_SURE = 0.98
"""No part is taken to be on more articles than that, so that one odd article is no alarm."""

_PARTS = {
    "with_headline": "a headline",
    "with_byline": "a byline",
    "with_text": "a body",
    "with_zones": "a zone",
}


def unusual(page: PageProfile, earlier: Sequence[PageProfile]) -> str | None:
    """What is far below the usual, in a sentence; None where nothing is, or too little is known.

    A part: so few articles have it that, with the share that had it on the earlier pages, chance
    gives this less often than once in ten thousand pages. Articles and characters: less than a
    third, and less than a tenth, of the least that any earlier page had.
    """
    if len(earlier) < ENOUGH_PAGES:
        return None
    told = [
        f"{getattr(page, part)} of {page.articles} articles have {name}"
        for part, name in _PARTS.items()
        if _is_rare(getattr(page, part), page.articles, _share(part, earlier))
    ]
    if page.articles * 3 < min(one.articles for one in earlier):
        told.append(f"only {page.articles} articles")
    if page.char_count * 10 < min(one.char_count for one in earlier):
        told.append(f"only {page.char_count} characters")
    if not told:
        return None
    return f"far below what is usual for this page: {'; '.join(told)}: look at it with baoku show"


def _share(part: str, earlier: Sequence[PageProfile]) -> float:
    articles = sum(one.articles for one in earlier)
    having = sum(getattr(one, part) for one in earlier)
    return min(having / articles, _NEVER_SURE) if articles else 0.0


def _is_rare(having: int, articles: int, share: float) -> bool:
    """True where so few of so many have a part less often than _RARE, by the binomial tail."""
    tail = sum(
        comb(articles, few) * share**few * (1 - share) ** (articles - few)
        for few in range(having + 1)
    )
    return tail < _RARE
