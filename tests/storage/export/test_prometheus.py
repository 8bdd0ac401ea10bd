"""The metrics file: what stands in it, and that a reader never sees half of it."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from press.errors import HomeUnusable
from press.finding import Finding
from press.keys import PageKey
from storage.catalogue import Catalogue
from storage.export.prometheus import write_metrics
from tests.storage.samples import PARSER, READ_AT, a_capture, a_ledger_entry, an_article

START = datetime(2031, 2, 3, 1, tzinfo=UTC)
HOUSE = Path(__file__).parents[3]


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with closing(Catalogue.open(f"sqlite:///{tmp_path / 'catalogue.sqlite3'}")) as opened:
        yield opened


def measured(catalogue: Catalogue, file: Path) -> dict[str, float]:
    """Each sample as it stands in the file, and its value."""
    with catalogue.reading() as reader:
        write_metrics(file, reader, "1.2.3")
    text = file.read_text(encoding="utf-8")
    assert list(text_string_to_metric_families(text))
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def a_finding(kind: str, page_no: int) -> Finding:
    return Finding(key=PageKey("cqrb", date(2031, 2, 3), page_no), kind=kind, sentence="seen")


def fill(catalogue: Catalogue) -> None:
    with catalogue.writing() as writer:
        first = writer.begin_run("crawl", "monday", START)
        writer.finish_run(first, exit_code=10, tally={}, now=START + timedelta(seconds=30))
        second = writer.begin_run("crawl", "tuesday", START + timedelta(days=1))
        end = START + timedelta(days=1, seconds=90)
        writer.finish_run(second, exit_code=21, tally={}, now=end)
        writer.begin_run("import", "a.warc", START)
        writer.save_article(an_article(), a_capture(), PARSER, READ_AT)
        writer.save_ledger(a_ledger_entry())
        writer.save_ledger(a_ledger_entry(page_no=8))
        writer.save_ledger(a_ledger_entry(page_no=9, state="archived", next_attempt_at=None))
        for finding in (a_finding("challenge", 7), a_finding("challenge", 8)):
            writer.settle_findings(finding.key, [finding], START)
        writer.settle_findings(a_finding("robots", 9).key, [a_finding("robots", 9)], START)
    with catalogue.writing() as writer:  # told, then over
        writer.mark_told(writer.findings(), START)
        writer.settle_findings(a_finding("robots", 9).key, [], START)


def test_the_file_has_the_runs_the_pages_and_what_is_open(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    fill(catalogue)
    second = (START + timedelta(days=1)).timestamp()
    assert measured(catalogue, tmp_path / "baoku.prom") == {
        'baoku_info{version="1.2.3"}': 1,
        'baoku_run_start_timestamp_seconds{command="crawl"}': second,
        'baoku_run_start_timestamp_seconds{command="import"}': START.timestamp(),
        'baoku_run_end_timestamp_seconds{command="crawl"}': second + 90,
        'baoku_run_duration_seconds{command="crawl"}': 90,
        'baoku_run_exit_code{command="crawl"}': 21,
        'baoku_success_timestamp_seconds{command="crawl"}': START.timestamp() + 30,
        'baoku_pages{paper="cqrb",state="archived"}': 1,
        'baoku_pages{paper="cqrb",state="retry"}': 2,
        "baoku_articles": 1,
        "baoku_captures": 1,
        "baoku_shelf_bytes": 900,
        'baoku_findings_open{kind="challenge"}': 2,
    }


def test_an_empty_archive_has_numbers_too(catalogue: Catalogue, tmp_path: Path) -> None:
    assert measured(catalogue, tmp_path / "baoku.prom") == {
        'baoku_info{version="1.2.3"}': 1,
        "baoku_articles": 0,
        "baoku_captures": 0,
        "baoku_shelf_bytes": 0,
    }


def test_a_new_file_takes_the_old_ones_place_at_once(catalogue: Catalogue, tmp_path: Path) -> None:
    file = tmp_path / "metrics" / "baoku.prom"
    file.parent.mkdir()
    file.write_text("what was before")
    with file.open() as old:
        measured(catalogue, file)
        assert old.read() == "what was before"
    assert [path.name for path in file.parent.iterdir()] == ["baoku.prom"]


def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    folder = tmp_path / "metrics"
    (folder / "baoku.prom").mkdir(parents=True)
    for file in (tmp_path / "none/baoku.prom", folder / "baoku.prom"):
        with catalogue.reading() as reader, pytest.raises(HomeUnusable, match=r"baoku\.prom"):
            write_metrics(file, reader, "1")
    assert [path.name for path in folder.iterdir()] == ["baoku.prom"]


def test_every_metric_is_documented_with_its_labels(catalogue: Catalogue, tmp_path: Path) -> None:
    fill(catalogue)
    text = (HOUSE / "docs/operations.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `(baoku_\w+)` \| (.*?) \|", text, re.MULTILINE)
    samples = measured(catalogue, tmp_path / "baoku.prom")
    found = {sample.partition("{")[0]: re.findall(r"(\w+)=", sample) for sample in samples}
    assert {name: re.findall(r"`(\w+)`", labels) for name, labels in documented} == found
