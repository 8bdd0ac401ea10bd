from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entering import GIVE_UP_AFTER, entry_after, next_attempt_at
from pipeline.verdict import (
    Verdict,
    verdict_of_articles,
    verdict_of_errors,
    verdict_of_missing_issue,
    verdict_of_missing_page,
    withdrawn_if_shown,
)
from press.errors import (
    LayoutChanged,
)
from press.outcome import LedgerEntry
from tests.pipeline.looked import ARCHIVED, KEY, NOW, PAPER, RETRY, WITHDRAWN, an_entry


def after(before: LedgerEntry | None, verdict: Verdict, evidence: str | None = None) -> LedgerEntry:
    """The entry after a look at a page whose index was kept if it was ever archived."""
    was_shown = before is not None and before.state in {"archived", "withdrawn"}
    verdict = withdrawn_if_shown(verdict, was_shown=was_shown)
    return entry_after(before, verdict, key=KEY, evidence=evidence, now=NOW)


def test_of_an_archived_page_seen_again_unchanged_only_the_time_of_the_look_changes() -> None:
    before = an_entry(ARCHIVED)
    assert after(before, ARCHIVED, "aa") == replace(before, checked_at=NOW)


def test_an_archived_page_whose_source_changed_gets_its_new_evidence() -> None:
    entry = after(an_entry(ARCHIVED), ARCHIVED, "bb")
    assert (entry.evidence, entry.attempts) == ("bb", 2)


@pytest.mark.parametrize("kept", [ARCHIVED, verdict_of_articles(["x"]), WITHDRAWN])
def test_a_second_look_that_fails_takes_nothing_away_and_says_when_to_look_again(
    kept: Verdict,
) -> None:
    before = an_entry(kept)
    entry = after(before, RETRY)
    assert entry == replace(before, next_attempt_at=NOW + timedelta(minutes=15))
    later = after(entry, RETRY)
    assert later == replace(before, next_attempt_at=NOW + timedelta(days=1))


def test_a_layout_that_changed_after_a_page_was_archived_takes_nothing_away() -> None:
    before = an_entry(ARCHIVED)
    changed = verdict_of_errors([LayoutChanged("x")])
    assert after(before, changed) == replace(before, checked_at=NOW)


@pytest.mark.parametrize(
    "missing",
    [verdict_of_missing_page(KEY, (1, 2)), verdict_of_missing_issue(PAPER, KEY, NOW)],
)
def test_a_page_that_was_shown_and_is_no_longer_there_is_withdrawn_and_may_come_back(
    missing: Verdict,
) -> None:
    entry = after(an_entry(ARCHIVED), missing, "bb")
    assert (entry.state, entry.cause, entry.evidence) == ("withdrawn", missing.state, "bb")
    assert after(entry, missing, "bb").state == "withdrawn"
    assert after(entry, ARCHIVED, "aa").state == "archived"


def test_a_page_that_never_comes_needs_a_person_after_about_two_weeks() -> None:
    entry, now = None, NOW
    while entry is None or entry.next_attempt_at is not None:
        entry = entry_after(entry, RETRY, key=KEY, evidence=None, now=now)
        now = entry.next_attempt_at or now
    assert (entry.state, entry.cause, entry.attempts) == ("failed", "unreachable", GIVE_UP_AFTER)
    assert timedelta(days=13) < now - NOW < timedelta(days=16)


def test_the_time_of_a_state_is_that_of_its_first_look() -> None:
    before = an_entry(RETRY)
    entry = after(before, RETRY, "aa")
    assert (entry.updated_at, entry.checked_at) == (before.updated_at, NOW)


def test_attempts_are_counted_until_the_page_is_archived() -> None:
    entry = after(an_entry(RETRY, attempts=3), RETRY)
    assert entry.attempts == 4
    assert entry.next_attempt_at is not None


@given(
    st.sampled_from(["unreachable", "slow_down", "challenge", "soft_404", None]),
    st.integers(1, 10_000),
    st.none() | st.floats(0, 1e6),
)
def test_a_retry_waits_longer_each_time_and_never_less_than_was_asked(
    cause: str | None, attempts: int, wait_s: float | None
) -> None:
    verdict = Verdict(state="retry", cause=cause, exit_code=20, wait_s=wait_s)
    first = next_attempt_at(verdict, attempts, NOW)
    second = next_attempt_at(verdict, attempts + 1, NOW)
    assert first is not None
    assert second is not None
    assert NOW + timedelta(seconds=wait_s or 0) <= first <= second
    assert second <= NOW + max(timedelta(days=1), timedelta(seconds=wait_s or 0))


@pytest.mark.parametrize("state", ["archived", "failed", "not_published", "no_such_page"])
def test_only_a_retry_has_a_next_attempt(state: str) -> None:
    verdict = Verdict(state=state, cause="x", exit_code=0)  # type: ignore[arg-type]
    assert next_attempt_at(verdict, 1, NOW) is None
