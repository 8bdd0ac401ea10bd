"""WARC files out of a WACZ package, and what is no package."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.unpacking import unpacked
from press.errors import UsageError
from press.record import article_json, json_line
from replica.scenario import Fault, Scenario
from storage.catalogue import Selection
from storage.export.wacz import RECORDS_PATH, Source, write_wacz
from tests.pipeline.test_records import intake_of


def packed(path: Path, entries: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as package:
        for name, data in entries.items():
            package.writestr(name, data)
    return path


def test_the_warc_files_come_under_names_of_ours_and_are_gone_afterwards(tmp_path: Path) -> None:
    entries = {
        "archive/b.warc": b"two",
        "archive/../../a.warc.gz": b"one",
        "pages/pages.jsonl": b"no",
        "archive/notes.txt": b"no",
    }
    with unpacked(packed(tmp_path / "a.wacz", entries)) as package:
        warcs = package.warcs
        assert package.records is None
        assert [path.read_bytes() for path in warcs] == [b"one", b"two"]
        assert [path.name for path in warcs] == ["data.warc.gz", "data.warc"]
    assert not any(path.exists() for path in warcs)
    assert [path.name for path in tmp_path.iterdir()] == ["a.wacz"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"text" * 99])
def test_what_is_no_package_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.wacz"
    path.write_bytes(data)
    with pytest.raises(UsageError, match="no whole WACZ"), unpacked(path):
        pass


def test_a_package_without_a_warc_file_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(UsageError, match="no WARC file"),
        unpacked(packed(tmp_path / "a.wacz", {"a.txt": b""})),
    ):
        pass


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.wacz", {"archive/a.warc": b"\0" * 10**6}, zipfile.ZIP_DEFLATED)
    with pytest.raises(UsageError, match="beyond all measure"), unpacked(path):
        pass


def test_a_damaged_entry_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.wacz", {"archive/a.warc": b"one" * 99})
    path.write_bytes(path.read_bytes().replace(b"oneone", b"twoone", 1))
    with pytest.raises(UsageError, match="no whole WACZ"), unpacked(path):
        pass


def test_a_package_that_was_exported_gives_the_same_archive(
    new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    first, second = new_desk(name="first"), new_desk(name="second")
    for page_no in (3, 7):
        first.archive(date(2026, 1, 10), page_no)
    path = exported_to(first, tmp_path / "a.wacz")
    (result,) = intake_of(second).take([path])
    assert (result.path, result.exit_code, result.pages) == (path, 0, 2)
    assert second.canonical() == first.canonical()


def test_the_records_of_a_package_come_with_it(tmp_path: Path) -> None:
    entries = {"archive/a.warc": b"one", RECORDS_PATH: b"{}"}
    with unpacked(packed(tmp_path / "a.wacz", entries)) as package:
        assert package.records is not None
        assert package.records.read_bytes() == b"{}"
    assert not package.records.exists()


def test_records_that_cannot_be_read_do_not_keep_the_answers_out(
    new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    first, second = new_desk(name="first"), new_desk(name="second")
    first.archive(date(2026, 1, 10))
    exported_to(first, tmp_path / "a.wacz")
    with zipfile.ZipFile(tmp_path / "a.wacz") as package:
        entries = {one.filename: package.read(one) for one in package.infolist()}
    entries[RECORDS_PATH] = b'{"of": "another version"}\n'
    (result,) = intake_of(second).take([packed(tmp_path / "b.wacz", entries)])
    assert result.exit_code == 2
    assert result.problems[0].startswith(f"{RECORDS_PATH}: line 1: it is no record")
    assert second.canonical() == first.canonical()


def test_an_article_that_its_page_no_longer_announces_stays_where_its_record_has_it(
    new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    day = date(2026, 1, 10)
    faults = {day: Fault("withdrawn_article")}
    first = new_desk(Scenario(name="test", faults=faults), name="first")
    for _ in range(3):
        first.archive(day)
    exported_to(first, tmp_path / "a.wacz")
    with zipfile.ZipFile(tmp_path / "a.wacz") as package:
        entries = {one.filename: package.read(one) for one in package.infolist()}
    records = [json.loads(line) for line in entries[RECORDS_PATH].splitlines()]
    (gone,) = (one for one in records if one["status"] == "withdrawn")
    gone |= {"order": 42, "zones": [[[1, 2], [3, 4], [5, 6]]], "url": "https://paper.example/"}
    entries[RECORDS_PATH] = "".join(f"{json_line(one)}\n" for one in records).encode()
    second = new_desk(name="second")
    (result,) = intake_of(second).take([packed(tmp_path / "b.wacz", entries)])
    assert result.problems == ()
    (kept,) = (one for one in second.articles() if one.id == gone["id"])
    told = article_json(kept)
    assert {name: told[name] for name in ("order", "zones", "url")} == {
        name: gone[name] for name in ("order", "zones", "url")
    }
    assert kept.revision == gone["revision"]


def test_an_article_counts_once_though_record_and_answer_tell_of_it(
    new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    first, second = new_desk(name="first"), new_desk(name="second")
    first.archive(date(2026, 1, 10))
    path = exported_to(first, tmp_path / "a.wacz")
    (result,) = intake_of(second).take([path])
    assert result.tally.stored == result.tally.new == len(first.articles())
    assert len(result.ids) == len(first.articles()) + result.pages


def exported_to(desk: Any, path: Path) -> Path:
    with desk.catalogue.reading() as reader:
        source = Source(
            reader=reader, shelf=desk.shelf, software="baoku/test",
            made_at=datetime(2031, 1, 1, tzinfo=UTC),
        )  # fmt: skip
        write_wacz(reader.articles(Selection()), path, source)
    return path
