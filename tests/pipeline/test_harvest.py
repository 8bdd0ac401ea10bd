import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pipeline.plan import ArchiveIssue, ArchivePage, SkipPage
from pipeline.site import FoundPage, Site
from press.capture import Capture
from press.errors import ChallengePage, SlowDown, Unreachable
from press.keys import PageKey
from press.model import Article, Entry
from replica.newspaper import Newspaper
from replica.scenario import Fault, Scenario

DAY = date(2026, 1, 10)
ERAS = [date(2012, 3, 5), date(2016, 7, 20), date(2019, 5, 6), date(2024, 2, 29)]


def faulty(name: str, reads: int | None = None, page_no: int | None = None) -> Scenario:
    where = DAY if page_no is None else (DAY, page_no)
    return Scenario(name=name, faults={where: Fault(name, reads)})  # type: ignore[arg-type,dict-item]


def native_ids() -> list[str]:
    issue = Newspaper(7).issue(DAY)
    page = issue.page(7) if issue else None
    return [article.native_id for article in page.articles] if page else []


@pytest.mark.parametrize("day", ERAS)
def test_in_each_era_the_page_is_archived_as_it_was_printed(
    new_desk: Callable[..., Any], day: date
) -> None:
    desk = new_desk()
    result = desk.archive(day)
    issue = Newspaper(7).issue(day)
    assert issue is not None
    page = issue.page(7)
    assert page is not None
    assert (result.verdict.state, result.verdict.exit_code) == ("archived", 0)
    truth = [(article.native_id, article.headline, article.text) for article in page.articles]
    kept = [record.article for record in desk.articles()]
    assert [(article.native_id, article.headline, article.text) for article in kept] == truth


