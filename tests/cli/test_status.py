"""`baoku status` on an archive: gaps first, then totals, then the calendar; records for programs."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from press.finding import Finding
from press.keys import PageKey
from press.model import PageLink
from press.outcome import LedgerEntry
from storage.catalogue import Catalogue, Writer
from storage.home import open_home
from tests.storage.samples import DAY, READ_AT, START, a_capture, a_ledger_entry, a_page


def entry(day: int, **changes: Any) -> LedgerEntry:
    settled = {"state": "archived", "cause": None, "next_attempt_at": None}
    return a_ledger_entry(**{**settled, "issue_date": DAY + timedelta(days=day), **changes})


ENTRIES = [
    entry(0, evidence="0" * 64),
    entry(1, state="not_published"),
    entry(2, state="retry", cause="busy", attempts=2, next_attempt_at=START),
    entry(3, state="retry", cause="busy", attempts=2, next_attempt_at=START),
    entry(3, page_no=8),
    entry(5, state="failed", cause="layout_changed"),
    entry(5, paper="jxrb", page_no="A01"),
]


@contextmanager
def writing(door: Any) -> Iterator[Writer]:
    url = f"sqlite:///{open_home(door.home, create=True).catalogue_path}"
    with closing(Catalogue.open(url)) as catalogue, catalogue.writing() as writer:
        yield writer


def keep(door: Any, entries: Iterable[LedgerEntry]) -> None:
    with writing(door) as writer:
        for one in entries:
            writer.save_ledger(one)


def shown(door: Any, *words: object) -> list[str]:
    result = door.run("status", *words)
    assert result.exit_code == 0, result.stderr
    return result.stdout.splitlines()


def test_people_see_the_gaps_then_the_totals_then_the_calendar(door: Any) -> None:
    keep(door, ENTRIES)
    assert shown(door, "cqrb") == [
        "cqrb 重庆日报 2031-02-03..08",
        "2031-02-08 page 7: failed (layout_changed), 1 look",
        "2031-02-05..06 page 7: retry (busy), 2 looks, next 2031-02-02 22:00Z",
        "2031-02-07 page 7: never asked",
        "",
        "2 archived · 1 not published · 1 never asked · 2 retry · 1 failed",
        "",
        "2031     1       5        10        15        20        25        30",
        "2031-02      . - R R ? F",
        "",
        ". archived   - not published   ? never asked   R retry   F failed",
        "",
    ]


def test_every_paper_has_its_own_part(door: Any) -> None:
    keep(door, ENTRIES)
    titles = [line for line in shown(door) if line[:4] in {"cqrb", "jxrb"}]
    assert titles == ["cqrb 重庆日报 2031-02-03..08", "jxrb 江西日报 2031-02-08"]
    assert "no gaps" in shown(door, "--paper", "jxrb")


def test_gaps_alone_leave_the_rest_out(door: Any) -> None:
    keep(door, ENTRIES)
    assert shown(door, "cqrb", "--gaps", "--limit", 1) == [
        "cqrb 重庆日报 2031-02-03..08",
        "2031-02-08 page 7: failed (layout_changed), 1 look",
        "and 2 more; --limit gives more",
        "",
    ]


def test_records_are_the_ledger_entries_in_order(door: Any) -> None:
    keep(door, ENTRIES)
    records = door.records("status")
    assert [(r["paper"], r["issue_date"], r["page_no"]) for r in records] == [
        (e.paper, e.issue_date.isoformat(), e.page_no) for e in ENTRIES
    ]
    assert records[2] == {
        "paper": "cqrb", "issue_date": "2031-02-05", "page_no": 7, "state": "retry",
        "cause": "busy", "attempts": 2, "next_attempt_at": "2031-02-02T22:00:00Z",
        "evidence": None,
    }  # fmt: skip
    assert records[0]["evidence"] == "0" * 64


@pytest.mark.parametrize(
    ("words", "places"),
    [
        (["jxrb"], [6]),
        (["--paper", "cqrb", "--page", 8], [4]),
        (["--from", "2031-02-06", "--to", "2031-02-06"], [3, 4]),
        (["--limit", 2], [0, 1]),
        (["--gaps"], [2, 3, 5]),
        (["cqrb", "--paper", "cqrb", "--gaps", "--limit", 1], [2]),
        (["rmrb"], []),
    ],
)
def test_the_filters_select(door: Any, words: list[object], places: list[int]) -> None:
    keep(door, ENTRIES)
    chosen = {
        (e.paper, e.issue_date.isoformat(), e.page_no) for e in map(ENTRIES.__getitem__, places)
    }
    records = door.records("status", *words)
    assert {(r["paper"], r["issue_date"], r["page_no"]) for r in records} == chosen
    assert len(records) == len(places)


def test_a_page_that_its_issue_does_not_list_was_not_due(door: Any) -> None:
    keep(door, [entry(day, page_no=page) for day, page in [(0, 7), (0, 8), (1, 7), (2, 7), (2, 8)]])
    assert "2031-02-04 page 8: never asked" in shown(door)
    links = tuple(
        PageLink(page_no=n, page_label=f"第{n:03d}版", page_name=None, url=None, pdf_url=None)
        for n in (6, 7)
    )
    page = replace(a_page(), issue_date=DAY + timedelta(days=1), page_links=links)
    with writing(door) as writer:
        writer.save_page(page, "重庆日报", a_capture(), READ_AT)
    assert "no gaps" in shown(door)
    assert "no gaps" in shown(door, "--page", 8)


def test_no_page_was_due_where_another_one_showed_that_there_is_no_issue(door: Any) -> None:
    keep(door, [entry(0), entry(1, page_no=1, state="not_published"), entry(2)])
    assert "no gaps" in shown(door)
    assert "no gaps" in shown(door, "--page", 7)


def test_open_findings_are_among_the_gaps_and_are_filtered_with_them(door: Any) -> None:
    keep(door, [*(entry(day) for day in range(4)), entry(0, page_no=8)])
    with writing(door) as writer:
        for day, kind in enumerate(["sparse", "over", "odd"]):
            key = PageKey("cqrb", DAY + timedelta(days=day), 7)
            writer.settle_findings(key, [Finding(key=key, kind=kind, sentence="说明")], START)
        writer.mark_told(writer.findings(), START)
        writer.settle_findings(PageKey("cqrb", DAY + timedelta(days=1), 7), [], START)
    odd, sparse = "2031-02-05 page 7: odd: 说明", "2031-02-03 page 7: sparse: 说明"
    assert shown(door, "--gaps")[1:3] == [odd, sparse]
    assert shown(door, "--gaps", "--to", "2031-02-04")[1:] == [sparse, ""]
    assert shown(door, "--gaps", "--page", 8)[1:] == ["no gaps", ""]


def test_a_paper_whose_file_is_gone_keeps_its_ledger(door: Any) -> None:
    keep(door, [entry(0, paper="xmrb"), entry(2, paper="xmrb")])
    assert shown(door, "xmrb")[:2] == ["xmrb 2031-02-03..05", "no gaps"]


def test_a_mistyped_paper_and_two_papers_are_refused(door: Any) -> None:
    keep(door, ENTRIES)
    mistyped = door.run("status", "cqbr")
    assert mistyped.exit_code == 2
    assert 'there is no paper "cqbr"' in mistyped.stderr
    two = door.run("status", "cqrb", "--paper", "jxrb")
    assert two.exit_code == 2
    assert "two papers are named" in two.stderr


def test_an_empty_ledger_says_what_fills_it(door: Any) -> None:
    keep(door, [])
    assert shown(door) == ["nothing that fits was ever asked for: see baoku crawl --help"]
    assert door.records("status") == []


def test_after_a_crawl_the_day_is_in_the_calendar(door: Any, serve: Any) -> None:
    assert door.crawl(serve().url).exit_code == 0
    (record,) = door.records("status", "cqrb")
    assert (record["issue_date"], record["state"]) == (date(2026, 1, 10).isoformat(), "archived")
    assert shown(door)[0] == "cqrb 重庆日报 2026-01-10"
