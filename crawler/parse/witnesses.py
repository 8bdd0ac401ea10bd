"""What other parts of a page say of its article, held against what was read."""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from crawler.clean.whitespace import squeeze
from crawler.parse.announced import Announced
from crawler.parse.byline import is_signature
from crawler.parse.genre import is_alone
from crawler.parse.headline import HeadlineBlock
from crawler.parse.template import is_beside_headline, is_beside_picture
from press.account import Piece
from press.model import Block, Picture

_OPENING_CHARS = 16
_OPENING_LINES = 6
_EXCERPT_CHARS = 10
_TITLE_CHARS = 10
_MIN_SHARE = 1 / 3
_NOT_LETTERS = re.compile(r"[\W_]+")
_POSTER = re.compile(
    r"/(?:ads?|adv|advert|banners?)/|/(?:images?|img|tplimg|static|skin)/(?:qr|qrcode|ewm|erweima|weixin|banner|logo)[^/]*$"
    r"|/(?:qr|qrcode|ewm|erweima)\.\w{3,4}$",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"(?:正|主|副|引|肩|眉)?标题\s?[:：]|(?:副题|引题|肩题|眉题|标签)\s?[:：]|(?:首页|当前位置)\s?[>›»:：]"
    r"|(?:阅读|浏览|点击|点赞|收藏|评论|转发)(?:需|约)?[数量次人]{0,2}\s?[:：]?\s?\d+\s?(?:次|人|分钟)?$"
    r"|来源\s?[:：].{1,30}\d{4}-\d|分享到\s?(?:微信|微博|朋友圈|QQ)|.{1,60}_[\u4e00-\u9fff]{2,8}报$"
)
"""What a template writes beside a value: its label, where the reader is, a count, its own name."""


def contradictions(
    head: HeadlineBlock, blocks: Sequence[Block], pictures: Sequence[Picture], announced: Announced
) -> Iterator[Piece]:
    """A residue for each thing said of the article that its reading does not bear out."""
    yield from _of_title(head, announced)
    yield from _of_head(head)
    for picture in pictures:
        if picture.caption and is_beside_picture(picture.caption):
            yield Piece("residue", "a template's words in a caption", picture.caption)
        if picture.url and _POSTER.search(picture.url):
            yield Piece("residue", "a picture of the site's own", picture.url)
    text = squeeze("".join(block.text for block in blocks))
    if announced.maker and head.byline is None and is_signature(announced.maker):
        yield Piece("residue", "a byline that no reader sees", announced.maker)
    if announced.title and head.headline is None and _opens_with(blocks, announced.title):
        yield Piece("residue", "the headline stands in the text", announced.title)
    for line in "\n".join(part for part in (head.kicker, head.deck) if part).split("\n"):
        if len(squeeze(line)) >= _EXCERPT_CHARS and text.startswith(squeeze(line)):
            yield Piece("residue", "the text's beginning above it", line)
    captions = squeeze("".join((p.caption or "") + (p.credit or "") for p in pictures))
    opening = squeeze(html.unescape(announced.opening or ""))[:_OPENING_CHARS]
    if len(opening) == _OPENING_CHARS and opening not in _told(head) + text + captions:
        yield Piece("residue", "announced, not in the text", opening)


def likeness(title: str, told: str) -> float:
    """Which share of the shorter text's pairs of letters the other has too, from 0 to 1.

    Width, case, space and punctuation do not count. 1 where one of the two has no letters.
    """
    one, other = (
        _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text).lower()) for text in (title, told)
    )
    if not one or not other or one in other or other in one:
        return 1.0
    short, long = sorted(({*pairwise(one)}, {*pairwise(other)}), key=len)
    return len(short & long) / max(len(short), 1)


def _of_title(head: HeadlineBlock, announced: Announced) -> Iterator[Piece]:
    """Lists shorten titles, leave parts of the headline block out, add others, and name kinds of
    items instead: only a title that has hardly anything in common with it is another's, unless
    the page's own <title> says it too."""
    title = announced.title
    if title is None or is_alone(title):
        return
    if announced.is_told_twice and not _is_same(title, head.headline or ""):
        yield Piece("residue", "announced twice in other words", title)
        return
    if head.headline is None or is_alone(head.headline):
        return
    if likeness(title, _told(head)) < _MIN_SHARE:
        yield Piece("residue", "announced under another title", title)
    cut = squeeze(head.headline)
    stem = cut.rstrip("….")
    if stem != cut and stem in squeeze(title) and cut not in squeeze(title):
        yield Piece("residue", "the headline is cut", head.headline)


def _is_same(title: str, headline: str) -> bool:
    one, other = (
        unicodedata.normalize("NFKC", squeeze(html.unescape(t))) for t in (title, headline)
    )
    return one == other


def _of_head(head: HeadlineBlock) -> Iterator[Piece]:
    parts = [part for part in (head.kicker, head.deck, head.byline) if part]
    told = {squeeze(text) for part in parts for text in (part, *part.split("\n"))}
    headline = squeeze(head.headline or "")
    is_within = len(headline) >= _TITLE_CHARS and any(headline in squeeze(part) for part in parts)
    if head.headline is not None and (headline in told or is_within):
        yield Piece("residue", "the headline twice", head.headline)
    for part, below in (
        (head.kicker, False),
        (head.headline, None),
        (head.deck, True),
        (head.byline, True),
    ):
        for line in (part or "").split("\n"):
            is_own = below is not None and is_beside_headline(line, below=below)
            is_own |= line == "广告" and "广告" not in (head.headline or "")
            if line and (is_own or _TEMPLATE.match(line)):
                yield Piece("residue", "a template's words in the headline block", line)


def _opens_with(blocks: Sequence[Block], title: str) -> bool:
    """True where lines of their own among the first of the text are the title."""
    told = "\n".join(block.text for block in blocks[:_OPENING_LINES])
    lines = [squeeze(line) for line in told.split("\n")[:_OPENING_LINES]]
    runs = ("".join(lines[at : at + size]) for at in range(len(lines)) for size in (1, 2, 3))
    return squeeze(title) in runs


def _told(head: HeadlineBlock) -> str:
    parts = (head.kicker, head.headline, head.deck, head.byline)
    return squeeze("".join(part for part in parts if part))
