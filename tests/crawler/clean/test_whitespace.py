"""White space as a browser shows it, and the printed indent."""

import pytest

from crawler.clean.whitespace import fold_spaces, is_indented, squeeze


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("山城  夜雨", "山城 夜雨"),
        ("山城\xa0\xa0夜雨", "山城 夜雨"),
        ("山城\t\f\v\u2003夜雨", "山城 夜雨"),
        ("山城\n夜雨", "山城夜雨"),
        ("山城 \r\n \t夜雨", "山城夜雨"),
        ("山城，\n“夜雨”", "山城，“夜雨”"),
        ("山城，\n夜雨", "山城，夜雨"),
        ("山城，\xa0夜雨、 雾；", "山城，夜雨、雾；"),
        ("山城， ", "山城， "),
        ("𠮷\n𠮷", "𠮷𠮷"),
        ("山城\r夜雨", "山城夜雨"),
        ("山城\xa0\n夜雨", "山城 夜雨"),
        ("雨\nB\n夜", "雨 B 夜"),
        ("\n夜雨\n", " 夜雨 "),
        ("Baoku\n夜雨", "Baoku 夜雨"),
        ("夜雨\nBaoku", "夜雨 Baoku"),
        ("a\nb", "a b"),
        ("山城\u3000\u3000夜雨", "山城\u3000\u3000夜雨"),
        ("  山城 ", " 山城 "),
        ("", ""),
    ],
)
def test_runs_of_space_are_one_and_a_source_line_broken_in_chinese_is_joined(
    text: str, folded: str
) -> None:
    assert fold_spaces(text) == folded


@pytest.mark.parametrize(
    ("text", "indented"),
    [
        ("\u3000\u3000山城", True), ("\u3000山城", True), ("  山城", True), ("\xa0\xa0山城", True),
        ("\n  山城", True), (" 山城", False), ("山城", False), ("\n\n\n山城", False),
        ("\t\t山城", False), ("", False), ("\n 山城", False),
    ],
)  # fmt: skip
def test_two_spaces_or_an_ideographic_one_are_an_indent(text: str, indented: bool) -> None:
    assert is_indented(text) is indented


def test_squeezed_text_has_no_white_space_of_any_kind() -> None:
    assert squeeze(" 山\u3000城\t夜\xa0雨\n") == "山城夜雨"


@pytest.mark.parametrize("pump", [" ", "\u3000", "\n ", "\n重", "重\r\n", "\t\xa0"], ids=ascii)
def test_a_pump_of_50_kb_is_folded(pump: str) -> None:
    text = pump * (50_000 // len(pump))
    assert squeeze(fold_spaces(text)) == squeeze(text)
