"""Raw first: every answer goes to the shelf before anybody reads it, and no answer twice."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from crawler.fetch import Validators, validators_of
from press.capture import Capture, Exchange, Import
from press.errors import ArchiveDamaged, CaptureMissing
from storage.catalogue import Catalogue
from storage.raw import Shelf

_PAGE: Final = 200
_UNCHANGED: Final = 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is kept of an address: its last capture, the body, and what to ask for a change with.

    `validators` are empty where the server gave none.
    """

    capture: Capture
    body: bytes
    validators: Validators


class Keeper:
    """Puts answers on the shelf and remembers the captures that no transaction holds yet.

    `keep` is what a Fetcher calls for each complete exchange. The work that follows commits what
    `committing` gives, together with what it read from them.
    """

    def __init__(self, shelf: Shelf, catalogue: Catalogue) -> None:
        self._shelf = shelf
        self._catalogue = catalogue
        self._pending: list[Capture] = []
        self._latest: Capture | None = None

    @property
    def pending(self) -> tuple[Capture, ...]:
        """Captures appended since the last commit, in order."""
        return tuple(self._pending)

    def latest(self) -> Capture:
        """The capture of the exchange that came in last; after a 304, what it says still holds."""
        if self._latest is None:
            raise LookupError("nothing was kept yet")
        return self._latest

    def known(self, url: str) -> Known | None:
        """What is kept of the address, if the last answer there (status 200) was read.

        None where nothing is kept, something else came last, no page and no article was read from
        it, or the shelf does not give it back true: then it must be asked for as a whole. A bot
        check or half a page that a server calls unchanged would otherwise stay for good.
        """
        last = self._last_capture(url)
        if last is None or last.status != _PAGE or not self._was_read(last):
            return None
        try:
            kept = self._shelf.read(last.place)
            body = kept.body if kept.body is not None else self._referred_body(last)
        except ArchiveDamaged:
            return None  # verify reports the damage; a whole answer mends it
        return Known(capture=last, body=body, validators=validators_of(kept.headers))

    def keep(self, item: Exchange | Import) -> None:
        """Appends the item, unless the last capture of its address had the same answer.

        A 304 says just that, and is not kept. An answer whose body lies on the shelf already is kept as a reference to it, and an import
        not at all: it is no visit to the source, so it tells nothing new.
        """
        if isinstance(item, Exchange) and item.status == _UNCHANGED:
            self._latest = self._last_capture(item.url)
            return
        digest = hashlib.sha256(item.body).hexdigest()
        known = self._capture_of_body(digest)
        same = known if isinstance(item, Import) else self._same_answer(item, digest)
        if same is not None:
            self._latest = same
            return
        self._latest = self._shelf.append(item, known=known)
        self._pending.append(self._latest)

    @contextmanager
    def committing(self) -> Iterator[tuple[Capture, ...]]:
        """The pending captures, for a transaction that begins and ends within.

        They lie where the catalogue may point before they are given. Where the transaction fails
        they stay pending. Raises StoreError.
        """
        if self._pending:
            self._shelf.deposit()
        yield self.pending
        self._pending.clear()
        self._shelf.release()

    def _was_read(self, capture: Capture) -> bool:
        with self._catalogue.reading() as reader:
            return reader.was_read(capture.place.sha256)

    def _referred_body(self, revisit: Capture) -> bytes:
        whole = self._capture_of_body(revisit.place.sha256)
        body = None if whole is None else self._shelf.read(whole.place).body
        if body is None:
            raise CaptureMissing(f"the body that a revisit of {revisit.url} refers to is not kept")
        return body

    def _same_answer(self, item: Exchange, digest: str) -> Capture | None:
        last = self._last_capture(item.url)
        is_same = last is not None and (last.place.sha256, last.status) == (digest, item.status)
        return last if is_same else None

    def _last_capture(self, url: str) -> Capture | None:
        fresh = (capture for capture in reversed(self._pending) if capture.url == url)
        found = next(fresh, None)
        if found is not None:
            return found
        with self._catalogue.reading() as reader:
            return reader.last_capture(url)

    def _capture_of_body(self, digest: str) -> Capture | None:
        whole = (capture for capture in self._pending if capture.kind != "revisit")
        found = next((capture for capture in whole if capture.place.sha256 == digest), None)
        if found is not None:
            return found
        with self._catalogue.reading() as reader:
            return reader.capture_of_body(digest)
