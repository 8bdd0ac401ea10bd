"""Who is spoken to in which language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readingroom.rooms.language import LANGUAGES, spoken


@pytest.mark.parametrize(
    ("asked", "accepted", "expected"),
    [
        (None, None, "zh"),
        (None, "en-GB,en;q=0.9", "en"),
        (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        (None, "fr,en;q=0.5", "en"),
        (None, "en;q=0.2, zh;q=0.9", "zh"),
        (None, "fr, *", "zh"),
        ("en", "zh-CN", "en"),
        ("zh", "en", "zh"),
        ("xx", "en", "en"),
        (None, "EN-us", "en"),
        (None, ";;q=,,", "zh"),
    ],
)
def test_what_is_asked_for_by_name_comes_before_what_the_browser_likes(
    asked: str | None, accepted: str | None, expected: str
) -> None:
    assert spoken(asked, accepted) == expected


@given(st.none() | st.text(), st.none() | st.text())
def test_any_header_gives_one_of_the_two(asked: str | None, accepted: str | None) -> None:
    assert spoken(asked, accepted) in LANGUAGES
