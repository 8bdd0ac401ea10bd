"""Hits in printed text: marks, snippets, lines in context, and what fits."""

from hypothesis import given
from hypothesis import strategies as st

from press.errors import UsageError
from storage.search.fields import FIELDS, article_fields, joined, search_copy
from storage.search.fold import FIELD, PART, fold
from storage.search.hits import Line, fits, headline_marks, kwic, marks, snippet
from storage.search.query import Term, parse
from storage.search.relevance import relevance
from tests.storage.samples import an_article

TEXTS = st.text(st.sampled_from("桥灯亮aA １1，\n\u200b…"), max_size=30)


def texts(**printed: str) -> dict[str, tuple[str, ...]]:
    return {field: (text,) for field, text in printed.items()}


def marked(text: str, found: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in found]


def test_an_article_is_searched_in_each_of_its_fields() -> None:
    copy = search_copy(article_fields(an_article(page_credits="本版责编 戊")))
    for asked in (
        "虚构的引题", "桥上的灯亮了", "编的一段话", "一二三四", "论丛", "甲乙丙", "图说", "丁摄",
        "思想周刊·策论", "作者系虚构", "本版责编戊",
    ):  # fmt: skip
        assert fits(parse(asked), copy), asked
    assert set(copy) == set(FIELDS)
    assert joined(copy).count(FIELD) == len(FIELDS) - 1


def test_no_hit_crosses_the_border_of_a_field_or_of_two_captions() -> None:
    copy = search_copy({"headline": ("桥",), "body": ("灯",), "caption": ("亮", "着")})
    assert copy["caption"] == f"亮{PART}着"
    assert not any(fits(parse(two), copy) for two in ("桥灯", "灯桥", "亮着"))
    assert fits(parse("桥 灯 亮 着"), copy)


def test_operators_and_fields_decide_what_fits() -> None:
    copy = search_copy(texts(headline="桥上的灯", body="河边的船"))
    for asked, answer in {
        "桥 船": True, "桥 路": False, "路 OR 船": True, "桥 -船": False, "桥 -路": True,
        "headline:桥": True, "body:桥": False, "桥 -headline:船": True, "headline:船 OR 桥 的": True,
    }.items():  # fmt: skip
        assert fits(parse(asked), copy) is answer, asked


def test_marks_stand_on_whole_printed_characters() -> None:
    text = "２０２６年，改\n革 ＡＩ㎡"
    assert marked(text, marks(text, [Term(text="2026年,改革")])) == ["２０２６年，改\n革"]
    assert marked(text, marks(text, [Term(text="ai"), Term(text="m")])) == ["ＡＩ", "㎡"]


def test_hits_that_overlap_are_one_mark() -> None:
    assert marks("改革开放", [Term(text="改革开"), Term(text="开放")]) == ((0, 4),)
    assert marks("哈哈哈哈", [Term(text="哈哈")]) == ((0, 2), (2, 4))


@given(TEXTS, TEXTS.filter(fold))
def test_what_is_marked_is_what_was_asked_for(text: str, asked: str) -> None:
    term = Term(text=fold(asked))
    found = marks(text, [term])
    assert bool(found) == (term.text in fold(text))
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert list(found) == sorted(found)
    for piece in marked(text, found):
        assert term.text in fold(f"a{piece}a") or len(fold(piece)) > len(term.text)


@given(TEXTS, TEXTS, st.integers(1, 12))
def test_a_snippet_is_a_piece_of_the_text_with_a_hit_in_it(
    text: str, asked: str, width: int
) -> None:
    try:
        query = parse(asked)
    except UsageError:
        return
    found = snippet(texts(body=text), query, width=width)
    hits = marks(text, query.terms)
    assert (found is not None) == bool(hits)
    if found is not None:
        assert found.marks
        assert found.text.removeprefix("…").removesuffix("…") in text.replace("\n", " ") + "…"
        flat = text.replace("\n", " ")
        for piece in marked(found.text, found.marks):
            assert piece in flat


def test_a_snippet_shows_where_most_hits_are() -> None:
    text = "桥" + "无" * 200 + "桥上的灯，桥下的灯" + "无" * 200
    found = snippet(texts(body=text), parse("桥 灯"), width=20)
    assert found is not None
    assert found.text == "…无无无无无桥上的灯，桥下的灯无无无无无无…"
    assert marked(found.text, found.marks) == ["桥", "灯", "桥", "灯"]


def test_a_hit_in_the_headline_alone_has_no_snippet() -> None:
    printed = texts(headline="桥上的灯", body="船")
    assert snippet(printed, parse("灯")) is None
    assert headline_marks(printed, parse("灯")) == ((3, 4),)
    assert headline_marks(printed, parse("body:灯 OR 桥")) == ((0, 1),)


def test_lines_in_context_stand_by_field_and_in_the_order_of_the_text() -> None:
    printed = texts(headline="桥上的灯", body="船到桥\n头，过桥")
    assert list(kwic(printed, parse("桥"), width=2)) == [
        Line(field="body", left="船到", hit="桥", right=" 头"),
        Line(field="body", left="，过", hit="桥", right=""),
        Line(field="headline", left="", hit="桥", right="上的"),
    ]


def test_a_headline_is_worth_more_than_a_text_and_a_short_text_more_than_a_long_one() -> None:
    query = parse("桥")
    worth = [
        relevance(query, search_copy(printed))
        for printed in (
            texts(headline="桥", body="船"),
            texts(kicker="桥", body="船"),
            texts(body="桥" * 5 + "船" * 100),
            texts(body="桥" + "船" * 100),
            texts(body="桥" + "船" * 1000),
            texts(body="船"),
        )
    ]
    assert worth == sorted(set(worth), reverse=True)
    assert worth[-1] == 0


def test_a_text_of_nothing_but_hits_is_cut_as_any_other() -> None:
    found = snippet(
        texts(body="桥" * 100_000), parse("桥"), width=20
    )  # never if each is counted for each
    assert found is not None
    assert (found.text, len(found.marks)) == ("桥" * 20 + "…", 20)
