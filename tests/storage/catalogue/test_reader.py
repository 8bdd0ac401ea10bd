"""The named questions."""

from datetime import UTC, date, timedelta
from itertools import permutations

import pytest
from sqlalchemy import event
from sqlalchemy.exc import StatementError

from press.clock import BEIJING
from press.errors import UsageError
from press.record import Tombstone
from storage.catalogue import Counts, Selection
from storage.catalogue.models import ArticleRow
from storage.catalogue.reader import BATCH
from storage.catalogue.selection import MAX_IDS
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

NEXT_DAY = date(2031, 2, 4)
FIVE = [
    an_article("1", order=2),
    an_article("2", order=1),
    an_article("3", page_no=10, order=1),
    an_article("4", page_no="A02", order=1),
    an_article("5", issue_date=NEXT_DAY, page_no=1),
]
IN_ORDER = ["2", "1", "3", "4", "5"]


def fill(catalogue, articles):
    with catalogue.writing() as writer:
        for article in articles:
            writer.save_article(article, a_capture(), PARSER, READ_AT)


def chosen(catalogue, **filters):
    with catalogue.reading() as reader:
        return [one.article.native_id for one in reader.articles(Selection(**filters))]


@pytest.mark.parametrize("inserted", list(permutations(FIVE))[::17])
def test_articles_come_in_the_order_of_reading_however_they_were_saved(catalogue, inserted):
    fill(catalogue, inserted)
    assert chosen(catalogue) == IN_ORDER


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"paper": "cqrb"}, IN_ORDER),
        ({"paper": "jxrb"}, []),
        ({"since": NEXT_DAY}, ["5"]),
        ({"until": DAY}, ["2", "1", "3", "4"]),
        ({"since": DAY, "until": NEXT_DAY, "page_no": 7}, ["2", "1"]),
        ({"page_no": "A02"}, ["4"]),
        ({"ids": ("cqrb-20310203-007-1", "cqrb-20310204-001-5", "none")}, ["1", "5"]),
        ({"ids": ()}, []),
        ({"status": "needs_review"}, []),
        ({"status": "ok", "limit": 2}, ["2", "1"]),
        ({"limit": 0}, []),
    ],
)
def test_a_selection_takes_what_fits_every_filter(catalogue, filters, expected):
    fill(catalogue, FIVE)
    assert chosen(catalogue, **filters) == expected


def test_the_newest_come_first_in_the_order_of_their_issue(catalogue):
    fill(catalogue, FIVE)
    with catalogue.reading() as reader:
        found = [one.article.native_id for one in reader.newest_articles(Selection(), 3)]
    assert found == ["5", "2", "1"]


def test_too_many_ids_are_a_usage_error(catalogue):
    with pytest.raises(UsageError, match="10,000"):
        chosen(catalogue, ids=("x",) * (MAX_IDS + 1))


def test_a_stream_holds_one_batch_at_a_time(catalogue):
    many = BATCH * 2 + 1
    fill(catalogue, [an_article(str(n), order=n, blocks=()) for n in range(many)])
    fetched = []

    def note(row, _context):
        fetched.append(row.id)

    event.listen(ArticleRow, "load", note)
    with catalogue.reading() as reader:
        stream = reader.articles(Selection())
        assert next(stream).article.order == 0
        assert len(fetched) == BATCH
        assert len(list(stream)) == many - 1
    event.remove(ArticleRow, "load", note)


def test_the_last_capture_is_the_newest_and_then_the_furthest_on_the_shelf(catalogue):
    places = [(1, "one", 0), (5, "two", 500), (5, "three", 900), (3, "four", 9999)]
    captures = [a_capture(body, hours=hours) for hours, body, _ in places]
    for n, (_, _, offset) in enumerate(places):
        place = captures[n].place.__class__(
            file="baoku-00002.warc.gz", offset=offset, length=9, sha256=captures[n].place.sha256
        )
        captures[n] = a_capture(hours=places[n][0], place=place)
    with catalogue.writing() as writer:
        writer.add_captures(captures)
        assert writer.last_capture(captures[0].url) == captures[2]
        assert writer.last_capture("http://paper.example/none") is None


def test_the_last_capture_up_to_a_moment_is_the_newest_of_those_before_it(catalogue):
    captures = [a_capture(str(hours), hours=hours) for hours in (1, 3, 5)]
    with catalogue.writing() as writer:
        writer.add_captures(captures)
        for until, expected in ((0, None), (3, captures[1]), (4, captures[1]), (9, captures[2])):
            moment = START + timedelta(hours=until)
            assert writer.last_capture(captures[0].url, moment) == expected


