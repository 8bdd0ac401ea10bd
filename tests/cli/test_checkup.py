"""What the catalogue tells a doctor."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from cli.checkup import STALE, examine_contents, read_contents
from cli.diagnosis import Diagnosis
from press.finding import Finding
from press.keys import PageKey
from storage.catalogue import Catalogue
from tests.storage.samples import DAY, KEY, START, a_capture, a_ledger_entry

NIGHT = timedelta(days=1)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with closing(Catalogue.open(f"sqlite:///{tmp_path / 'catalogue.sqlite3'}")) as opened:
        yield opened


def run(
    catalogue: Catalogue, began: timedelta, exit_code: int | None, command: str = "crawl"
) -> None:
    """A run that took an hour; None for one that was killed."""
    with catalogue.writing() as writer:
        entered = writer.begin_run(command, "cqrb page 7", START + began)
        if exit_code is not None:
            end = START + began + timedelta(hours=1)
            writer.finish_run(entered, exit_code=exit_code, tally={}, now=end)


def seen(catalogue: Catalogue, after: timedelta, *, is_held: bool = False) -> dict[str, Diagnosis]:
    now = START + after
    with catalogue.reading() as reader:
        contents = read_contents(reader, now)
    return {one.subject: one for one in examine_contents(contents, now, is_held=is_held)}


def level(catalogue: Catalogue, after: timedelta, **how: bool) -> str:
    return seen(catalogue, after, **how)["runs of crawl"].level


def test_an_empty_archive_has_nothing_to_warn_of(catalogue: Catalogue) -> None:
    found = seen(catalogue, NIGHT)
    assert list(found) == ["catalogue", "findings", "retries"]
    assert {one.level for one in found.values()} == {"ok"}


def test_a_nightly_run_that_succeeds_is_well(catalogue: Catalogue) -> None:
    run(catalogue, 0 * NIGHT, 0)
    run(catalogue, 1 * NIGHT, 10)
    found = seen(catalogue, 2 * NIGHT)["runs of crawl"]
    assert (found.level, found.sentence) == (
        "ok",
        "the last 23 hours ago (2031-02-03 23:00 UTC), exit code 10",
    )


def test_a_nightly_run_that_stopped_coming_is_a_warning_after_a_day_and_a_half(
    catalogue: Catalogue,
) -> None:
    run(catalogue, 0 * NIGHT, 0)
    run(catalogue, 1 * NIGHT, 0)
    end = NIGHT + timedelta(hours=1)
    assert level(catalogue, end + STALE) == "ok"
    assert level(catalogue, end + STALE + timedelta(minutes=1)) == "warning"
    assert "5 days ago" in seen(catalogue, end + 5 * NIGHT)["runs of crawl"].sentence


def test_a_nightly_run_that_only_fails_is_a_warning_that_names_the_last_success(
    catalogue: Catalogue,
) -> None:
    run(catalogue, 0 * NIGHT, 0)
    for night in (1, 2):
        run(catalogue, night * NIGHT, 21)
    found = seen(catalogue, 2 * NIGHT + timedelta(hours=2))["runs of crawl"]
    assert found.level == "warning"
    assert "exit code 21; the last success 49 hours ago (2031-02-02 23:00 UTC)" in found.sentence


def test_a_run_that_never_succeeded_says_so(catalogue: Catalogue) -> None:
    run(catalogue, 0 * NIGHT, 20)
    run(catalogue, 1 * NIGHT, 20)
    found = seen(catalogue, NIGHT)["runs of crawl"]
    assert (found.level, "never a success" in found.sentence) == ("warning", True)


@pytest.mark.parametrize("command", ["import", "crawl"])
def test_what_ran_once_or_is_never_run_by_itself_has_no_age_to_warn_of(
    catalogue: Catalogue, command: str
) -> None:
    for _ in range(1 if command == "crawl" else 3):
        run(catalogue, 0 * NIGHT, 0, command)
    assert seen(catalogue, 90 * NIGHT)[f"runs of {command}"].level == "ok"


def test_a_run_without_an_end_was_stopped_unless_one_is_running(catalogue: Catalogue) -> None:
    run(catalogue, 0 * NIGHT, None)
    assert level(catalogue, NIGHT) == "warning"
    assert "stopped before its end" in seen(catalogue, NIGHT)["runs of crawl"].sentence
    assert level(catalogue, NIGHT, is_held=True) == "ok"
    run(catalogue, NIGHT, 0)
    assert level(catalogue, 2 * NIGHT) == "ok"


def test_what_is_open_is_counted_by_kind_and_what_is_over_is_not(catalogue: Catalogue) -> None:
    other = PageKey("cqrb", DAY + NIGHT, 7)
    with catalogue.writing() as writer:
        for key in (KEY, other):
            found = Finding(key=key, kind="challenge", sentence="a bot check")
            writer.settle_findings(key, [found], START)
    found = seen(catalogue, NIGHT)["findings"]
    assert found.level == "warning"
    assert found.sentence == "bot check (2); the newest: cqrb 2031-02-04 page 7"
    with catalogue.writing() as writer:
        writer.mark_told(writer.findings(), START)
        writer.settle_findings(other, [], START)
    assert "bot check (1)" in seen(catalogue, NIGHT)["findings"].sentence


def test_pages_that_wait_are_counted_and_too_long_a_wait_is_a_warning(catalogue: Catalogue) -> None:
    with catalogue.writing() as writer:
        writer.save_ledger(a_ledger_entry(next_attempt_at=START))
        writer.save_ledger(a_ledger_entry(page_no=8, next_attempt_at=START + NIGHT))
    assert seen(catalogue, STALE)["retries"].level == "ok"
    found = seen(catalogue, STALE + timedelta(minutes=1))["retries"]
    assert found.level == "warning"
    assert found.sentence.startswith("2 pages wait to be tried again, 1 of them")


def test_the_newest_moment_is_of_a_capture_or_a_run(catalogue: Catalogue) -> None:
    with catalogue.writing() as writer:
        writer.add_captures([a_capture(hours=5)])
    with catalogue.reading() as reader:
        assert read_contents(reader, START).newest_at == START + timedelta(hours=5)
    run(catalogue, NIGHT, 0)
    with catalogue.reading() as reader:
        assert read_contents(reader, START).newest_at == START + NIGHT + timedelta(hours=1)
