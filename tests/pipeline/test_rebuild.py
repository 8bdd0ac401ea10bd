"""From the shelf alone comes the same archive."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.papers import find_paper, known_papers
from pipeline.importing import Intake
from pipeline.plan import ArchiveIssue, ArchivePage
from pipeline.rebuild import Rebuild
from press.errors import NotOnShelf
from press.keys import PageKey
from press.outcome import LedgerEntry
from press.record import canonical_json, json_line
from replica.scenario import Fault, Scenario, Where
from replica.scenarios import MONTH_DATES, SCENARIOS
from storage.catalogue import Catalogue, Selection

DAY = date(2026, 1, 10)
OLD = date(2012, 3, 5)
PAGE_7 = f"/cqrb/{DAY:%Y-%m/%d}/007/*"


def rebuilt(desk: Any, folder: Path) -> tuple[list[str], list[LedgerEntry], list[str]]:
    """The canonical export, the ledger and the complaints of a catalogue made from the shelf."""
    told: list[str] = []
    catalogue = Catalogue.open(f"sqlite:///{folder / 'anew.sqlite3'}")
    making = Rebuild(
        papers=known_papers(),
        catalogue=catalogue,
        shelf=desk.shelf,
        clock=desk.clock,
        report=told.append,
    )
    for issue in making.enter_captures():
        making.read_issue(issue)
    with catalogue.reading() as reader:
        lines = [json_line(canonical_json(one)) for one in reader.articles(Selection())]
        ledger = list(reader.ledger(Selection()))
    catalogue.close()
    return lines, ledger, told


def states(ledger: list[LedgerEntry]) -> dict[tuple[date, int | str], tuple[str, str | None]]:
    return {(one.issue_date, one.page_no): (one.state, one.evidence) for one in ledger}


def ledger_of(desk: Any) -> list[LedgerEntry]:
    with desk.catalogue.reading() as reader:
        return list(reader.ledger(Selection()))


def check(desk: Any, folder: Path) -> None:
    lines, ledger, told = rebuilt(desk, folder)
    assert told == []
    assert lines == desk.canonical()
    assert states(ledger) == states(ledger_of(desk))


@pytest.mark.parametrize("day", [OLD, date(2016, 7, 20), date(2019, 5, 6), DAY])
def test_a_page_of_each_era(new_desk: Callable[..., Any], tmp_path: Path, day: date) -> None:
    desk = new_desk()
    desk.archive(day)
    check(desk, tmp_path)


@pytest.mark.parametrize("day", [OLD, DAY])
def test_a_whole_issue(new_desk: Callable[..., Any], tmp_path: Path, day: date) -> None:
    desk = new_desk()
    desk.carry_out([ArchiveIssue(issue_date=day, reason="the test says so")])
    check(desk, tmp_path)


def test_revisions_come_in_their_order(new_desk: Callable[..., Any], tmp_path: Path) -> None:
    desk = new_desk(Scenario(name="changing", faults={DAY: Fault("changing_article")}))
    for _ in range(3):
        desk.archive(DAY)
    assert max(record.revision for record in desk.articles()) == 3
    check(desk, tmp_path)


def test_a_withdrawn_article_is_withdrawn(new_desk: Callable[..., Any], tmp_path: Path) -> None:
    desk = new_desk(Scenario(name="withdrawn", faults={DAY: Fault("withdrawn_article")}))
    desk.archive(DAY)
    desk.archive(DAY)
    assert [one.status for one in desk.articles()].count("withdrawn") == 1
    check(desk, tmp_path)


def test_a_month_with_its_faults(new_desk: Callable[..., Any], tmp_path: Path) -> None:
    desk = new_desk(SCENARIOS["month"])
    for _ in range(3):
        for days in MONTH_DATES.values():
            for day in days:
                desk.archive(day)
        desk.archive(date(2025, 11, 1))
    check(desk, tmp_path)


@pytest.mark.parametrize(
    "fault", ["no_issue", "page_absent", "page_404", "soft_404", "challenge", "changed_layout"]
)
@pytest.mark.parametrize("day", [OLD, DAY])
def test_what_is_not_there_has_the_same_state_and_evidence(
    new_desk: Callable[..., Any], tmp_path: Path, fault: Any, day: date
) -> None:
    faults: dict[Where, Fault] = {day: Fault(fault)}
    desk = new_desk(Scenario(name=fault, faults=faults))
    desk.archive(day)
    check(desk, tmp_path)


def test_pages_of_a_day_that_were_asked_for_one_by_one(
    new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    desk = new_desk()
    for page_no in (7, 3, 99):
        desk.archive(DAY, page_no)
    check(desk, tmp_path)


def test_an_import_keeps_its_place_in_time(new_desk: Callable[..., Any], tmp_path: Path) -> None:
    desk = new_desk()
    intake = Intake(
        papers=known_papers(),
        keeper=desk.keeper,
        shelf=desk.shelf,
        catalogue=desk.catalogue,
        clock=desk.clock,
    )
    saved = tmp_path / "content_rb_900001.htm"
    page = desk.source.site.newspaper.issue(DAY).page(7)
    answer = desk.source.site.answer(page.articles[0].path, {}, 0)
    saved.write_bytes(answer.body)
    list(intake.take([saved], url=page.articles[0].url))
    desk.archive(DAY)
    other = DAY - timedelta(days=1)
    desk.archive(other)
    check(desk, tmp_path)


def test_an_article_that_never_came_is_to_be_fetched(
    new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    desk = new_desk()
    desk.archive(DAY)
    issue = desk.source.site.newspaper.issue(DAY)
    desk.source.spoils[issue.page(7).articles[0].path] = NotOnShelf("the test says so")
    fresh = new_desk(name="fresh")
    fresh.source.spoils = desk.source.spoils
    fresh.archive(DAY)
    _, ledger, _ = rebuilt(fresh, tmp_path)
    assert [(one.state, one.cause) for one in ledger] == [("retry", "not_on_shelf")]
    assert ledger[0].next_attempt_at is not None


def test_what_is_rebuilt_twice_is_the_same(new_desk: Callable[..., Any], tmp_path: Path) -> None:
    desk = new_desk()
    desk.carry_out([ArchivePage(key=PageKey("cqrb", DAY, 7), reason="the test says so")])
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    assert rebuilt(desk, first) == rebuilt(desk, second)
    assert find_paper("cqrb").slug == "cqrb"
