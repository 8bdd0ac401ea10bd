"""A record read back is the article that was written, or one sentence says why not."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from press.account import Account, Piece
from press.errors import UsageError
from press.keys import page_id
from press.record import ARTICLE_KEYS, ArticleRecord, article_json, canonical_json, json_line
from press.recorded import origin_of, origin_url, read_record
from tests.storage.samples import PARSER, START, a_capture, an_article
from tests.strategies import ARTICLES, MOMENTS, PLACES, PRINTED


def a_record(article=None, place=None, moment=START, revision=1):
    article = article or an_article()
    prefix = page_id(article.paper, article.issue_date, article.page_no)
    return ArticleRecord(
        id=f"{prefix}-{article.native_id or 't0a1b2c3d'}",
        article=article,
        status="needs_review" if article.needs_review else "ok",
        revision=revision,
        first_seen_at=moment,
        fetched_at=moment,
        place=place or a_capture().place,
        parser=PARSER,
    )


def line_of(value):
    return json_line(value).encode()


def said(**changes):
    return line_of(article_json(a_record()) | changes)


def with_known_roles(article):
    named = (replace(one, role="author") for one in article.contributors)
    return replace(article, contributors=tuple(named))


WHOLE_SECONDS = MOMENTS.map(lambda moment: moment.replace(microsecond=0))


@given(
    st.builds(a_record, ARTICLES.map(with_known_roles), PLACES, WHOLE_SECONDS, st.integers(1, 99))
)
def test_what_was_written_is_read_back(record):
    assume(not any("\n" in piece.name for piece in record.article.account.pieces))
    again = read_record(line_of(article_json(record)))
    assert article_json(again) == article_json(record)
    assert replace(again.article, account=Account()) == replace(record.article, account=Account())
    assert again == replace(record, article=again.article)


def test_its_account_says_where_each_character_stands():
    lost = Account((Piece("residue", "nobody", "一: 二"), Piece("residue", "nobody", "三")))
    record = a_record(an_article(account=lost, deck=None))
    pieces = read_record(line_of(article_json(record))).article.account.pieces
    assert pieces[-2:] == lost.pieces
    fields = {piece.name: piece.text for piece in pieces if piece.kind == "field"}
    assert fields["headline"] == record.article.headline
    assert fields["blocks[0]"] == record.article.blocks[0].text
    assert fields["pictures[0].credit"] == "丁 摄"
    assert "deck" not in fields


def test_a_residue_of_several_lines_comes_back_whole():
    lost = Account((Piece("residue", "nobody", "一\n二"),))
    record = a_record(an_article(account=lost))
    again = read_record(line_of(article_json(record)))
    assert again.article.account.residue == record.article.account.residue


@pytest.mark.parametrize("key", ARTICLE_KEYS)
def test_a_record_that_lacks_anything_is_refused(key):
    value = article_json(a_record())
    del value[key]
    with pytest.raises(UsageError, match=key):
        read_record(line_of(value))


def test_a_canonical_export_is_told_from_other_files():
    with pytest.raises(UsageError, match="without --canonical"):
        read_record(line_of(canonical_json(a_record())))


@pytest.mark.parametrize(
    "line",
    [
        b"", b"[]", b"1", b'"a"', b"{", b"{}", b"\xff", b"null",
        b"[" * 100_000,
        said(order=True), said(order=-1), said(order=2**70), said(order="1"),
        said(headline=""), said(headline=["a"]), said(headline="a\0"),
        said(text="something else"), said(char_count=1), said(new="key"),
        said(genre="poem"), said(status="needs_review"), said(status="gone"),
        said(issue_date="2031-02-30"), said(issue_date="20310203"), said(issue_date=7),
        said(fetched_at="2031-02-02T22:00:00+08:00"), said(fetched_at="yesterday"),
        said(id="cqrb-20310203-008-353117"), said(id="cqrb-20310203-007"), said(id="../../etc"),
        said(paper="../x"), said(page_no=0.5), said(page_no=[]),
        said(zones=[[[1]]]), said(zones=[[["a", "b"]]]),
        said(capture={"file": "a", "offset": 0, "length": 1, "sha256": "short"}),
        said(capture={"file": "a", "offset": 0, "length": 1, "sha256": "0" * 64, "more": 1}),
        said(contributors=[{"name": "a", "role": "king"}]),
        said(blocks=[{"type": "table", "rows": "ab"}]),
        said().replace(b'"order": 1', b'"order": NaN'),
        said().replace("虚构的引题".encode(), b"\\ud800"),
    ],
)  # fmt: skip
def test_what_is_no_record_is_one_sentence(line):
    with pytest.raises(UsageError) as caught:
        read_record(line)
    assert len(str(caught.value).splitlines()) == 1


@given(st.builds(a_record, ARTICLES, PLACES), PRINTED)
def test_the_name_of_a_kept_record_tells_where_it_came_from(record, file):
    record = replace(record, place=replace(record.place, file=file))
    url = origin_url(record)
    assert origin_of(url) == record.place
    assert url.isascii()
    assert " " not in url


@pytest.mark.parametrize("url", ["http://a.cn/?file=x", "import:record:", ""])
def test_other_addresses_tell_nothing(url):
    assert origin_of(url) is None
