"""Each event is one line of JSON, whatever a newspaper or a server wrote."""

import json
import re
import unicodedata
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
import structlog
from hypothesis import example, given
from hypothesis import strategies as st

from cli.logs import one_line, start_logging

HOUSE = Path(__file__).parents[2]
DOOR = (HOUSE / "cli", HOUSE / "pipeline", HOUSE / "crawler", HOUSE / "storage")


def logged(capsys: pytest.CaptureFixture[str], *, for_machines: bool, verbose: bool) -> list[Any]:
    """What is logged of one event at each level."""
    with click.Context(click.Command("test"), obj={"verbose": verbose}):
        start_logging(for_machines=for_machines)
        log = structlog.get_logger()
        for level in ("info", "warning", "error"):
            getattr(log, level)("page_done", paper="cqrb", url="http://paper.example/\r\n\x1b[2J")
    printed = capsys.readouterr()
    assert printed.out == ""
    return [json.loads(line) for line in printed.err.splitlines()]


@pytest.fixture(autouse=True)
def _as_before() -> Any:
    yield
    structlog.reset_defaults()


def test_every_line_says_when_how_grave_and_what_and_then_where(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = logged(capsys, for_machines=True, verbose=True)
    assert [line["level"] for line in lines] == ["info", "warning", "error"]
    assert list(lines[0]) == ["at", "level", "event", "paper", "url"]
    assert datetime.fromisoformat(lines[0]["at"]).utcoffset() == timedelta(0)
    assert lines[0]["url"] == "http://paper.example/\r\n\x1b[2J"


def test_a_machine_gets_the_problems_and_a_person_only_what_was_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert len(logged(capsys, for_machines=True, verbose=False)) == 2
    assert logged(capsys, for_machines=False, verbose=False) == []
    assert len(logged(capsys, for_machines=False, verbose=True)) == 3


@given(st.dictionaries(st.text(st.characters()), st.text(st.characters())))
@example({"x\x1b": "\r\n\x1b[31m\x85\u2028\u2029\x9b2J\u202e"})
def test_no_value_and_no_name_can_break_a_line_or_steer_a_terminal(
    fields: dict[str, str],
) -> None:
    line = one_line(fields, default=str)
    assert json.loads(line) == fields
    assert line.splitlines() == [line]
    assert not [char for char in line if unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"}]


def test_text_stays_readable() -> None:
    assert one_line({"page_name": "思想周刊·策论"}, default=str) == '{"page_name": "思想周刊·策论"}'


def test_every_event_is_documented_and_every_documented_one_is_logged() -> None:
    texts = [path.read_text(encoding="utf-8") for folder in DOOR for path in folder.rglob("*.py")]
    call = re.compile(r'\b(?:log\.(?:debug|info|warning|error|critical)|level)\(\s*"(\w+)"')
    found = {event for text in texts for event in call.findall(text)}
    section = (HOUSE / "docs/operations.md").read_text("utf-8").split("\n## Logs\n")[1]
    documented = re.findall(r"^\| `(\w+)` \|", section.split("\n## ")[0], re.MULTILINE)
    assert len(documented) == len(set(documented))
    assert set(documented) == found
