"""Laws: what comes back is what was saved, for every value of press."""

from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.account import Account
from press.keys import PageKey
from press.record import PageRecord
from storage.catalogue import Selection
from storage.catalogue.rows import page_order
from tests.storage.samples import PARSER
from tests.strategies import ARTICLES, CAPTURES, LEDGER_ENTRIES, MOMENTS, PAGE_NOS, PAGES, PRINTED


class UndoError(Exception):
    """Leaves a transaction without a trace, so that every example begins with an empty archive."""


lawful = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@lawful
@given(article=ARTICLES, capture=CAPTURES, read_at=MOMENTS)
def test_an_article_comes_back_field_by_field(lasting, article, capture, read_at):
    with suppress(UndoError), lasting.writing() as writer:
        assert writer.save_article(article, capture, PARSER, read_at) == "new"
        writer._session.expunge_all()
        (record,) = writer.articles(Selection())
        residue = tuple(one for one in article.account.pieces if one.kind == "residue")
        assert record.article == replace(article, account=Account(residue))
        assert writer.account(record.id) == article.account
        assert (record.place, record.fetched_at) == (capture.place, capture.captured_at)
        assert record == writer.article(record.id) == writer.revisions(record.id)[0]
        assert writer.save_article(article, capture, PARSER, read_at) == "unchanged"
        raise UndoError


@lawful
@given(page=PAGES, name=PRINTED, capture=CAPTURES, read_at=MOMENTS)
def test_a_page_comes_back_field_by_field(lasting, page, name, capture, read_at):
    with suppress(UndoError), lasting.writing() as writer:
        writer.save_page(page, name, capture, read_at)
        writer._session.expunge_all()
        record = writer.page(PageKey(page.paper, page.issue_date, page.page_no))
        assert record == PageRecord(
            id=record.id,
            paper_name=name,
            page=page,
            place=capture.place,
            fetched_at=capture.captured_at,
            article_ids=(),
        )
        raise UndoError


@lawful
@given(entry=LEDGER_ENTRIES, later=LEDGER_ENTRIES)
def test_the_ledger_holds_the_last_state(lasting, entry, later):
    later = replace(later, paper=entry.paper, issue_date=entry.issue_date, page_no=entry.page_no)
    with suppress(UndoError), lasting.writing() as writer:
        for state in (entry, later):
            writer.save_ledger(state)
            writer._session.flush()
            writer._session.expire_all()
            kept = writer.ledger_entry(entry.paper, entry.issue_date, entry.page_no)
            assert kept == state
        raise UndoError


@lawful
@given(capture=CAPTURES)
def test_a_capture_comes_back(lasting, capture):
    with suppress(UndoError), lasting.writing() as writer:
        writer.add_captures([capture, capture])
        writer._session.expunge_all()
        assert writer.last_capture(capture.url) == capture
        whole = None if capture.kind == "revisit" else capture
        assert writer.capture_of_body(capture.place.sha256) == whole
        end = capture.place.offset + capture.place.length
        assert writer.committed_ends() == {capture.place.file: end}
        assert writer.counts().captures == 1
        raise UndoError


@given(st.sets(PAGE_NOS, min_size=2, max_size=30))
def test_plain_pages_sort_as_numbers_and_come_before_lettered_sections(page_nos):
    bound = sorted(page_nos, key=page_order)
    for first, second in pairwise(bound):
        if isinstance(second, int):
            assert isinstance(first, int)
            assert first < second
        elif isinstance(first, str):
            letters = [one.rstrip("0123456789") for one in (first, second)]
            assert (len(letters[0]), letters[0]) <= (len(letters[1]), letters[1])