def test_each_ledger_state_cites_the_capture_that_shows_it(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    desk.archive(DAY)
    entry = desk.ledger(DAY)
    with desk.catalogue.reading() as reader:
        page = reader.page(PageKey("cqrb", DAY, 7))
        assert reader.capture_of_body(entry.evidence) is not None
    assert (entry.state, entry.evidence) == ("archived", page.place.sha256)


def test_again_is_nothing(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    desk.archive(DAY)
    ledger, captures, canonical = desk.ledger(DAY), desk.captures(), desk.canonical()
    result = desk.archive(DAY)
    assert result.tally.unchanged == result.tally.stored > 0
    looked = replace(ledger, checked_at=desk.ledger(DAY).checked_at)
    assert looked.checked_at > ledger.checked_at
    assert (desk.ledger(DAY), desk.captures(), desk.canonical()) == (looked, captures, canonical)


def test_an_archived_page_is_not_asked_for(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    desk.archive(DAY)
    asked = len(desk.source.asked)
    intent = SkipPage(key=PageKey("cqrb", DAY, 7), entry=desk.ledger(DAY), reason="it is archived")
    (result,) = desk.carry_out([intent])
    assert result.was_held
    assert result.verdict.exit_code == 0
    assert len(desk.source.asked) == asked


def test_a_changed_article_becomes_a_revision(new_desk: Callable[..., Any]) -> None:
    desk = new_desk(faulty("changing_article"))
    desk.archive(DAY)
    assert desk.archive(DAY).tally.revised == 1
    assert sorted(record.revision for record in desk.articles())[-1] == 2


@pytest.mark.parametrize(
    ("name", "page_no", "state", "cause", "exit_code"),
    [
        ("no_issue", None, "not_published", None, 10),
        ("page_absent", 7, "no_such_page", None, 11),
        ("page_404", 7, "retry", "listed_but_missing", 20),
        ("soft_404", None, "retry", "soft_404", 20),
        ("other_issue", None, "retry", "other_issue", 20),
        ("challenge", None, "retry", "challenge", 21),
        ("changed_layout", None, "failed", "layout_changed", 22),
    ],
)
def test_a_page_that_is_not_there_ends_in_its_own_state_and_stores_no_article(
    new_desk: Callable[..., Any],
    name: str,
    page_no: int | None,
    state: str,
    cause: str | None,
    exit_code: int,
) -> None:
    desk = new_desk(faulty(name, page_no=page_no))
    result = desk.archive(DAY)
    entry = desk.ledger(DAY)
    assert (result.verdict.exit_code, entry.state, entry.cause) == (exit_code, state, cause)
    assert entry.evidence is not None
    assert desk.articles() == []
    assert (entry.next_attempt_at is None) == (state != "retry")


def test_a_page_that_never_answered_has_no_evidence(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    desk.source.spoils["node.htm"] = Unreachable("no connection")
    result = desk.archive(DAY)
    assert (result.verdict.state, result.verdict.cause) == ("retry", "unreachable")
    assert desk.ledger(DAY).evidence is None


def test_one_bad_article_never_loses_the_others(new_desk: Callable[..., Any]) -> None:
    desk = new_desk(faulty("soft_404_article"))
    result = desk.archive(DAY)
    assert (result.tally.lost, result.verdict.state, result.verdict.cause) == (
        1,
        "retry",
        "soft_404",
    )
    assert len(desk.articles()) == result.tally.new > 0


def test_when_the_fault_is_gone_the_page_heals(new_desk: Callable[..., Any]) -> None:
    desk = new_desk(faulty("soft_404_article"))
    desk.archive(DAY)
    desk.close()
    healthy, undisturbed = new_desk(), new_desk(name="undisturbed")
    result = healthy.archive(DAY)
    undisturbed.archive(DAY)
    assert (result.tally.new, result.verdict.state) == (1, "archived")
    assert healthy.canonical() == undisturbed.canonical()
    assert healthy.ledger(DAY).attempts == 2


def test_an_article_that_is_gone_is_listed_but_missing(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    desk.source.gone = f"_{native_ids()[1]}.htm"
    result = desk.archive(DAY)
    assert (result.verdict.cause, result.verdict.exit_code) == ("listed_but_missing", 20)
    assert result.tally.lost == 1


@pytest.mark.parametrize("error", [SlowDown("pause", wait_s=900), ChallengePage("are you human")])
def test_a_server_that_wants_to_be_left_alone_is_left_alone(
    new_desk: Callable[..., Any], error: SlowDown | ChallengePage
) -> None:
    desk = new_desk()
    desk.source.spoils[f"_{native_ids()[1]}.htm"] = error
    result = desk.archive(DAY)
    assert len(desk.source.asked) == 3
    asked_for_pause = isinstance(error, SlowDown)
    cause = "retry_after" if asked_for_pause else error.cause
    assert (result.tally.new, result.verdict.cause) == (1, cause)
    assert result.tally.lost > 1


def test_the_pause_that_was_asked_for_is_kept(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    desk.source.spoils["node.htm"] = SlowDown("pause", wait_s=7200)
    desk.archive(DAY)
    entry = desk.ledger(DAY)
    assert entry.next_attempt_at - entry.updated_at == timedelta(seconds=7200)


def test_a_failed_second_look_takes_nothing_away(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    desk.archive(DAY)
    canonical = desk.canonical()
    desk.source.spoils["node.htm"] = Unreachable("no connection")
    assert desk.archive(DAY).verdict.exit_code == 20
    assert desk.ledger(DAY).state == "archived"
    assert desk.canonical() == canonical


def test_every_page_of_an_issue_costs_one_look_at_the_front_page(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk(faulty("page_absent", page_no=7))
    results = list(desk.carry_out([ArchiveIssue(issue_date=DAY, reason="the test says so")]))
    assert [result.key.page_no for result in results] == [1, 2, 3, 4, 5, 6, 8]
    assert {result.verdict.state for result in results} == {"archived"}
    assert len(desk.source.asked) == len(set(desk.source.asked))
    assert desk.ledger(DAY, 7) is None


def test_an_issue_that_is_not_there_is_one_result(new_desk: Callable[..., Any]) -> None:
    desk = new_desk(faulty("no_issue"))
    (result,) = desk.carry_out([ArchiveIssue(issue_date=DAY, reason="the test says so")])
    assert (result.key.page_no, result.verdict.exit_code) == (1, 10)


def test_pages_of_an_issue_that_are_archived_are_left_alone(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    desk.archive(DAY, 3)
    results = list(desk.carry_out([ArchiveIssue(issue_date=DAY, reason="the test says so")]))
    assert [result.key.page_no for result in results if result.was_held] == [3]
    assert desk.keeper.pending == ()


def test_the_first_scheme_is_read_by_its_front_page(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    day = date(2012, 3, 5)
    assert desk.archive(day).verdict.state == "archived"
    assert desk.source.asked[0].endswith("/node_124.htm")
    assert "node_" in desk.source.asked[1]


def test_where_two_eras_may_hold_a_date_the_second_is_tried(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    assert desk.archive(date(2022, 1, 5)).verdict.state == "archived"
    assert desk.archive(date(2020, 11, 5)).verdict.state == "archived"


def test_a_stop_before_the_commit_leaves_the_archive_like_an_undisturbed_one(
    new_desk: Callable[..., Any],
) -> None:
    class Stop(BaseException):
        pass

    desk = new_desk()

    def stop(step: Any) -> None:
        if step.done == 3:
            raise Stop

    desk.harvest._visitor._watch = stop
    with pytest.raises(Stop):
        desk.archive(DAY)
    desk.close()
    again, undisturbed = new_desk(), new_desk(name="undisturbed")
    assert again.articles() == []
    assert again.adopted == 4
    again.archive(DAY)
    undisturbed.archive(DAY)
    assert again.canonical() == undisturbed.canonical()
    assert again.captures() == undisturbed.captures()


def test_every_article_is_told_to_the_watcher(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    result = desk.archive(DAY)
    assert [step.done for step in desk.steps] == list(range(1, result.tally.new + 1))
    assert {step.total for step in desk.steps} == {result.tally.new}
    assert desk.steps[0].key == PageKey("cqrb", DAY, 7)


def test_an_archive_page_intent_gives_one_result(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    intents = [ArchivePage(key=PageKey("cqrb", DAY, n), reason="the test says so") for n in (7, 8)]
    assert [result.key.page_no for result in desk.carry_out(intents)] == [7, 8]


def test_every_answer_of_a_page_is_committed_with_it(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    desk.archive(date(2012, 3, 5))
    assert desk.captures() == len(desk.source.asked)


def test_the_front_page_is_asked_for_once_also_when_it_is_what_is_wanted(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    result = desk.archive(date(2012, 3, 5), 1)
    assert result.verdict.state == "archived"
    assert len(desk.source.asked) == 1 + result.tally.new


def test_a_look_at_the_front_page_is_kept_also_when_every_page_is_held(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    desk.archive(DAY, 2)
    held = desk.ledger(DAY, 2)
    with desk.catalogue.writing() as writer:
        for page_no in (1, *range(3, 9)):
            writer.save_ledger(replace(held, page_no=page_no))
    before = desk.captures()
    results = desk.carry_out([ArchiveIssue(issue_date=DAY, reason="the test says so")])
    assert all(result.was_held for result in results)
    assert desk.captures() == before + 1


def test_a_front_page_that_lists_no_pages_is_a_changed_layout(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    path = "/cqrb/2026-01/10/001/node.htm"
    body = desk.source.site.answer(path, {}).body.decode()
    desk.source.bodies[path] = re.sub(r"../\d{3}/node\.htm", "#", body).encode()
    (result,) = desk.carry_out([ArchiveIssue(issue_date=DAY, reason="the test says so")])
    assert (result.verdict.state, result.verdict.cause) == ("failed", "layout_changed")


class OddSite(Site):
    """A site whose second article has half a character in its headline."""

    def read_article(self, entry: Entry, found: FoundPage) -> tuple[Article, Capture]:
        article, capture = super().read_article(entry, found)
        return replace(article, headline="\ud800") if entry.order == 2 else article, capture


def test_text_that_no_database_keeps_is_the_loss_of_one_article(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    desk.harvest._visitor._site = OddSite(desk.harvest._paper, desk.source)
    result = desk.archive(DAY)
    assert (result.verdict.state, result.verdict.exit_code) == ("failed", 22)
    assert (result.tally.lost, result.tally.new) == (1, len(native_ids()) - 1)
    assert len(desk.articles()) == result.tally.new
