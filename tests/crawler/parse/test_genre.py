"""Kinds of items: told by the headline first, then by what the item holds."""

import pytest

from crawler.parse.genre import is_titled_blank, read_genre
from press.model import Block, Entry, Genre, Picture

PROSE = Block(type="paragraph", text="雨停了，石阶还湿。")
VERSE = Block(type="verse", text="雨停了\n石阶\n还湿着呢")
SHORT = Block(type="crosshead", text="其一")
PICTURE = Picture(order=1, url=None, caption=None, credit=None)


def genre(
    headline: str | None,
    *blocks: Block,
    pictures: int = 0,
    credits_line: str | None = None,
    listed: bool = True,
) -> Genre:
    return read_genre(
        headline, blocks, (PICTURE,) * pictures, page_credits=credits_line, listed=listed
    )


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("广告", "advertisement"), ("公益广告", "advertisement"), ("广 告", "advertisement"), ("广而告之", "advertisement"),
        ("某商场开业（广告）", "advertisement"), ("报头", "masthead"), ("报眼", "masthead"), ("更正", "correction"),
        ("更正启事", "correction"), ("致歉声明：关于一条消息", "correction"), ("遗失声明", "notice"), ("招聘启事", "notice"),
        ("某局关于修路的公告（第二号）", "notice"), ("讣告", "notice"), ("广告人的一天", "article"), ("公告栏前的人们", "article"),
        ("更正常了", "article"), (None, "article"), ("山城夜雨", "article"), ("某" * 31 + "公告", "article"),
    ],
)  # fmt: skip
def test_the_headline_tells_a_formal_kind(headline: str | None, expected: Genre) -> None:
    assert genre(headline, PROSE) == expected


@pytest.mark.parametrize(
    ("blocks", "pictures", "credits_line", "listed", "expected"),
    [
        ((), 1, None, True, "photo"),
        ((), 1, None, False, "advertisement"),
        ((), 0, None, True, "advertisement"),
        ((), 0, None, False, "advertisement"),
        ((), 0, "责编 张三", True, "colophon"),
        ((), 1, "责编 张三", True, "photo"),
        ((PROSE,), 1, None, True, "article"),
        ((PROSE,), 0, None, False, "article"),
        ((VERSE,), 0, None, True, "verse"),
        ((SHORT, VERSE), 0, None, True, "verse"),
        ((PROSE, PROSE, VERSE), 0, None, True, "article"),
        ((SHORT,), 0, None, True, "article"),
        ((Block(type="verse", text="雨"),), 0, None, True, "verse"),
        ((Block(type="list", text=""),), 0, None, True, "article"),
    ],
)
def test_without_a_formal_title_the_content_tells_the_kind(
    blocks: tuple[Block, ...],
    pictures: int,
    credits_line: str | None,
    listed: bool,
    expected: Genre,
) -> None:
    found = genre("山城夜雨", *blocks, pictures=pictures, credits_line=credits_line, listed=listed)
    assert found == expected


@pytest.mark.parametrize("headline", ["图片新闻", "摄影作品", "漫画", "漫画：山城", "新闻图片"])
def test_a_picture_page_that_was_only_set_as_an_image_is_a_photo(headline: str) -> None:
    assert genre(headline) == "photo"
    assert genre(headline, PROSE) == "article"


@pytest.mark.parametrize(
    ("headline", "listed", "blank"),
    [
        ("广告", True, True), ("公益 广告", True, True), ("报头", True, True), ("山城夜雨", True, False), (None, True, False),
        ("遗失声明", True, True), ("图片新闻", True, True), ("山城夜雨", False, True), (None, False, True),
    ],
)  # fmt: skip
def test_only_an_advertisement_a_nameplate_or_an_unlisted_item_may_be_empty(
    headline: str | None, listed: bool, blank: bool
) -> None:
    entry = Entry(order=1, native_id=None, url=None, title=None, listed=listed, mapped=True)
    assert is_titled_blank(headline, entry) is blank


@pytest.mark.parametrize("pump", ["启事", "更正", "（", "广告", "公告（"])
def test_a_pump_of_50_kb_has_a_kind(pump: str) -> None:
    assert genre(pump * (50_000 // len(pump)), PROSE) == "article"
