"""How well an article answers a query: the same number on every database. Pure."""

from typing import Final

from storage.search.fields import FIELDS, Field, SearchCopy
from storage.search.query import Query

RANKED: Final = 1_000
"""The newest hits that are put in order of relevance; older ones are not looked at."""

WEIGHED: Final = 200
"""Of those, the ones that are read whole: the first by what their headlines say."""

HEADLINES: Final[tuple[Field, ...]] = ("headline", "kicker", "deck")
"""The fields by which it is decided which articles are read whole."""

_WEIGHTS: Final[dict[Field, float]] = {"headline": 8.0, "kicker": 4.0, "deck": 4.0, "column": 2.0}
_USUAL_LENGTH: Final = 1_000


def relevance(query: Query, copy: SearchCopy) -> float:
    """A number from 0, larger for what answers better.

    For each term and field: how often it stands there, more often counting ever less, less in a
    long text, and more in a headline (8) than in kicker and deck (4), column (2) and the rest (1).
    """
    score = 0.0
    for term in query.terms:
        for field in FIELDS if term.field is None else (term.field,):
            count = copy[field].count(term.text) if copy[field] else 0
            if count:
                length = 0.25 + 0.75 * len(copy[field]) / _USUAL_LENGTH
                score += _WEIGHTS.get(field, 1.0) * count / (count + length)
    return score
