"""An answer of the site, before it goes over the wire."""

from dataclasses import dataclass, replace
from typing import Final

HTML: Final = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, headers and body. `claimed_length` overrides Content-Length, for an answer that
    ends early; with `pause_s` the body drips in pieces of `piece_bytes`, a pause before each.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    claimed_length: int | None = None
    pause_s: float = 0.0
    piece_bytes: int = 256

    def with_header(self, name: str, value: str) -> "Answer":
        """This answer with that header in place of any of the same name."""
        kept = [pair for pair in self.headers if pair[0].lower() != name.lower()]
        return replace(self, headers=(*kept, (name, value)))


def page(body: bytes, content_type: str = HTML, status: int = 200) -> Answer:
    """An answer that holds a page or a file."""
    return Answer(status=status, headers=(("Content-Type", content_type),), body=body)


def moved(location: str) -> Answer:
    """A redirect to a path of this site."""
    return page(b"", status=302).with_header("Location", location)


def missing() -> Answer:
    """The server's plain 404."""
    html = (
        "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"
    )
    return page(html.encode(), status=404)
