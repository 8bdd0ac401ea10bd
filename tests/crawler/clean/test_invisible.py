"""What no reader can see is removed; what scripts need stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.clean.invisible import drop_invisible

REMOVED = "\x00\x01\x08\x0b\x0c\x0e\x1f\x7f\x80\x84\x86\x9f\u00ad\u200b\u2060\ufeff\u202a\u202e\u2066\u2069\ud800\udfff\ufffe\uffff"
KEPT = "\t\n\r \xa0\u3000\u200c\u200d\ufffd镕𠮷é"


@pytest.mark.parametrize("char", REMOVED, ids=ascii)
def test_an_invisible_character_goes_wherever_it_stands(char: str) -> None:
    assert drop_invisible(f"{char}山{char}{char}城{char}") == "山城"


@pytest.mark.parametrize("char", KEPT, ids=ascii)
def test_a_character_that_readers_or_scripts_need_stays(char: str) -> None:
    assert drop_invisible(f"山{char}城") == f"山{char}城"


@pytest.mark.parametrize("char", "\x85\u2028\u2029", ids=ascii)
def test_a_line_break_of_unicodes_own_becomes_a_newline(char: str) -> None:
    assert drop_invisible(f"山{char}城") == "山\n城"


@given(st.text())
def test_no_control_surrogate_or_direction_mark_is_left(text: str) -> None:
    left = {unicodedata.category(char) for char in drop_invisible(text)} & {"Cc", "Cs"}
    assert left <= {"Cc"}
    assert not set(drop_invisible(text)) & set(REMOVED)
    drop_invisible(text).encode("utf-8")


def test_a_text_with_nothing_to_remove_is_itself() -> None:
    text = "雨停了。"
    assert drop_invisible(text) is text
