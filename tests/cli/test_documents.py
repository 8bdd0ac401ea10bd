"""The commands and settings as the documents give them, compared with those that there are."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import click
import pytest

from cli.diagnosis import Diagnosis
from cli.found import count_json, facet_json, kwic_json
from cli.main import baoku
from cli.paper import paper_json
from cli.schedule import appointment_json
from cli.settings import PREFIX, Settings
from crawler.papers import find_paper
from pipeline.audit import Audit, Breach
from press.account import Account
from press.record import Json, account_json, article_json
from schedules.timetable import Appointment
from storage.catalogue import Hit
from storage.catalogue.copying import CopiedTable
from storage.catalogue.searcher import hit_json
from storage.search.hits import Line
from tests.test_documents import an_article_record

HOUSE = Path(__file__).parents[2]
GUIDES = ("README.md", "README.zh.md")
AN_APPOINTMENT = Appointment(
    at=datetime(2031, 2, 3, tzinfo=UTC),
    issue_date=date(2031, 2, 3),
    page_no=7,
    aim="archive",
    reason="today's issue",
)

A_TABLE = CopiedTable(table="papers", rows=1, sha256="a", copied_rows=1, copied_sha256="a")
A_HIT = Hit(record=an_article_record(), headline_marks=(), snippet=None)
A_LINE = Line(field="body", left="", hit="灯", right="")


def read(name: str) -> str:
    return (HOUSE / name).read_text(encoding="utf-8")


def commands(
    group: click.Group = baoku, path: str = "baoku"
) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_is_in_the_table_and_every_one_there_exists(guide: str) -> None:
    rows = re.findall(r"^\| *`baoku .*$", read(guide), re.MULTILINE)
    documented = re.findall(r"`(baoku (?:(?:paper|schedule|db) )?[a-z]+)", " ".join(rows))
    assert sorted(documented) == sorted(path for path, _ in commands())


@pytest.mark.parametrize("guide", [*GUIDES, "CONTRIBUTING.md", "docs/record.md"])
def test_every_option_that_the_documents_give_to_baoku_exists(guide: str) -> None:
    text = read(guide)
    spans = re.findall(r"`([^`\n]+)`", text)
    calls = [span for span in spans if span.startswith(("baoku ", "export ", "--"))]
    calls += re.findall(r"^ {4}.*\bbaoku ([a-z].*)$", text, re.MULTILINE)
    shown = {word for call in calls for word in re.findall(r"--[a-z][a-z-]*", call)}
    known = {
        word
        for command in (baoku, *(command for _, command in commands()))
        for parameter in command.params
        for word in parameter.opts
    }
    assert shown
    assert shown <= known


@pytest.mark.parametrize("guide", GUIDES)
def test_every_setting_is_documented_with_its_variable(guide: str) -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \|", read(guide), re.MULTILINE)
    assert rows == [(name, PREFIX + name.upper()) for name in Settings.model_fields]


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("An account", account_json("cqrb-20310203-007-1", Account())),
        ("A breach", Breach(promise=1, subject="a", sentence="b").as_json()),
        ("An audit", Audit().as_json()),
        ("A line in context", kwic_json(A_HIT, A_LINE)),
        ("A count", count_json("2031", 1)),
        ("A facet", next(facet_json({"year": [("2031", 1)]}))),
        ("A diagnosis", Diagnosis(subject="space", level="ok", sentence="enough").as_json()),
        ("A newspaper", paper_json(find_paper("cqrb"))),
        ("A copied table", A_TABLE.as_json()),
        ("An appointment", appointment_json(find_paper("cqrb"), AN_APPOINTMENT)),
    ],
)
def test_the_record_document_names_every_key_in_order(title: str, printed: dict[str, Json]) -> None:
    section = read("docs/record.md").split(f"\n## {title}\n")[1].split("\n## ")[0]
    cells = " ".join(re.findall(r"^\| (`.*?) \|", section, re.MULTILINE))
    assert re.findall(r"`(\w+)`", cells) == list(printed)


def test_the_record_document_names_what_a_hit_has_beside_its_article() -> None:
    section = read("docs/record.md").split("\n## A hit\n")[1].split("\n## ")[0]
    cells = " ".join(re.findall(r"^\| (`.*?) \|", section, re.MULTILINE))
    added = list(hit_json(A_HIT))[len(article_json(A_HIT.record)) :]
    assert re.findall(r"`(\w+)`", cells) == added
