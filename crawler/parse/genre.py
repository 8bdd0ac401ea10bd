"""What kind of item an article is; nothing is dropped for its kind."""

import re

from press.model import Block, Entry, Genre, Picture

_ADVERTISEMENT = re.compile(r"(?:公益)?广告|广而告之|.{0,12}[（(]广告[)）]")
_MASTHEAD = re.compile(r"报头|报眼")
_PHOTO = re.compile(r"(?:图片|摄影|新闻|组)*(?:图片|新闻|报道|作品|漫画)|漫画.{0,12}")
_CORRECTION = re.compile(
    r"(?:更正|致歉|更正与?致歉|更正启事|勘误|更正说明|致歉声明|更正声明)(?:[:：].*)?"
)
_NOTICE = re.compile(
    r"(?:.{0,30}(?:公告|通告|启事|声明|公示|讣告|通知书?|公示栏|招标公告|拍卖公告|遗失声明|公告栏))(?:[（(].{1,12}[)）])?"
)


def read_genre(
    headline: str | None,
    blocks: tuple[Block, ...],
    pictures: tuple[Picture, ...],
    *,
    page_credits: str | None,
    listed: bool,
) -> Genre:
    """The genre by headline first, then by what the item holds.

    `listed` is False for an item that only the image map knows: without text it is an
    advertisement.
    """
    title = "".join((headline or "").split())
    for pattern, genre in _BY_TITLE:
        if pattern.fullmatch(title):
            return genre
    if not blocks and not pictures and _PHOTO.fullmatch(title):
        return "photo"
    if not blocks:
        if pictures or not page_credits:
            return "photo" if listed and pictures else "advertisement"
        return "colophon"
    if _is_verse(blocks):
        return "verse"
    return "article"


def is_titled_blank(headline: str | None, entry: Entry) -> bool:
    """True for an item that may have neither text nor picture: an advertisement, a nameplate, a
    notice or photo that was only set as an image."""
    return not entry.listed or is_blank_title(headline or "")


def is_blank_title(title: str) -> bool:
    """True for a title that names a kind of item and no story: 广告, 报头, 公告, 图片新闻."""
    folded = "".join(title.split())
    blanks = (_ADVERTISEMENT, _MASTHEAD, _NOTICE, _PHOTO)
    return any(pattern.fullmatch(folded) for pattern in blanks)


def is_alone(title: str) -> bool:
    """True for the title of an item that may stand in only one of the title list and the map: an
    advertisement, a notice, a correction."""
    return is_blank_title(title) or _CORRECTION.fullmatch("".join(title.split())) is not None


def _is_verse(blocks: tuple[Block, ...]) -> bool:
    """True when at least half of the body's characters stand in verse, and no long prose does."""
    verse = sum(len(block.text) for block in blocks if block.type == "verse")
    rest = sum(len(block.text) for block in blocks if block.type != "verse")
    return verse > 0 and verse >= rest


_BY_TITLE: tuple[tuple[re.Pattern[str], Genre], ...] = (
    (_ADVERTISEMENT, "advertisement"),
    (_MASTHEAD, "masthead"),
    (_CORRECTION, "correction"),
    (_NOTICE, "notice"),
)
