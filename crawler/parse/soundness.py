"""Signs within a text that it is not as it was printed: cut, doubled, glued, or not a text."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from crawler.parse.agreement import is_markup
from crawler.parse.chrome import is_footer
from press.account import Piece
from press.model import Block

SHOWN_CHARS = 12
CUT_CHARS = 16
PARAGRAPH_CHARS = 20
PLACEHOLDER_CHARS = 60
PROMPT_CHARS = 40
CELL_CHARS = 100
MIN_WIDE = 0.3

_SENTENCE_END = re.compile(r"[。！？!?…）)”：；:;.]$")
_ENDLESS = re.compile(r"[\u3400-\u9fff，、：]$")
_BROKEN_VERSE = re.compile(r"[。！？][^。！？]*，$")
_PLACEHOLDER = re.compile(
    r"加载|请稍[候等]|登录|登陆|客户端|阅读全文|查看全文|查看更多|付费|订阅|扫码|二维码|注册|会员|继续阅读|JavaScript|浏览器|暂无|"
    r"抱歉|无法显示|出错|不存在"
)
_PROMPT = re.compile(
    r"(?:展开|查看|阅读|点击).{0,4}(?:全文|更多)|更多精彩|(?:关注|扫描|下载).{0,12}(?:公众号|客户端|二维码|视频号)"
)


def unsound(blocks: Sequence[Block], marks: Sequence[str], *, goes_on: bool) -> Iterator[Piece]:
    """A residue for each sign that the text is not as it was printed.

    `marks` are its author notes and colophon lines. `goes_on` is True for an article that continues on another page.
    """
    yield from _of_copies(marks)
    if not blocks:
        return
    text = "".join(block.text for block in blocks)
    yield from _of_letters(text)
    yield from _of_size(blocks, text)
    yield from _of_copies([block.text for block in blocks if len(block.text) > SHOWN_CHARS])
    yield from _of_endings([block.text for block in blocks if block.type == "paragraph"])
    for block in blocks:
        yield from _of_block(block)
    last = blocks[-1]
    if last.type != "paragraph" or goes_on or len(last.text) < CUT_CHARS:
        return
    if any(mark in last.text for mark in "，,。") and _ENDLESS.search(last.text):
        yield Piece("residue", "the text ends in the middle", last.text[-SHOWN_CHARS:])


def _of_letters(text: str) -> Iterator[Piece]:
    if is_markup(text):
        yield Piece("residue", "markup in the text", text[:SHOWN_CHARS])
    if len(text) > PLACEHOLDER_CHARS and _wide_chars(text) < len(text) * MIN_WIDE:
        yield Piece("residue", "hardly a Chinese character", text[:SHOWN_CHARS])


def _of_size(blocks: Sequence[Block], text: str) -> Iterator[Piece]:
    """A short text that no newspaper prints: a placeholder, a prompt, the page's footer."""
    if all(is_footer(block.text) for block in blocks):
        yield Piece("residue", "the page's footer for the text", text)
    if len(text) > PLACEHOLDER_CHARS:
        return
    if _PLACEHOLDER.search(text):
        yield Piece("residue", "a placeholder for the text", text)
    is_prose = not any(block.type in ("verse", "table", "list") for block in blocks)
    if is_prose and not any(_SENTENCE_END.search(block.text) for block in blocks):
        yield Piece("residue", "no sentence in the text", text)


def _of_copies(texts: Sequence[str]) -> Iterator[Piece]:
    seen: set[str] = set()
    for text in texts:
        if text in seen:
            yield Piece("residue", "one text twice", text)
        seen.add(text)


def _of_block(block: Block) -> Iterator[Piece]:
    text = block.text
    if len(text) <= PROMPT_CHARS and _PROMPT.search(text):
        yield Piece("residue", "a prompt in the text", text)
    if block.type == "list" and _is_paragraph(text.partition("\n")[0]):
        yield Piece("residue", "paragraphs in a list", text[:SHOWN_CHARS])
    for cell in (cell for row in block.rows for cell in row):
        if len(cell) > CELL_CHARS and "。" in cell:
            yield Piece("residue", "paragraphs in a table", cell[:SHOWN_CHARS])
    if block.type == "verse":
        if any(one == other for one, other in pairwise(text.split("\n\n"))):
            yield Piece("residue", "one text twice", text[:SHOWN_CHARS])
        yield from _of_verse([line for line in text.split("\n") if line])
    if block.type == "paragraph" and len(text) > PARAGRAPH_CHARS and text[-1] in "，、":
        yield Piece("residue", "a paragraph without its end", text[-SHOWN_CHARS:])


def _of_verse(lines: Sequence[str]) -> Iterator[Piece]:
    """Signs that lines are no verse: all told twice, or prose that was broken at its commas."""
    half = len(lines) // 2
    if lines[:half] == lines[half:]:
        yield Piece("residue", "one text twice", lines[0])
    sizes = [len(line) for line in lines]
    is_one_sentence = all(line[-1] in "，," for line in lines[:-1]) and lines[-1][-1] == "。"
    if (is_one_sentence and max(sizes) - min(sizes) > 3) or any(map(_BROKEN_VERSE.search, lines)):
        yield Piece("residue", "prose in lines", lines[0])


def _wide_chars(text: str) -> int:
    """How many characters take three bytes in UTF-8, as Chinese ones do; two-byte ones count half."""
    return (len(text.encode("utf-8", "replace")) - len(text)) // 2


def _is_paragraph(text: str) -> bool:
    return len(text) > PARAGRAPH_CHARS and text[-1] in "。！？”"


def _of_endings(paragraphs: Sequence[str]) -> Iterator[Piece]:
    """A sign that ends every paragraph and no sentence: a mark or a count of the site's own."""
    long = [text for text in paragraphs if len(text) > CUT_CHARS]
    if (
        len(long) >= 3
        and len({text[-1] for text in long}) == 1
        and not _SENTENCE_END.search(long[0])
    ):
        yield Piece("residue", "one sign ends every paragraph", long[0][-1])
    for text in long:
        if _PROMPT.search(text, len(text) - SHOWN_CHARS):
            yield Piece("residue", "a prompt in the text", text[-SHOWN_CHARS:])
            return
