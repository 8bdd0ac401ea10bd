"""Coverage on the screen: each line says all, with colour or without."""

import io
from datetime import UTC, date, datetime
from typing import get_args

from rich.console import Console

from cli.calendar import Gap, Month, Standing
from cli.coverage import MARKS, finding_lines, gap_lines, legend, total_line, year_lines
from press.finding import Finding
from press.keys import PageKey
from press.outcome import State

GAP = Gap(
    standing="retry",
    cause="busy",
    since=date(2025, 11, 18),
    until=date(2025, 11, 19),
    pages=(7,),
    looks=(3, 3),
    next_attempt_at=datetime(2026, 1, 12, 14, 5, tzinfo=UTC),
)
ASKED = Gap(
    standing="never_asked",
    cause=None,
    since=date(2025, 11, 2),
    until=date(2025, 11, 2),
    pages=(1, 2),
    looks=(0, 0),
    next_attempt_at=None,
)


def test_a_gap_is_a_line_with_its_cause_and_its_next_look() -> None:
    assert [line.plain for line in gap_lines([GAP, ASKED], 2)] == [
        "2025-11-18..19 page 7: retry (busy), 3 looks, next 2026-01-12 14:05Z",
        "2025-11-02 pages 1..2: never asked",
    ]


def test_more_gaps_than_asked_for_are_counted() -> None:
    assert [line.plain for line in gap_lines([GAP, ASKED, ASKED], 1)][1:] == [
        "and 2 more; --limit gives more"
    ]


def test_a_finding_is_a_line_and_cannot_steer_the_terminal() -> None:
    key = PageKey("cqrb", date(2025, 11, 22), 7)
    (line,) = finding_lines([Finding(key=key, kind="challenge", sentence="a check\x1b[2J came")])
    assert line.plain == "2025-11-22 page 7: challenge: a check\ufffd[2J came"


def test_the_marks_differ_without_their_colours_and_cover_every_standing() -> None:
    assert set(MARKS) == {*get_args(State), "never_asked"}
    marks = [mark for mark, _ in MARKS.values()]
    assert len(set(marks)) == len(marks)
    assert all(mark.isascii() and len(mark) == 1 for mark in marks)


def test_a_day_stands_below_its_number() -> None:
    standings: list[Standing | None] = [None] * 31
    standings[0], standings[24], standings[29] = "archived", "retry", "failed"
    head, row = year_lines([Month(year=2025, month=12, standings=tuple(standings))])
    assert (head.plain[:4], row.plain[:7]) == ("2025", "2025-12")
    assert row.plain[head.plain.index(" 1") + 1] == "."
    assert row.plain[head.plain.index("25        30") + 1] == "R"
    assert row.plain[head.plain.index("30") + 1] == "F"
    assert len(row.plain) <= 80


def test_totals_and_legend_tell_of_what_occurs_only() -> None:
    totals = {**dict.fromkeys(MARKS, 0), "archived": 1234, "never_asked": 2}
    assert total_line(totals).plain == "1,234 archived · 2 never asked"
    assert legend(totals).plain == ". archived   ? never asked"


def test_without_a_terminal_there_is_no_colour() -> None:
    console = Console(file=io.StringIO())
    console.print(legend({**dict.fromkeys(MARKS, 1)}))
    assert isinstance(console.file, io.StringIO)
    assert "\x1b" not in console.file.getvalue()
