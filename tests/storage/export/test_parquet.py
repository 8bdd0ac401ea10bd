"""Parquet: typed, in order, whole. Skipped where the extra `parquet` is not installed."""

from datetime import UTC

import pytest

from press.errors import UsageError
from press.record import ARTICLE_KEYS, article_json
from storage.export import parquet
from storage.export.parquet import write_parquet
from tests.storage.export.records import a_record
from tests.storage.samples import START, an_article


def test_without_pyarrow_one_sentence_says_what_to_do(tmp_path):
    def load(name):
        raise ModuleNotFoundError(name)

    with pytest.raises(UsageError, match="extra parquet"):
        write_parquet([], tmp_path / "out.parquet", load)
    assert list(tmp_path.iterdir()) == []


def test_each_row_is_the_record(tmp_path):
    arrow = pytest.importorskip("pyarrow.parquet", reason="needs the extra parquet: pyarrow")
    records = [a_record(), a_record(an_article(page_no="A01", kicker=None, zones=()))]
    target = tmp_path / "out.parquet"
    assert write_parquet(records, target) == 2
    table = arrow.read_table(target)
    assert tuple(table.column_names) == ARTICLE_KEYS
    for record, row in zip(records, table.to_pylist(), strict=True):
        value = article_json(record)
        assert row["fetched_at"].astimezone(UTC) == START
        assert row["issue_date"] == record.article.issue_date
        assert row["page_no"] == str(record.article.page_no)
        assert row["blocks"][1]["rows"] == [["一", "二"], ["三", "四"]]
        for key in ("id", "headline", "kicker", "text", "contributors", "pictures", "zones"):
            assert row[key] == value[key]
        assert row["capture"] == value["capture"]


def test_rows_are_written_group_by_group(tmp_path):
    arrow = pytest.importorskip("pyarrow.parquet", reason="needs the extra parquet: pyarrow")
    target = tmp_path / "out.parquet"
    write_parquet((a_record() for _ in range(parquet.GROUP_ROWS + 1)), target)
    assert arrow.ParquetFile(target).num_row_groups == 2
