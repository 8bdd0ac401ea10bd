"""What an unattended run has to do, from invented ledgers."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.entering import entry_after
from pipeline.looks import Rules, due_at, next_look_at
from pipeline.plan import ArchiveIssue, ArchivePage, EveryPage, filling, issue_date_of
from pipeline.upkeep import known_to, plan_days, plan_due, wanted
from pipeline.verdict import verdict_of_articles
from press.keys import PageKey
from press.model import Page, PageLink, PageNo
from press.outcome import LedgerEntry, State
from storage.catalogue import Catalogue, Selection
from tests.pipeline.calendars import NOW, TODAY, a_paper, an_entry
from tests.storage.samples import a_capture, a_page

PAPER = a_paper()
RULES = Rules()
DAY = timedelta(days=1)
Told = tuple[str, date, PageNo | str, str]


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue.open(f"sqlite:///{tmp_path / 'c.sqlite3'}")
    yield opened
    opened.close()


def enter(catalogue: Catalogue, *entries: LedgerEntry) -> None:
    with catalogue.writing() as writer:
        for entry in entries:
            writer.save_ledger(entry)


def list_pages(catalogue: Catalogue, issue_date: date, *page_nos: int) -> None:
    """Keeps page 7 of that issue, which lists these pages."""
    links = tuple(
        PageLink(page_no=no, page_label=str(no), page_name=None, url=None, pdf_url=None)
        for no in page_nos
    )
    page: Page = a_page(paper="xmrb", issue_date=issue_date, page_links=links)
    with catalogue.writing() as writer:
        writer.save_page(page, "仙门日报", a_capture(str(issue_date)), NOW)


def keep_page_1(catalogue: Catalogue) -> None:
    """Nothing of today's issue is due any more."""
    enter(catalogue, archived(TODAY, page_no=1), archived(TODAY))
    list_pages(catalogue, TODAY, 1)


def due(
    catalogue: Catalogue,
    page_no: PageNo = 7,
    now: datetime = NOW,
    rules: Rules = RULES,
) -> list[Told]:
    """The plan in short: what, of which day, which page, to which end."""
    return [told(intent) for intent in plan_due(catalogue, PAPER, page_no, now, rules)]


def told(intent: ArchivePage | ArchiveIssue) -> Told:
    if isinstance(intent, ArchiveIssue):
        return "issue", intent.issue_date, "all", intent.aim
    return "page", intent.key.issue_date, intent.key.page_no, intent.aim


def archived(issue_date: date, page_no: PageNo = 7, looked: datetime = NOW) -> LedgerEntry:
    return an_entry("archived", issue_date=issue_date, page_no=page_no, checked_at=looked)


def test_of_an_empty_archive_todays_issue_is_due(catalogue: Catalogue) -> None:
    assert due(catalogue) == [("page", TODAY, 7, "archive")]
    assert due(catalogue, "all") == [("issue", TODAY, "all", "archive")]


def test_when_all_was_just_looked_at_nothing_is_due(catalogue: Catalogue) -> None:
    enter(catalogue, *(archived(TODAY - n * DAY) for n in range(40)))
    assert due(catalogue) == []


def test_days_missed_since_the_first_are_due_the_newest_first(catalogue: Catalogue) -> None:
    enter(catalogue, archived(TODAY - 3 * DAY))
    assert due(catalogue) == [("page", TODAY - n * DAY, 7, "archive") for n in range(3)]


def test_another_pages_beginning_is_not_this_pages(catalogue: Catalogue) -> None:
    enter(catalogue, archived(TODAY - 3 * DAY, page_no=5))
    assert due(catalogue) == [("page", TODAY, 7, "archive")]


def test_a_missed_day_is_not_healed_further_back_than_the_rules_say(catalogue: Catalogue) -> None:
    enter(catalogue, archived(TODAY - 90 * DAY))
    days = [issue_date for _, issue_date, _, _ in due(catalogue, rules=Rules(heal_days=5))]
    assert days == [TODAY - n * DAY for n in range(6)]


