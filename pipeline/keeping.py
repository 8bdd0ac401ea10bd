"""Raw first: every answer goes to the shelf before anybody reads it, and no answer twice."""

import hashlib

from press.capture import Capture, Exchange, Import
from storage.catalogue import Catalogue
from storage.raw import Shelf


class Keeper:
    """Puts answers on the shelf and remembers the captures that no transaction holds yet.

    `keep` is what a Fetcher calls for each complete exchange. The work that follows commits
    `pending` together with what it read from them, and then calls `committed`.
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
        """The capture of the exchange that came in last."""
        if self._latest is None:
            raise LookupError("nothing was kept yet")
        return self._latest

    def keep(self, item: Exchange | Import) -> None:
        """Appends the item, unless the last capture of its address had the same answer.

        An answer whose body lies on the shelf already is kept as a reference to it, and an import
        not at all: it is no visit to the source, so it tells nothing new.
        """
        digest = hashlib.sha256(item.body).hexdigest()
        known = self._capture_of_body(digest)
        same = known if isinstance(item, Import) else self._same_answer(item, digest)
        if same is not None:
            self._latest = same
            return
        self._latest = self._shelf.append(item, known=known)
        self._pending.append(self._latest)

    def committed(self) -> None:
        """The pending captures are in the catalogue now."""
        self._pending.clear()

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
