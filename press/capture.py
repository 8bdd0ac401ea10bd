"""What came over the wire, and where it is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its complete answer.

    `request_bytes` and `response_bytes` are as they went over the wire (header block, then the
    body with its transfer framing and content coding). `body` is what they decode to.
    `headers` keep the server's order and case. `sent_at` is aware UTC.
    """

    url: str
    request_bytes: bytes
    response_bytes: bytes
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    sent_at: datetime
    ip_address: str | None

    def header(self, name: str) -> str | None:
        """The first value of the header of that name in any case; None when absent."""
        return header_of(self.headers, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A file that a person handed in: kept as it is, like an answer without a request."""

    url: str
    content_type: str
    body: bytes
    imported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a record lies on the shelf.

    `file` is a name inside the shelf's folder; `offset` and `length` bound one gzip member, in
    bytes. `sha256` (hex) is of the decoded body, so it can be compared across records.
    """

    file: str
    offset: int
    length: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The kept bytes of one answer: what was asked, what came back, when, and where it lies.

    `kind` is "response", "revisit" (the same body was kept before) or "resource" (an import);
    `status` is 0 for an import. `content_type` is the header's value, None when absent.
    """

    url: str
    status: int
    content_type: str | None
    captured_at: datetime
    kind: Literal["response", "revisit", "resource"]
    place: Place


def header_of(headers: tuple[tuple[str, str], ...], name: str) -> str | None:
    """The first value of the header `name`, compared without case; None when absent."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)
