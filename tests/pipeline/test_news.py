"""From findings to a message: five causes are five messages, and nothing is told twice."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.news import MAX_LINE_CHARS, MAX_LINES, MAX_TITLE_CHARS, news_of, plain_line
from pipeline.verdict import NEEDS_REVIEW, RETRY_AFTER
from press import errors
from press.finding import Finding, KeptFinding
from press.keys import PageKey
from press.outcome import State

DAY = date(2031, 2, 3)
OPENED_AT = datetime(2031, 2, 3, 1, tzinfo=UTC)
TOLD_AT = OPENED_AT + timedelta(minutes=1)
CLOSED_AT = OPENED_AT + timedelta(days=1)


def a_finding(kind="challenge", back=0, *, sentence="said the page", told=False, closed=False):
    return KeptFinding(
        finding=Finding(
            key=PageKey("cqrb", DAY - timedelta(days=back), 7), kind=kind, sentence=sentence
        ),
        opened_at=OPENED_AT,
        closed_at=CLOSED_AT if closed else None,
        told_at=TOLD_AT if told else None,
    )


def news(*findings):
    found = news_of(findings)
    assert found is not None
    return found


def causes(root=errors.CrawlError):
    return {root.cause} | {cause for error in root.__subclasses__() for cause in causes(error)}


def test_without_findings_there_is_no_news():
    assert news_of([]) is None


def test_what_was_told_and_is_still_so_is_no_news():
    assert news_of([a_finding(told=True)]) is None


def test_what_is_new_says_where_and_what():
    found = news(a_finding())
    assert found.title == "Baoku: bot check (1)"
    heading, line = found.body.splitlines()
    assert heading.startswith("A bot check came instead of the page")
    assert line == "- cqrb 2031-02-03 page 7: said the page"
    assert found.told == (a_finding(),)


def test_what_ended_is_told_as_no_longer_so():
    found = news(a_finding(told=True, closed=True))
    assert found.title == "Baoku: no longer so (1)"
    assert found.body == "No longer so (1):\n- cqrb 2031-02-03 page 7: bot check"


def test_only_what_is_new_is_told_beside_what_is_known():
    known, ended = a_finding(told=True), a_finding(back=1, told=True, closed=True)
    new = a_finding("layout_changed", back=2)
    assert news(known, ended, new).told == (ended, new)


def test_no_issue_not_up_yet_a_404_a_bot_check_and_a_redesign_are_five_messages():
    kinds = ["not_published", "not_yet_due", "listed_but_missing", "challenge", "layout_changed"]
    titles = {news(a_finding(kind)).title for kind in kinds}
    bodies = {news(a_finding(kind)).body for kind in kinds}
    assert titles == {
        "Baoku: no issue (1)",
        "Baoku: not up yet (1)",
        "Baoku: listed but gone (404) (1)",
        "Baoku: bot check (1)",
        "Baoku: layout changed (1)",
    }
    assert len(bodies) == 5


@pytest.mark.parametrize(
    "kind", sorted(causes() | {NEEDS_REVIEW, RETRY_AFTER} | set(get_args(State)) - {"archived"})
)
def test_every_state_and_cause_that_may_be_found_has_words_of_its_own(kind):
    assert "said the page" not in news(a_finding(kind)).body.splitlines()[0]
    assert news(a_finding(kind)).body.splitlines()[0].count(" ") > 3


def test_a_kind_that_has_no_words_yet_is_told_by_its_name():
    found = news(a_finding("few_bylines"))
    assert found.title == "Baoku: few bylines (1)"
    assert found.body == "Few bylines. (1)\n- cqrb 2031-02-03 page 7: said the page"


def test_findings_are_grouped_by_kind_with_counts_and_the_newest_issue_first():
    found = news(a_finding("unreachable"), a_finding(back=1), a_finding("unreachable", back=2))
    assert found.title == "Baoku: bot check (1), unreachable (2)"
    assert [line[:17] for line in found.body.splitlines()] == [
        "A bot check came ",
        "- cqrb 2031-02-02",
        "",
        "No connection, or",
        "- cqrb 2031-02-03",
        "- cqrb 2031-02-01",
    ]


def test_the_newest_twenty_are_named_and_the_others_counted_under_their_kind():
    many = [a_finding("unreachable", back) for back in range(25)]
    old = [a_finding("challenge", back) for back in range(100, 103)]
    found = news(*many, *old)
    lines = found.body.splitlines()
    assert sum("page 7" in line for line in lines) == MAX_LINES
    assert lines[1] == "- and 3 more"
    assert lines[-1] == "- and 5 more"
    assert len(found.told) == 28


@given(st.text(max_size=600), st.integers(2, 300))
def test_a_line_from_outside_is_one_short_line_that_steers_nothing(text, limit):
    line = plain_line(text, limit)
    assert len(line) <= limit
    assert len(line.splitlines()) <= 1
    assert plain_line(line, limit) == line
    assert not set(line) & set("\x00\x07\r\n\x1b\x7f\x9b\u2028\u202e\u200b\ud800")


def test_what_a_server_wrote_cannot_add_a_line_to_the_message():
    found = news(a_finding(sentence="<b>\r\nBaoku: all is well\x1b[2J\u202e" + "长" * 5000))
    _, line = found.body.splitlines()
    assert line.startswith("- cqrb 2031-02-03 page 7: <b> Baoku: all is well [2J")
    assert len(line) <= MAX_LINE_CHARS + len("- ")


@given(st.lists(st.sampled_from(sorted(causes())), min_size=1, max_size=60))
def test_a_message_is_bounded_and_tells_all_that_it_marks(kinds):
    found = news(*(a_finding(kind, back) for back, kind in enumerate(kinds)))
    assert len(found.told) == len(kinds)
    assert len(found.title) <= MAX_TITLE_CHARS
    assert "\n" not in found.title
    named = sum(line.startswith("- cqrb") for line in found.body.splitlines())
    more = [int(line.split()[2]) for line in found.body.splitlines() if line.startswith("- and ")]
    assert named + sum(more) == len(kinds)
    assert named == min(len(kinds), MAX_LINES)
