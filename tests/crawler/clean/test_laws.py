"""What holds for every rule of cleaning: doing it again changes nothing, and nothing is invented."""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.clean.invisible import drop_invisible
from crawler.clean.names import join_padded_names
from crawler.clean.whitespace import fold_spaces, is_indented, squeeze

RULES = [drop_invisible, join_padded_names, fold_spaces, squeeze]
KEEPS_ALL_VISIBLE = [join_padded_names, fold_spaces, squeeze]
TEXTS = st.text() | st.text(
    "重庆张三 \t\n\r\f\v\xa0\u3000\u2002\u2028\x85\x00\x1c\ufeff\u200b\u202e\u00ad，。a1"
)
Rule = Callable[[str], str]


@pytest.mark.parametrize("rule", RULES)
@given(text=TEXTS)
@example("张 三 李 四")
@example("重\n \n庆\n a")
@example("\x85\u2028\u2029")
def test_a_rule_done_again_changes_nothing(rule: Rule, text: str) -> None:
    assert rule(rule(text)) == rule(text)


@pytest.mark.parametrize("rule", RULES)
@given(text=TEXTS)
def test_a_rule_invents_no_visible_character(rule: Rule, text: str) -> None:
    invented = Counter(rule(text)) - Counter(text)
    assert all(char.isspace() for char in invented)


@pytest.mark.parametrize("rule", KEEPS_ALL_VISIBLE)
@given(text=TEXTS)
def test_a_rule_of_white_space_loses_no_visible_character(rule: Rule, text: str) -> None:
    assert squeeze(rule(text)) == squeeze(text)


@given(TEXTS)
def test_an_indent_is_white_space_at_the_front(text: str) -> None:
    assert not is_indented(text.lstrip())
    assert is_indented("\u3000" + text)