@pytest.mark.parametrize("days", [2, 40, 4000])
def test_a_retry_is_due_from_its_time_on_however_old_its_issue_is(
    catalogue: Catalogue, days: int
) -> None:
    old = max(TODAY - days * DAY, PAPER.first_issue)
    waiting = an_entry(
        "retry",
        issue_date=old,
        cause="challenge",
        next_attempt_at=NOW,
        checked_at=NOW - DAY,
    )
    enter(catalogue, waiting, *(archived(TODAY - n * DAY) for n in range(40)))
    enter(catalogue, waiting)
    assert due(catalogue) == [("page", old, 7, "retry")]
    assert due(catalogue, now=NOW - timedelta(seconds=1)) == []


def want(catalogue: Catalogue, days: Iterable[date], page_no: PageNo | EveryPage) -> int:
    """Enters those days as a backfill does that leaves them to others."""
    intents = plan_days(PAPER, days, page_no, filling(NOW, NOW), known_to(catalogue, PAPER))
    entries = tuple(wanted(intents, PAPER, NOW))
    with catalogue.writing() as writer:
        return writer.add_unknown(entries)


def test_what_a_backfill_wants_is_due_at_once_however_old_the_newest_first(
    catalogue: Catalogue,
) -> None:
    enter(catalogue, *(archived(TODAY - n * DAY) for n in range(40)))
    old = [TODAY - n * DAY for n in (39, 300, 4000)]
    assert want(catalogue, old, 7) == 2
    assert due(catalogue) == [("page", day, 7, "archive") for day in old[1:]]
    assert want(catalogue, old, 7) == 0


def test_a_wanted_issue_of_which_no_page_is_known_is_planned_as_a_whole(
    catalogue: Catalogue,
) -> None:
    old = TODAY - 300 * DAY
    keep_page_1(catalogue)
    assert want(catalogue, [old], "all") == 1
    assert due(catalogue, "all", rules=Rules(heal_days=0)) == [("issue", old, "all", "archive")]


@pytest.mark.parametrize("state", ["archived", "not_published", "failed", "withdrawn"])
def test_what_became_known_meanwhile_is_not_wanted_again(
    catalogue: Catalogue, state: State
) -> None:
    (entry,) = wanted([ArchivePage(key=PageKey("xmrb", TODAY, 7), reason="")], PAPER, NOW)
    known = an_entry(state)
    enter(catalogue, known)
    with catalogue.writing() as writer:
        assert writer.add_unknown([entry]) == 0
        assert tuple(writer.ledger(Selection())) == (known,)


@pytest.mark.parametrize("state", ["failed", "not_published", "no_such_page", "withdrawn"])
def test_what_was_settled_long_ago_is_left_alone(catalogue: Catalogue, state: str) -> None:
    enter(catalogue, archived(TODAY))
    enter(catalogue, an_entry(state, issue_date=TODAY - 60 * DAY, checked_at=NOW - 20 * DAY))  # type: ignore[arg-type]
    days = [issue_date for _, issue_date, _, _ in due(catalogue, rules=Rules(heal_days=0))]
    assert days == []


def test_a_re_reading_that_was_missed_while_the_machine_was_off_is_made_up_for(
    catalogue: Catalogue,
) -> None:
    """Off from the 29th day to the 45th: the look that was due on the 30th comes late."""
    old = TODAY - 45 * DAY
    kept = archived(old, looked=due_at(PAPER, old) + 8 * DAY)
    enter(catalogue, kept, *(archived(TODAY - n * DAY) for n in range(40)))
    assert due(catalogue) == [("page", old, 7, "re-read")]


def test_a_re_reading_that_failed_is_tried_again_also_when_it_has_become_old(
    catalogue: Catalogue,
) -> None:
    old = TODAY - 32 * DAY
    kept = archived(old, looked=due_at(PAPER, old) + 8 * DAY)
    enter(catalogue, *(archived(TODAY - n * DAY) for n in range(32)))
    enter(catalogue, replace(kept, next_attempt_at=NOW))
    assert due(catalogue) == [("page", old, 7, "re-read")]
    assert due(catalogue, now=NOW - timedelta(seconds=1)) == []


