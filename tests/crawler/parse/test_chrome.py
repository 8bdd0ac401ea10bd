"""What stands around an article: toolbars, labels and footers, and nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.parse.chrome import chrome_rule, is_article_tool, is_footer, is_prose


@pytest.mark.parametrize(
    "text",
    [
        "上一版 下一版", "3上一篇  下一篇4", "放大 缩小 默认", "2026 年 01 月 12 日 星期一", "2026-01-12 星期 放大 缩小 默认",
        "2026年1月12日 星期 放大 缩小 默认", "返回目录", "【打印】【收藏】【关闭】", "字号：大 中 小", "[PDF版]",
        "版面导航 | 标题导航",  "<< 上一期 | 下一期 >>",
    ],
)  # fmt: skip
def test_a_line_of_nothing_but_controls_and_dates_is_a_toolbar(text: str) -> None:
    assert chrome_rule(text) == "toolbar"


@pytest.mark.parametrize(
    "text", ["第007版：论丛", "第007版", "A01版:要闻", "7版", "第 7 版 ： 论丛", "12版："]
)
def test_a_pages_label_is_told_apart(text: str) -> None:
    assert chrome_rule(text) == "page_label"


@pytest.mark.parametrize(
    "text",
    [
        "", "·", "｜",  "雨停了。", "请看下一篇：山城夜雨", "大雨", "推荐一本书", "第7版的故事", "2026年1月12日，雨停了",
        "第7版：" + "论" * 41, "山城夜雨", "返回故乡",
    ],
)  # fmt: skip
def test_a_line_that_says_anything_else_is_nobodys(text: str) -> None:
    assert chrome_rule(text) is None


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("新报版权所有 未经书面授权 不得复制", True), ("地址：某市某路1号 邮编：400000", True), ("技术支持：某公司", True),
        ("某报业集团主办", True), ("某ICP备1号", True), ("某icp备1号", True), ("国内统一连续出版物号：CN00-0000", True),
        ("雨停了。", False), ("", False), ("版权所有" + "字" * 160, False), ("地址在河边", False),
    ],
)  # fmt: skip
def test_a_footer_is_known_by_its_words_and_is_short(text: str, verdict: bool) -> None:
    assert is_footer(text) is verdict


@given(st.text("雨停山城夜石阶", min_size=1), st.sampled_from(["上一版 ", "放大 ", "2026-01-12 "]))
def test_one_word_of_a_story_keeps_its_line(word: str, control: str) -> None:
    assert chrome_rule(control + word) is None


@pytest.mark.parametrize(
    "pump", [" ", "1", "A", "2026", "2026年 ", "上一版", "第", "第1 ", "星期 "]
)
def test_a_pump_of_50_kb_is_judged(pump: str) -> None:
    text = pump * (50_000 // len(pump))
    assert chrome_rule(f"第1版{text}x") is None
    assert not is_footer(f"版权所有{text}")


DAY = date(2026, 1, 12)


@pytest.mark.parametrize("text", ["4", "79", "<<", "▶", "更多>>", "阅读", "阅读量：12", "点击 3"])
def test_an_arrow_or_a_counter_alone_is_a_toolbar(text: str) -> None:
    assert chrome_rule(text) == "toolbar"


@pytest.mark.parametrize("text", ["来源：新报", "稿件来源: 新报", "发布时间：2026-01-12"])
def test_a_line_on_source_or_time_is_told_apart(text: str) -> None:
    assert chrome_rule(text) == "source_line"


@pytest.mark.parametrize("text", ["评论", "推荐", "作品", "大", "目录", "周一", "2026/1/12"])
def test_a_word_that_may_head_a_story_counts_only_beside_a_tool(text: str) -> None:
    assert chrome_rule(text) is None
    assert chrome_rule(f"{text} 放大") == "toolbar"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("新报 2026年1月12日 第7期", "date_line"), ("2026-01-12", "date_line"), ("2026年1月13日", None),
        ("2026年1月12日，雨停了。", None), ("新报 2026年1月12日" + "字" * 60, None), ("雨停了", None),
    ],
)  # fmt: skip
def test_a_line_that_prints_the_issues_date_is_chrome_where_the_date_is_known(
    text: str, rule: str | None
) -> None:
    assert chrome_rule(text, DAY) == rule
    assert chrome_rule(text) is None


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("放大 缩小 默认", True), ("3上一篇  下一篇4", True), ("2026年1月12日 星期一", True), ("字号：大 中 小", True),
        ("上一版 下一版", False), ("2026年1月12日", False), ("放大 雨", False), ("", False),
        ("放大 " * 30, False),
    ],
)  # fmt: skip
def test_a_tool_of_the_article_is_told_from_the_pages_navigation(text: str, verdict: bool) -> None:
    assert is_article_tool(text) is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("雨停了，石阶还湿。", True), ("字" * 39 + "，", True), ("字" * 40, False), ("字" * 38 + "，", False),
        ("雨停了。", False), ("3。2。1。0。", False), ("他说“雨停了，走吧”。", True), ("", False),
    ],
)  # fmt: skip
def test_indented_prose_is_a_sentence_that_ends_or_a_line_of_a_paragraphs_length(
    text: str, verdict: bool
) -> None:
    assert is_prose(text, indented=True) is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("雨停了，石阶还湿，人们走上街头。", True), ("雨停了，石阶还湿。", False), ("字" * 39 + "，", False),
        ("未经本报书面授权，任何人不得转载本页的文字。", False), ("本网站最好用某浏览器来看，谢谢各位读者。", False),
        ("服务热线：966988，节假日除外，全天开通。", False), ("他打过三次电话，那头总是风声和雨声。", True),
    ],
)  # fmt: skip
def test_without_an_indent_prose_is_longer_and_free_of_the_words_of_notices(
    text: str, verdict: bool
) -> None:
    assert is_prose(text, indented=False) is verdict


def test_a_story_that_speaks_of_copyright_holders_is_no_footer() -> None:
    assert not is_footer("他在技术支持部门做了十年，雨停了。")
