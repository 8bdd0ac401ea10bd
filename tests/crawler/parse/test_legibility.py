"""Markup and wrongly decoded signs are seen; English, numbers and mathematics are text."""

import pytest

from crawler.parse.legibility import is_chinese, is_garbled, is_markup


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("a < b", False), ("AT&T", False), ("<Nature>杂志", False), ("R&D;", False),
        ("<P>桥", True), ("&nbsp;桥", True), ("{{title}}", True), ("<%=title%>", True),
    ],
)  # fmt: skip
def test_markup_is_what_was_escaped_once_too_often(text: str, shows: bool) -> None:
    assert is_markup(text) is shows


@pytest.mark.parametrize(
    ("text", "is_lost"),
    [
        ("晾衣绳", False), ("春", False), ("WORLD CUP 2026", False), ("café crème", False),
        ("023-12345678", False), ("？？？？", False), ("", False),
        ("æ\x99¾è¡£", True), ("?????", True), ("8月????????，????????", True),
        ("他说：?灯亮了。?又说：?桥好了。?", True), ("灯亮了?桥好了?", False), ("他问：?灯", False),
    ],
)  # fmt: skip
def test_text_in_a_wrong_encoding_has_the_signs_of_one(text: str, is_lost: bool) -> None:
    assert is_garbled(text) is is_lost


def test_one_character_is_chinese_enough() -> None:
    assert is_chinese("春")
    assert not is_chinese("Spring")
