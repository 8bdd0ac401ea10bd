"""What a page says of its article elsewhere: title list, <title>, property comment, <meta>."""

import pytest

from crawler.parse.announced import announced_by

TITLE = "渡口的灯亮了"


@pytest.mark.parametrize(
    ("heading", "is_told_twice"),
    [
        (f"<title>{TITLE}--重庆日报</title>", True),
        ("<TITLE lang=zh>渡口 的灯亮了</TITLE>", True),
        ("<title>重庆日报数字报</title>", False),
        (f"<title>重庆日报 {TITLE}</title>", False),
        ("", False),
    ],
)
def test_a_title_is_told_twice_where_the_pages_own_begins_with_it(
    heading: str, is_told_twice: bool
) -> None:
    assert announced_by(f"<head>{heading}</head>", TITLE).is_told_twice is is_told_twice


def test_a_short_title_may_begin_the_pages_own_by_chance() -> None:
    assert not announced_by("<title>灯亮了</title>", "灯亮了").is_told_twice
    assert not announced_by("<title>灯亮了</title>", None).is_told_twice


def test_the_property_comments_title_counts_where_the_list_has_none() -> None:
    page = f"<title>{TITLE}</title><!--enpproperty <title>{TITLE}</title>/enpproperty-->"
    assert announced_by(page, None).title == TITLE
    assert announced_by(page, None).is_told_twice


@pytest.mark.parametrize(
    ("meta", "maker"),
    [
        ('<meta name="author" content="本报记者 张三丰">', "本报记者 张三丰"),
        ("<META content='张&middot;三' NAME=author >", "张·三"),
        ('<meta name="author" content=" ">', None),
        ('<meta name="keywords" content="author">', None),
        ("", None),
    ],
)
def test_a_maker_is_named_in_the_head(meta: str, maker: str | None) -> None:
    assert announced_by(f"<head>{meta}</head>", TITLE).maker == maker
    assert announced_by(f"<head></head>{meta}", TITLE).maker is None
