"""Citations: exact in each form, whatever the newspaper printed."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given

from press.citation import UNTITLED, authors, bibtex, csl, gbt7714, ris, title
from press.model import Contributor, Picture
from press.record import ArticleRecord
from tests.storage.samples import PARSER, START, a_capture, an_article
from tests.strategies import ARTICLES


def a_record(**changes):
    article = an_article(**changes)
    return ArticleRecord(
        id="cqrb-20310203-007-353117",
        article=article,
        status="ok",
        revision=1,
        first_seen_at=START,
        fetched_at=START,
        place=a_capture().place,
        parser=PARSER,
    )


def by(*pairs):
    return tuple(Contributor(name=name, role=role) for name, role in pairs)


AWKWARD = '一"个{题}\\目\n第二行 50% & #1 $_^~'


@pytest.mark.parametrize(
    ("contributors", "page_no", "expected"),
    [
        (by(("甲乙", "author")), 7, "甲乙.题[N].重庆日报,2031-02-03(7)"),
        ((), 7, "题[N].重庆日报,2031-02-03(7)"),
        (
            by(("甲", "reporter"), ("乙", "intern"), ("丙", "author")),
            "A01",
            "甲,乙,丙.题[N].重庆日报,2031-02-03(A01)",
        ),
        (
            by(*((name, "author") for name in "甲乙丙丁")),
            7,
            "甲,乙,丙,等.题[N].重庆日报,2031-02-03(7)",
        ),
    ],
)
def test_gbt7714_is_as_the_standard_gives_it(contributors, page_no, expected):
    record = a_record(contributors=contributors, page_no=page_no, headline="题")
    assert gbt7714(record) == expected


def test_those_who_wrote_are_authors_and_page_editors_never():
    record = a_record(
        contributors=by(
            ("摄", "photographer"), ("编", "editor"), ("记", "reporter"), ("译", "translator"),
            ("记", "author"),
        ),
        page_credits="本版责编 冯一苇",
    )  # fmt: skip
    assert authors(record.article) == ("记",)
    assert csl(record)["translator"] == [{"literal": "译"}]
    for text in (gbt7714(record), bibtex(record), ris(record), json.dumps(csl(record))):
        assert "冯一苇" not in text
        assert "编" not in text


def test_of_a_picture_that_nobody_wrote_about_the_photographer_is_the_author():
    record = a_record(contributors=by(("摄", "photographer")))
    assert authors(record.article) == ("摄",)


def test_without_a_headline_the_first_caption_is_the_title():
    pictures = (
        Picture(order=1, url=None, caption=None, credit="丁 摄"),
        Picture(order=2, url=None, caption="图说", credit=None),
    )
    assert title(an_article(headline=None, pictures=pictures)) == "图说"
    assert title(an_article(headline=None, pictures=())) == UNTITLED


def test_bibtex_keeps_names_whole_and_its_braces_balanced():
    record = a_record(
        contributors=by(("甲 and 乙", "author"), ("丙", "author")),
        headline=AWKWARD,
        url="http://paper.example/{a}_b%20c d",
    )
    lines = bibtex(record).splitlines()
    assert lines[0] == "@article{cqrb-20310203-007-353117,"
    assert "  author = {{甲 and 乙} and {丙}}," in lines
    assert (
        '  title = {{一"个\\textbraceleft{}题\\textbraceright{}\\textbackslash{}目 第二行'
        " 50\\% \\& \\#1 \\$\\_\\textasciicircum{}\\textasciitilde{}}},"
    ) in lines
    assert "  url = {http://paper.example/%7Ba%7D_b%20c%20d}," in lines
    assert lines[4:7] == ["  year = {2031},", "  month = {2},", "  day = {3},"]
    assert lines[-1] == "}"


def test_ris_is_a_line_a_tag():
    record = a_record(
        headline="一\r\nER  - 二", contributors=by(("甲", "author"), ("乙", "reporter"))
    )
    assert ris(record).split("\r\n") == [
        "TY  - NEWS",
        "AU  - 甲",
        "AU  - 乙",
        "TI  - 一 ER  - 二",
        "T2  - 重庆日报",
        "PY  - 2031",
        "DA  - 2031/02/03",
        "SP  - 7",
        "SE  - 思想周刊·策论",
        "UR  - http://paper.example/content_353117.html",
        "LA  - zh-CN",
        "ID  - cqrb-20310203-007-353117",
        "ER  - ",
        "",
    ]


def test_csl_has_whole_names_and_beijings_date_of_access():
    late = datetime(2031, 2, 3, 23, tzinfo=UTC)
    item = csl(replace(a_record(headline=AWKWARD), fetched_at=late))
    assert item["author"] == [{"literal": "甲乙"}]
    assert item["title"] == AWKWARD.replace("\n", " ")
    assert item["issued"] == {"date-parts": [[2031, 2, 3]]}
    assert item["accessed"] == {"date-parts": [[2031, 2, 4]]}
    assert (item["type"], item["page"]) == ("article-newspaper", "7")


def test_what_is_unknown_is_left_out():
    record = a_record(native_id=None, url=None, contributors=(), page_name=None)
    assert {"URL", "author", "section"} & set(csl(record)) == set()
    assert "url" not in bibtex(record)
    assert "AU" not in ris(record)


@given(ARTICLES)
def test_no_text_breaks_out_of_its_line_or_braces(article):
    record = replace(a_record(), article=article)
    assert len(gbt7714(record).splitlines()) == 1
    entry = bibtex(record)
    depth = 0
    for character in entry:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    assert entry.count("\n@") == 0
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in ris(record).splitlines())
    assert len(ris(record).splitlines()) == ris(record).count("\r\n")
