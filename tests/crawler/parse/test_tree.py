"""The tree of a page: no text is lost unseen, and monsters are refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.clean.whitespace import squeeze
from crawler.parse.tree import (
    MAX_ATTRIBUTES,
    MAX_CHARS,
    MAX_TAG_CHARS,
    MAX_TAGS,
    parse_tree,
    scan_text,
    text_of,
)
from press.errors import UnreadableMarkup

WORDS = st.text("重庆日报，。 a1\u3000", min_size=1, max_size=8)
PAGES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["div", "span", "strong", "td", "font", "founder-content"]),
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=12,
)


@given(PAGES)
def test_every_visible_character_is_in_the_tree(page: str) -> None:
    tree = parse_tree(f"<html><body>x{page}</body></html>")
    assert squeeze(text_of(tree.root)) == squeeze(scan_text(f"x{page}"))
    assert tree.lost_chars == 0
    assert tree.source == f"<html><body>x{page}</body></html>"


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("<p>雨<script>var a='<p>夜'</script>停</p>", "雨停"),
        ("<p>雨<STYLE>p{}</STYLE>停</p>", "雨停"),
        ("<p>雨<!-- 夜 <b>-->停</p>", "雨停"),
        ("<title>题</title><p>雨停</p>", "雨停"),
        ("<p>雨<noscript>请开启</noscript>停</p>", "雨停"),
        ("<p title='a>b' alt=\"c>d\">雨停</p>", "雨停"),
        ("<p>1 < 2 &amp;&nbsp;雨</p>", "1<2&雨"),
        ("<p>&#38632;&#x505c;</p>", "雨停"),
        ("<?xml version='1.0'?><!DOCTYPE html><p>雨停</p>", "雨停"),
        ("<p>雨停<!-- 不完", "雨停"),
        ("<p>雨停</p><script>不完", "雨停"),
        ("<p>雨停</p><!-->", "雨停"),
        ("雨停", "雨停"),
    ],
)
def test_the_scan_and_the_tree_see_what_a_reader_sees(source: str, seen: str) -> None:
    assert squeeze(scan_text(source)) == seen
    tree = parse_tree(source)
    assert squeeze(text_of(tree.root)) == seen
    assert tree.lost_chars == 0


OPEN_QUOTE = "<p>山城<a href='x>夜雨</a>停</p>"


def test_what_lxml_drops_the_tolerant_tree_keeps() -> None:
    tree = parse_tree(OPEN_QUOTE)
    assert tree.lost_chars == 0
    assert re.findall(r"[\u4e00-\u9fff]", text_of(tree.root)) == list("山城夜雨停")
    assert parse_tree(f"<!-- x --><script>y</script>{OPEN_QUOTE}<b></b>").lost_chars == 0


def test_the_tolerant_tree_is_not_tried_on_a_page_of_very_many_tags() -> None:
    many = "<br>" * (MAX_TAGS // 10)
    assert parse_tree(OPEN_QUOTE + many).lost_chars == 3


def test_deep_nesting_as_lxml_bears_it_loses_nothing() -> None:
    source = "<body>题" + "<div>" * 1500 + "山城夜雨" + "</div>" * 1500 + "</body>"
    assert squeeze(text_of(parse_tree(source).root)) == "题山城夜雨"


@pytest.mark.parametrize(
    ("source", "lost"),
    [
        ("<body>题" + "<div>" * 3000 + "山城夜雨" + "</div>" * 3000 + "</body>", 4),
        ("<p>雨</>停", 3),
        ('<p>雨</>停<a"b>又下</p>', 3),
    ],
    ids=["too-deep-for-both", "no-better-in-the-other", "a-name-that-no-tree-takes"],
)
def test_what_no_tree_keeps_is_counted(source: str, lost: int) -> None:
    tree = parse_tree(source)
    assert tree.lost_chars == lost
    assert text_of(tree.root).strip()


@pytest.mark.parametrize("source", ["", " \n\t\u3000"])
def test_an_empty_page_is_refused(source: str) -> None:
    with pytest.raises(UnreadableMarkup, match="empty"):
        parse_tree(source)


@pytest.mark.parametrize("source", ["<!-- 夜雨 -->", "<!DOCTYPE html>", "</p>", "<?xml?>"])
def test_a_page_without_elements_is_refused(source: str) -> None:
    with pytest.raises(UnreadableMarkup, match="no markup that can be read"):
        parse_tree(source)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("x" * (MAX_CHARS + 1), "longer than"),
        ("<br>" * (MAX_TAGS + 1), "more than"),
        ("<p>x</p><a " + "b" * (MAX_TAG_CHARS + 1) + ">", "one tag of the page is longer"),
        ("<p>x</p><a " + "b" * (MAX_TAG_CHARS + 1), "one tag of the page is longer"),
        (
            "<a "
            + " ".join(f"b{n}='<'" for n in range(MAX_ATTRIBUTES + 1))
            + ">x</a>"
            + "雨" * MAX_TAG_CHARS,
            "one tag",
        ),
    ],
    ids=["chars", "tags", "closed-tag", "open-tag", "attributes"],
)
def test_a_page_out_of_all_proportion_is_refused_before_it_is_parsed(
    source: str, told: str
) -> None:
    with pytest.raises(UnreadableMarkup, match=told):
        parse_tree(source)


@pytest.mark.parametrize(
    "source",
    [
        "<p>" + "雨" * (MAX_TAG_CHARS + 1) + "</p>",
        "<p>1 < " + "雨" * (MAX_TAG_CHARS + 1) + "</p>",
        "<p>x</p><!-- " + "雨" * (MAX_TAG_CHARS + 1) + " -->",
        "<a " + " ".join(f"b{n}=1" for n in range(MAX_ATTRIBUTES // 2)) + ">雨</a>",
    ],
    ids=["long-text", "less-than", "long-comment", "many-attributes"],
)
def test_a_long_text_or_remark_is_no_long_tag(source: str) -> None:
    assert parse_tree(source).lost_chars == 0


@pytest.mark.parametrize(
    "pump",
    ["<!--", "<script>", "<script></script>", "</script ", '<a"', "<a ''", "<", "&amp", "&#"],
)
def test_a_pump_of_50_kb_is_scanned(pump: str) -> None:
    assert isinstance(scan_text(pump * (50_000 // len(pump))), str)
