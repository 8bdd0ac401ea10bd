"""The rooms' addresses, and how a request becomes a page."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Final, TypeAlias
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from press.errors import PressError
from readingroom.answer import Answer
from readingroom.library import Library, respond
from readingroom.problem import Problem, problem_of
from readingroom.rooms.article import article, provenance
from readingroom.rooms.assets import KEPT, PREFIX, Asset, read_assets
from readingroom.rooms.issue import issue
from readingroom.rooms.language import spoken
from readingroom.rooms.leaf import Leaf, Visit
from readingroom.rooms.page import page
from readingroom.rooms.papers import entrance, paper
from readingroom.rooms.revisions import revisions
from readingroom.rooms.search import search
from readingroom.rooms.setting import Typesetter
from storage.catalogue import Searcher

View: TypeAlias = Callable[[Searcher, Visit], Leaf]
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

HTML: Final = "text/html; charset=utf-8"

NO_HEADERS: Final[Mapping[str, str]] = {}

VIEWS: Final[tuple[tuple[str, View], ...]] = (
    ("/", entrance),
    ("/search", search),
    ("/articles/{id}", article),
    ("/articles/{id}/revisions", revisions),
    ("/articles/{id}/provenance", provenance),
    ("/{paper}", paper),
    ("/{paper}/{year:int}", paper),
    ("/{paper}/{day}", issue),
    ("/{paper}/{day}/{page}", page),
)
"""In the order in which they are tried."""

_FOR_PROGRAMS: Final = ("/api/{path:path}", "/feeds/{path:path}", f"{PREFIX}/{{path:path}}")
"""What is not at such an address is told as a problem, even to a browser."""


def make_rooms(library: Library) -> Sequence[BaseRoute]:
    """The routes of the pages for people, of what they need, and of whatever is nowhere else.

    To be the last of an application's routes. Everything is answered to GET and HEAD.
    """
    assets = read_assets()
    typesetter = Typesetter(assets)
    return [
        *(
            Route(asset.path, partial(_give_asset, asset), methods=["GET"])
            for asset in assets.values()
        ),
        *(Route(path, _not_here, methods=["GET"]) for path in _FOR_PROGRAMS),
        *(
            Route(path, partial(_show, library, typesetter, view), methods=["GET"])
            for path, view in VIEWS
        ),
        Route("/{path:path}", partial(_nowhere, typesetter), methods=["GET"]),
    ]


async def _show(library: Library, typesetter: Typesetter, view: View, request: Request) -> Response:
    visit = visit_of(request)

    def work(searcher: Searcher) -> Answer:
        return _answer(typesetter, view(searcher, visit), visit)

    words = (visit.path, visit.language, *visit.query.items())
    try:
        answer = await library.answer(words, work)
    except PressError as error:
        if not _reads_pages(request):
            raise
        answer = trouble(typesetter, visit, problem_of(error))
    return respond(request, answer)


async def _nowhere(typesetter: Typesetter, request: Request) -> Response:
    if not _reads_pages(request):
        return await _not_here(request)
    problem = Problem(status=HTTPStatus.NOT_FOUND, detail="there is nothing at this address")
    return respond(request, trouble(typesetter, visit_of(request), problem))


async def _not_here(_: Request) -> Response:
    raise HTTPException(HTTPStatus.NOT_FOUND)


async def _give_asset(asset: Asset, request: Request) -> Response:
    headers = {"Cache-Control": KEPT}
    return respond(request, Answer(body=asset.body, media_type=asset.media_type, headers=headers))


def trouble(typesetter: Typesetter, visit: Visit, problem: Problem) -> Answer:
    """A page that says what went wrong."""
    leaf = Leaf(
        template="trouble.html", view=problem, title=problem.status.phrase, status=problem.status
    )
    wait_s = problem.retry_after_s
    return _answer(typesetter, leaf, visit, {} if wait_s is None else {"Retry-After": str(wait_s)})


def _reads_pages(request: Request) -> bool:
    """True for a browser; a program is told of trouble as everywhere else, by the application."""
    return "text/html" in request.headers.get("accept", "")


def visit_of(request: Request) -> Visit:
    """What a request asks."""
    query = dict(reversed(request.query_params.multi_items()))
    accepted = request.headers.get("accept-language")
    return Visit(
        language=spoken(query.get("lang"), accepted),
        path="/" + quote(request.scope["path"]).lstrip("/"),  # "//name" would be another host
        parts={name: str(value) for name, value in request.path_params.items()},
        query=query,
    )


def _answer(
    typesetter: Typesetter, leaf: Leaf, visit: Visit, headers: Mapping[str, str] = NO_HEADERS
) -> Answer:
    return Answer(
        body=typesetter.set(leaf, visit),
        media_type=HTML,
        status=leaf.status,
        headers={"Vary": "Accept-Language", **headers},
    )
