"""How full a page is: what its articles have, as counts that can be compared over years."""

from collections.abc import Iterable
from dataclasses import dataclass

from press.model import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class PageProfile:
    """Articles of one page, how many of them have each part, and their characters together."""

    articles: int
    with_headline: int
    with_byline: int
    with_text: int
    with_zones: int
    char_count: int


def profile_of(articles: Iterable[Article]) -> PageProfile:
    """The profile of a page with these articles."""
    of_page = tuple(articles)
    return PageProfile(
        articles=len(of_page),
        with_headline=sum(article.headline is not None for article in of_page),
        with_byline=sum(article.byline is not None for article in of_page),
        with_text=sum(bool(article.blocks) for article in of_page),
        with_zones=sum(bool(article.zones) for article in of_page),
        char_count=sum(article.char_count for article in of_page),
    )
