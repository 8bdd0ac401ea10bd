"""What the planner puts into the queue at a tick."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from cli.queueing import AHEAD_JOBS, Planner, queue_of, want
from cli.settings import load_settings
from crawler.papers import find_paper
from tests.cli.conftest import Doorstep
from tests.storage.conftest import postgresql  # noqa: F401


def test_of_a_long_history_only_the_next_jobs_wait(
    door: Doorstep,
    postgresql: Callable[[], str],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BAOKU_DATABASE_URL", postgresql())
    settings, paper = load_settings(home=door.home), find_paper("cqrb")
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(AHEAD_JOBS + 50)]
    assert want(settings, paper, days, 7) == len(days)
    planner = Planner(settings, [(paper, 7)], site=None)
    for _ in range(2):
        planner.tick()
        with queue_of(settings) as queue:
            assert queue.waiting() == AHEAD_JOBS
