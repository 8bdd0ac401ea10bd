"""How large a paper's issues usually are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """Pages an issue and articles a page, on average; a guess until an archive knows better."""

    pages: float = 8.0
    articles: float = 7.0
