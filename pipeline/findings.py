"""What a person should know of a page after a look at it. Pure."""

from collections.abc import Sequence

from pipeline.coverage import unusual
from pipeline.verdict import Verdict
from press.finding import Finding
from press.keys import PageKey
from press.model import Article, Entry, Genre
from press.profile import PageProfile, profile_of

COUNTS_DIFFER = "counts_differ"
COVERAGE = "coverage"
ARTICLE_WITHDRAWN = "article_withdrawn"

NOTES: frozenset[str] = frozenset({COUNTS_DIFFER, COVERAGE})
"""What only a look that read the whole page can judge."""

_OFTEN_UNLISTED: frozenset[Genre] = frozenset({"advertisement", "notice", "masthead"})
_OFTEN_UNMAPPED: frozenset[Genre] = frozenset({"correction", "notice", "colophon", "masthead"})
"""Small items and paid space, which editors leave out of the one or of the other."""


def finding_of(key: PageKey, verdict: Verdict) -> Finding | None:
    """What the verdict itself gives to tell; None for an archived page, and before its hour."""
    if verdict.state in {"archived", "not_yet_due"}:
        return None
    kind = verdict.state if verdict.state not in {"retry", "failed"} else None
    sentence = verdict.message or verdict.state
    return Finding(key=key, kind=kind or verdict.cause or verdict.state, sentence=sentence)


def counts_differ(
    key: PageKey, entries: Sequence[Entry], articles: Sequence[Article]
) -> Finding | None:
    """The title list and the image map disagree about an article that both should have.

    Paid space that only the map knows, and small items that only the list knows, are usual.
    """
    genres = {article.order: article.genre for article in articles}
    odd = [
        entry
        for entry in entries
        if entry.listed != entry.mapped
        and genres.get(entry.order) not in (_OFTEN_UNMAPPED if entry.listed else _OFTEN_UNLISTED)
    ]
    if not odd:
        return None
    listed = sum(entry.listed for entry in entries)
    mapped = sum(entry.mapped for entry in entries)
    names = ", ".join(entry.title or entry.native_id or f"no. {entry.order}" for entry in odd)
    return Finding(
        key=key,
        kind=COUNTS_DIFFER,
        sentence=f"the title list has {listed} articles, the image map {mapped}; all were kept, "
        f"only one of the two knows: {names}",
    )


def far_below_usual(
    key: PageKey, articles: Sequence[Article], earlier: Sequence[PageProfile]
) -> Finding | None:
    """The page is far emptier than that page usually is."""
    sentence = unusual(profile_of(articles), earlier)
    return None if sentence is None else Finding(key=key, kind=COVERAGE, sentence=sentence)


def withdrawn(key: PageKey, ids: Sequence[str]) -> Finding | None:
    """Articles that were archived and that the page no longer announces."""
    if not ids:
        return None
    sentence = f"no longer on the page, and kept as withdrawn: {', '.join(ids)}"
    return Finding(key=key, kind=ARTICLE_WITHDRAWN, sentence=sentence)
