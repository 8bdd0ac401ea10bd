"""CSV: every cell comes back, and none is run by a spreadsheet."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.record import ARTICLE_KEYS, article_json
from storage.export.sheet import COLUMNS, cell_of, text_of, write_csv
from tests.storage.export.records import RECORDS, a_record
from tests.storage.samples import an_article
from tests.strategies import TEXTS

LISTS = {"contributors", "blocks", "pictures", "zones"}


def read(text):
    rows = list(csv.reader(io.StringIO(text, newline="")))
    return rows[0], rows[1:]


@given(st.lists(RECORDS, max_size=3))
def test_what_pythons_csv_reads_is_the_record(records):
    out = io.StringIO(newline="")
    assert write_csv(records, out) == len(records)
    header, rows = read(out.getvalue())
    assert tuple(header) == COLUMNS
    for record, row in zip(records, rows, strict=True):
        value, cells = article_json(record), dict(zip(header, row, strict=True))
        assert cells["capture_offset"] == str(record.place.offset)
        for key in ARTICLE_KEYS:
            if key in LISTS:
                assert json.loads(cells[key]) == value[key]
            elif key != "capture":
                assert text_of(cells[key]) == ("" if value[key] is None else str(value[key]))


@given(TEXTS | st.text("'=+-@\t\r\n＝＋－＠a", max_size=6))
def test_no_cell_begins_as_a_formula_and_each_gives_its_text_back(text):
    cell = cell_of(text)
    assert cell[:1] not in set("=+-@\t\r\n\0＝＋－＠")
    assert text_of(cell) == text


@pytest.mark.parametrize("first", "=+-@\t\r\n\0＝＋－＠")
def test_each_sign_that_starts_a_formula_gets_an_apostrophe(first):
    assert cell_of(f"{first}1+1") == f"'{first}1+1"


def test_rows_end_in_crlf_and_the_mark_of_excel_comes_first(tmp_path):
    target = tmp_path / "out.csv"
    write_csv([a_record(an_article(deck='一,"二"\n三'))], target, bom=True)
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,paper,")
    assert data.endswith(b"\r\n")
    assert '"一,""二""\n三"'.encode() in data
    assert list(tmp_path.iterdir()) == [target]
