"""What was asked of the archive, and how it ended."""

from datetime import timedelta

import pytest

from press.run import History
from tests.storage.samples import DAY, START, a_capture, a_ledger_entry

LATER = START + timedelta(hours=1)
ASKED = "cqrb 2031-02-03 page 7"


def begin(catalogue, command="crawl", asked=ASKED, now=START):
    with catalogue.writing() as writer:
        return writer.begin_run(command, asked, now)


def finish(catalogue, run, exit_code=0, now=LATER, **tally):
    with catalogue.writing() as writer:
        writer.finish_run(run, exit_code=exit_code, tally=tally, now=now)


def histories(catalogue):
    with catalogue.reading() as reader:
        return reader.histories()


def test_a_run_that_began_is_unfinished_until_it_says_how_it_ended(catalogue):
    run = begin(catalogue)
    assert (run.command, run.asked, run.started_at) == ("crawl", ASKED, START)
    with catalogue.reading() as reader:
        assert reader.unfinished_run("crawl", ASKED) == run
    finish(catalogue, run, 20, archived=3, retry=1)
    with catalogue.reading() as reader:
        assert reader.unfinished_run("crawl", ASKED) is None
        ended = reader.last_run()
    assert (ended.finished_at, ended.exit_code) == (LATER, 20)
    assert ended.tally == {"archived": 3, "retry": 1}


def test_a_task_is_unfinished_only_while_its_newest_run_is(catalogue):
    begin(catalogue)
    other = begin(catalogue, asked="cqrb 2031-02-04 page 7")
    finish(catalogue, begin(catalogue))
    with catalogue.reading() as reader:
        assert reader.unfinished_run("crawl", ASKED) is None
        assert reader.unfinished_run("crawl", other.asked) == other
        assert reader.unfinished_run("import", other.asked) is None


def test_the_newest_run_is_the_last_that_began_whatever_the_clock_said(catalogue):
    begin(catalogue, now=LATER)
    put_back = begin(catalogue, now=START)
    imported = begin(catalogue, "import", "a.warc")
    with catalogue.reading() as reader:
        assert reader.last_run() == imported
        assert reader.last_run("crawl") == put_back
        assert reader.last_run("export") is None


def test_an_archive_without_runs_has_no_history(catalogue):
    assert histories(catalogue) == ()
    with catalogue.reading() as reader:
        assert reader.last_run() is None


@pytest.mark.parametrize(
    ("exit_code", "is_success"), [(0, True), (10, True), (11, True), (20, False), (22, False)]
)
def test_a_run_succeeded_when_what_exists_is_in_the_archive(catalogue, exit_code, is_success):
    finish(catalogue, begin(catalogue), exit_code)
    assert (histories(catalogue)[0].succeeded_at == LATER) is is_success


def test_the_history_of_a_command_counts_its_runs_and_remembers_the_last_success(catalogue):
    finish(catalogue, begin(catalogue))
    finish(catalogue, begin(catalogue), 21, now=START + timedelta(days=1))
    last = begin(catalogue)
    imported = begin(catalogue, "import", "a.warc")
    assert histories(catalogue) == (
        History(command="crawl", count=3, last=last, succeeded_at=LATER),
        History(command="import", count=1, last=imported, succeeded_at=None),
    )


def test_histories_stand_in_the_order_of_code_points_and_of_no_dictionary(catalogue):
    for command in ("crawl", "Import", "_demo"):
        begin(catalogue, command)
    assert [one.command for one in histories(catalogue)] == ["Import", "_demo", "crawl"]


def test_pages_are_counted_by_paper_and_state(catalogue):
    entries = [
        a_ledger_entry(),
        a_ledger_entry(page_no=8),
        a_ledger_entry(page_no=1, state="archived", next_attempt_at=None),
        a_ledger_entry(paper="jxrb"),
    ]
    with catalogue.writing() as writer:
        assert writer.state_counts() == {}
        for entry in entries:
            writer.save_ledger(entry)
    with catalogue.reading() as reader:
        assert reader.state_counts() == {
            ("cqrb", "archived"): 1,
            ("cqrb", "retry"): 2,
            ("jxrb", "retry"): 1,
        }


def test_a_page_is_overdue_when_it_was_to_be_tried_again_before_that(catalogue):
    with catalogue.writing() as writer:
        writer.save_ledger(a_ledger_entry(next_attempt_at=START))
        writer.save_ledger(a_ledger_entry(page_no=8, next_attempt_at=LATER))
        writer.save_ledger(a_ledger_entry(issue_date=DAY + timedelta(days=1), state="failed"))
    with catalogue.reading() as reader:
        assert reader.count_overdue(START) == 0
        assert reader.count_overdue(LATER) == 1
        assert reader.count_overdue(LATER + timedelta(seconds=1)) == 2


def test_the_newest_capture_says_when_it_was_taken(catalogue):
    with catalogue.writing() as writer:
        assert writer.last_captured_at() is None
        writer.add_captures([a_capture(hours=2), a_capture("two", hours=1)])
    with catalogue.reading() as reader:
        assert reader.last_captured_at() == START + timedelta(hours=2)
