"""What was exported, imported into an empty home, is exported the same; as a law over archives."""

import gzip
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from replica.scenario import Fault, FaultName, Scenario
from storage.catalogue import Selection
from storage.export.jsonl import write_jsonl
from storage.export.wacz import RECORDS_PATH, Source, write_wacz
from tests.pipeline.conftest import Desk
from tests.pipeline.dumps import DUMP
from tests.pipeline.test_rebuild import rebuilt
from tests.pipeline.test_records import exported, intake_of

DAYS = (date(2026, 1, 5), date(2026, 1, 10))
FAULTS: tuple[FaultName, ...] = (
    "changing_article", "withdrawn_article", "headline_changed", "moved_article", "article_added",
)  # fmt: skip
MADE_AT = datetime(2031, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """How an archive came about: what befell each day, how often it was read, what was handed in."""

    faults: tuple[FaultName | None, ...]
    looks: int
    has_dump: bool


STORIES = st.builds(
    Story,
    faults=st.tuples(*[st.sampled_from([None, *FAULTS])] * len(DAYS)),
    looks=st.integers(1, 3),
    has_dump=st.booleans(),
)
SELECTIONS = st.builds(
    Selection,
    since=st.sampled_from([None, DAYS[1]]),
    page_no=st.sampled_from([None, 7]),
    status=st.sampled_from([None, "ok", "withdrawn"]),
    genre=st.sampled_from([None, "photo"]),
    limit=st.sampled_from([None, 3]),
)


@contextmanager
def desks(story: Story) -> Iterator[tuple[Desk, Desk, Path]]:
    """An archive that came about so, an empty one, and a folder."""
    faults = {day: Fault(name) for day, name in zip(DAYS, story.faults, strict=True) if name}
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        made = []
        for home in ("first", "second"):
            (folder / home).mkdir()
            made.append(Desk(folder / home, Scenario(name="test", faults=dict(faults))))
            stack.callback(made[-1].close)
        first, second = made
        for _ in range(story.looks):
            for day in DAYS:
                first.archive(day)
        if story.has_dump:
            (folder / "dump.txt").write_text(DUMP, encoding="utf-8")
            list(intake_of(first).take([folder / "dump.txt"]))
        yield first, second, folder


def take(desk: Desk, path: Path) -> Any:
    (result,) = intake_of(desk).take([path])
    assert result.problems == ()
    return result


def chosen(desk: Desk, selection: Selection) -> str:
    out = io.StringIO()
    with desk.catalogue.reading() as reader:
        write_jsonl(reader.articles(selection), out)
    return out.getvalue()


def packed(desk: Desk, path: Path, selection: Selection) -> zipfile.ZipFile:
    with desk.catalogue.reading() as reader:
        source = Source(reader=reader, shelf=desk.shelf, software="baoku/test", made_at=MADE_AT)
        write_wacz(reader.articles(selection), path, source)
    return zipfile.ZipFile(path)


def index_of(package: zipfile.ZipFile) -> list[tuple[object, ...]]:
    """The index but for where the records lie: their names follow from it, so their lengths vary."""
    lines = gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()
    found = [(*line.split(" ", 2)[:2], json.loads(line.split(" ", 2)[2])) for line in lines]
    return [
        (*key, *(fields[name] for name in ("url", "mime", "status", "digest")))
        for *key, fields in found
    ]


@settings(max_examples=12)
@given(story=STORIES, selection=SELECTIONS)
def test_json_lines_come_back_byte_for_byte(story: Story, selection: Selection) -> None:
    with desks(story) as (first, second, folder):
        path = folder / "export.jsonl"
        path.write_text(chosen(first, selection), encoding="utf-8", newline="")
        if not path.stat().st_size:
            return
        for _ in range(2):
            take(second, path)
            assert exported(second).encode() == path.read_bytes()
            assert second.captures() == path.read_bytes().count(b"\n")
        lines, _, told = rebuilt(second, folder)
        assert (lines, told) == (second.canonical(), [])


@settings(max_examples=12)
@given(story=STORIES, selection=SELECTIONS)
def test_a_package_comes_back_with_records_pages_and_index(
    story: Story, selection: Selection
) -> None:
    with desks(story) as (first, second, folder):
        package = packed(first, folder / "one.wacz", selection)
        if not package.read(RECORDS_PATH):
            return
        result = take(second, folder / "one.wacz")
        assert result.tally.new == package.read(RECORDS_PATH).count(b"\n")
        again = packed(second, folder / "two.wacz", Selection())
        assert again.read("pages/pages.jsonl") == package.read("pages/pages.jsonl")
        assert index_of(again) == index_of(package)
        ids = tuple(json.loads(line)["id"] for line in package.read(RECORDS_PATH).splitlines())
        with first.catalogue.reading() as reader:
            out = io.StringIO()
            write_jsonl(reader.articles(Selection(ids=ids)), out)
        assert without_places(exported(second)) == without_places(out.getvalue())
        assert accounts(second, ids) == accounts(first, ids)
        before = (exported(second), second.captures())
        assert take(second, folder / "one.wacz").tally.unchanged == len(ids)
        assert (exported(second), second.captures()) == before
        lines, _, told = rebuilt(second, folder)
        assert (lines, told) == (second.canonical(), [])


def accounts(desk: Desk, ids: tuple[str, ...]) -> dict[str, Any]:
    """Where each character went, of the articles with an answer from the web."""
    with desk.catalogue.reading() as reader:
        return {one: reader.account(one) for one in ids if "-t" not in one}


def without_places(export: str) -> list[dict[str, Any]]:
    """The records but for the file, offset and length of their captures."""
    records = [json.loads(line) for line in export.splitlines()]
    return [one | {"capture": one["capture"]["sha256"]} for one in records]


def test_the_law_is_tried_on_every_kind_of_article() -> None:
    story = Story(faults=("withdrawn_article", "changing_article"), looks=3, has_dump=True)
    with desks(story) as (first, _, _):
        records = first.articles()
    assert {record.status for record in records} == {"ok", "withdrawn"}
    assert max(record.revision for record in records) == 3
    assert "photo" in {record.article.genre for record in records}
    assert None in {record.article.native_id for record in records}
