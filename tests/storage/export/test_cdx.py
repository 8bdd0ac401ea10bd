"""The index of a WACZ: addresses as replayweb.page looks them up, in order, in blocks."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.export.cdx import BLOCK_LINES, SortedLines, idx_head, index_blocks, sort_key


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://epaper.cqrb.cn/html/2026-01/12/Node_7.htm", "cn,cqrb,epaper)/html/2026-01/12/node_7.htm"),
        ("https://www.cqrb.cn", "cn,cqrb)/"),
        ("http://127.0.0.1:8123/a", "1,0,0,127:8123)/a"),
        ("http://a.cn/b?z=1&a=2", "cn,a)/b?a=2&z=1"),
    ],
)  # fmt: skip
def test_an_address_is_turned_round(url, key):
    assert sort_key(url) == key


@given(st.lists(st.text("abc 一", min_size=1, max_size=4)), st.integers(1, 5))
def test_lines_come_back_sorted_each_once_whatever_fits_into_memory(lines, run_lines):
    with SortedLines(run_lines) as index:
        for line in lines:
            index.add(line)
        assert list(index.lines()) == sorted(set(lines))


def test_each_block_is_found_by_its_line_and_holds_its_lines():
    lines = [f"cn,a)/{n:05d} 20310203000000 {{}}" for n in range(BLOCK_LINES + 1)]
    blocks = list(index_blocks(lines))
    data = b"".join(block.data for block in blocks)
    found = []
    for block in blocks:
        key, stamp, place = block.idx_line.split(" ", 2)
        at = json.loads(place)
        piece = gzip.decompress(data[at["offset"] : at["offset"] + at["length"]]).decode()
        assert piece.startswith(f"{key} {stamp} ")
        found += piece.splitlines()
    assert found == lines
    assert len(blocks) == 2
    assert [b.data for b in index_blocks(lines)] == [b.data for b in blocks]


def test_the_index_of_blocks_names_the_file():
    assert json.loads(idx_head("index.cdx.gz").removeprefix("!meta 0 ")) == {
        "format": "cdxj-gzip-1.0",
        "filename": "index.cdx.gz",
    }
