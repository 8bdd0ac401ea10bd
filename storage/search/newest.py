"""The newest hits, in the order of hits, a page at a time."""

from storage.search.index import Index
from storage.search.query import Query
from storage.search.scope import Found, Place, Scope, day_of, days_docs


def newest_hits(
    index: Index, query: Query, scope: Scope, limit: int, after: Found | None
) -> list[Found]:
    """The first `limit` hits, or the first after that one, by their place.

    The index gives them day by day; within its day each stands where its place says, so a day
    that `limit` would cut is taken whole.
    """
    span, hits = scope.span, list[Found]()
    if after is not None:
        day = days_docs(day_of(after.doc))
        rest = index.newest(query, scope, _common(span, day), None)
        hits = sorted((one for one in rest if one.place > after.place), key=_place)
        span = range(span.start, min(span.stop, day.start))
    wanted = limit - len(hits)
    if wanted > 0 and span:
        more = index.newest(query, scope, span, wanted)
        if len(more) == wanted:
            day = days_docs(day_of(more[-1].doc))
            same_day = _common(span, range(day.start, more[-1].doc))
            more += index.newest(query, scope, same_day, None) if same_day else []
        hits += sorted(more, key=_place)
    return hits[:limit]


def _common(one: range, other: range) -> range:
    return range(max(one.start, other.start), min(one.stop, other.stop))


def _place(found: Found) -> Place:
    return found.place
