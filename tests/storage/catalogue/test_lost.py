"""A commit whose answer is lost, a server that crashes: written again, everything is there once."""

from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import event

from press.errors import HomeUnusable
from press.finding import Finding
from press.record import canonical_json, json_line
from storage.catalogue import Catalogue, Selection
from tests.storage.dropping import CUTS, Dropping
from tests.storage.postgresql import binaries, passing_server
from tests.storage.samples import (
    DAY,
    KEY,
    PARSER,
    READ_AT,
    START,
    a_capture,
    a_ledger_entry,
    a_page,
    an_article,
)

PAGES = 12


def archive(catalogue, number):
    """All that a run writes of one page, the same whenever it is written."""
    day = DAY + timedelta(days=number)
    key = replace(KEY, issue_date=day)
    index = a_capture(f"index {number}", hours=2 * number)
    body = a_capture(f"body {number}", hours=2 * number + 1)
    with catalogue.writing() as writer:
        writer.save_page(a_page("桥上的灯亮了", issue_date=day), "重庆日报", index, READ_AT)
        writer.save_article(an_article(issue_date=day), body, PARSER, READ_AT)
        writer.settle_articles(key, ["353117"], index.place.sha256, READ_AT)
        writer.save_ledger(a_ledger_entry(issue_date=day, state="archived", cause=None))
        writer.settle_findings(key, [Finding(key=key, kind="odd", sentence="少了一篇。")], START)


def contents(catalogue):
    """All that the archive knows, without the row ids, of which an undone transaction takes some."""
    with catalogue.reading() as reader:
        articles = list(reader.articles(Selection()))
        return (
            [json_line(canonical_json(one)) for one in articles],
            [reader.revisions(one.id) for one in articles],
            list(reader.ledger(Selection())),
            reader.findings(),
            reader.counts(),
            reader.committed_ends(),
        )


@pytest.fixture
def undisturbed(file_catalogue):
    for number in range(PAGES):
        archive(file_catalogue, number)
    return contents(file_catalogue)


@pytest.fixture
def line(server_databases):
    with Dropping(server_databases.shared()) as dropping:
        yield dropping


@pytest.mark.parametrize("cut", CUTS)
def test_a_lost_commit_is_an_error_and_may_be_run_again(line, file_catalogue, cut):
    archive(file_catalogue, 0)
    with closing(Catalogue.open(line.url)) as catalogue:
        line.cuts.append(cut)
        with pytest.raises(HomeUnusable, match="what was not confirmed is done anew"):
            archive(catalogue, 0)
        assert line.carried_out == 1
        archive(catalogue, 0)
        assert contents(catalogue) == contents(file_catalogue)


def test_only_a_commit_that_did_not_arrive_is_undone(line):
    with closing(Catalogue.open(line.url)) as catalogue:
        kept = []
        for cut in ("before", "reply"):
            line.cuts.append(cut)
            with pytest.raises(HomeUnusable):
                archive(catalogue, 0)
            with catalogue.reading() as reader:
                kept.append(reader.counts().articles)
    assert kept == [0, 1]


def test_with_every_other_commit_lost_every_page_ends_archived_and_once(line, undisturbed):
    chance = Random(7)  # noqa: S311 - a seed, no secret
    with closing(Catalogue.open(line.url)) as catalogue:
        for number in range(PAGES):
            line.cuts += [chance.choice(CUTS) for _ in range(chance.randrange(3))]
            _until_acknowledged(catalogue, number)
        assert line.carried_out >= PAGES // 2
        assert contents(catalogue) == undisturbed


def test_a_server_that_crashes_at_any_statement_loses_nothing_that_was_acknowledged(undisturbed):
    if binaries() is None:
        pytest.skip("a named server is not ours to crash: install one of our own")
    chance = Random(11)  # noqa: S311 - a seed, no secret
    crashes = 4
    with ExitStack() as stack:
        server = stack.enter_context(passing_server())
        catalogue = stack.enter_context(closing(Catalogue.open(server.url)))
        at = [chance.randrange(20, 60) for _ in range(crashes)]

        def crash(*_):
            if at:
                at[0] -= 1
                if at[0] == 0:
                    del at[0]
                    server.crash()

        event.listen(catalogue.database.engine, "before_cursor_execute", crash)
        for number in range(PAGES):
            _until_acknowledged(catalogue, number)
            with catalogue.reading() as reader:
                assert reader.counts().articles == number + 1
        assert at == []
        assert contents(catalogue) == undisturbed


def _until_acknowledged(catalogue, number):
    for _ in range(10):
        try:
            archive(catalogue, number)
        except HomeUnusable:
            continue
        return
    raise AssertionError("never acknowledged")