def test_pages_of_the_ledger_come_after_the_calendars_the_newest_issue_first(
    catalogue: Catalogue,
) -> None:
    late = NOW - DAY
    waiting = [
        an_entry("retry", issue_date=TODAY - n * DAY, page_no=5, next_attempt_at=late)
        for n in (50, 2, 9)
    ]
    enter(catalogue, archived(TODAY - DAY), *waiting)
    assert due(catalogue) == [
        ("page", TODAY, 7, "archive"),
        ("page", TODAY - 2 * DAY, 5, "retry"),
        ("page", TODAY - 9 * DAY, 5, "retry"),
        ("page", TODAY - 50 * DAY, 5, "retry"),
    ]


def test_of_an_issue_whose_pages_are_known_each_missing_page_is_due(catalogue: Catalogue) -> None:
    enter(catalogue, archived(TODAY))
    list_pages(catalogue, TODAY, 1, 7, 8)
    assert due(catalogue, "all") == [("page", TODAY, n, "archive") for n in (1, 8)]


def test_the_front_page_stands_for_an_issue_of_which_no_page_is_known(
    catalogue: Catalogue,
) -> None:
    old = TODAY - 50 * DAY
    keep_page_1(catalogue)
    enter(catalogue, an_entry("retry", issue_date=old, page_no=1, next_attempt_at=NOW))
    found = due(catalogue, "all", rules=Rules(heal_days=0))
    assert found == [("issue", old, "all", "retry")]


def test_where_page_1_itself_is_wanted_it_stands_for_itself(catalogue: Catalogue) -> None:
    old = TODAY - 50 * DAY
    enter(catalogue, archived(TODAY, page_no=1))
    enter(catalogue, an_entry("retry", issue_date=old, page_no=1, next_attempt_at=NOW))
    assert due(catalogue, 1, rules=Rules(heal_days=0)) == [("page", old, 1, "retry")]


def test_a_page_is_not_asked_for_again_beside_its_whole_issue(catalogue: Catalogue) -> None:
    """Page 3 was asked for alone and failed; now the whole issue is."""
    waiting = an_entry("retry", page_no=3, next_attempt_at=NOW)
    enter(catalogue, waiting)
    assert due(catalogue, "all") == [("issue", TODAY, "all", "archive")]


def test_a_page_that_an_earlier_intent_has_seen_to_is_not_given_out_again(
    catalogue: Catalogue,
) -> None:
    old = TODAY - 50 * DAY
    front = an_entry("retry", issue_date=old, page_no=1, next_attempt_at=NOW)
    enter(catalogue, archived(TODAY), front)
    plan = plan_due(catalogue, PAPER, "all", NOW, Rules(heal_days=0))
    given_out = []
    for intent in plan:
        given_out.append(told(intent))
        enter(catalogue, archived(issue_date_of(intent), page_no=1))
    assert len(given_out) == len(set(given_out))


def test_between_two_intents_nobody_is_reading(catalogue: Catalogue) -> None:
    """On SQLite's rollback journal an open reader would keep the writer waiting for 30 seconds."""
    waiting = [
        an_entry("retry", issue_date=TODAY - n * DAY, page_no=5, next_attempt_at=NOW)
        for n in (40, 41)
    ]
    enter(catalogue, archived(TODAY - 2 * DAY), *waiting)
    with catalogue.database.connecting() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    for number, _ in enumerate(plan_due(catalogue, PAPER, 7, NOW, RULES)):
        assert catalogue.database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        enter(catalogue, archived(TODAY - 100 * DAY - number * DAY))
    assert number == 3


def test_what_one_days_work_taught_holds_for_the_next(catalogue: Catalogue) -> None:
    enter(catalogue, archived(TODAY - 2 * DAY))
    plan = plan_due(catalogue, PAPER, 7, NOW, RULES)
    assert issue_date_of(next(plan)) == TODAY
    enter(catalogue, archived(TODAY - DAY))
    assert list(plan) == []


