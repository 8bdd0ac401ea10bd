"""An export takes as much memory for many articles as for few."""

import tracemalloc
from pathlib import Path

import pytest

from storage.export.census import Census
from storage.export.citations import STYLES, write_citations
from storage.export.jsonl import write_jsonl
from storage.export.markdown import write_markdown
from storage.export.sheet import write_csv
from tests.storage.export.records import a_record
from tests.storage.samples import an_article

FEW, MANY = 100, 1_000
ROOM_BYTES = 64 << 10
"""More than buffers take, and far less than the records would."""

WRITERS = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "markdown": write_markdown,
    **{
        name: lambda records, target, style=style: write_citations(records, target, style)
        for name, style in STYLES.items()
    },
}


def peak_bytes(write, count: int, target: Path) -> int:
    records = (
        a_record(an_article(str(n), headline=f"题{n}"), id=f"cqrb-20310203-007-{n}")
        for n in range(count)
    )
    tracemalloc.start()
    try:
        write(Census().counting(records), target)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("form", WRITERS)
def test_ten_times_the_articles_take_no_more_memory(tmp_path, form):
    write = WRITERS[form]
    write([a_record()], tmp_path / "warm")  # what is made once is made
    few, many = (
        min(peak_bytes(write, count, tmp_path / f"{count}-{turn}") for turn in range(3))
        for count in (FEW, MANY)
    )  # the least of three: now and then the interpreter itself takes megabytes, for interned names
    assert many < few + ROOM_BYTES
