"""What goes wrong for a reader, as RFC 9457's problem. Pure."""

import json
from dataclasses import dataclass
from http import HTTPStatus

from press.errors import (
    ArchiveHeld,
    CatalogueBusy,
    HomeUnusable,
    NotInArchive,
    PressError,
    StoreError,
    TooExpensive,
    UsageError,
)
from press.record import Json
from readingroom.answer import Answer

MEDIA_TYPE = "application/problem+json"

_KEEPERS: tuple[tuple[type[StoreError], str, int], ...] = (
    (ArchiveHeld, "the archive is being written to: try again", 2),
    (CatalogueBusy, "too many readers at once: try again", 2),
    (HomeUnusable, "the archive cannot be read now: ask its keeper", 30),
    (StoreError, "this part of the archive is damaged: ask its keeper to run baoku verify", 3600),
)
"""Errors whose own words name paths, which are for the keeper: what readers are told instead, and
after how many seconds they may try again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A status and a sentence; `retry_after_s` is None where trying again is no use."""

    status: HTTPStatus
    detail: str
    retry_after_s: int | None = None

    def as_json(self) -> dict[str, Json]:
        """The members of RFC 9457; the type is always the status itself."""
        return {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
        }


def problem_of(error: PressError) -> Problem:
    """What a reader is told of an error. Nothing of the machine: no path, no address."""
    if isinstance(error, NotInArchive):
        return Problem(status=HTTPStatus.NOT_FOUND, detail=str(error))
    if isinstance(error, TooExpensive):
        return _unavailable(str(error), 60)
    if isinstance(error, UsageError):
        return Problem(status=HTTPStatus.BAD_REQUEST, detail=str(error))
    for kind, detail, retry_after_s in _KEEPERS:
        if isinstance(error, kind):
            return _unavailable(detail, retry_after_s)
    return _unavailable("this cannot be answered now: ask its keeper", 60)


def problem_answer(problem: Problem) -> Answer:
    """The problem as JSON; never kept by a cache."""
    headers = {"Cache-Control": "no-store"}
    if problem.retry_after_s is not None:
        headers["Retry-After"] = str(problem.retry_after_s)
    body = json.dumps(problem.as_json(), ensure_ascii=False).encode()
    return Answer(body=body, media_type=MEDIA_TYPE, status=problem.status.value, headers=headers)


def _unavailable(detail: str, retry_after_s: int) -> Problem:
    return Problem(
        status=HTTPStatus.SERVICE_UNAVAILABLE, detail=detail, retry_after_s=retry_after_s
    )
