"""Archiving day after day while the database's server is disturbed: whoever loses it starts again."""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

from sqlalchemy import event

from press.errors import HomeUnusable
from replica.scenario import Scenario
from tests.pipeline.conftest import Desk
from tests.storage.postgresql import OwnServer

SCENARIO = Scenario(name="healthy")


def archived_despite(
    folder: Path, url: str, days: Sequence[date], disturb: Callable[[Desk], None]
) -> tuple[list[str], int]:
    """The canonical export once every day was acknowledged, and how many runs were lost.

    A run that loses the server ends, and the next one begins with recovery, as a daemon's would.
    `disturb` is called with each run's archive before its first page. What was acknowledged is
    looked for at each start.
    """
    acknowledged: dict[date, str] = {}
    lost = 0
    while True:
        with closing(Desk(folder, SCENARIO, url)) as desk:
            for day, state in acknowledged.items():
                entry = desk.ledger(day)
                assert entry is not None, f"{day} was acknowledged and is gone"
                assert entry.state == state
            left = [day for day in days if day not in acknowledged]
            if not left:
                return desk.canonical(), lost
            disturb(desk)
            try:
                for day in left:
                    verdict = desk.archive(day).verdict
                    assert verdict.state == "archived"
                    acknowledged[day] = verdict.state
            except HomeUnusable:
                lost += 1


def crashes(server: OwnServer, chance: Random, number: int, apart: int) -> Callable[[Desk], None]:
    """A disturbance: the server crashes so many times, each within `apart` statements of the last.

    The statement at which it does meets a server that has just come up again.
    """
    counters = [chance.randrange(1, apart) for _ in range(number)]

    def one_statement_more(*_: object) -> None:
        if counters:
            counters[0] -= 1
            if counters[0] == 0:
                del counters[0]
                server.crash()

    def disturb(desk: Desk) -> None:
        event.listen(desk.catalogue.database.engine, "before_cursor_execute", one_statement_more)

    return disturb


def undisturbed(folder: Path, days: Sequence[date]) -> list[str]:
    """The canonical export of those days from SQLite."""
    return archived_despite(
        folder, f"sqlite:///{folder / 'catalogue.sqlite3'}", days, lambda _: None
    )[0]
