"""Search: the articles in which a query's words stand."""

from typing import get_args

from press.record import Json
from readingroom.answer import Answer, json_answer
from readingroom.api import parameters as p
from readingroom.api.operation import Asked, Operation, Parameter
from readingroom.api.papers import next_url
from readingroom.feeds import ATOM, feed_answer
from readingroom.library import Library
from storage.catalogue import Searcher
from storage.catalogue.searcher import Sort, hit_json
from storage.search.query import Query, parse
from storage.search.scope import Scope

_SORTS: tuple[Sort, ...] = get_args(Sort)

Q: Parameter[str] = Parameter(
    name="q",
    meaning='Words that stand in the article: 城市 -治理, headline:城市 OR 乡村, "New York".',
    schema={"type": "string", "minLength": 1, "maxLength": 200},
    read=str,
    is_required=True,
)
SORT: Parameter[Sort] = Parameter(
    name="sort",
    meaning="The newest first, or, of the newest 1,000, the best.",
    schema={"type": "string", "enum": [*_SORTS], "default": "date"},
    read=p.word_of(_SORTS, "order"),
    default="date",
)


def search(_: Library, searcher: Searcher, asked: Asked) -> Answer:
    """The articles that fit, each with what shows why, and how many there are."""
    query, scope = _asked_for(asked)
    limit, sort = asked.need(p.LIMIT), asked.need(SORT)
    results = searcher.search(
        query, scope, sort=sort, limit=limit, after=asked.get(p.AFTER_ARTICLE)
    )
    total = searcher.total(query, scope)
    follows = None
    if results.is_more:
        follows = next_url(
            "/api/v1/search",
            {
                "q": asked.need(Q),
                **_scope_query(scope),
                "sort": sort,
                "after": results.hits[-1].record.id,
                "limit": limit,
            },
        )
    hits: list[Json] = [hit_json(one) for one in results.hits]
    counted: Json = {"count": total.count, "is_exact": total.is_exact}
    return json_answer({"total": counted, "hits": hits, "next": follows})


def give_search_feed(_: Library, searcher: Searcher, asked: Asked) -> Answer:
    """The newest articles that fit a query."""
    query, scope = _asked_for(asked)
    found = searcher.search(query, scope, limit=asked.need(p.LIMIT))
    said = asked.need(Q)
    address = next_url("/feeds/search", {"q": said, **_scope_query(scope)})
    return feed_answer(said, address, [one.record for one in found.hits])


def _asked_for(asked: Asked) -> tuple[Query, Scope]:
    scope = Scope(
        paper=asked.get(p.PAPER),
        since=asked.get(p.SINCE),
        until=asked.get(p.UNTIL),
        page_no=asked.get(p.PAGE_NO),
        genre=asked.get(p.GENRE),
        status=asked.get(p.STATUS),
    )
    return parse(asked.need(Q)), scope


def _scope_query(scope: Scope) -> dict[str, object]:
    return {
        "paper": scope.paper,
        "from": scope.since,
        "to": scope.until,
        "page": scope.page_no,
        "genre": scope.genre,
        "status": scope.status,
    }


_SCOPE = (p.PAPER, p.SINCE, p.UNTIL, p.PAGE_NO, p.GENRE, p.STATUS)

OPERATIONS = (
    Operation(
        path="/api/v1/search",
        name="search",
        summary="Articles in which words stand, each with the places that show why.",
        gives="Hits",
        answer=search,
        parameters=(Q, *_SCOPE, SORT, p.AFTER_ARTICLE, p.LIMIT),
        statuses=(404,),
    ),
    Operation(
        path="/feeds/search",
        name="give_search_feed",
        summary="An Atom feed of the newest articles in which words stand.",
        gives=(ATOM,),
        answer=give_search_feed,
        parameters=(Q, *_SCOPE, p.LIMIT),
    ),
)
