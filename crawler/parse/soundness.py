"""Signs within a text that it is not as it was printed: cut, doubled, or not a text."""

import re
from collections.abc import Iterator, Sequence

from crawler.parse.chrome import is_footer
from crawler.parse.genre import is_alone
from crawler.parse.legibility import is_garbled, is_markup
from crawler.parse.setting import set_anew
from crawler.parse.template import is_in_text, is_source
from press.account import Piece
from press.model import Block

SHOWN_CHARS = 12
LONG_CHARS = 40
BEGUN_CHARS = 10
PLACEHOLDER_CHARS = 60
MIN_OWN_FONT = 0.02
OWN_FONT_WORDS = 5
"""A rare character of one name comes after the same one each time."""

_BEGUN = re.compile(r"[^：\s]*[\u3400-\u9fff，、]")
_OWN_FONT = re.compile(r"[\u3400-\u9fff][\ue000-\uf8ff](?=[\u3400-\u9fff，。])")
_SITE = re.compile(r"版权所有|技术支持")
_PLACEHOLDER = re.compile(
    r"正在加载|加载中|请稍[候等]"
    r"|(?:登录|登陆|注册|订阅|付费|下载客户端)[^扫]{0,8}(?:阅读|查看|浏览)|内容.{0,4}无法显示|启用\s?JavaScript"
    r"|(?:undefined|null|NaN|Loading|Not Found|(?:Internal )?Server Error)\W*$",
    re.IGNORECASE,
)
_BUTTON = re.compile(r"(?:点击)?展开(?:阅读)?(?:全文|更多)$|点击(?:查看|阅读)(?:全文|更多)$")


def unsound(headline: str | None, blocks: Sequence[Block], *, goes_on: bool) -> Iterator[Piece]:
    """A residue for each sign that the text is not as it was printed.

    `goes_on` is True for an article that continues on another page.
    """
    text = "".join(block.text for block in blocks)
    yield from _of_letters("\n".join((headline or "", text)), text)
    if not blocks:
        return
    if all(is_footer(block.text) for block in blocks) and _SITE.search(text):
        yield Piece("residue", "the page's footer for the text", text)
    if len(text) <= PLACEHOLDER_CHARS and _PLACEHOLDER.search(text):
        yield Piece("residue", "a placeholder for the text", text)
    yield from _of_copies([block.text for block in blocks])
    yield from _of_lines(blocks, may_advertise="广告" in (headline or ""))
    yield from set_anew(blocks)
    for block in blocks:
        if _BUTTON.search(block.text, max(len(block.text) - SHOWN_CHARS, 0)):
            yield Piece("residue", "a button in the text", block.text[-SHOWN_CHARS:])
    last = blocks[-1]
    may_end_so = goes_on or last.type != "paragraph" or is_alone(headline or "")
    if not may_end_so and _is_cut(last.text):
        yield Piece("residue", "the text ends in the middle", last.text[-SHOWN_CHARS:])


def _of_lines(blocks: Sequence[Block], *, may_advertise: bool) -> Iterator[Piece]:
    lines = [line for block in blocks for line in block.text.split("\n")]
    for line, following in zip(lines, (*lines[1:], None), strict=True):
        if is_in_text(line) or (following is not None and is_source(line)):
            yield Piece("residue", "a template's words in the text", line)
    if "广告" in lines[1:-1] and not may_advertise:
        yield Piece("residue", "an advertisement in the text", "广告")
    if len(blocks) > 1 and blocks[1].type == "paragraph" and len(blocks[0].text) == 1:
        yield Piece("residue", "a letter set apart", lines[0])


def _is_cut(text: str) -> bool:
    """True for a sentence that was begun after another and is not ended: a signature after the
    last full stop has no comma or has a space, an address has a colon."""
    begun = text[max(map(text.rfind, "。！？")) + 1 :]
    is_after = len(begun) < len(text) >= LONG_CHARS and len(begun) >= BEGUN_CHARS
    return is_after and "，" in begun and _BEGUN.fullmatch(begun) is not None


def _of_letters(told: str, text: str) -> Iterator[Piece]:
    if is_markup(told):
        yield Piece("residue", "markup in the text", told[:SHOWN_CHARS])
    if is_garbled(told) or is_garbled(text) or "\ufffd" in told:
        yield Piece("residue", "characters that were lost", told[:SHOWN_CHARS])
    signs = _OWN_FONT.findall(told)
    if len(signs) > len(told) * MIN_OWN_FONT and len(set(signs)) >= OWN_FONT_WORDS:
        yield Piece("residue", "characters of the page's own font", signs[0])


def _of_copies(texts: Sequence[str]) -> Iterator[Piece]:
    """A long paragraph told again, or each told twice in a row; a short line may be a refrain."""
    seen: set[str] = set()
    is_doubled = len(texts) > 1 and texts[::2] == texts[1::2]
    for text in texts:
        if text in seen and (is_doubled or len(text) > LONG_CHARS):
            yield Piece("residue", "one text twice", text)
        seen.add(text)
