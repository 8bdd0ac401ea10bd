"""What other parts of a page say of its article, held against what was read."""

import html
import re
from collections.abc import Iterator, Sequence

from crawler.clean.names import join_padded_names
from crawler.clean.whitespace import squeeze
from crawler.parse.agreement import is_chinese
from crawler.parse.announced import Announced
from crawler.parse.byline import is_byline, is_name
from crawler.parse.captions import has_credit
from crawler.parse.genre import is_alone, is_blank_title
from crawler.parse.headline import HeadlineBlock
from press.account import Piece
from press.model import Block, Entry, Picture

_OWN_FONT = re.compile(r"[\ue000-\uf8ff]")
_OPENING_CHARS = 16
_OPENING_REACH = 40
_LONG_CAPTION_CHARS = 300
_LABELLED = re.compile(
    r"(?:正|主|副|引|肩|眉)?(?:标题|题目|副题|主题|引题|肩题|眉题|栏目|标签|摘要|提要|导语|导读|关键词)\s?[:：]"
)
_TRAIL = re.compile(r"[\u3400-\u9fff]\s?[>›»]\s?[第\u3400-\u9fff]")
_DATED = re.compile(
    r"\W{0,2}[\u3400-\u9fff]{0,6}\s{0,3}\d{4}(?:年\d{1,2}月\d{1,2}日|[-/.]\d{1,2}[-/.]\d{1,2})[\s\d:：]{0,12}"
)
_COUNTER = re.compile(r"(?:阅读|浏览|点击|点赞|收藏|评论|转发|字数|来源|发布|更新)[^，。]{0,6}\d")
_CAPTION = re.compile(r"^(?:(?:上|下|左|右|本|题)图|图)[为是：:]|图为")
_TO_SCAN = re.compile(r"扫码|扫描.{0,4}二维码|扫一扫")
_CAPTION_CHARS = 80
_MAKER = re.compile(r"记者|通讯员|实习生|作者|评论员|本报|编辑")
_BYLINE_CHARS = 24
_CREDIT_CHARS = 16
_PART_CHARS = 4


def contradictions(
    head: HeadlineBlock, blocks: Sequence[Block], pictures: Sequence[Picture], entry: Entry,
    announced: Announced, others: Sequence[str],
) -> Iterator[Piece]:  # fmt: skip
    """A residue for each thing said of the article that its reading does not bear out.

    `others` are the titles of the page's other articles.
    """
    yield from _of_title(head, blocks, announced.title)
    yield from _of_head(head, blocks, others)
    text = "".join(block.text for block in blocks)
    captions = squeeze("".join(map(_words, pictures)))
    seen = squeeze("".join((*_parts(head), text))) + captions
    opening = squeeze(html.unescape(announced.opening or ""))[:_OPENING_CHARS]
    if opening and opening not in squeeze(text)[:_OPENING_REACH] and opening not in captions:
        yield Piece("residue", "announced, not in the text", opening)
    if (sign := _OWN_FONT.search(seen)) is not None:
        yield Piece("residue", "a character of the page's own font", sign[0])
    if any(block.type == "verse" for block in blocks) and is_alone(head.headline or ""):
        yield Piece("residue", "a notice in verse", head.headline or "")
    if len(seen) >= _OPENING_CHARS and not is_chinese(seen):
        yield Piece("residue", "no Chinese text", seen[:_OPENING_CHARS])
    yield from _of_pictures(blocks, pictures)


def _of_title(head: HeadlineBlock, blocks: Sequence[Block], title: str | None) -> Iterator[Piece]:
    if title is None:
        return
    if head.headline is not None:
        if not any(_says(title, told) for told in _tellings(head)):
            yield Piece("residue", "announced under another title", title)
        return
    if squeeze(title) in squeeze("".join(block.text for block in blocks)):
        yield Piece("residue", "the headline stands in the text", title)
    elif not blocks and not is_blank_title(title):
        yield Piece("residue", "announced, not on the page", title)


