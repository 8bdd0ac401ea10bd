"""Each trouble of the replica ends as the replica's own ledger says that it must."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from replica.ledger import true_state
from replica.scenarios import FAULT_DATES, MONTH_DATES, SCENARIOS
from replica.server import ReplicaServer

SLOW = {"slow"}  # only a clock on the wall shows it
DATES = {
    **{label: ("faults", day, 3) for label, day in FAULT_DATES.items() if label not in SLOW},
    **{f"month: {label}": ("month", days[0], 3) for label, days in MONTH_DATES.items()},
    "too_many_requests": ("faults", FAULT_DATES["too_many_requests"], 10),
}


@pytest.mark.parametrize(("name", "day", "looks"), DATES.values(), ids=DATES)
def test_after_enough_looks_the_ledger_says_what_is_true(
    new_desk: Callable[..., Any],
    go_live: Callable[..., ReplicaServer],
    name: str,
    day: date,
    looks: int,
) -> None:
    desk = new_desk(SCENARIOS[name])
    go_live(desk)
    states: list[str] = []
    for _ in range(looks):
        states.append(desk.archive(day).verdict.state)
    state, cause = true_state(desk.source.site, day, 7)
    if state == "withdrawn":
        assert states[0] == "archived"
        assert states[-1] != "archived"
    else:
        entry = desk.ledger(day)
        assert (entry.state, entry.cause) == (state, cause)
