"""What a second and a third look make of a page."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from pipeline.plan import ArchiveIssue
from press.errors import ArchiveDamaged, LayoutChanged, Unreachable
from press.keys import PageKey
from press.outcome import LedgerEntry
from press.record import ArticleRecord
from replica.newspaper import Newspaper
from replica.scenario import Fault, Scenario
from replica.truth import REVISIONS, TruePage

DAY = date(2026, 1, 10)
KEY = PageKey("cqrb", DAY, 7)
OF_INDEX = "/007/node.htm"
NewDesk = Callable[..., Any]


def faulty(name: str, reads: int | None = None) -> Scenario:
    return Scenario(name=name, faults={DAY: Fault(name, reads)})  # type: ignore[arg-type]


def true_page() -> TruePage:
    issue = Newspaper(7).issue(DAY)
    page = issue.page(7) if issue else None
    assert page is not None
    return page


LEAD_ID = f"cqrb-20260110-007-{true_page().lead.native_id}"


def findings(desk: Any) -> dict[str, str]:
    """Kind to sentence of the findings that are open."""
    with desk.catalogue.reading() as reader:
        kept = [one for one in reader.findings() if one.closed_at is None]
    return {one.finding.kind: one.finding.sentence for one in kept}


def restarted(new_desk: NewDesk, desk: Any) -> Any:
    """The same archive and the same site in the next run of the program."""
    desk.close()
    later = new_desk(desk.source.site.scenario)
    later.source._reads = desk.source._reads
    later.clock.moment = desk.clock.moment
    return later


def lead(desk: Any) -> ArticleRecord:
    with desk.catalogue.reading() as reader:
        record = reader.article(LEAD_ID)
    assert record is not None
    return record  # type: ignore[no-any-return]


def test_an_article_that_the_page_takes_down_is_withdrawn_and_the_page_stays_archived(
    new_desk: NewDesk,
) -> None:
    desk = new_desk(faulty("withdrawn_article"))
    desk.archive(DAY)
    result = desk.archive(DAY)
    assert (result.verdict.state, result.tally.withdrawn, result.tally.lost) == ("archived", 1, 0)
    assert (lead(desk).status, desk.ledger(DAY).state) == ("withdrawn", "archived")
    assert list(findings(desk)) == ["article_withdrawn"]
    assert LEAD_ID in findings(desk)["article_withdrawn"]


def test_the_evidence_of_a_tombstone_is_the_page_that_no_longer_announces_it(
    new_desk: NewDesk,
) -> None:
    desk = new_desk(faulty("withdrawn_article"))
    first = desk.archive(DAY) and desk.ledger(DAY).evidence
    desk.archive(DAY)
    with desk.catalogue.database.reading() as session:
        rows = session.execute(text("SELECT id, withdrawn_evidence FROM articles")).all()
    with desk.catalogue.reading() as reader:
        page = reader.page(KEY)
    stones = {row.id: row.withdrawn_evidence for row in rows if row.withdrawn_evidence}
    assert stones == {LEAD_ID: page.place.sha256}
    assert desk.ledger(DAY).evidence == page.place.sha256 != first


def test_a_withdrawn_article_is_withdrawn_once(new_desk: NewDesk) -> None:
    desk = new_desk(faulty("withdrawn_article"))
    desk.archive(DAY)
    desk.archive(DAY)
    canonical, sentence = desk.canonical(), findings(desk)
    assert desk.archive(DAY).tally.withdrawn == 0
    assert (desk.canonical(), findings(desk)) == (canonical, sentence)


def test_a_page_that_disappears_is_withdrawn_with_its_articles_and_may_come_back(
    new_desk: NewDesk,
) -> None:
    desk = new_desk(Scenario(name="healthy"))
    shown = desk.archive(DAY)
    canonical = desk.canonical()
    desk.source.gone = ".htm"
    gone = desk.archive(DAY)
    assert (gone.verdict.state, gone.verdict.cause) == ("withdrawn", "not_published")
    assert gone.verdict.exit_code == 11
    assert gone.tally.withdrawn == shown.tally.new
    assert {record.status for record in desk.articles()} == {"withdrawn"}
    assert (desk.ledger(DAY).state, desk.ledger(DAY).cause) == ("withdrawn", "not_published")
    assert set(findings(desk)) == {"withdrawn", "article_withdrawn"}
    desk.source.gone = None
    back = desk.archive(DAY)
    assert (back.verdict.state, desk.ledger(DAY).state) == ("archived", "archived")
    assert back.tally.unchanged == shown.tally.new
    assert (desk.canonical(), findings(desk)) == (canonical, {})


def test_what_a_run_says_of_a_withdrawn_page_is_what_the_ledger_says(new_desk: NewDesk) -> None:
    desk = new_desk(faulty("page_withdrawn"))
    desk.archive(DAY)
    assert desk.archive(DAY).verdict.cause == "listed_but_missing"  # the front is still the old one
    desk = restarted(new_desk, desk)
    result, entry = desk.archive(DAY), desk.ledger(DAY)
    said = (result.verdict.state, result.verdict.cause, result.verdict.exit_code)
    assert said == (entry.state, entry.cause, 11) == ("withdrawn", "no_such_page", 11)
    assert result.verdict.message is not None
    assert str(DAY) in result.verdict.message


def test_an_issue_that_disappears_after_its_pages_were_kept_is_withdrawn_by_its_front(
    new_desk: NewDesk,
) -> None:
    desk = new_desk()
    desk.archive(DAY, 1)
    desk.close()
    later = new_desk()
    later.source.gone = ".htm"
    (result,) = later.carry_out([ArchiveIssue(issue_date=DAY, reason="the test says so")])
    assert (result.key.page_no, result.verdict.state) == (1, "withdrawn")


def test_an_article_that_changes_twice_has_three_revisions(new_desk: NewDesk) -> None:
    desk = new_desk(faulty("changing_article"))
    assert [desk.archive(DAY).tally.revised for _ in range(4)] == [0, 1, 1, 0]
    with desk.catalogue.reading() as reader:
        history = reader.revisions(LEAD_ID)
    assert [record.revision for record in history] == [1, 2, 3]
    for record, gained in zip(history[1:], REVISIONS[1:], strict=True):
        assert gained in record.article.text
    assert findings(desk) == {}


def test_a_late_issue_is_absent_and_then_archived(new_desk: NewDesk) -> None:
    desk = new_desk(faulty("page_404", reads=2))
    states = [(desk.archive(DAY).verdict.state, desk.ledger(DAY).attempts) for _ in range(3)]
    assert states == [("not_published", 1), ("not_published", 2), ("archived", 3)]
    assert findings(desk) == {}


def test_an_absence_counts_only_the_looks_that_agree_on_it(new_desk: NewDesk) -> None:
    """`attempts` says on how many looks an absence rests; five broken lines are no evidence."""
    desk = new_desk(faulty("no_issue"))
    desk.source.spoils[".htm"] = Unreachable("no connection")
    for _ in range(5):
        desk.archive(DAY)
    assert (desk.ledger(DAY).state, desk.ledger(DAY).attempts) == ("retry", 5)
    desk.source.spoils.clear()
    looks = [(desk.archive(DAY).verdict.state, desk.ledger(DAY).attempts) for _ in range(3)]
    assert looks == [("not_published", n) for n in (1, 2, 3)]


def test_a_re_reading_that_fails_keeps_the_page_and_says_when_to_look_again(
    new_desk: NewDesk,
) -> None:
    desk = new_desk()
    desk.archive(DAY)
    before, canonical = desk.ledger(DAY), desk.canonical()
    desk.source.spoils[OF_INDEX] = Unreachable("no connection")
    result = desk.archive(DAY)
    after: LedgerEntry = desk.ledger(DAY)
    assert (result.verdict.state, after.state, after.evidence) == (
        "retry",
        "archived",
        before.evidence,
    )
    assert after.next_attempt_at is not None
    assert (
        timedelta(minutes=14) < after.next_attempt_at - desk.clock.moment <= timedelta(minutes=15)
    )
    assert desk.canonical() == canonical
    assert list(findings(desk)) == ["unreachable"]
    desk.source.spoils.clear()
    desk.archive(DAY)
    assert desk.ledger(DAY).next_attempt_at is None
    assert findings(desk) == {}


def test_an_article_that_cannot_be_read_again_is_kept_and_not_withdrawn(new_desk: NewDesk) -> None:
    desk = new_desk()
    desk.archive(DAY)
    canonical = desk.canonical()
    desk.source.spoils[f"_{true_page().lead.native_id}.htm"] = LayoutChanged("x")  # type: ignore[assignment]
    result = desk.archive(DAY)
    assert (result.tally.lost, result.tally.withdrawn, result.verdict.state) == (1, 0, "failed")
    assert (desk.canonical(), desk.ledger(DAY).state) == (canonical, "archived")
    assert list(findings(desk)) == ["layout_changed"]


TABLES = ("papers", "pages", "entries", "articles", "revisions", "captures", "ledger", "findings")


def contents(desk: Any) -> dict[str, Any]:
    """Every row of every table that a look writes."""
    with desk.catalogue.database.reading() as session:
        return {
            table: sorted(map(repr, session.execute(text(f"SELECT * FROM {table}"))))  # noqa: S608
            for table in TABLES
        }


def refuse(desk: Any, table: str) -> None:
    """From now on the database takes no new row of that table."""
    with desk.catalogue.database.connecting() as connection:
        refusal = f"BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'refused'); END"
        connection.execute(text(f"CREATE TRIGGER refusal {refusal}"))


def allow(desk: Any) -> None:
    with desk.catalogue.database.connecting() as connection:
        connection.execute(text("DROP TRIGGER refusal"))


@pytest.mark.parametrize("table", ["captures", "entries", "articles", "ledger"])
def test_a_first_look_that_the_database_refuses_in_the_middle_leaves_nothing_half(
    new_desk: NewDesk, table: str
) -> None:
    desk, undisturbed = new_desk(), new_desk(name="undisturbed")
    undisturbed.archive(DAY)
    refuse(desk, table)
    with pytest.raises(ArchiveDamaged):
        desk.archive(DAY)
    assert not any(contents(desk).values())
    allow(desk)
    desk.archive(DAY)
    assert desk.keeper.pending == ()
    assert desk.canonical() == undisturbed.canonical()
    assert desk.captures() == undisturbed.captures()


def test_a_second_look_that_the_database_refuses_at_its_end_withdraws_nothing(
    new_desk: NewDesk,
) -> None:
    desk = new_desk(faulty("withdrawn_article"))
    desk.archive(DAY)
    before = contents(desk)
    refuse(desk, "findings")
    with pytest.raises(ArchiveDamaged):
        desk.archive(DAY)
    assert contents(desk) == before
    allow(desk)
    assert desk.archive(DAY).tally.withdrawn == 1
