"""The spelling of the search copy."""

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.search.fold import FIELD, PART, fold, trace
from tests.strategies import CHARACTERS

TEXTS = st.text(
    CHARACTERS | st.sampled_from(" \n\t　\u200b\u0301\ufe0f１Ａ，…㎡ﷺ´\ud800\0"), max_size=20
)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("８＋１", "8+1"),
        ("ＡＩ+ Ai", "ai+ ai"),
        ("改革\n开放", "改革开放"),
        ("改革　开放 ", "改革开放"),
        ("New \n York", "new york"),
        ("在 New York 的", "在new york的"),
        ("“三灯”‘四’", "\"三灯\"'四'"),
        ("阿尔・贝克", "阿尔·贝克"),
        ("桥——灯", "桥--灯"),
        ("二○二六", "二〇二六"),
        ("café cafe\u0301", "cafe cafe"),
        ("㎡…", "m2..."),
        ("看\u200b不\u2066见\ufe0f", "看不见"),
        ("⽂", "文"),
        ("´", "´"),
        ("\0\x1b", ""),
        ("\ud800", "\ufffd"),
        ("", ""),
    ],
)
def test_text_is_searched_in_one_spelling(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@given(TEXTS)
@example("a \u200b改")
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS, st.data())
@example("é", None)
def test_a_part_of_a_text_folds_to_a_part_of_its_fold(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text))) if data else 0
    end = data.draw(st.integers(start, len(text))) if data else len(text)
    assert fold(text[start:end]) in fold(text)


@given(TEXTS)
def test_no_fold_holds_a_border_or_what_a_database_refuses(text: str) -> None:
    folded = fold(text)
    assert not {PART, FIELD, "\0"} & set(folded)
    folded.encode()


@given(TEXTS)
def test_every_folded_character_is_traced_to_where_it_was_printed(text: str) -> None:
    traced = trace(text)
    assert traced.folded == fold(text)
    assert len(traced.origins) == len(traced.folded)
    assert list(traced.origins) == sorted(traced.origins)
    for place in range(len(traced.folded)):
        start, end = traced.span(place, place + 1)
        assert 0 <= start < end <= len(text)
        whole = traced.folded[place].strip()
        assert whole in fold(text[start:end]) or not fold(text[start:end])


@given(TEXTS.filter(fold))
def test_the_whole_fold_is_of_all_that_is_seen(text: str) -> None:
    traced = trace(text)
    start, end = traced.span(0, len(traced.folded))
    assert fold(text[:start]) == fold(text[end:]) == ""


def test_a_character_is_spelled_as_it_is_spelled_in_every_text() -> None:
    # Those that are skipped as needing no spelling must need none, in every block of Unicode.
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        spelled = fold(f"改{character}改")[1:-1]
        assert fold(f"改{spelled}改")[1:-1] == spelled, hex(code)
        if "\u4e00" <= character <= "\u9fff":
            assert spelled == character


def test_the_spelling_does_not_follow_a_younger_unicode() -> None:
    young = "\U0001d7ce"  # of Unicode 3.1: a digit in bold
    assert fold(young) == "0"
    assert unicodedata.ucd_3_2_0.category("\u32ff") == "Cn"  # the era Reiwa, of Unicode 12.1
    assert fold("\u32ff") == "\u32ff"
