from datetime import UTC, datetime, timedelta

import pytest

from pipeline.verdict import (
    exit_code_of,
    verdict_of_articles,
    verdict_of_errors,
    verdict_of_missing_issue,
    verdict_of_missing_page,
)
from press.errors import (
    ChallengePage,
    LayoutChanged,
    ListedMissing,
    SlowDown,
    SoftMissing,
    Unreachable,
)
from tests.pipeline.looked import ARCHIVED, KEY, PAPER, an_entry


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


def test_an_archived_page_with_a_residue_keeps_its_exit_code_when_it_is_skipped() -> None:
    assert exit_code_of(an_entry(verdict_of_articles(["x"]))) == 22
    assert exit_code_of(an_entry(ARCHIVED)) == 0
