"""Two who write at once take turns, on either database: nothing is lost, nothing is there twice."""

from contextlib import closing
from dataclasses import replace
from threading import Barrier, Event, Thread

import pytest

from press.errors import ArchiveHeld
from storage.catalogue import Catalogue, Selection
from tests.storage.samples import (
    DAY,
    KEY,
    PARSER,
    READ_AT,
    a_capture,
    a_ledger_entry,
    a_page,
    an_article,
)

ID = "cqrb-20310203-007-353117"


def together(*works):
    """Runs each in a thread of its own, and raises what one of them raised."""
    failures = []

    def guarded(work):
        try:
            work()
        except Exception as error:  # noqa: BLE001 - raised again below
            failures.append(error)

    threads = [Thread(target=guarded, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    if failures:
        raise failures[0]


def test_two_who_revise_one_article_make_two_revisions(catalogue):
    with catalogue.writing() as writer:
        writer.save_article(an_article(), a_capture(), PARSER, READ_AT)
    start = Barrier(4)

    def revise(number):
        start.wait(timeout=20)
        with catalogue.writing() as writer:
            changed = an_article(headline=f"第{number}盏灯")
            capture = a_capture(str(number), hours=number)
            assert writer.save_article(changed, capture, PARSER, READ_AT) in {
                "revised",
                "unchanged",
            }

    together(*(lambda n=n: revise(n) for n in range(1, 5)))
    with catalogue.reading() as reader:
        history = reader.revisions(ID)
        assert reader.article(ID).article.headline == "第4盏灯"
    assert [one.revision for one in history] == list(range(1, len(history) + 1))
    assert len({one.article.headline for one in history}) == len(history)


def test_two_who_archive_one_new_page_make_one(catalogue):
    start = Barrier(4)

    def archive():
        start.wait(timeout=20)
        with catalogue.writing() as writer:
            writer.save_page(a_page("桥上的灯亮了"), "重庆日报", a_capture("i", hours=1), READ_AT)
            writer.save_article(an_article(), a_capture(), PARSER, READ_AT)
            writer.save_ledger(a_ledger_entry(state="archived"))

    together(*[archive] * 4)
    with catalogue.reading() as reader:
        counts = reader.counts()
    assert (counts.papers, counts.pages, counts.articles, counts.captures) == (1, 1, 1, 2)


def test_no_attempt_is_lost(catalogue):
    with catalogue.writing() as writer:
        writer.save_ledger(a_ledger_entry(attempts=0))

    def try_again():
        for _ in range(5):
            with catalogue.writing() as writer:
                entry = writer.ledger_entry("cqrb", DAY, 7)
                writer.save_ledger(replace(entry, attempts=entry.attempts + 1))

    together(*[try_again] * 4)
    with catalogue.reading() as reader:
        assert reader.ledger_entry("cqrb", DAY, 7).attempts == 20


def test_what_a_writer_reads_holds_until_it_has_written(catalogue):
    """No write skew: the second sees what the first has written, although it began before."""
    reads, goes_on = Event(), Event()
    seen = []

    def first():
        with catalogue.writing() as writer:
            seen.append(len(writer.page_keys(Selection())))
            reads.set()
            goes_on.wait(timeout=20)
            writer.save_ledger(a_ledger_entry(page_no=1))

    def second():
        reads.wait(timeout=20)
        goes_on.set()
        with catalogue.writing() as writer:
            seen.append(len(writer.page_keys(Selection())))
            writer.save_ledger(a_ledger_entry(page_no=2))

    together(first, second)
    assert seen == [0, 1]


def test_a_writer_does_not_wait_for_ever(catalogue, url):
    with (
        closing(Catalogue.open(url, budget_s=0.2)) as other,
        catalogue.writing(),
        pytest.raises(ArchiveHeld, match="another run"),
        other.writing(),
    ):
        pass
    with catalogue.reading() as reader:
        assert reader.page(KEY) is None
