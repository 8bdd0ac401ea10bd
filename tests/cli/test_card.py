"""The card of an export: what nobody wrote into it stays out of its markup."""

from datetime import UTC, date, datetime
from pathlib import Path

from cli.calendar import Gap
from cli.card import GAPS_TOLD, Making, card_lines
from storage.export.census import Census

MAKING = Making(
    format="csv",
    asked="--page 7",
    software="baoku/test",
    made_at=datetime(2031, 2, 3, tzinfo=UTC),
)


def a_gap(cause: str | None) -> Gap:
    return Gap(
        standing="failed", cause=cause, since=date(2031, 2, 3), until=date(2031, 2, 4), pages=(7,),
        looks=(1, 2), next_attempt_at=None,
    )  # fmt: skip


def card(folder: Path, gaps: dict[str, list[Gap]], name: str = "out.csv", title: str = "报") -> str:
    file = folder / name
    file.write_bytes(b"data")
    return "\n".join(card_lines(file, MAKING, Census(names={"cqrb": title}), gaps, 0))


def test_each_gap_is_a_row_with_its_cause(tmp_path: Path) -> None:
    text = card(tmp_path, {"cqrb": [a_gap("challenge"), a_gap(None)]})
    assert "| cqrb | 2031-02-03..04 | page 7 | failed | challenge |" in text
    assert "| cqrb | 2031-02-03..04 | page 7 | failed |  |" in text


def test_a_paper_without_gaps_and_an_archive_without_a_ledger_are_told_apart(
    tmp_path: Path,
) -> None:
    assert "\n\nnone\n" in card(tmp_path, {"cqrb": []})
    assert "nothing there was ever asked for" in card(tmp_path, {})


def test_gaps_beyond_measure_are_counted(tmp_path: Path) -> None:
    text = card(tmp_path, {"cqrb": [a_gap(None)] * (GAPS_TOLD + 3)})
    assert text.count("2031-02-03..04") == GAPS_TOLD
    assert "and 3 more: `baoku status --gaps`" in text


def test_names_from_outside_are_no_markup(tmp_path: Path) -> None:
    text = card(tmp_path, {}, name="a'b|c $(x).csv", title="报\n| <b>[x](y)")
    assert "| papers | 报 \\| \\<b\\>\\[x\\](y) (cqrb) |" in text
    assert "| file | a'b\\|c $(x).csv |" in text
    assert "'\"'\"'b|c $(x).csv' | sha256sum -c" in text


def test_a_name_that_is_no_utf8_is_spelled_out(tmp_path: Path) -> None:
    assert "a\\\\xff.csv" in card(tmp_path, {}, name="a\udcff.csv")
