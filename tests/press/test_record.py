"""The record: one line, the same keys in the same order, unknown is null."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.model import Block
from press.record import (
    ArticleRecord,
    PageRecord,
    article_json,
    block_json,
    canonical_json,
    json_line,
    page_json,
    time_json,
    zones_json,
)
from tests.strategies import ARTICLES, BLOCKS, MOMENTS, PAGES, PLACES, ZONES

KEYS = [
    "id",
    "paper",
    "paper_name",
    "issue_date",
    "page_no",
    "page_label",
    "page_name",
    "order",
    "native_id",
    "url",
    "kicker",
    "headline",
    "deck",
    "column",
    "byline",
    "contributors",
    "dateline",
    "genre",
    "blocks",
    "text",
    "author_note",
    "page_credits",
    "pictures",
    "zones",
    "continues_to",
    "continued_from",
    "char_count",
    "status",
    "revision",
    "first_seen_at",
    "fetched_at",
    "capture",
    "parser",
    "residue",
]
PAGE_KEYS = [
    "id",
    "paper",
    "paper_name",
    "issue_date",
    "page_no",
    "page_label",
    "page_name",
    "url",
    "facsimile_url",
    "pdf_url",
    "previous_url",
    "next_url",
    "headlines",
    "entries",
    "pages",
    "articles",
    "fetched_at",
    "capture",
]
RECORDS = st.builds(
    ArticleRecord, id=st.just("cqrb-20260112-007-1"), article=ARTICLES,
    status=st.sampled_from(["ok", "needs_review", "withdrawn"]), revision=st.integers(1, 9),
    first_seen_at=MOMENTS, fetched_at=MOMENTS, place=PLACES, parser=st.just("1"),
)  # fmt: skip
PAGE_RECORDS = st.builds(
    PageRecord, id=st.just("cqrb-20260112-007"), paper_name=st.just("重庆日报"), page=PAGES,
    place=PLACES, fetched_at=MOMENTS, article_ids=st.just(("cqrb-20260112-007-1",)),
)  # fmt: skip
JSON_TEXTS = st.text(max_size=20) | st.text('\n\r\x85\u2028\u2029\x0b\x0c\x1c\x1d\x1e"\\')
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | JSON_TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(JSON_TEXTS, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(JSON_TEXTS, JSON_VALUES, max_size=4))
def test_a_line_is_one_line_for_every_reader_and_comes_back_as_it_went(
    value: dict[str, object],
) -> None:
    line = json_line(value)  # type: ignore[arg-type]
    assert len(line.splitlines()) == 1
    assert json.loads(line) == value


def test_a_line_keeps_chinese_as_it_is() -> None:
    assert json_line({"headline": "山城夜雨"}) == '{"headline": "山城夜雨"}'


@given(RECORDS)
def test_an_articles_record_has_the_keys_in_their_order(record: ArticleRecord) -> None:
    value = article_json(record)
    assert list(value) == KEYS
    assert json.loads(json_line(value)) == value


@given(RECORDS)
def test_unknown_is_null_and_never_an_empty_text(record: ArticleRecord) -> None:
    value = article_json(record)
    for name in ("kicker", "headline", "deck", "byline", "page_name", "url", "residue"):
        assert value[name] != ""
    assert (value["headline"] is None) == (record.article.headline is None)


@given(RECORDS)
def test_the_record_tells_what_the_article_holds(record: ArticleRecord) -> None:
    value, article = article_json(record), record.article
    plain = KEYS[1:3] + KEYS[4:15] + ["dateline", "genre", "text", "author_note", "page_credits",
                                      "continues_to", "continued_from", "char_count"]  # fmt: skip
    assert {name: value[name] for name in plain} == {name: getattr(article, name) for name in plain}
    assert value["issue_date"] == article.issue_date.isoformat()
    assert value["contributors"] == [{"name": c.name, "role": c.role} for c in article.contributors]
    assert value["pictures"] == [
        {"order": p.order, "url": p.url, "caption": p.caption, "credit": p.credit}
        for p in article.pictures
    ]
    assert value["residue"] == article.account.residue
    assert value["capture"] == {
        "file": record.place.file, "offset": record.place.offset,
        "length": record.place.length, "sha256": record.place.sha256,
    }  # fmt: skip
    assert (value["id"], value["status"], value["revision"], value["parser"]) == (
        record.id, record.status, record.revision, record.parser,
    )  # fmt: skip


@given(RECORDS, MOMENTS, PLACES)
def test_the_canonical_record_is_the_same_in_two_archives_of_one_source(
    record: ArticleRecord, moment: datetime, place: object
) -> None:
    other = replace(
        record, first_seen_at=moment, fetched_at=moment,
        place=replace(place, sha256=record.place.sha256),  # type: ignore[type-var]
    )  # fmt: skip
    assert canonical_json(other) == canonical_json(record)
    assert list(canonical_json(record)) == [
        key for key in KEYS if key not in ("first_seen_at", "fetched_at")
    ]


@given(RECORDS)
def test_the_canonical_record_sees_another_body(record: ArticleRecord) -> None:
    other = replace(record, place=replace(record.place, sha256="f" * 63 + "x"))
    assert canonical_json(other) != canonical_json(record)


@given(PAGE_RECORDS)
def test_a_pages_record_has_the_keys_in_their_order_and_all_that_it_announces(
    record: PageRecord,
) -> None:
    value, page = page_json(record), record.page
    assert list(value) == PAGE_KEYS
    assert json.loads(json_line(value)) == value
    plain = ["paper", *PAGE_KEYS[4:12]]
    assert {name: value[name] for name in plain} == {name: getattr(page, name) for name in plain}
    assert value["headlines"] == list(page.headlines)
    assert value["entries"] == [
        {"order": e.order, "native_id": e.native_id, "url": e.url, "title": e.title,
         "listed": e.listed, "mapped": e.mapped, "zones": zones_json(e.zones)}
        for e in page.entries
    ]  # fmt: skip
    assert value["pages"] == [
        {"page_no": link.page_no, "page_label": link.page_label, "page_name": link.page_name,
         "url": link.url, "pdf_url": link.pdf_url}
        for link in page.page_links
    ]  # fmt: skip
    assert value["articles"] == list(record.article_ids)


@given(BLOCKS)
def test_a_table_is_told_by_its_rows_and_any_other_block_by_its_text(block: Block) -> None:
    value = block_json(block)
    assert value["type"] == block.type
    assert value.get("rows") == (
        [list(row) for row in block.rows] if block.type == "table" else None
    )
    assert value.get("text") == (None if block.type == "table" else block.text)


@given(ZONES)
def test_zones_keep_every_point_and_write_whole_numbers_as_integers(
    zones: tuple[tuple[tuple[float, float], ...], ...],
) -> None:
    told = zones_json(zones)
    assert told == [[[x, y] for x, y in zone] for zone in zones]
    numbers = [n for zone in told for point in zone for n in point]  # type: ignore[union-attr]
    assert all(isinstance(n, int) or n != int(n) for n in numbers)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 1, 12, 22, 0, 0, tzinfo=UTC), "2026-01-12T22:00:00Z"),
        (datetime(2026, 1, 12, 22, 0, 0, 999_999, tzinfo=UTC), "2026-01-12T22:00:00Z"),
        (datetime(2026, 1, 13, 6, 0, 0, tzinfo=timezone(timedelta(hours=8))),
         "2026-01-12T22:00:00Z"),
    ],
)  # fmt: skip
def test_times_are_told_in_utc_to_the_second(moment: datetime, text: str) -> None:
    assert time_json(moment) == text
