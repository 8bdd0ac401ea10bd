"""Markdown: what a newspaper wrote renders as itself, and its files stay in their folder."""

import hashlib
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from press.model import Block, Picture
from press.record import PageRecord, article_json
from storage.export.markdown import (
    BODY_KEYS,
    article_markdown,
    escaped,
    file_of,
    front_matter,
    page_title,
    write_markdown,
)
from tests.storage.export.records import RECORDS, a_record
from tests.storage.samples import START, a_capture, a_page, an_article

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKUP = st.text("# \u3000\xa0\t*_-+=>`~|\\[]()<>!&;:./@$^{}19\nａ字。", max_size=24)
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)


def shown(text):
    """The text of the one paragraph that it renders as, line by line."""
    tokens = MARKDOWN.parse(text)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    lines = [""]
    for token in tokens[1].children:
        assert token.type in {"text", "text_special", "hardbreak", "softbreak"}, token
        if token.type == "hardbreak":
            lines.append("")
        lines[-1] += token.content
    return "\n".join(lines)


@given(MARKUP | st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_any_text_renders_as_itself(text):
    lines = STEERING.sub("\ufffd", text).split("\n")
    wanted = "\n".join(line or " " for line in lines)  # an empty line is kept by a space
    if text:
        assert shown(escaped(text)) == wanted


@given(MARKUP)
def test_a_heading_is_one_heading_whatever_it_says(text):
    page = a_page(page_label=text.replace("\n", " ") or "x")
    tokens = MARKDOWN.parse(page_title(a_page_record(page)))
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]


def a_page_record(page):
    return PageRecord(
        id="p", paper_name="报", page=page, place=a_capture().place, fetched_at=START,
        article_ids=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["1. 一", "12) 二", "- 三", "+ 四", "www.a.cn", "http://a.cn", ":smile:", "a@b.cn", "---"],
)
def test_lists_rules_addresses_and_pictures_by_name_stay_text(text):
    assert shown(escaped(text)) == text
    assert "\\" in escaped(text)


def test_a_time_of_day_and_a_date_are_not_disfigured():
    assert escaped("10:30，2031-02-03（7）") == "10:30，2031-02-03（7）"


@given(RECORDS)
def test_the_front_matter_is_the_record(record):
    text = front_matter(record)
    head, body, tail = text.split("---\n")[0], text[4:-4], text[-4:]
    assert (head, tail) == ("", "---\n")
    value = article_json(record)
    assert yaml.safe_load(body) == {k: v for k, v in value.items() if k not in BODY_KEYS}


@given(RECORDS)
def test_no_article_makes_html_or_an_image_or_leads_anywhere_but_the_web(record):
    for token in MARKDOWN.parse(article_markdown(record)):
        for inline in [token, *(token.children or ())]:
            assert inline.type not in {"html_block", "html_inline", "image", "code_inline"}
            assert inline.type not in {"fence", "code_block"}
            if inline.type == "link_open":
                assert re.match("https?://", inline.attrs["href"])


def test_the_headline_block_is_as_on_the_page():
    article = an_article(kicker="引题", headline="一\n二", deck="副题", byline="□ 甲")
    lines = article_markdown(a_record(article)).splitlines()
    assert lines[:7] == ["引题", "", "# 一 二", "", "副题", "", "□ 甲"]


def test_each_type_of_block_has_its_form():
    blocks = (
        Block(type="paragraph", text="段"),
        Block(type="crosshead", text="小题"),
        Block(type="verse", text="一\n二"),
        Block(type="table", text="", rows=(("a|b", "c\nd"), ("e",))),
        Block(type="list", text="甲\n乙"),
        Block(type="note", text="注\n释"),
    )
    text = article_markdown(a_record(an_article(blocks=blocks)))
    for part in (
        "\n段\n", "\n## 小题\n", "\n一\\\n二\n", "\n- 甲\n- 乙\n", "\n> 注\\\n> 释\n",
        "\n|  |  |\n| --- | --- |\n| a\\|b | c d |\n| e |  |\n",
    ):  # fmt: skip
        assert part in text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//a.cn/b", None])
def test_a_picture_without_an_address_of_the_web_has_no_link(url):
    pictures = (Picture(order=1, url=url, caption="说", credit=None),)
    text = article_markdown(a_record(an_article(pictures=pictures, url=None)))
    assert "图 1 说" in text
    assert "](" not in text


def test_an_address_cannot_leave_its_brackets():
    url = 'http://a.cn/>)<b> "\\\n&copy;x'
    article = an_article(pictures=(Picture(order=1, url=url, caption=None, credit=None),), url=None)
    (link,) = [
        child
        for token in MARKDOWN.parse(article_markdown(a_record(article)))
        for child in token.children or ()
        if child.type == "link_open"
    ]
    assert link.attrs["href"] == "http://a.cn/%3E)%3Cb%3E%20%22%5C%0A&copy;x"


@given(RECORDS, st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_a_file_stays_in_its_folder_under_a_name_that_any_disk_takes(record, article_id):
    parts = file_of(a_record(record.article, id=f"cqrb-{article_id}")).split("/")
    assert len(parts) == 5
    assert all(re.fullmatch(r"[A-Za-z0-9._~%-]{1,200}", part) for part in parts)
    assert not {".", ".."} & set(parts)


def test_the_folder_has_a_file_an_article_and_a_manifest(tmp_path):
    records = [a_record(id=f"cqrb-20310203-007-{n}") for n in (1, 2)]
    assert write_markdown(records, tmp_path / "out") == 2
    lines = (tmp_path / "out/MANIFEST.sha256").read_text().splitlines()
    assert [line[66:] for line in lines] == [
        f"cqrb/2031/2031-02-03/007/cqrb-20310203-007-{n}.md" for n in (1, 2)
    ]
    for line in lines:
        data = (tmp_path / "out" / line[66:]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == line[:64]
