"""The marks by which a page is known to be unchanged, and the answer that says so."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final

from replica.answer import Answer

MODIFIED_AT: Final = datetime(2025, 11, 1, 22, tzinfo=UTC)
"""When every page was last modified, whatever happened to it: the ETag tells the versions apart."""


def marked(given: Answer, version: bytes) -> Answer:
    """The answer with an ETag that follows from `version` alone, and a Last-Modified."""
    etag = f'"{hashlib.sha256(version).hexdigest()[:16]}"'
    dated = given.with_header("Last-Modified", format_datetime(MODIFIED_AT, usegmt=True))
    return dated.with_header("ETag", etag)


def compared(given: Answer, asked: Mapping[str, str]) -> Answer:
    """The marked answer, or a 304 with its marks where the client has it already.

    `asked` are the request's headers by their names in lower case. As RFC 9110 (13.2.2) says,
    If-Modified-Since counts only without an If-None-Match.
    """
    marks = tuple(pair for pair in given.headers if pair[0] in {"ETag", "Last-Modified"})
    if not marks or not _is_known(dict(marks)["ETag"], asked):
        return given
    return Answer(status=304, headers=marks, body=b"")


def is_conditional(asked: Mapping[str, str]) -> bool:
    """True when the request wants the page only if it changed."""
    return bool({"if-none-match", "if-modified-since"} & set(asked))


def _is_known(etag: str, asked: Mapping[str, str]) -> bool:
    listed = asked.get("if-none-match")
    if listed is not None:
        tags = {tag.strip().removeprefix("W/") for tag in listed.split(",")}
        return bool(tags & {etag, "*"})
    try:
        since = parsedate_to_datetime(asked.get("if-modified-since", ""))
    except ValueError:
        return False
    return since.tzinfo is not None and since >= MODIFIED_AT