def test_a_body_was_read_when_a_page_or_any_revision_came_from_it(catalogue):
    bodies = {name: a_capture(name, hours=n) for n, name in enumerate("abcde")}
    with catalogue.writing() as writer:
        writer.add_captures(bodies.values())
        writer.save_article(an_article(), bodies["a"], PARSER, READ_AT)
        writer.save_article(an_article(headline="另一个题"), bodies["b"], PARSER, READ_AT)
        writer.save_article(an_article(headline="另一个题"), bodies["c"], PARSER, READ_AT)
        writer.save_page(a_page("题"), "重庆日报", bodies["d"], READ_AT)
    with catalogue.reading() as reader:
        was_read = {name for name, one in bodies.items() if reader.was_read(one.place.sha256)}
    assert was_read == {"a", "b", "d"}


def test_the_origins_are_those_of_all_captures_each_once(catalogue):
    urls = [
        "http://paper.example/a",
        "http://paper.example/b?c=https://other.example/",
        "https://paper.example/a",
        "http://127.0.0.1:8123/a",
        "http://[::1]:8123/",
        "import:dump.txt",
    ]
    with catalogue.writing() as writer:
        assert writer.origins() == ()
        writer.add_captures(a_capture(url, hours=n, url=url) for n, url in enumerate(urls, start=1))
        assert writer.origins() == (
            "http://127.0.0.1:8123",
            "http://[::1]:8123",
            "http://paper.example",
            "https://paper.example",
        )


def test_a_time_is_the_same_moment_in_any_zone(catalogue):
    capture = a_capture(captured_at=START.astimezone(BEIJING))
    with catalogue.writing() as writer:
        writer.add_captures([capture])
        kept = writer.last_capture(capture.url).captured_at
    assert (kept, kept.tzinfo) == (START, UTC)


def test_a_time_without_a_zone_is_a_mistake_of_ours(catalogue):
    with pytest.raises(StatementError, match="aware UTC"), catalogue.writing() as writer:
        writer.add_captures([a_capture(captured_at=START.replace(tzinfo=None))])


def test_a_body_is_found_in_its_oldest_whole_record(catalogue):
    captures = [
        a_capture(hours=1, kind="revisit"),
        a_capture(hours=3, kind="resource"),
        a_capture(hours=2),
    ]
    with catalogue.writing() as writer:
        writer.add_captures(captures)
        assert writer.capture_of_body(captures[0].place.sha256) == captures[2]
        assert writer.capture_of_body("0" * 64) is None


def test_captures_are_entered_once(catalogue):
    with catalogue.writing() as writer:
        writer.add_captures([a_capture(), a_capture()])
    with catalogue.writing() as writer:
        writer.add_captures([a_capture()])
        assert writer.counts() == Counts(papers=0, pages=0, articles=0, captures=1)


def test_each_file_ends_where_its_last_record_does(catalogue):
    with catalogue.writing() as writer:
        assert writer.committed_ends() == {}
        writer.add_captures([a_capture(hours=3), a_capture(hours=1)])
        assert writer.committed_ends() == {"baoku-00001.warc.gz": 30_900}


def test_a_page_that_never_was_due_is_in_no_state(catalogue):
    with catalogue.writing() as writer:
        writer.save_ledger(a_ledger_entry())
        assert writer.ledger_entry("cqrb", DAY, 7) == a_ledger_entry()
        assert writer.ledger_entry("cqrb", DAY, 8) is None


def test_a_withdrawn_article_has_a_tombstone_until_it_is_announced_again(catalogue):
    fill(catalogue, FIVE[:2])
    withdrawn, standing = "cqrb-20310203-007-1", "cqrb-20310203-007-2"
    with catalogue.writing() as writer:
        assert writer.settle_articles(KEY, ["2"], "0" * 64, START) == (withdrawn,)
        expected = Tombstone(withdrawn_at=START, evidence="0" * 64)
        assert writer.tombstone(withdrawn) == expected
        assert writer.tombstone(standing) is None
        assert writer.tombstone("cqrb-20310203-007-99") is None
        writer.settle_articles(KEY, ["1", "2"], "1" * 64, START)
        assert writer.tombstone(withdrawn) is None


def test_nothing_is_none_or_empty(catalogue):
    with catalogue.reading() as reader:
        assert reader.article("cqrb-20310203-007-1") is None
        assert reader.revisions("cqrb-20310203-007-1") == ()
