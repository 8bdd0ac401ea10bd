"""An export, imported into an empty home, gives the same export; and so does its shelf."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from crawler.papers import find_paper, known_papers
from pipeline.audit import Rounds, Thoroughness
from pipeline.importing import Intake
from pipeline.records import MAX_PROBLEMS
from press.record import canonical_json, json_line
from replica.scenario import Fault, Scenario
from storage.catalogue import Selection
from storage.export.jsonl import write_jsonl
from storage.raw.fixity import Inspection
from tests.pipeline.test_rebuild import rebuilt

DAY = date(2026, 1, 10)


def intake_of(desk: Any) -> Intake:
    return Intake(
        papers=known_papers(),
        keeper=desk.keeper,
        shelf=desk.shelf,
        catalogue=desk.catalogue,
        clock=desk.clock,
    )


def exported(desk: Any) -> str:
    out = io.StringIO()
    with desk.catalogue.reading() as reader:
        write_jsonl(reader.articles(Selection()), out)
    return out.getvalue()


@pytest.fixture
def export(new_desk: Callable[..., Any], tmp_path: Path) -> Path:
    """The export of an archive with revisions and a withdrawn article."""
    faults = {DAY: Fault("changing_article"), date(2026, 1, 9): Fault("withdrawn_article")}
    desk = new_desk(Scenario(name="test", faults=faults), name="first")
    for _ in range(3):
        for day in faults:
            desk.archive(day)
    path = tmp_path / "export.jsonl"
    path.write_text(exported(desk), encoding="utf-8", newline="")
    assert {record.status for record in desk.articles()} == {"ok", "withdrawn"}
    assert max(record.revision for record in desk.articles()) == 3
    return path


def take(desk: Any, path: Path, **named: Any) -> Any:
    (result,) = intake_of(desk).take([path], **named)
    return result


def test_an_import_of_an_export_exports_the_same(
    new_desk: Callable[..., Any], export: Path
) -> None:
    desk = new_desk(name="second")
    lines = export.read_bytes()
    result = take(desk, export)
    assert (result.exit_code, result.tally.new) == (0, lines.count(b"\n"))
    assert exported(desk).encode() == lines
    kept = desk.captures()
    again = take(desk, export)
    assert again.tally.unchanged == result.tally.new
    assert desk.captures() == kept
    assert exported(desk).encode() == lines


def test_the_shelf_alone_gives_it_back(
    new_desk: Callable[..., Any], export: Path, tmp_path: Path
) -> None:
    desk = new_desk(name="second")
    take(desk, export)
    lines, _, told = rebuilt(desk, tmp_path)
    assert told == []
    assert lines == desk.canonical()


@pytest.mark.parametrize("steps", ["crawl import", "import crawl", "import crawl import"])
@pytest.mark.parametrize("wait_s", [0, 86_400])
def test_the_shelf_gives_it_back_in_whatever_order_it_came(
    new_desk: Callable[..., Any], export: Path, tmp_path: Path, steps: str, wait_s: int
) -> None:
    desk = new_desk(name="second")
    desk.clock.sleep(wait_s)
    for step in steps.split():
        if step == "crawl":
            desk.archive(DAY)
        else:
            take(desk, export)
    lines, _, told = rebuilt(desk, tmp_path)
    assert told == []
    assert lines == desk.canonical()


def test_an_audit_finds_nothing(new_desk: Callable[..., Any], export: Path, tmp_path: Path) -> None:
    desk = new_desk(name="second")
    take(desk, export)
    with desk.catalogue.standing_still(tmp_path) as fixity:
        rounds = Rounds(
            fixity=fixity,
            shelf=Inspection(desk.folder / "raw"),
            papers=known_papers(),
            now=desk.clock.now(),
            thoroughness=Thoroughness(pick=Random(1)),  # noqa: S311
            watch=lambda _: None,
        )
        assert list(rounds.breaches()) == []
        assert rounds.audit.reread == rounds.audit.articles > 0
        assert rounds.audit.reparsed == 0


def test_a_long_export_is_taken_piece_by_piece(
    new_desk: Callable[..., Any], export: Path, tmp_path: Path
) -> None:
    value = json.loads(export.read_text(encoding="utf-8").splitlines()[0])
    path = tmp_path / "long.jsonl"
    with path.open("w", encoding="utf-8", newline="") as out:
        for n in range(1000, 1500):
            native_id = f"9{n}"
            name = f"{value['id'].rpartition('-')[0]}-{native_id}"
            blocks = [{"type": "paragraph", "text": f"{n}" * 5000}]
            changes = {"blocks": blocks, "text": f"{n}" * 5000, "char_count": 20_000}
            one = value | {"id": name, "native_id": native_id, "order": n} | changes
            out.write(json_line(one) + "\n")
    desk = new_desk(name="second")
    assert take(desk, path).tally.new == 500
    assert exported(desk) == path.read_text(encoding="utf-8")


def test_beside_what_was_crawled_nothing_changes(
    new_desk: Callable[..., Any], export: Path
) -> None:
    desk = new_desk(name="second")
    desk.archive(DAY)
    own = exported(desk).splitlines()
    result = take(desk, export)
    assert result.tally.unchanged == len(own)
    assert set(own) <= set(exported(desk).splitlines())


def test_a_line_that_is_no_record_does_not_stop_the_others(
    new_desk: Callable[..., Any], export: Path, tmp_path: Path
) -> None:
    first, second, *_ = export.read_bytes().splitlines(keepends=True)
    path = tmp_path / "mixed.jsonl"
    path.write_bytes(first + b"{}\n\n" * (MAX_PROBLEMS + 2) + second)
    result = take(new_desk(name="second"), path)
    assert (result.tally.new, result.tally.lost, result.exit_code) == (2, MAX_PROBLEMS + 2, 2)
    assert result.problems[0].startswith("line 2: it is no record")
    assert result.problems[-1] == "and 2 more lines are no records"
    assert len(result.problems) == MAX_PROBLEMS + 1


def test_a_file_of_another_kind_is_refused_at_its_first_line(
    new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text('{"text": "a"}\n' * 1000)
    desk = new_desk(name="second")
    result = take(desk, path)
    assert len(result.problems) == 1
    assert result.problems[0].startswith("line 1: ")
    assert desk.captures() == 0


def test_a_canonical_export_is_refused_with_a_word_on_why(
    new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    first = new_desk(name="first")
    first.archive(DAY)
    path = tmp_path / "canonical.jsonl"
    with first.catalogue.reading() as reader:
        write_jsonl(reader.articles(Selection()), path, canonical_json)
    (problem,) = take(new_desk(name="second"), path).problems
    assert "without --canonical" in problem


def test_records_of_another_paper_are_refused(new_desk: Callable[..., Any], export: Path) -> None:
    desk = new_desk(name="second")
    (problem,) = take(desk, export, paper=find_paper("rmrb")).problems
    assert problem == "line 1: it is of cqrb, not of rmrb"
    value = json.loads(export.read_text(encoding="utf-8").splitlines()[0])
    value |= {"paper": "zzz", "id": value["id"].replace("cqrb", "zzz")}
    export.write_text(json.dumps(value), encoding="utf-8")
    (problem,) = take(desk, export).problems
    assert "no file describes zzz" in problem
