"""The reading room as an ASGI application: its routes, and what is told when something fails."""

from functools import partial
from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from press.errors import PressError
from readingroom.answer import Answer, json_answer
from readingroom.api import OPERATIONS
from readingroom.api.openapi import openapi
from readingroom.api.operation import Operation, read_parameters
from readingroom.doorkeeper import Doorkeeper
from readingroom.health import check_health, health_answer
from readingroom.library import Library, respond
from readingroom.problem import Problem, problem_of
from readingroom.rooms.router import Rooms
from readingroom.shield import Rules, Shield, Tell
from storage.catalogue import Searcher
from storage.export.prometheus import metrics_text

METRICS = "text/plain; version=0.0.4; charset=utf-8"


def make_app(
    library: Library,
    home: Path,
    *,
    rules: Rules,
    doorkeeper: Doorkeeper,
    version: str,
    rooms: Rooms,
) -> Shield:
    """The application around an open archive; `home` is the folder whose disk is watched.

    Everything is answered under the shield's rules; the rooms tell trouble, to programs too.
    """
    document = json_answer(openapi(OPERATIONS, version))
    routes: list[BaseRoute] = [
        Route(one.path, partial(_operate, library, one), methods=["GET"]) for one in OPERATIONS
    ]
    routes += [
        Route("/openapi.json", partial(_give, document), methods=["GET"]),
        Route("/livez", partial(_give, json_answer({"status": "ok"})), methods=["GET"]),
        Route("/healthz", partial(_health, library, home), methods=["GET"]),
        Route("/metrics", partial(_metrics, library, version), methods=["GET"]),
    ]
    handlers = {
        PressError: partial(_told, rooms.tell),
        HTTPException: partial(_unknown, rooms.tell),
        Exception: partial(_unexpected, rooms.tell),
    }
    app = Starlette(routes=[*routes, *rooms.routes], exception_handlers=handlers)
    app.router.redirect_slashes = False
    return Shield(app, rules, doorkeeper, rooms.tell)


async def _operate(library: Library, operation: Operation, request: Request) -> Response:
    def work(searcher: Searcher) -> Answer:
        return operation.answer(library, searcher, asked)

    query = request.query_params.multi_items()
    asked = read_parameters(operation, request.path_params, query)
    return respond(request, await library.read(work))


async def _give(answer: Answer, request: Request) -> Response:
    return respond(request, answer)


async def _health(library: Library, home: Path, request: Request) -> Response:
    work = partial(check_health, library.catalogue, home, library.clock.now())
    return respond(request, health_answer(await library.aside(work)))


async def _metrics(library: Library, version: str, request: Request) -> Response:
    text = await library.read(lambda reader: metrics_text(reader, version))
    return respond(request, Answer(body=text, media_type=METRICS))


async def _told(tell: Tell, request: Request, error: PressError) -> Response:
    return respond(request, tell(request, problem_of(error)))


async def _unknown(tell: Tell, request: Request, error: HTTPException) -> Response:
    detail = "there is nothing at this address: see /openapi.json"
    problem = Problem(status=HTTPStatus(error.status_code), detail=detail)
    return respond(request, tell(request, problem))


async def _unexpected(tell: Tell, request: Request, _: Exception) -> Response:
    problem = Problem(
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        detail="this should not happen: the server's log has the reason",
    )
    return respond(request, tell(request, problem))
