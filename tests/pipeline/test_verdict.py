from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entering import GIVE_UP_AFTER, entry_after, next_attempt_at
from pipeline.verdict import (
    Verdict,
    exit_code_of,
    verdict_of_articles,
    verdict_of_errors,
    verdict_of_missing_issue,
    verdict_of_missing_page,
    withdrawn_if_shown,
)
from press.errors import (
    ChallengePage,
    LayoutChanged,
    ListedMissing,
    SlowDown,
    SoftMissing,
    Unreachable,
)
from press.keys import PageKey
from press.outcome import LedgerEntry
from press.paper import Paper

NOW = datetime(2026, 1, 12, 12, 0, tzinfo=UTC)
KEY = PageKey("xmrb", date(2026, 1, 12), 7)
PAPER = Paper(
    slug="xmrb",
    name="仙门日报",
    home_url="http://paper.example/",
    first_issue=date(2007, 12, 16),
    weekdays=frozenset(range(7)),
    published_at=time(6, 0),
    default_page=7,
    eras=(),
)
ARCHIVED = Verdict(state="archived", cause=None, exit_code=0)
WITHDRAWN = Verdict(state="withdrawn", cause="no_such_page", exit_code=11)
RETRY = Verdict(state="retry", cause="unreachable", exit_code=20)


def an_entry(verdict: Verdict, evidence: str | None = "aa", attempts: int = 1) -> LedgerEntry:
    return LedgerEntry(
        paper="xmrb",
        issue_date=KEY.issue_date,
        page_no=7,
        state=verdict.state,
        cause=verdict.cause,
        attempts=attempts,
        next_attempt_at=None,
        evidence=evidence,
        updated_at=NOW - timedelta(days=1),
        checked_at=NOW - timedelta(days=1),
    )


@pytest.mark.parametrize(
    ("error", "state", "cause", "exit_code"),
    [
        (Unreachable("x"), "retry", "unreachable", 20),
        (SoftMissing("x"), "retry", "soft_404", 20),
        (ListedMissing("x"), "retry", "listed_but_missing", 20),
        (ChallengePage("x"), "retry", "challenge", 21),
        (LayoutChanged("x"), "failed", "layout_changed", 22),
    ],
)
def test_each_error_has_its_state_cause_and_exit_code(
    error: Unreachable, state: str, cause: str, exit_code: int
) -> None:
    verdict = verdict_of_errors([error])
    assert (verdict.state, verdict.cause, verdict.exit_code) == (state, cause, exit_code)


def test_a_page_with_one_passing_error_is_tried_again_and_exits_with_the_gravest() -> None:
    verdict = verdict_of_errors([LayoutChanged("x"), Unreachable("x"), ChallengePage("x")])
    assert (verdict.state, verdict.cause, verdict.exit_code) == ("retry", "challenge", 22)


def test_the_longest_pause_that_was_asked_for_is_kept() -> None:
    errors = [SlowDown("x", wait_s=90), SlowDown("x", wait_s=None), SlowDown("x", wait_s=600)]
    assert verdict_of_errors(errors).wait_s == 600


def test_a_page_with_a_residue_is_not_archived_and_raises_the_alarm() -> None:
    verdict = verdict_of_articles(["xmrb-20260112-007-1"])
    assert (verdict.state, verdict.cause, verdict.exit_code) == ("failed", "needs_review", 22)
    assert verdict.message is not None
    assert "xmrb-20260112-007-1" in verdict.message


def test_an_issue_that_is_missing_before_its_hour_is_only_not_up_yet() -> None:
    early = datetime(2026, 1, 11, 21, 59, tzinfo=UTC)
    assert verdict_of_missing_issue(PAPER, KEY, early).state == "not_yet_due"
    assert verdict_of_missing_issue(PAPER, KEY, early).exit_code == 20
    assert verdict_of_missing_issue(PAPER, KEY, early + timedelta(minutes=1)).state == (
        "not_published"
    )


def test_a_missing_page_says_which_pages_the_issue_has() -> None:
    verdict = verdict_of_missing_page(KEY, (1, 2, "A03"))
    assert (verdict.state, verdict.exit_code) == ("no_such_page", 11)
    assert verdict.message is not None
    assert "1, 2, A03" in verdict.message


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


def test_an_archived_page_with_a_residue_keeps_its_exit_code_when_it_is_skipped() -> None:
    assert exit_code_of(an_entry(verdict_of_articles(["x"]))) == 22
    assert exit_code_of(an_entry(ARCHIVED)) == 0


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
