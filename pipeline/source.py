"""Where answers come from: tonight's site or the shelf, behind one word."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol

from crawler.fetch import Fetcher, normal_url, redirect_target, retry_after_s
from crawler.papers.addresses import Mirror
from crawler.reading import Answer
from pipeline.keeping import Keeper, Known
from press.capture import Capture, header_of
from press.errors import CaptureMissing, NotOnShelf, OversizedAnswer
from storage.catalogue import Catalogue, Reader
from storage.raw import Kept, Shelf

_UNCHANGED: Final = 304
_PAGE: Final = 200
_HOPS: Final = 5


class Source(Protocol):
    """Answers addresses, and says where each answer is kept."""

    def answer(self, url: str) -> tuple[Answer, Capture]:
        """The answer to the paper's own address `url`, whatever its status, and its capture.

        Raises FetchError where no complete answer came.
        """
        ...


class LiveSource:
    """The site itself, or its mirror, through a polite fetcher that keeps what it gets.

    `known` says what is kept of an address, so that it is asked for only if it changed: the
    keeper's own `known`, or `nothing_known` to see every page anew.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        keeper: Keeper,
        mirror: Mirror,
        known: Callable[[str], Known | None],
    ) -> None:
        self._fetcher = fetcher
        self._keeper = keeper
        self._mirror = mirror
        self._known = known

    def answer(self, url: str) -> tuple[Answer, Capture]:
        """As Source says. An unchanged page is answered from the shelf, as it came then."""
        asked = normal_url(self._mirror.outward(url))
        known = self._known(asked)
        exchange = self._fetcher.fetch(asked, None if known is None else known.validators)
        if known is not None and exchange.status == _UNCHANGED:
            answer = Answer(
                url=self._mirror.inward(asked, url),
                status=known.capture.status,
                content_type=known.capture.content_type,
                body=known.body,
            )
            return answer, known.capture
        answer = Answer(
            url=self._mirror.inward(exchange.url, url),
            status=exchange.status,
            content_type=exchange.header("Content-Type"),
            body=exchange.body,
            wait_s=retry_after_s(exchange.header("Retry-After"), exchange.sent_at),
        )
        return answer, self._keeper.latest()


def nothing_known(_url: str) -> None:
    """None for every address: each page is asked for as a whole."""


class ShelfSource:
    """The answers that are kept, without a network.

    `origins` are mirrors ("http://127.0.0.1:8123") under whose addresses some may have been kept;
    of those and the paper's own the newest counts. With `until` only what was captured up to then
    is there. A file that was imported under its address stands for a page (status 200).
    """

    def __init__(
        self,
        catalogue: Catalogue,
        shelf: Shelf,
        origins: tuple[str, ...] = (),
        until: datetime | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._shelf = shelf
        self._mirrors = tuple(map(Mirror, (None, *origins)))
        self._until = until

    def answer(self, url: str) -> tuple[Answer, Capture]:
        """As Source says: the newest answer of any status, its redirects followed as they are kept.

        Raises NotOnShelf where nothing is kept, OversizedAnswer after five redirects, and
        CaptureMissing or DigestMismatch where the shelf is damaged.
        """
        own = url
        for _ in range(_HOPS + 1):
            mirror, capture = self._newest(own)
            kept = self._shelf.read(capture.place)
            location = header_of(kept.headers, "Location")
            target = redirect_target(capture.url, capture.status, location)
            if target is None:
                with self._catalogue.reading() as reader:
                    own = mirror.inward(capture.url, url)
                    return kept_answer(kept, capture, own, self._shelf, reader), capture
            own = mirror.inward(target, url)
        raise OversizedAnswer(f"More than {_HOPS} redirects are kept; crawl it again", url=url)

    def _newest(self, own: str) -> tuple[Mirror, Capture]:
        """The newest capture of the address, and the mirror under which it was kept."""
        asked = [(mirror, normal_url(mirror.outward(own))) for mirror in self._mirrors]
        with self._catalogue.reading() as reader:
            found = [(mirror, reader.last_capture(url, self._until)) for mirror, url in asked]
        kept = [(mirror, capture) for mirror, capture in found if capture is not None]
        if not kept:
            raise NotOnShelf("No answer of this address is kept; crawl it first", url=own)
        return max(kept, key=lambda one: _moment(one[1]))


def kept_answer(kept: Kept, capture: Capture, url: str, shelf: Shelf, reader: Reader) -> Answer:
    """A kept record as the answer that it was, under the paper's own address `url`.

    A revisit's body lies in the capture that it repeats. A file that was imported stands for a
    page (status 200). Raises CaptureMissing or DigestMismatch where the body is lost.
    """
    return Answer(
        url=url,
        status=_PAGE if capture.kind == "resource" else capture.status,
        content_type=capture.content_type,
        body=_body_repeated(capture, shelf, reader) if kept.body is None else kept.body,
        wait_s=retry_after_s(header_of(kept.headers, "Retry-After"), capture.captured_at),
    )


def _body_repeated(revisit: Capture, shelf: Shelf, reader: Reader) -> bytes:
    whole = reader.capture_of_body(revisit.place.sha256)
    body = None if whole is None else shelf.read(whole.place).body
    if body is None:
        raise CaptureMissing(
            f"the body of {revisit.url} that {revisit.place.file} at {revisit.place.offset} "
            "refers to is not on the shelf: restore its file from a backup"
        )
    return body


def _moment(capture: Capture) -> tuple[datetime, str, int]:
    return capture.captured_at, capture.place.file, capture.place.offset
