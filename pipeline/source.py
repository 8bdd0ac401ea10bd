"""Where answers come from: tonight's site, and later the shelf, behind one word."""

from typing import Protocol

from crawler.fetch import Fetcher, retry_after_s
from crawler.papers.addresses import Mirror
from crawler.reading import Answer
from pipeline.keeping import Keeper
from press.capture import Capture
from press.clock import Clock


class Source(Protocol):
    """Answers addresses, and says where each answer is kept."""

    def answer(self, url: str) -> tuple[Answer, Capture]:
        """The answer to the paper's own address `url`, whatever its status, and its capture.

        Raises FetchError where no complete answer came.
        """
        ...


class LiveSource:
    """The site itself, or its mirror, through a polite fetcher that keeps what it gets."""

    def __init__(self, fetcher: Fetcher, keeper: Keeper, mirror: Mirror, clock: Clock) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._keeper = keeper
        self._mirror = mirror

    def answer(self, url: str) -> tuple[Answer, Capture]:
        """As Source says."""
        exchange = self._fetcher.fetch(self._mirror.outward(url))
        answer = Answer(
            url=self._mirror.inward(exchange.url, url),
            status=exchange.status,
            content_type=exchange.header("Content-Type"),
            body=exchange.body,
            wait_s=retry_after_s(exchange.header("Retry-After"), exchange.sent_at),
        )
        return answer, self._keeper.latest()
