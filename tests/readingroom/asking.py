"""A reading room asked in this process, without a socket."""

import asyncio
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx

from readingroom.app import make_app
from readingroom.doorkeeper import Doorkeeper
from readingroom.library import Library
from readingroom.rooms.router import make_rooms
from readingroom.shield import Rules, Shield
from storage.catalogue import Catalogue
from storage.raw import Shelf

NOW = datetime(2031, 2, 4, tzinfo=UTC)
HERE = Rules(hosts=frozenset({"localhost", "127.0.0.1"}))
ARTICLE = "cqrb-20310203-007-353117"
PAGE = "cqrb-20310203-007"


class StillClock:
    """It is always NOW."""

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0

    def sleep(self, wait_s: float) -> None:
        raise AssertionError("nothing in the reading room sleeps")


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Asks the application; each call is a life of its own, so no loop is shared."""

    home: Path
    url: str
    rules: Rules = HERE
    budget_s: float = 5.0
    doorkeeper: Doorkeeper = field(default_factory=Doorkeeper)

    def get(self, path: str, *, method: str = "GET", **headers: str) -> httpx.Response:
        """One request; header names are written with _ for -."""
        return self.ask([(method, path)], **headers)[0]

    def ask(
        self,
        calls: list[tuple[str, str]],
        *,
        first: Callable[[], object] = lambda: None,
        **headers: str,
    ) -> list[httpx.Response]:
        """Several requests, one after the other; `first` happens once the room is open."""
        with closing(Catalogue.open(self.url, read_only=True, budget_s=self.budget_s)) as catalogue:
            first()
            return asyncio.run(ask_app(self.app(catalogue), calls, headers))

    def ask_between(
        self, calls: list[tuple[str, str]], events: list[Callable[[], object]]
    ) -> list[httpx.Response]:
        """Several requests of one open room; before each of them something happens."""

        async def ask(app: Shield) -> list[httpx.Response]:
            answers = []
            for call, event in zip(calls, events, strict=True):
                event()
                answers += await ask_app(app, [call], {})
            return answers

        with closing(Catalogue.open(self.url, read_only=True, budget_s=self.budget_s)) as catalogue:
            return asyncio.run(ask(self.app(catalogue)))

    def app(self, catalogue: Catalogue) -> Shield:
        """The application over that catalogue."""
        shelf = Shelf(self.home / "raw", clock=StillClock(), software="test")
        library = Library(catalogue, shelf, StillClock())
        return make_app(
            library,
            self.home,
            rules=self.rules,
            doorkeeper=self.doorkeeper,
            version="1.2.3",
            rooms=make_rooms(library),
        )


async def ask_app(
    app: Shield, calls: list[tuple[str, str]], headers: dict[str, str]
) -> list[httpx.Response]:
    """Several requests of an application, one after the other."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        return [await client.request(method, path, headers=named) for method, path in calls]
