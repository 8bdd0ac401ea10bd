"""When a site is left alone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pipeline.breaker import Breaker
from pipeline.plan import ArchivePage
from pipeline.verdict import Verdict
from press.errors import ChallengePage, SlowDown, SoftMissing, Unreachable
from press.keys import PageKey
from replica.scenario import Fault, Scenario

NOW = datetime(2026, 1, 12, 12, 0, tzinfo=UTC)
DAYS = [date(2026, 1, 10) - timedelta(days=n) for n in range(8)]


def ended(cause: str | None, wait_s: float | None = None) -> Verdict:
    state = "archived" if cause is None else "retry"
    return Verdict(state=state, cause=cause, exit_code=0, wait_s=wait_s)  # type: ignore[arg-type]


def noted(*causes: str | None) -> Breaker:
    breaker = Breaker()
    for cause in causes:
        breaker.note(ended(cause), NOW)
    return breaker


@pytest.mark.parametrize(
    ("cause", "limit"), [(ChallengePage.cause, 3), (Unreachable.cause, 5), (SlowDown.cause, 5)]
)
def test_so_many_pages_in_a_row_that_fail_alike_end_the_run(cause: str, limit: int) -> None:
    assert noted(*[cause] * (limit - 1)).broken is None
    assert cause in (noted(*[cause] * limit).broken or "")


def test_a_page_that_ends_otherwise_begins_the_count_anew() -> None:
    challenge = ChallengePage.cause
    assert noted(challenge, challenge, None, challenge, challenge).broken is None


def test_what_is_wrong_with_single_pages_never_ends_a_run() -> None:
    assert noted(*[SoftMissing.cause] * 50).broken is None
    assert noted(*[None] * 50).broken is None


def test_a_short_pause_is_waited_out_and_a_long_one_ends_the_run() -> None:
    breaker = Breaker()
    assert breaker.wait_s(NOW) == 0
    breaker.note(ended("retry_after", wait_s=60), NOW)
    assert breaker.wait_s(NOW + timedelta(seconds=50)) == 10
    breaker.note(ended("retry_after", wait_s=61), NOW)
    assert breaker.wait_s(NOW) is None
    assert "2026-01-12 12:01:01 UTC" in (breaker.broken or "")


def test_a_pause_of_an_earlier_run_still_holds() -> None:
    assert Breaker(NOW + timedelta(seconds=30)).wait_s(NOW) == 30
    assert Breaker(NOW - timedelta(seconds=30)).wait_s(NOW) == 0


def planned(days: list[date]) -> list[ArchivePage]:
    return [ArchivePage(key=PageKey("cqrb", day, 7), reason="the test says so") for day in days]


def test_a_site_that_challenges_every_page_is_left_alone_after_three(
    new_desk: Callable[..., Any],
) -> None:
    faults = {day: Fault("challenge") for day in DAYS}
    desk = new_desk(Scenario(name="walled", faults=faults))
    results = desk.carry_out(planned(DAYS))
    assert len(results) == len(desk.source.asked) == 3
    assert desk.harvest.cut_short is not None


def test_a_pause_that_a_server_asks_for_holds_for_every_page_of_it(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk(Scenario(name="busy", faults={DAYS[0]: Fault("busy")}))
    began = desk.clock.moment
    first, second = desk.carry_out(planned(DAYS[:2]))
    assert (first.verdict.cause, second.verdict.state) == ("retry_after", "archived")
    assert desk.clock.moment - began >= timedelta(seconds=7)


def test_a_long_pause_ends_this_run_and_keeps_the_next_from_asking(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    desk.source.spoils["/10/007/node.htm"] = SlowDown("pause", wait_s=900)
    first, unasked = desk.carry_out(planned(DAYS[:3]))
    assert (first.verdict.cause, unasked.was_held) == ("retry_after", True)
    asked = len(desk.source.asked)
    desk.begin_run()
    (unasked,) = desk.carry_out(planned(DAYS[1:3]))
    assert (unasked.verdict.exit_code, len(desk.source.asked)) == (20, 0)
    assert asked == 1
    assert desk.ledger(DAYS[1]) is None
