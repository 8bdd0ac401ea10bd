"""JSON Lines: whole, in order, and the same bytes from the same source."""

import io
import json
import os
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.errors import HomeUnusable
from press.record import ArticleRecord, article_json, canonical_json
from storage.catalogue import Catalogue, Selection
from storage.export.jsonl import write_jsonl
from tests.storage.samples import PARSER, READ_AT, START, a_capture, an_article
from tests.strategies import ARTICLES, PLACES


def a_record(article=None, place=None):
    return ArticleRecord(
        id="cqrb-20310203-007-353117",
        article=article or an_article(),
        status="ok",
        revision=1,
        first_seen_at=START,
        fetched_at=START,
        place=place or a_capture().place,
        parser=PARSER,
    )


@given(st.lists(st.builds(a_record, ARTICLES, PLACES), max_size=3))
def test_each_record_is_one_line_that_reads_back(records):
    out = io.StringIO()
    assert write_jsonl(records, out) == len(records)
    lines = out.getvalue().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == [article_json(one) for one in records]
    assert len(out.getvalue().splitlines()) >= len(lines)
    assert not {"\u2028", "\u2029"} & set(out.getvalue())


def test_a_file_is_utf8_with_plain_newlines(tmp_path):
    target = tmp_path / "out.jsonl"
    assert write_jsonl([a_record(), a_record()], target) == 2
    line = json.dumps(article_json(a_record()), ensure_ascii=False)
    assert target.read_bytes() == f"{line}\n{line}\n".encode()
    assert list(tmp_path.iterdir()) == [target]


def test_nothing_is_an_empty_file(tmp_path):
    assert write_jsonl([], tmp_path / "out.jsonl") == 0
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_an_export_that_fails_leaves_the_old_file_and_nothing_else(tmp_path):
    def broken():
        yield a_record()
        raise HomeUnusable("stop")

    target = tmp_path / "out.jsonl"
    target.write_text("old")
    with pytest.raises(HomeUnusable, match="stop"):
        write_jsonl(broken(), target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["none/out.jsonl", "folder"])
def test_a_place_that_cannot_be_written_is_a_home_unusable(tmp_path, name):
    (tmp_path / "folder").mkdir()
    with pytest.raises(HomeUnusable, match="cannot be written"):
        write_jsonl([a_record()], tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_jsonl([a_record()], pipe)
    assert json.loads(os.read(reader, 1 << 16)) == article_json(a_record())
    os.close(reader)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_link_stays_and_the_file_behind_it_is_replaced(tmp_path):
    (tmp_path / "behind.jsonl").write_text("old")
    (tmp_path / "link.jsonl").symlink_to("behind.jsonl")
    write_jsonl([], tmp_path / "link.jsonl")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert (tmp_path / "behind.jsonl").read_text() == ""


def test_two_archives_of_one_source_give_the_same_canonical_bytes(tmp_path, empty_file):
    articles = [
        an_article(str(n), order=n % 4, page_no=page_no, headline=f"题{n}")
        for page_no in (1, 2, 10, "A01")
        for n in range(10, 16)
    ]
    exports = []
    for seed in (1, 2):
        random.Random(seed).shuffle(articles)  # noqa: S311 - not a secret
        path = tmp_path / f"{seed}.sqlite3"
        path.write_bytes(empty_file.read_bytes())
        catalogue = Catalogue.open(f"sqlite:///{path}")
        for n, article in enumerate(articles):
            capture = a_capture(str(article.native_id), hours=n + seed)
            with catalogue.writing() as writer:
                writer.save_article(article, capture, PARSER, READ_AT + timedelta(days=seed))
        with catalogue.reading() as reader:
            target = tmp_path / f"{seed}.jsonl"
            assert write_jsonl(reader.articles(Selection()), target, canonical_json) == 24
            full = io.StringIO()
            write_jsonl(reader.articles(Selection()), full)
        catalogue.close()
        exports.append((target.read_bytes(), full.getvalue()))
    assert exports[0][0] == exports[1][0]
    assert exports[0][1] != exports[1][1]
    numbers = [json.loads(line)["page_no"] for line in exports[0][0].splitlines()]
    assert numbers == [1] * 6 + [2] * 6 + [10] * 6 + ["A01"] * 6


def test_the_encoder_says_what_a_line_holds(tmp_path):
    moved = a_record(place=replace(a_capture().place, offset=5))
    outs = [io.StringIO(), io.StringIO()]
    for out, record in zip(outs, (a_record(), moved), strict=True):
        write_jsonl([record], out, canonical_json)
    assert outs[0].getvalue() == outs[1].getvalue()
