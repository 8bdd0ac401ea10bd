"""How the rooms read: in threads, each request one transaction, never more at once than allowed."""

from collections.abc import Callable, Hashable
from functools import partial
from http import HTTPStatus
from typing import Final, TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import Response

from press.clock import Clock
from readingroom.answer import Answer, headers_of, is_known
from readingroom.copies import Copies
from storage.catalogue import Catalogue, Searcher
from storage.raw import Shelf

Given = TypeVar("Given")

BUDGET_S: Final = 2.0
"""How long one request may read, and wait for a writer."""

READERS: Final = 4
"""Requests that read at the same time; the others wait their turn. Within SQLAlchemy's pool."""


class Library:
    """The archive as the reading room holds it: its catalogue, opened to read, and its shelf.

    To be made within an event loop or before it runs; used in one loop only.
    """

    def __init__(self, catalogue: Catalogue, shelf: Shelf, clock: Clock) -> None:
        self.catalogue = catalogue
        self.shelf = shelf
        self.clock = clock
        self._copies = Copies(catalogue.moment)
        self._turns: CapacityLimiter | None = None

    async def answer(self, asked: Hashable, work: Callable[[Searcher], Answer]) -> Answer:
        """As `read`, of an answer that only the archive and `asked` decide: a ready one if it holds."""
        make = partial(self._read, work)
        return await self.aside(partial(self._copies.give, asked, make))

    async def read(self, work: Callable[[Searcher], Given]) -> Given:
        """What `work` makes of the archive at one moment; it runs in a thread of its own.

        What it gives must not read on: a record, not a stream. Raises what `work` raises, and
        StoreError or TooExpensive where the catalogue cannot be read in time.
        """
        return await self.aside(partial(self._read, work))

    async def aside(self, work: Callable[[], Given]) -> Given:
        """What `work` gives, when its turn has come, in a thread of its own."""
        if self._turns is None:
            self._turns = CapacityLimiter(READERS)
        return await anyio.to_thread.run_sync(work, limiter=self._turns)

    def _read(self, work: Callable[[Searcher], Given]) -> Given:
        with self.catalogue.searching() as searcher:
            return work(searcher)


def respond(request: Request, answer: Answer) -> Response:
    """The answer over HTTP: whole, or the word that what the reader has still holds."""
    conditions = (request.headers.get("if-none-match"), request.headers.get("if-modified-since"))
    headers = headers_of(answer) if answer.status == HTTPStatus.OK else dict(answer.headers)
    if is_known(answer, *conditions):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(
        answer.body, status_code=answer.status, media_type=answer.media_type, headers=headers
    )
