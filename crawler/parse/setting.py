"""Signs that a site has set a text anew: lines torn, numbered, spaced, or put into a frame."""

import re
from collections.abc import Iterator, Sequence

from crawler.parse.marks import read_dateline
from press.account import Piece
from press.model import Block

SHOWN_CHARS = 12
CELL_CHARS = 20
TORN_CHARS = 20
MIN_TORN = 2
SLACK = 2
MIN_NUMBERED = 2
MIN_ITEMS = 3
ITEM_CHARS = 25
SPACED_CHARS = 40

_SENTENCE_END = re.compile(r"[。！？!?…）)”》】：；:;.]$")
_COUNTED = re.compile(
    r"(?![月日时点岁个位名项条届第次人元米度对架艘楼号层分年张座家万千百亿公天周期支只头种类克吨斤里步倍成比])[\u3400-\u9fff“《\d]"
)
"""What follows a number that a site put there: no measure and no sign."""

_YEAR = re.compile(r"(?:1[89]|20)\d{2}(?!\d)")

_BRACKETED = re.compile(r"[\[【〔](\d{1,2})[\]】〕](?=\S)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SPACED = re.compile(r"[\u3400-\u9fff] (?=[\u3400-\u9fff])")


def set_anew(blocks: Sequence[Block]) -> Iterator[Piece]:
    """A residue for each sign; `blocks` are those of one article, at least one."""
    lines = [line for block in blocks for line in block.text.split("\n")]
    if (torn := _torn(blocks)) is not None:
        yield Piece("residue", "sentences broken into lines", torn)
    if _is_numbered([b.text for b in blocks if b.type not in ("list", "table")]):
        yield Piece("residue", "numbered paragraphs", lines[0][:SHOWN_CHARS])
    if all(block.type == "list" for block in blocks) and _is_prose_in_items(lines):
        yield Piece("residue", "paragraphs set as items", lines[0][:SHOWN_CHARS])
    if all(_is_frame(block) for block in blocks):
        yield Piece("residue", "the text set in a frame", lines[0][:SHOWN_CHARS])
    text = "".join(lines)
    letters = len(_HAN.findall(text))
    if letters >= SPACED_CHARS and len(_SPACED.findall(text)) * 2 > letters:
        yield Piece("residue", "letters set apart", text[:SHOWN_CHARS])


def _is_numbered(texts: Sequence[str]) -> bool:
    """True where each of two texts and more opens with its own number, and no sign or measure
    after it shows that the paper printed it: 1、, 2月. In brackets, [1], it is a site's."""
    if len(texts) >= MIN_NUMBERED and [_in_brackets(text) for text in texts] == [
        *map(str, range(1, len(texts) + 1))
    ]:
        return True
    after = [
        text.removeprefix(str(number))[:1] if text.startswith(str(number)) else ""
        for number, text in enumerate(texts, 1)
    ]
    is_counted = len(after) >= MIN_NUMBERED and all(map(_COUNTED.match, after))
    return is_counted and not any(map(_YEAR.match, texts))


def _in_brackets(text: str) -> str:
    found = _BRACKETED.match(text)
    return found[1] if found else ""


def _torn(blocks: Sequence[Block]) -> str | None:
    """The first of two lines that end at a comma, of two lines of verse that hold a full stop, or
    of two lines of prose that are as long as each other and end within a word."""
    texts = [block.text for block in blocks if block.type == "paragraph"]
    broken = [b.text for b in blocks[:-1] if b.type == "paragraph" and b.text.endswith("，")]
    verses = [line for b in blocks if b.type == "verse" for line in b.text.split("\n")]
    ended = [line for line in verses if "。" in line[1:-2]]
    even = [text for text in texts[:-1] if _is_torn(text)]
    sizes = [len(text) for text in even]
    if max(sizes, default=0) - min(sizes, default=0) > SLACK or not any(
        "。" in text for text in even
    ):
        even = []
    found = (one for one in (broken, ended, even) if len(set(one)) >= MIN_TORN)
    return next((one[0] for one in found), None)


def _is_torn(text: str) -> bool:
    is_prose = len(text) >= TORN_CHARS and any(sign in text[:-1] for sign in "，。,、")
    return is_prose and text[-1].isalnum()


def _is_prose_in_items(lines: Sequence[str]) -> bool:
    """True for items that open as a report does, or are mostly sentences of some length."""
    ended = sum(line.endswith(("。", "”", "！", "？")) for line in lines)
    is_long = sum(map(len, lines)) > len(lines) * ITEM_CHARS
    is_prose = len(lines) >= MIN_ITEMS and is_long and ended * 2 > len(lines)
    is_alone = len(lines) == 1 and ended == 1
    return is_prose or is_alone or read_dateline(lines[0]) is not None


def _is_frame(block: Block) -> bool:
    """True for a table of one column or one row that holds a sentence: no table, but how a page is
    set."""
    cells = [cell for row in block.rows for cell in row]
    return (len(cells) == len(block.rows) > 0 or len(block.rows) == 1) and any(
        len(cell) > CELL_CHARS and _SENTENCE_END.search(cell) for cell in cells
    )
