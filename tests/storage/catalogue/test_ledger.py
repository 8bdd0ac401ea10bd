"""The ledger as plans ask for it."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.model import PageLink
from storage.catalogue import Selection
from tests.storage.samples import (
    DAY,
    READ_AT,
    START,
    a_capture,
    a_ledger_entry,
    a_page,
)

NEXT_DAY = DAY + timedelta(days=1)
FIVE = [
    a_ledger_entry(page_no=2),
    a_ledger_entry(page_no=10),
    a_ledger_entry(page_no="A02"),
    a_ledger_entry(page_no=1, issue_date=NEXT_DAY),
    a_ledger_entry(page_no=1, paper="jxrb"),
]
SOON = START + timedelta(hours=1)


def fill(catalogue, entries):
    with catalogue.writing() as writer:
        for entry in entries:
            writer.save_ledger(entry)


def told(catalogue, **chosen):
    with catalogue.reading() as reader:
        return list(reader.ledger(Selection(**chosen)))


def to_look_at(catalogue, paper="cqrb", since=NEXT_DAY, now=START):
    with catalogue.reading() as reader:
        return list(reader.ledger_to_look_at(paper, since, now))


@pytest.mark.parametrize("inserted", list(permutations(FIVE))[::17])
def test_the_ledger_comes_by_paper_date_and_page_as_bound_however_it_was_filled(
    catalogue, inserted
):
    fill(catalogue, inserted)
    assert told(catalogue) == FIVE


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"paper": "jxrb"}, FIVE[4:]),
        ({"paper": "none"}, []),
        ({"paper": "cqrb", "since": NEXT_DAY}, FIVE[3:4]),
        ({"paper": "cqrb", "until": DAY}, FIVE[:3]),
        ({"since": NEXT_DAY, "until": DAY}, []),
        ({"page_no": 1}, FIVE[3:]),
        ({"page_no": "A02"}, FIVE[2:3]),
        ({"page_no": 7}, []),
    ],
)
def test_a_selection_chooses_by_paper_dates_and_page(catalogue, chosen, expected):
    fill(catalogue, FIVE)
    assert told(catalogue, **chosen) == expected


def test_more_entries_than_a_batch_come_once_each(catalogue):
    days = [DAY + timedelta(days=n) for n in range(600)]
    fill(catalogue, [a_ledger_entry(issue_date=day, page_no=no) for day in days for no in (7, 2)])
    expected = [(day, no) for day in days for no in (2, 7)]
    assert [(one.issue_date, one.page_no) for one in told(catalogue)] == expected


def test_a_waiting_page_is_to_be_looked_at_from_its_next_attempt_on(catalogue):
    waiting = a_ledger_entry(next_attempt_at=SOON)
    fill(catalogue, [waiting])
    assert to_look_at(catalogue, now=SOON - timedelta(microseconds=1)) == []
    assert to_look_at(catalogue, now=SOON) == [waiting]


@pytest.mark.parametrize("state", ["archived", "failed", "not_published", "not_yet_due"])
def test_a_recent_page_is_to_be_looked_at_whatever_its_state(catalogue, state):
    recent = a_ledger_entry(state=state, next_attempt_at=None)
    fill(catalogue, [recent])
    assert to_look_at(catalogue, since=DAY) == [recent]
    assert to_look_at(catalogue, since=NEXT_DAY) == []


def test_a_waiting_and_recent_page_is_given_once_and_another_papers_not_at_all(catalogue):
    fill(catalogue, [a_ledger_entry(), a_ledger_entry(paper="jxrb")])
    assert to_look_at(catalogue, since=DAY) == [a_ledger_entry()]


def test_the_beginning_is_the_earliest_date_of_that_page_or_of_any(catalogue):
    fill(catalogue, FIVE)
    with catalogue.reading() as reader:
        assert reader.beginning("cqrb", None) == DAY
        assert reader.beginning("cqrb", 1) == NEXT_DAY
        assert reader.beginning("cqrb", 7) is None
        assert reader.beginning("none", None) is None


DATES = st.dates(date(2030, 12, 30), date(2031, 1, 5))
ENTRIES = st.lists(
    st.builds(
        a_ledger_entry,
        paper=st.sampled_from(["cqrb", "jxrb"]),
        issue_date=DATES,
        page_no=st.sampled_from([1, 2, 10, "A01"]),
    ),
    max_size=12,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(entries=ENTRIES, since=DATES, until=DATES)
def test_a_span_holds_exactly_the_entries_of_its_days(catalogue, entries, since, until):
    with catalogue.writing() as writer:
        for entry in entries:
            writer.save_ledger(entry)
        kept = set(writer.ledger(Selection()))
        chosen = list(writer.ledger(Selection(paper="cqrb", since=since, until=until)))
    assert set(chosen) == {
        one for one in kept if one.paper == "cqrb" and since <= one.issue_date <= until
    }
    assert len(set(chosen)) == len(chosen)


def a_link(page_no):
    return PageLink(
        page_no=page_no, page_label=str(page_no), page_name=None, url=None, pdf_url=None
    )


def save_page(catalogue, *listed, **changes):
    with catalogue.writing() as writer:
        page = a_page(page_links=tuple(map(a_link, listed)), **changes)
        writer.save_page(page, "重庆日报", a_capture("index"), READ_AT)


def listed_pages(catalogue, issue_date=DAY):
    with catalogue.reading() as reader:
        return reader.listed_pages("cqrb", issue_date)


def test_an_issue_of_which_no_page_is_kept_lists_none(catalogue):
    assert listed_pages(catalogue) == ()


def test_the_pages_are_those_that_the_first_kept_page_lists_in_its_order(catalogue):
    save_page(catalogue, 1, 7, 9, page_no=7)
    assert listed_pages(catalogue) == (1, 7, 9)
    save_page(catalogue, 1, 2, "A01", page_no=2)
    assert listed_pages(catalogue) == (1, 2, "A01")
    assert listed_pages(catalogue, NEXT_DAY) == ()


def test_a_page_that_lists_nothing_does_not_hide_what_another_lists(catalogue):
    save_page(catalogue, page_no=1)
    assert listed_pages(catalogue) == ()
    save_page(catalogue, 1, 8, page_no=8)
    assert listed_pages(catalogue) == (1, 8)


def test_a_page_that_does_not_list_itself_comes_first(catalogue):
    save_page(catalogue, 2, 3, page_no=1)
    assert listed_pages(catalogue) == (1, 2, 3)
