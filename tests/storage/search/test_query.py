"""What people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.errors import UsageError
from storage.search.fields import FIELDS
from storage.search.fold import fold
from storage.search.query import MAX_CHARACTERS, MAX_TERMS, Query, Term, parse

ODD = st.text(
    st.sampled_from('"-OR:： （(*)headline桥灯\0\u200b\ud800\n　\\%_') | st.characters(),
    max_size=15,
)
TYPED = st.lists(
    st.sampled_from(["OR", '"', "-", "headline:", "body：", '""', "a", "桥", "-桥", "nofield:x"])
    | ODD,
    max_size=8,
).map(" ".join)


def words(*texts: str) -> tuple[tuple[Term, ...], ...]:
    return tuple((Term(text=text),) for text in texts)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("城市 治理", Query(clauses=words("城市", "治理"))),
        ("城市　治理", Query(clauses=words("城市", "治理"))),
        ('"New York"', Query(clauses=words("new york"))),
        ('"say ""hi"""', Query(clauses=words('say "hi"'))),
        ("城市 -治理", Query(clauses=words("城市"), excluded=(Term(text="治理"),))),
        ('城市 -"a b"', Query(clauses=words("城市"), excluded=(Term(text="a b"),))),
        ("a OR b c", Query(clauses=((Term(text="a"), Term(text="b")), (Term(text="c"),)))),
        ("headline:城市", Query(clauses=((Term(text="城市", field="headline"),),))),
        ("headline：城市", Query(clauses=((Term(text="城市", field="headline"),),))),
        ('headline: "a b"', Query(clauses=((Term(text="a b", field="headline"),),))),
        ('"headline:x"', Query(clauses=words("headline:x"))),
        ('"OR" or', Query(clauses=words("or", "or"))),
        ("http://a.b (三) 8:30", Query(clauses=words("http://a.b", "(三)", "8:30"))),
        ("- 5-6", Query(clauses=words("-", "5-6"))),
        ('5"屏', Query(clauses=words('5"屏'))),
    ],
)  # fmt: skip
def test_a_query_is_read_as_it_is_meant(typed: str, query: Query) -> None:
    assert parse(typed) == query


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("", "at least one word"),
        ("-城市", "at least one word"),
        ('"城市', "has no end"),
        ("OR", "OR stands between"),
        ("a OR", "OR stands between"),
        ("a OR OR b", "OR stands between"),
        ("a OR -b", "OR stands between"),
        ("a -b OR c", "OR stands between"),
        ('""', "holds nothing"),
        ("headline:", "holds nothing"),
        ("\u200b", "holds nothing"),
        ("桥" * (MAX_CHARACTERS + 1), "shorten it"),
        (" ".join("桥" * (MAX_TERMS + 1)), "leave some out"),
    ],
)
def test_what_is_no_query_is_answered_with_what_to_do(typed: str, advice: str) -> None:
    with pytest.raises(UsageError, match=advice):
        parse(typed)


@given(TYPED)
def test_whatever_is_typed_is_a_query_or_a_sentence(typed: str) -> None:
    try:
        query = parse(typed)
    except UsageError:
        return
    assert query.clauses
    for term in (*query.terms, *query.excluded):
        assert term.text
        assert term.text == fold(term.text)
        assert term.field in {None, *FIELDS}


@given(ODD.filter(fold))
def test_any_text_can_be_asked_for_in_quotation_marks(text: str) -> None:
    assert parse('"' + text.replace('"', '""') + '"') == Query(clauses=words(fold(text)))
