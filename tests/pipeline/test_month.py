"""A month on the replica: an unattended run each morning, and in the end the ledger is the truth."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pipeline.looks import Rules
from pipeline.plan import asked_for
from pipeline.report import PageResult
from pipeline.upkeep import plan_due
from replica.newspaper import Newspaper
from replica.scenarios import MONTH_DATES, SCENARIOS
from replica.site import Site
from replica.truth import REVISIONS, TruePage
from storage.catalogue import Selection
from tests.pipeline.conftest import PAPER, Desk

FIRST = date(2025, 11, 1)
HALF_PAST_NINE = datetime(2025, 11, 1, 1, 30, tzinfo=UTC)
MORNINGS = 40
DATES = [FIRST + timedelta(days=n) for n in range(MORNINGS)]
SCENARIO = SCENARIOS["month"]
TRUTH = Site(Newspaper(7), SCENARIO)
(CHALLENGED,) = MONTH_DATES["challenge"]
(CHANGED,) = MONTH_DATES["changing_article"]


def unattended_run(desk: Any) -> list[PageResult]:
    """What a line in a crontab does: today's page and all that is overdue."""
    desk.begin_run()
    now = desk.clock.moment
    intents = plan_due(desk.catalogue, PAPER, 7, now, Rules())
    return list(desk.harvest.carry_out(intents, asked_for(now, again=False)))


def forty_mornings(archive: Desk) -> Iterator[int]:
    """Lives through the month; each morning's number comes after its run."""
    for morning in range(MORNINGS):
        archive.clock.moment = HALF_PAST_NINE + timedelta(days=morning)
        unattended_run(archive)
        yield morning


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The archive after forty mornings; nothing is asked for twice in one, nor at noon."""
    archive = Desk(tmp_path_factory.mktemp("month"), SCENARIO)
    for _ in forty_mornings(archive):
        assert len(archive.source.asked) == len(set(archive.source.asked))
    yield archive
    archive.close()


def true_page(day: date) -> TruePage:
    issue = TRUTH.issue(day)
    page = issue.page(7) if issue else None
    assert page is not None
    return page


def expected_state(day: date) -> tuple[str, str | None]:
    issue = TRUTH.issue(day)
    if day == CHALLENGED:
        return "retry", "challenge"
    if issue is None:
        return "not_published", None
    return ("archived", None) if issue.page(7) else ("no_such_page", None)


def test_every_page_that_was_due_is_in_exactly_the_state_that_the_truth_says(desk: Any) -> None:
    with desk.catalogue.reading() as reader:
        entries = list(reader.ledger(Selection(paper="cqrb")))
    assert [(one.issue_date, one.page_no) for one in entries] == [(day, 7) for day in DATES]
    states = {one.issue_date: (one.state, one.cause) for one in entries}
    assert states == {day: expected_state(day) for day in DATES}


def test_every_state_cites_an_answer_that_is_on_the_shelf(desk: Any) -> None:
    with desk.catalogue.reading() as reader:
        for entry in reader.ledger(Selection(paper="cqrb")):
            capture = reader.capture_of_body(entry.evidence or "")
            assert capture is not None, entry
            assert desk.shelf.read(capture.place).body is not None


def test_the_articles_are_those_that_were_printed(desk: Any) -> None:
    readable = [day for day in DATES if expected_state(day)[0] == "archived"]
    printed = [
        (article.issue_date, article.native_id, article.headline)
        for day in readable
        for article in true_page(day).articles
    ]
    kept = [one.article for one in desk.articles()]
    assert [(one.issue_date, one.native_id, one.headline) for one in kept] == printed
    assert {record.status for record in desk.articles()} == {"ok"}


def test_only_the_article_that_changed_has_revisions_and_it_has_three(desk: Any) -> None:
    revised = {record.id: record.revision for record in desk.articles() if record.revision > 1}
    lead_id = f"cqrb-{CHANGED:%Y%m%d}-007-{true_page(CHANGED).lead.native_id}"
    assert revised == {lead_id: 3}
    with desk.catalogue.reading() as reader:
        assert REVISIONS[2] in reader.article(lead_id).article.text


def test_the_findings_say_what_the_ledger_says_and_nothing_else(desk: Any) -> None:
    with desk.catalogue.reading() as reader:
        found = {one.finding.key.issue_date: one.finding.kind for one in reader.findings()}
    states = {day: expected_state(day) for day in DATES}
    assert found == {
        day: cause or state for day, (state, cause) in states.items() if state != "archived"
    }


def test_an_hour_later_nothing_is_due(new_desk: Callable[..., Any]) -> None:
    desk = new_desk(SCENARIO)
    desk.clock.moment = HALF_PAST_NINE
    assert [result.verdict.state for result in unattended_run(desk)] == ["archived"]
    desk.clock.moment = HALF_PAST_NINE + timedelta(hours=1)
    assert unattended_run(desk) == []
    assert desk.source.asked == []


def test_a_machine_that_was_off_for_three_weeks_catches_up_in_one_run(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk(SCENARIO)
    desk.clock.moment = HALF_PAST_NINE
    unattended_run(desk)
    desk.clock.moment = HALF_PAST_NINE + timedelta(days=21)
    looked = [(one.key.issue_date, one.verdict.state) for one in unattended_run(desk)]
    in_order = [FIRST + timedelta(days=n) for n in range(21, -1, -1)]
    assert [day for day, _ in looked] == in_order
    assert dict(looked)[FIRST] == "archived"
    assert dict(looked)[MONTH_DATES["no_issue"][0]] == "not_published"
