"""Lines that a newspaper prints in the body and that are not the story's own text."""

import re
from dataclasses import dataclass

from press.model import PageNo

_AUTHOR_NOTE = re.compile(
    r"[（(【\[]\s*(?:本文|第一|通讯|通信)?(?:作者|执笔人?|译者)(?:单位|简介)?[\w、，,\s]{0,20}?(?:系|为|是|单位|[:：]|来自|分别).*[）)】\]][。.]?"
    r"|(?:本文)?作者(?:单位|简介)?\s*(?:系|[:：]).{2,120}",
    re.DOTALL,
)
_CREDIT_ROLE = (
    r"(?:值班(?:编委|总编|主任)|执行主编|责任编辑|本版编辑|本版责编|美术编辑|图片编辑|视觉设计|版式设计|美术设计|"
    r"责任校对|本版校对|本版美编|责编|主编|编辑|美编|校对|版式|制图|图编|审读|审校|排版|组版|编审|统筹|策划|视觉|设计)"
)
_PAGE_CREDITS = re.compile(
    rf"[（(【]?\s*(?:本版|本期|本刊|本栏|今日|本报)?\s*{_CREDIT_ROLE}\s*(?:[:：/／\s]\s*)[^。！？；]{{1,90}}"
)
_EDITORS_NOTE = re.compile(
    r"[【\[（(■◆●]*\s*(?:编者按|编者的话|编后语?|编后记|编辑手记|编者注|开栏的话|开栏语|开篇语|主持人语)"
    r"(?=[:：】\]）)\s\u3000]|$)"
)
_NUMBER = r"\s{0,3}第?\s{0,3}(?P<no>[A-Za-z]{0,2}\d{1,3}|[一二三四五六七八九十]{1,3})\s{0,3}版"
_BRACKETED_TO = re.compile(
    rf"[（(【\[]\s{{0,3}}(?:下转|紧转|转){_NUMBER}[^（）()\n]{{0,40}}[）)】\]]$"
)
_BRACKETED_FROM = re.compile(
    rf"[（(【\[]\s{{0,3}}(?:上接|紧接|接){_NUMBER}[^（）()\n]{{0,40}}[）)】\]]"
)
_BARE_TO = re.compile(rf"[▶►→]?\s{{0,3}}下转{_NUMBER}\s{{0,3}}[▶►→]?")
_BARE_FROM = re.compile(rf"[◀◄←]?\s{{0,3}}(?:上接|紧接){_NUMBER}")
_JUMP_CHARS = 64
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_DATELINE = re.compile(
    r"(?P<line>(?:据?(?:新华社|新华网|中新社|中新网|央视|人民日报|法新社|路透社|塔斯社|美联社|新华社客户端)"
    r"[^，。；（(\n]{0,24}?[电讯])|本报讯|本刊讯|综合消息|(?:本报[^，。；（(\n]{1,16}?[电讯]))"
    r"(?=\s|[（(]|$|[\u3000])\s*(?:[（(](?P<by>[^）)\n]{2,60})[）)])?"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of a report, and the makers that it names in brackets (None when none)."""

    line: str
    makers: str | None


def is_author_note(text: str) -> bool:
    """True for "(作者系…)" as a paragraph of its own."""
    return len(text) <= 300 and _AUTHOR_NOTE.fullmatch(text) is not None


def is_page_credits(text: str) -> bool:
    """True for a colophon line: "本版责编 张三 美编 李四"."""
    return len(text) <= 120 and _PAGE_CREDITS.fullmatch(text) is not None


def is_editors_note(text: str) -> bool:
    """True for a paragraph that opens with 编者按 or its like."""
    return _EDITORS_NOTE.match(text) is not None


def split_jump_to(text: str) -> tuple[str, str, PageNo | None]:
    """The text without a closing "（下转第3版）", the jump line as printed, and the page."""
    text = text.rstrip()
    start = max(len(text) - _JUMP_CHARS, 0)
    match = _BRACKETED_TO.search(text, start) or _BARE_TO.fullmatch(text)
    if match is None:
        return text, "", None
    return text[: match.start()].rstrip(), match[0], _page(match["no"])


def split_jump_from(text: str) -> tuple[str, str, PageNo | None]:
    """The text without an opening "（上接第1版）", the jump line as printed, and the page."""
    text = text.lstrip()
    match = _BRACKETED_FROM.match(text) or _BARE_FROM.fullmatch(text.rstrip())
    if match is None:
        return text, "", None
    return text[match.end() :].lstrip(), match[0], _page(match["no"])


def read_dateline(text: str) -> Dateline | None:
    """The dateline that opens a paragraph, None where there is none."""
    match = _DATELINE.match(text)
    if match is None:
        return None
    return Dateline(match["line"].strip(), match["by"])


def _page(number: str) -> PageNo:
    if number.isdigit():
        return int(number)
    if number[0] in "一二三四五六七八九十":
        tens, _, ones = number.rpartition("十") if "十" in number else ("", "", number)
        if "十" in number:
            return (_DIGITS.get(tens, 1) if tens else 1) * 10 + _DIGITS.get(ones, 0)
        return _DIGITS[ones]
    return number.upper()
