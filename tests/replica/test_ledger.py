"""The true ledger against the site itself; tests/pipeline/test_scenarios.py holds it to an archive."""

from datetime import date, timedelta
from itertools import pairwise
from typing import get_args

import pytest

from press.outcome import State
from replica.ledger import true_revision, true_state
from replica.newspaper import Newspaper
from replica.scenario import Fault, FaultName, Scenario
from replica.scenarios import FAULT_DATES, MONTH_DATES, SCENARIOS
from replica.site import Site

NEWSPAPER = Newspaper(7)
FAULTS = Site(NEWSPAPER, SCENARIOS["faults"])
MONTH = Site(NEWSPAPER, SCENARIOS["month"])
DAY = date(2026, 1, 12)
LATE = 50


def faulty(fault: Fault, *where: object) -> Site:
    return Site(NEWSPAPER, Scenario(name="x", faults={where or DAY: fault}))  # type: ignore[dict-item]


def index_status(site: Site, day: date, page_no: int) -> int:
    issue = NEWSPAPER.issue(day)
    page = issue.page(page_no) if issue else None
    assert page is not None
    return site.answer(page.path, {}, LATE).status


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("no_issue", ("not_published", None)),
        ("page_absent", ("no_such_page", None)),
        ("late_issue", ("archived", None)),
        ("recovering", ("archived", None)),
        ("challenge", ("retry", "challenge")),
        ("changing_article", ("archived", None)),
    ],
)
def test_the_month_ends_as_its_troubles_say(label: str, expected: tuple[State, str | None]) -> None:
    for day in MONTH_DATES[label]:
        assert true_state(MONTH, day, 7) == expected


def test_every_other_page_of_the_month_is_archived_or_not_there() -> None:
    troubled = {day for days in MONTH_DATES.values() for day in days}
    for n in range(30):
        day = date(2025, 11, 1) + timedelta(days=n)
        if day in troubled:
            continue
        assert {true_state(MONTH, day, page_no) for page_no in range(1, 9)} == {("archived", None)}
        assert true_state(MONTH, day, 9) == ("no_such_page", None)
    assert true_state(MONTH, date(2025, 12, 1), 7) == ("not_published", None)


@pytest.mark.parametrize("label", FAULT_DATES)
def test_what_is_archived_can_be_read_in_the_end_and_what_is_not_cannot(label: str) -> None:
    day = FAULT_DATES[label]
    state, cause = true_state(FAULTS, day, 7)
    assert state in get_args(State)
    assert (cause is None) == (state not in {"retry", "failed"})
    status = index_status(FAULTS, day, 7)
    if state == "archived":
        assert status in {200, 302}
    if state in {"not_published", "no_such_page", "withdrawn"}:
        assert status == 404


def test_page_9_is_there_where_it_was_added_and_nowhere_else() -> None:
    assert true_state(FAULTS, FAULT_DATES["page_added"], 9) == ("archived", None)
    assert true_state(FAULTS, FAULT_DATES["page_absent"], 9) == ("no_such_page", None)
    assert true_state(FAULTS, FAULT_DATES["challenge"], 9) == ("retry", "challenge")
    assert true_state(FAULTS, FAULT_DATES["issue_withdrawn"], 9) == ("not_published", None)


def test_what_was_withdrawn_was_there() -> None:
    assert true_state(FAULTS, FAULT_DATES["issue_withdrawn"], 1) == ("withdrawn", None)
    assert true_state(FAULTS, FAULT_DATES["page_withdrawn"], 7) == ("withdrawn", None)
    assert true_state(FAULTS, FAULT_DATES["page_withdrawn"], 6) == ("archived", None)


def test_a_page_that_is_listed_and_missing_is_tried_again() -> None:
    site = faulty(Fault("page_404"), DAY, 7)
    assert true_state(site, DAY, 7) == ("retry", "listed_but_missing")
    assert true_state(site, DAY, 6) == ("archived", None)
    assert true_state(faulty(Fault("page_404")), DAY, 7) == ("not_published", None)


def test_in_era_1_the_front_page_decides_for_all() -> None:
    day = date(2012, 3, 5)
    site = faulty(Fault("challenge"), day, 1)
    assert true_state(site, day, 7) == ("retry", "challenge")
    assert true_state(faulty(Fault("challenge"), DAY, 1), DAY, 7) == ("archived", None)


def test_robots_may_forbid_everything_or_a_day() -> None:
    forbidding = Site(NEWSPAPER, SCENARIOS["robots-forbid"])
    assert true_state(forbidding, DAY, 7) == ("retry", "robots")
    assert true_state(FAULTS, FAULT_DATES["robots_forbid"], 7) == ("retry", "robots")


@pytest.mark.parametrize("name", ["changing_article", "headline_changed", "list_shrinks"])
@pytest.mark.parametrize("looks", [1, 2, 3, 4])
def test_the_revision_is_how_often_the_article_was_seen_to_change(
    name: FaultName, looks: int
) -> None:
    site = faulty(Fault(name))
    issue = NEWSPAPER.issue(DAY)
    page = issue.page(7) if issue else None
    assert page is not None
    for article in (page.lead, page.articles[-1]):
        bodies = [site.answer(article.path, {}, earlier).body for earlier in range(looks)]
        seen = 1 + sum(old != new for old, new in pairwise(bodies))
        if article == page.lead or name == "list_shrinks":
            assert true_revision(site, article.path, looks) == seen
        else:
            assert true_revision(site, article.path, looks) == 1


def test_the_lead_of_the_changing_article_stands_at_revision_3_after_three_looks() -> None:
    issue = NEWSPAPER.issue(MONTH_DATES["changing_article"][0])
    page = issue.page(7) if issue else None
    assert page is not None
    assert [true_revision(MONTH, page.lead.path, looks) for looks in range(1, 5)] == [1, 2, 3, 3]
    with pytest.raises(ValueError, match="no article"):
        true_revision(MONTH, page.lead.path.replace("_rb_", "_rb_9"), 1)
