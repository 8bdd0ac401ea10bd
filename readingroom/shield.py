"""What stands around every room: who may come in, how often, and the headers on each answer."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, TypeAlias

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from readingroom.answer import Answer
from readingroom.doorkeeper import Doorkeeper
from readingroom.problem import Problem

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Robots-Tag": "noindex, noarchive",
    "Cache-Control": "private",
}
"""On every answer that does not say otherwise itself. Nothing inline, nothing from elsewhere."""

MAX_TARGET_BYTES: Final = 4096
MAX_HEAD_BYTES: Final = 16 << 10
MAX_IN_FLIGHT: Final = 1000

_METHODS = ("GET", "HEAD")

Tell: TypeAlias = Callable[[Request, Problem], Answer]
"""How a reader is told of trouble: each as it reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`hosts` are the names under which the room is reached, None for any.

    `is_behind_proxy`: every request comes from a proxy of ours, which says for whom.
    """

    hosts: frozenset[str] | None
    is_behind_proxy: bool = False


class Shield:
    """The outermost application: turns away what is not for the rooms, and signs every answer."""

    def __init__(
        self,
        app: ASGIApp,
        rules: Rules,
        doorkeeper: Doorkeeper,
        tell: Tell,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._rules = rules
        self._doorkeeper = doorkeeper
        self._tell = tell
        self._monotonic = monotonic
        self._in_flight = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the server's own start and end."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no room speaks anything else; the server closes the connection
        signed = _signing(send, is_head=scope["method"] == "HEAD")
        problem = self._refusal(scope)
        if problem is not None:
            await _refused(problem, self._tell(Request(scope), problem))(scope, receive, signed)
            return
        self._in_flight += 1
        try:
            await self._app(scope, receive, signed)
        finally:
            self._in_flight -= 1

    def _refusal(self, scope: Scope) -> Problem | None:
        headers = Headers(scope=scope)
        problem = refusal(scope, headers, self._rules)
        if problem is None and self._in_flight >= MAX_IN_FLIGHT:
            problem = Problem(
                status=HTTPStatus.SERVICE_UNAVAILABLE,
                detail="too many readers at once: try again",
                retry_after_s=2,
            )
        if problem is None:
            client = client_of(scope, headers, self._rules)
            problem = self._doorkeeper.refusal(client, scope["path"], headers, self._monotonic())
        return problem


def refusal(scope: Scope, headers: Headers, rules: Rules) -> Problem | None:
    """Why a request is turned away, whoever asks; None when it is not. Pure."""
    target_bytes = len(scope.get("raw_path") or b"") + len(scope["query_string"])
    head_bytes = sum(len(name) + len(value) for name, value in scope["headers"])
    hosts = headers.getlist("host")
    is_foreign = headers.get("sec-fetch-site") == "cross-site"
    checks = (
        (
            scope["method"] not in _METHODS,
            HTTPStatus.METHOD_NOT_ALLOWED,
            "only GET and HEAD are served",
        ),
        (
            target_bytes > MAX_TARGET_BYTES,
            HTTPStatus.REQUEST_URI_TOO_LONG,
            "the address is too long",
        ),
        (
            head_bytes > MAX_HEAD_BYTES,
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            "the head is too long",
        ),
        (
            headers.get("content-length", "0") != "0" or "transfer-encoding" in headers,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "a GET has no body",
        ),
        (
            len(hosts) != 1 or (rules.hosts is not None and _name(hosts[0]) not in rules.hosts),
            HTTPStatus.FORBIDDEN,
            "this name is not served: see baoku serve --help for --behind-proxy",
        ),
        (
            is_foreign and headers.get("sec-fetch-mode") != "navigate",
            HTTPStatus.FORBIDDEN,
            "another site's page asked for this",
        ),
    )
    found = ((status, detail) for is_so, status, detail in checks if is_so)
    return next((Problem(status=status, detail=detail) for status, detail in found), None)


def client_of(scope: Scope, headers: Headers, rules: Rules) -> str:
    """Who asks: the address that our proxy names last, or that of the connection. Pure."""
    if rules.is_behind_proxy:
        named = headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        if named:
            return named[:64]
    client = scope.get("client")
    return str(client[0]) if client else "unknown"


def _name(host: str) -> str:
    """The name in "name:8080" or "[::1]:8080", lower case."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).lower()


def _signing(send: Send, *, is_head: bool) -> Send:
    async def signed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        elif is_head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return signed


def _refused(problem: Problem, answer: Answer) -> Response:
    headers = dict(answer.headers) | {"Connection": "close"}
    if problem.status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_METHODS)
    if problem.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Basic realm="Baoku", charset="UTF-8"'
    return Response(answer.body, answer.status, headers, media_type=answer.media_type)