def _tellings(head: HeadlineBlock) -> Iterator[str]:
    """The forms in which a title list may print a headline: alone, with its kicker, its deck."""
    headline = head.headline or ""
    yield headline
    if head.kicker:
        yield f"{head.kicker}\n{headline}"
    if head.deck:
        yield f"{headline}\n{head.deck}"
    if head.kicker and head.deck:
        yield f"{head.kicker}\n{headline}\n{head.deck}"


def _says(title: str, headline: str) -> bool:
    """True where a title is the headline on one line: a break is a space in it, or nothing."""
    if title.split() == headline.split() or _is_part(title, headline):
        return True
    lines = (r"\s+".join(map(re.escape, line.split())) for line in headline.split("\n"))
    return re.fullmatch(r"\s*".join(lines), title.strip()) is not None


def _is_part(title: str, headline: str) -> bool:
    """True where one is a shorter form of the other: lists cut titles, with dots or without."""
    short, long = sorted((squeeze(title).rstrip("….·"), squeeze(headline)), key=len)
    return len(short) >= _PART_CHARS and short in long


def _of_head(
    head: HeadlineBlock, blocks: Sequence[Block], others: Sequence[str]
) -> Iterator[Piece]:
    titles = {squeeze(title) for title in others} - {squeeze(head.headline or "")}
    above, below = (part.split("\n") if part else [] for part in (head.kicker, head.deck))
    if head.headline and squeeze(head.headline) in squeeze(head.kicker or ""):
        yield Piece("residue", "the headline twice", head.headline)
    for line in (*above, *below):
        if squeeze(line) in titles:
            yield Piece("residue", "another article's title beside the headline", line)
        elif any(pattern.match(line) for pattern in (_LABELLED, _COUNTER)) or _TRAIL.search(line):
            yield Piece("residue", "a label beside the headline", line)
        elif _DATED.fullmatch(line):
            yield Piece("residue", "a date beside the headline", line)
    if head.headline and head.headline in (head.deck, head.byline):
        yield Piece("residue", "the headline twice", head.headline)
    for line in above:
        if line == head.byline or line.startswith("——"):
            yield Piece("residue", "a deck or byline above the headline", line)
    if head.headline is None and (head.kicker or head.deck or head.byline):
        yield Piece(
            "residue", "no headline among its lines", head.kicker or head.deck or head.byline or ""
        )
    first = blocks[0].text if blocks and len(blocks[0].text) <= _BYLINE_CHARS else ""
    for line in (*above, *below, first) if head.byline is None else ():
        if _is_names(line) or (_MAKER.search(line) and is_byline(line)):
            yield Piece("residue", "a byline out of its place", line)


def _is_names(line: str) -> bool:
    names = join_padded_names(line).split()
    return bool(names) and all(is_name(name, 4) for name in names)


def _of_pictures(blocks: Sequence[Block], pictures: Sequence[Picture]) -> Iterator[Piece]:
    urls = [picture.url for picture in pictures if picture.url]
    for url in sorted({url for url in urls if urls.count(url) > 1}):
        yield Piece("residue", "one picture twice", url)
    for picture in pictures:
        if _TO_SCAN.search(_words(picture)):
            yield Piece("residue", "a code to scan for a picture", _words(picture))
        if len(picture.caption or "") > _LONG_CAPTION_CHARS:
            yield Piece("residue", "a text for a caption", picture.caption or "")
    for block in dict.fromkeys((*blocks[:2], *blocks[-2:])):
        is_short = block.type in ("paragraph", "crosshead") and len(block.text) <= _CAPTION_CHARS
        if is_short and (_CAPTION.search(block.text) or _is_credited(block.text)):
            yield Piece("residue", "a caption without its picture", block.text)


def _is_credited(text: str) -> bool:
    return any(verb in text[-_CREDIT_CHARS:] for verb in ("摄", "供图")) and has_credit(text)


def _parts(head: HeadlineBlock) -> tuple[str, ...]:
    return tuple(part for part in (head.kicker, head.headline, head.deck, head.byline) if part)


def _words(picture: Picture) -> str:
    return (picture.caption or "") + (picture.credit or "")
