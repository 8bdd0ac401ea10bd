"""What a run did, added up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.plan import SkipPage
from pipeline.report import PageResult, Summary, Tally, tally_of
from pipeline.verdict import Verdict
from press.keys import PageKey
from press.outcome import State
from tests.pipeline.calendars import TODAY, an_entry

KEY = PageKey("xmrb", date(2026, 1, 12), 7)


def a_result(state: State = "archived", exit_code: int = 0, **counts: int) -> PageResult:
    verdict = Verdict(state=state, cause=None, exit_code=exit_code)
    return PageResult(key=KEY, verdict=verdict, tally=Tally(**counts))


def summed(*results: PageResult) -> Summary:
    summary = Summary()
    for result in results:
        summary.add(result)
    return summary


def test_a_run_without_a_page_is_well() -> None:
    assert summed().as_json() == {
        "pages": {},
        "held_before": 0,
        "articles": dict.fromkeys(Tally().counts(), 0),
        "exit_code": 0,
    }


def test_pages_are_counted_by_state_and_articles_by_what_became_of_them() -> None:
    found = summed(
        a_result(new=6, needs_review=1),
        a_result("not_published", 10),
        a_result(unchanged=5, revised=1, withdrawn=2),
    )
    assert found.pages == 3
    told = found.as_json()
    assert told["pages"] == {"archived": 2, "not_published": 1}
    assert told["articles"] == {
        "new": 6,
        "revised": 1,
        "reparsed": 0,
        "unchanged": 5,
        "needs_review": 1,
        "lost": 0,
        "withdrawn": 2,
    }


@given(st.lists(st.sampled_from([0, 10, 11, 20, 21, 22, 23])))
def test_the_highest_exit_code_counts_whatever_the_order(codes: list[int]) -> None:
    assert summed(*(a_result(exit_code=code) for code in codes)).exit_code == max([0, *codes])


@pytest.mark.parametrize(("state", "exit_code"), [("archived", 0), ("not_published", 10)])
def test_a_page_that_was_left_alone_counts_as_held_and_by_its_state(
    state: State, exit_code: int
) -> None:
    left = SkipPage(key=KEY, entry=an_entry(state), reason="it was looked at")
    result = PageResult.of_held(left, page_name="要闻")
    found = summed(result, a_result())
    assert (found.held, found.pages, found.exit_code) == (1, 2, exit_code)
    assert (result.as_json()["held_before"], result.as_json()["page_name"]) == (True, "要闻")


def test_a_tally_counts_what_the_catalogue_answered() -> None:
    tally = tally_of(["new", "new", "unchanged", "revised"], needs_review=1, lost=2, withdrawn=3)
    assert tally == Tally(new=2, unchanged=1, revised=1, needs_review=1, lost=2, withdrawn=3)
    assert tally.stored == 4


def test_a_result_is_one_object_with_its_id() -> None:
    told = a_result("no_such_page", 11).as_json()
    assert (told["id"], told["issue_date"]) == ("xmrb-20260112-007", TODAY.isoformat())
    assert (told["state"], told["exit_code"]) == ("no_such_page", 11)