def test_a_day_is_known_as_the_catalogue_has_it(catalogue: Catalogue) -> None:
    enter(catalogue, archived(TODAY), archived(TODAY - DAY, page_no=2))
    list_pages(catalogue, TODAY, 1, 7)
    day = known_to(catalogue, PAPER)(TODAY)
    assert (day.issue_date, day.entries, day.listed) == (TODAY, {7: archived(TODAY)}, (1, 7))


STATES = st.sampled_from(
    ["archived", "retry", "failed", "withdrawn", "not_published", "no_such_page", "not_yet_due"]
)


@st.composite
def ledgers(draw: st.DrawFn) -> list[LedgerEntry]:
    """Pages 1, 3 and 7 of some of the last seventy days, each looked at since it was due."""
    places = st.tuples(st.integers(0, 70), st.sampled_from([1, 3, 7]))
    entries = []
    for back, page_no in sorted(draw(st.sets(places, max_size=12))):
        issue_date = TODAY - back * DAY
        state = draw(STATES)
        looked = due_at(PAPER, issue_date) + draw(
            st.timedeltas(timedelta(0), max(NOW - due_at(PAPER, issue_date), timedelta(0)))
        )
        attempt = NOW + draw(st.timedeltas(-2 * DAY, 2 * DAY)) if state == "retry" else None
        entries.append(
            an_entry(
                state,
                issue_date=issue_date,
                page_no=page_no,
                checked_at=looked.astimezone(UTC),
                next_attempt_at=attempt,
            )
        )
    return entries


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(entries=ledgers(), page_no=st.sampled_from([7, 1, "all"]))
def test_all_that_is_due_is_planned_and_nothing_twice(
    catalogue: Catalogue, entries: list[LedgerEntry], page_no: PageNo
) -> None:
    forget(catalogue)
    enter(catalogue, *entries)
    intents = []
    for intent in plan_due(catalogue, PAPER, page_no, NOW, RULES):
        intents.append(intent)
        numbers = (intent.key.page_no,) if isinstance(intent, ArchivePage) else (1, 3, 7)
        enter(catalogue, *(archived(issue_date_of(intent), page_no=no) for no in numbers))
    pages = [one.key for one in intents if isinstance(one, ArchivePage)]
    issues = [one.issue_date for one in intents if isinstance(one, ArchiveIssue)]
    assert len(set(pages)) == len(pages)
    assert len(set(issues)) == len(issues)
    assert not {key.issue_date for key in pages} & set(issues)
    oldest = TODAY - (max(RULES.reread_days) + RULES.heal_days) * DAY
    wanted = {
        key_of(entry)
        for entry in entries
        if is_due(entry) and (entry.state == "retry" or entry.issue_date >= oldest)
    }
    seen_to = {*pages, *(key_of(one) for one in entries if one.issue_date in issues)}
    assert wanted <= seen_to
    known = {key_of(entry): entry for entry in entries}
    assert all(is_due(known[key]) for key in pages if key in known)


def forget(catalogue: Catalogue) -> None:
    with catalogue.database.connecting() as connection:
        connection.exec_driver_sql("DELETE FROM ledger")


def key_of(entry: LedgerEntry) -> PageKey:
    return PageKey(entry.paper, entry.issue_date, entry.page_no)


def is_due(entry: LedgerEntry) -> bool:
    look_at = next_look_at(entry, PAPER, RULES)
    return look_at is not None and look_at <= NOW


def test_after_it_was_done_nothing_is_due(catalogue: Catalogue) -> None:
    old = [archived(TODAY - n * DAY, looked=due_at(PAPER, TODAY - n * DAY)) for n in (1, 7, 30)]
    enter(catalogue, *old)
    done: Iterable[ArchivePage | ArchiveIssue] = plan_due(catalogue, PAPER, 7, NOW, RULES)
    for intent in done:
        assert isinstance(intent, ArchivePage)
        with catalogue.writing() as writer:
            before = writer.ledger_entry("xmrb", intent.key.issue_date, intent.key.page_no)
            verdict = verdict_of_articles(())
            after = entry_after(before, verdict, key=intent.key, evidence=None, now=NOW)
            writer.save_ledger(after)
    assert due(catalogue) == []
