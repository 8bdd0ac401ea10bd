"""How much a plan is, and how long it takes. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.plan import ArchiveIssue, Intent, SkipPage
from press.usual import Usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a plan comes to: pages to be asked for, pages left alone, requests, and seconds."""

    pages: int
    held: int
    requests: int
    wait_s: float

    @property
    def page_s(self) -> float:
        """Seconds a page."""
        return self.wait_s / self.pages if self.pages else 0.0


def estimate(intents: Iterable[Intent], usual: Usual, interval_s: float) -> Estimate:
    """What the intents come to, for issues and pages of the usual size, at that rate.

    A page is its index and its articles, each one request; requests are `interval_s` apart.
    """
    pages, held, requests = 0.0, 0, 0.0
    for intent in intents:
        if isinstance(intent, SkipPage):
            held += 1
            continue
        here = usual.pages if isinstance(intent, ArchiveIssue) else 1.0
        pages += here
        requests += here * (1 + usual.articles)
    return Estimate(
        pages=round(pages),
        held=held,
        requests=round(requests),
        wait_s=round(requests) * interval_s,
    )
