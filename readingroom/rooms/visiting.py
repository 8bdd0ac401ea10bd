"""From a request to what it asks, and from a leaf to the answer."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from starlette.requests import Request

from readingroom.answer import Answer
from readingroom.rooms.language import spoken
from readingroom.rooms.leaf import Leaf, Visit
from readingroom.rooms.setting import Typesetter

HTML: Final = "text/html; charset=utf-8"
NO_HEADERS: Final[Mapping[str, str]] = {}


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


def page_answer(
    typesetter: Typesetter, leaf: Leaf, visit: Visit, headers: Mapping[str, str] = NO_HEADERS
) -> Answer:
    """The leaf as a page; what it says depends on the language that a browser likes."""
    return Answer(
        body=typesetter.set(leaf, visit),
        media_type=HTML,
        status=leaf.status,
        headers={"Vary": "Accept-Language", **headers},
    )
