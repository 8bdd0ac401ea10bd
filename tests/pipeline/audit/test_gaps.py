"""Days that nobody asked for, and pages that never came."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crawler.papers import find_paper
from pipeline.audit.gaps import breaches_of_calendar
from press.model import PageNo
from replica.scenario import Fault, Scenario

PAPER = find_paper("cqrb")
START = date(2026, 1, 1)


def nothing_known(slug: str, since: date, until: date) -> Mapping[date, frozenset[PageNo]]:
    return {}


def spans(days: list[date], known: Any = nothing_known, paper: Any = PAPER) -> list[str]:
    breaches = list(breaches_of_calendar("cqrb", 7, days, paper, known))
    assert {(breach.promise, breach.kind) for breach in breaches} <= {(1, "gap")}
    return [breach.subject.removeprefix("cqrb page 7 ") for breach in breaches]


def january(*days: int) -> list[date]:
    return [date(2026, 1, day) for day in days]


def test_forgotten_days_are_folded_into_ranges() -> None:
    assert spans(january(1, 2, 6, 7, 9)) == ["2026-01-03..2026-01-05", "2026-01-08"]
    assert spans(january(1, 2, 3)) == []
    assert spans([]) == []


def test_days_without_an_issue_are_no_gap() -> None:
    weekly = replace(PAPER, weekdays=frozenset({3}))  # 2026-01-01 was a Thursday
    assert spans(january(1, 8, 15), paper=weekly) == []
    assert spans(january(1, 22), paper=weekly) == ["2026-01-08..2026-01-15"]


def test_an_issue_that_is_known_not_to_have_the_page_parts_a_range() -> None:
    known = {
        date(2026, 1, 3): frozenset[PageNo](),
        date(2026, 1, 4): frozenset[PageNo]({1, 2}),
        date(2026, 1, 5): frozenset[PageNo]({1, 7}),
    }
    assert spans(january(1, 6), lambda *_: known) == ["2026-01-02", "2026-01-05"]


@given(st.sets(st.integers(0, 60), min_size=1))
def test_each_day_between_the_first_and_the_last_is_asked_for_or_in_one_range(
    chosen: set[int],
) -> None:
    days = [START + timedelta(days=n) for n in sorted(chosen)]
    forgotten = []
    for span in spans(days):
        first, _, last = span.partition("..")
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last or first):
            forgotten.append(day)
            day += timedelta(days=1)
    every = {days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)}
    assert len(forgotten) == len(set(forgotten))
    assert set(forgotten) == every - set(days)


def test_a_lost_ledger_entry_of_a_day_without_an_issue_is_a_gap(whole: Any) -> None:
    whole.sql("DELETE FROM ledger WHERE issue_date = '2026-01-09'")
    breaches, audit = whole.audit()
    assert [breach.subject for breach in breaches] == ["cqrb page 7 2026-01-09"]
    assert (breaches[0].kind, audit.exit_code) == ("gap", 20)


def test_a_page_that_is_wanted_and_that_nobody_has_looked_at_is_a_gap(whole: Any) -> None:
    whole.sql(
        "UPDATE ledger SET state = 'retry', cause = 'wanted', attempts = 0, evidence = NULL,"
        " next_attempt_at = '2026-01-13 00:00:00' WHERE issue_date = '2026-01-06'"
    )
    (breach,), audit = whole.audit()
    assert "still to be fetched (wanted)" in breach.sentence
    assert (breach.kind, audit.exit_code) == ("gap", 20)


def test_a_page_of_one_day_only_is_no_gap_on_the_days_whose_issue_lists_no_such_page(
    new_desk: Callable[..., Any], audited: Callable[..., Any]
) -> None:
    """Page 7 is due each day; a page that only some issues have is not."""
    first, middle, last = january(8, 9, 10)
    faults = {(middle, 3): Fault("page_absent"), first: Fault("no_issue")}
    desk = new_desk(Scenario(name="test", faults=faults))
    for day in (first, middle, last):
        desk.archive(day, 7)
    desk.archive(last, 3)
    assert audited(desk).breaches() == []


def test_a_page_that_never_came_needs_no_evidence_and_is_still_to_be_fetched(
    unreachable: Any,
) -> None:
    breaches, audit = unreachable.audit()
    assert [(b.kind, "unreachable" in b.sentence) for b in breaches] == [("gap", True)]
    assert audit.exit_code == 20


def test_a_page_that_failed_is_still_to_be_archived(
    new_desk: Callable[..., Any], audited: Callable[..., Any]
) -> None:
    desk = new_desk(Scenario(name="test", faults={START: Fault("changed_layout")}))
    desk.archive(START)
    (breach,) = audited(desk).breaches()
    assert (breach.kind, "layout_changed" in breach.sentence) == ("gap", True)


def test_a_page_that_was_not_yet_due_is_a_gap_from_the_next_day_on(
    new_desk: Callable[..., Any], audited: Callable[..., Any]
) -> None:
    desk = new_desk(Scenario(name="test", faults={START: Fault("no_issue")}))
    desk.clock.moment = datetime(2025, 12, 31, 17, tzinfo=UTC)  # one in the morning in Beijing
    desk.archive(START)
    archive = audited(desk)
    assert archive.breaches(now=datetime(2026, 1, 1, 15, tzinfo=UTC)) == []
    (breach,) = archive.breaches(now=datetime(2026, 1, 1, 17, tzinfo=UTC))
    assert "its hour has come" in breach.sentence


def test_a_newspaper_that_no_file_describes_is_told_once(whole: Any) -> None:
    breaches, audit = whole.audit(papers={})
    assert [(breach.kind, breach.subject) for breach in breaches] == [("gap", "cqrb")]
    assert audit.exit_code == 20
