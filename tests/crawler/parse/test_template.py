"""A template's lines are known by their whole wording, and a printed line is none of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.parse.template import (
    is_beside_headline,
    is_beside_picture,
    is_in_text,
    is_source,
)


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2026-01-12 08:30", "来源：重庆日报", "【栏目】江岸", "字数：1203", "本文共1203字", "阅读时长约3分钟", "预计阅读5分钟",
        "浏览量：1024", "1024次阅读", "第007版 江岸", "第7版：江岸", "3小时前", "2026-01-12 08:30", "责任编辑：张三丰", "（责任编辑：张三丰）",
        "重庆日报 2026年1月12日 星期一", "作者：本报记者 张三丰",
    ],
)  # fmt: skip
def test_a_label_a_measure_or_an_hour_beside_a_headline_is_a_templates(line: str) -> None:
    assert is_beside_headline(line, below=True)
    assert is_beside_headline(line, below=False)


@pytest.mark.parametrize(
    "line",
    ["2026年1月12日", "2026-01-12", "重庆日报", "摘要：灯又亮了", "【导读】灯又亮了", "本报记者 张三丰 2026-01-12", "热门推荐：灯亮了"],
)  # fmt: skip
def test_some_lines_are_a_templates_only_below_the_headline(line: str) -> None:
    assert is_beside_headline(line, below=True)


@pytest.mark.parametrize(
    "line",
    [
        "（2026年1月12日）", "（2026年1月12日市人大常委会通过）", "——从一条老街说起", "关键词：渡口 船工", "张三丰", "本报记者 张三丰", "作者：张三丰",
        "发布2026年十件实事", "阅读100本书", "第七版的故事", "第7版新书上架三千册，读者来信一百封", "来源于一盏灯", "三代船工 十二月", "",
    ],
)  # fmt: skip
def test_what_is_printed_beside_a_headline_is_none(line: str) -> None:
    assert not is_beside_headline(line, below=True)
    assert not is_beside_headline(line, below=False)


def test_a_bare_date_or_a_summary_above_the_headline_is_printed() -> None:
    assert not is_beside_headline("2026年1月12日", below=False)
    assert not is_beside_headline("摘要：灯又亮了", below=False)


@pytest.mark.parametrize(
    "line",
    [
        "推荐阅读", "热点排行", "为您推荐：", "最新评论", "点击查看大图", "点击图片可放大", "查看原图", "展开全文 ∨", "展开剩余80%", "收起全文",
        "打开APP阅读全文", "登录后发表评论", "剩余内容请登录后查看", "本文为付费内容，订阅后可继续阅读", "分享到：微信 微博", "点赞 12 收藏 3",
        "字号：大 中 小", "我要纠错", "第1页 共2页", "1 2 3", "上一篇：渡口的灯", "标签：渡口", "广告：河湾船厂", "2026-01-12 08:30", "00:00/03:21 朗读",
        "声明：本文仅代表作者观点，不代表本报立场。", "版权声明：未经许可不得转载",
    ],
)  # fmt: skip
def test_a_button_a_count_or_a_boxs_heading_in_the_text_is_a_templates(line: str) -> None:
    assert is_in_text(line)


@pytest.mark.parametrize(
    "line",
    [
        "放大", "点击放大", "目录", "相关链接", "延伸阅读", "下一篇", "广告", "扫一扫，看视频", "更多精彩，请关注本报微信公众号", "未经本报许可，不得转载。",
        "他点击查看了大图，又看了一遍。", "分享到群里的照片被转发了一百次。", "推荐阅读这本书的人，是镇上的老师。", "1 3 5", "2026年1月12日", "比分 3:21",
        "阅读需要时间。", "登录客户端即可预约。", "展开", "",
    ],
)  # fmt: skip
def test_what_is_printed_in_a_text_is_none(line: str) -> None:
    assert not is_in_text(line)


def test_a_caption_may_open_or_close_with_a_templates_words() -> None:
    told = [
        "点击查看大图 渡口的灯。",
        "渡口的灯。 点击图片放大",
        "1/3 渡口的灯。",
        "图片说明：渡口的灯。",
    ]
    printed = ["渡口的灯。", "扫码看视频", "图①：渡口的灯", "▲渡口的灯", "1/10的船工说灯亮了", ""]
    assert [line for line in told if not is_beside_picture(line)] == []
    assert [line for line in printed if is_beside_picture(line)] == []


def test_a_source_is_a_line_of_its_own() -> None:
    assert is_source("来源：新华社")
    assert not is_source("来源：他说那盏灯来自河对岸的一条船，船上的人早已经走了，灯还留着")


@given(
    st.text(max_size=80)
    | st.text("来源阅读时间：0123456789-年月日 第版字点击查看大图1/ ", max_size=80)
)
def test_any_line_is_judged(line: str) -> None:
    for judged in (is_in_text(line), is_source(line), is_beside_picture(line)):
        assert judged in (True, False)
    assert is_beside_headline(line, below=True) >= is_beside_headline(line, below=False)
