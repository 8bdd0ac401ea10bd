"""The rooms' addresses, and how a request becomes a page."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Final, TypeAlias

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from readingroom.answer import Answer
from readingroom.library import Library, respond
from readingroom.rooms.article import article, provenance
from readingroom.rooms.assets import KEPT, Asset, read_assets
from readingroom.rooms.issue import issue
from readingroom.rooms.leaf import Leaf, Visit
from readingroom.rooms.page import page
from readingroom.rooms.papers import entrance, paper
from readingroom.rooms.revisions import revisions
from readingroom.rooms.search import search
from readingroom.rooms.setting import Typesetter
from readingroom.rooms.trouble import FOR_PROGRAMS, Teller
from readingroom.rooms.visiting import page_answer, visit_of
from readingroom.shield import Tell
from storage.catalogue import Searcher

View: TypeAlias = Callable[[Searcher, Visit], Leaf]
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """The pages for people: `routes`, to be the last of an application's, and who tells trouble."""

    routes: Sequence[BaseRoute]
    tell: Tell


def make_rooms(library: Library) -> Rooms:
    """The rooms over an open archive. Everything is answered to GET and HEAD."""
    assets = read_assets()
    typesetter = Typesetter(assets)
    routes = [
        *(
            Route(asset.path, partial(_give_asset, asset), methods=["GET"])
            for asset in assets.values()
        ),
        *(Route(f"{path}/{{path:path}}", _nowhere, methods=["GET"]) for path in FOR_PROGRAMS),
        *(
            Route(path, partial(_show, library, typesetter, view), methods=["GET"])
            for path, view in VIEWS
        ),
        Route("/{path:path}", _nowhere, methods=["GET"]),
    ]
    return Rooms(routes=routes, tell=Teller(typesetter))


async def _show(library: Library, typesetter: Typesetter, view: View, request: Request) -> Response:
    visit = visit_of(request)

    def work(searcher: Searcher) -> Answer:
        return page_answer(typesetter, view(searcher, visit), visit)

    words = (visit.path, visit.language, *visit.query.items())
    return respond(request, await library.answer(words, work))


async def _nowhere(_: Request) -> Response:
    raise HTTPException(HTTPStatus.NOT_FOUND)


async def _give_asset(asset: Asset, request: Request) -> Response:
    headers = {"Cache-Control": KEPT}
    return respond(request, Answer(body=asset.body, media_type=asset.media_type, headers=headers))
