"""Files of citations."""

import io
import json

import pytest

from storage.export.citations import STYLES, write_citations
from tests.storage.export.records import a_record


@pytest.mark.parametrize("count", [0, 1, 3])
def test_csl_json_is_one_array(count):
    out = io.StringIO()
    assert write_citations([a_record()] * count, out, STYLES["csl"]) == count
    assert [item["id"] for item in json.loads(out.getvalue())] == [a_record().id] * count


@pytest.mark.parametrize(
    ("style", "mark"), [("gbt7714", "[N]."), ("bibtex", "@article{"), ("ris", "TY  - NEWS\r\n")]
)
def test_the_others_have_one_entry_a_record(tmp_path, style, mark):
    target = tmp_path / "out"
    assert write_citations([a_record()] * 2, target, STYLES[style]) == 2
    assert target.read_bytes().decode().count(mark) == 2
