"""Lines that a newspaper prints in the body and that are not the story's own text."""

import re
from dataclasses import dataclass

from crawler.clean.names import join_padded_names
from crawler.parse.byline import is_name
from press.model import PageNo

MAX_CREDIT_CHARS = 120
_OPEN, _CLOSE = r"[（(【\[［〔]", r"[）)】\]］〕]"
_AUTHOR_NOTE = re.compile(
    rf"{_OPEN}\s{{0,3}}(?:本文|第一|通讯|通信)?(?:作者|执笔人?|译者)(?:单位|简介)?[\w、，,\s]{{0,20}}?"
    rf"(?:系|为|是|现任|单位|[:：]|来自|分别|\s).{{1,260}}{_CLOSE}[。.]?",
    re.DOTALL,
)
_CLOSING_NOTE = re.compile(
    rf"[*＊]?\s?(?:本文)?作者(?:单位|简介)?\s{{0,3}}(?:系|[:：]|现任).{{2,120}}|"
    rf"{_OPEN}[\u3400-\u9fff·、，\s]{{2,30}}(?:系|现任).{{2,240}}"
    rf"(?:教授|研究员|讲师|院长|主任|书记|校长|会长|委员|博士|记者|作家|导师|馆长|所长|处长|局长|主席){_CLOSE}[。.]?"
)
_CREDIT_ROLE = re.compile(
    r"(?:本版|本期|本刊|本栏|今日|本报)?(?:值班|执行|见习|责任|特约)?"
    r"(?:编委|总编|主任|主编|编辑|美编|校对|版式|责编|美术编辑|图片编辑|视觉设计|版式设计|美术设计|"
    r"责任编辑|责任校对|制图|图编|审读|审校|排版|组版|组稿|编审|统筹|策划|视觉|设计)"
)
_CREDIT_NAME = re.compile(r"[\u3400-\u9fff·]{2,4}")
_CONTACT = re.compile(
    r"[☎✆]?(?:电话|热线|邮箱|E-?mail|QQ)?[☎✆]?[\d—()（）-]{0,20}|[\w.+-]{1,40}@[\w.-]{3,40}",
    re.IGNORECASE,
)
_CREDIT_SEPARATORS = re.compile(r"[\s\u3000、，,/／;；:：|｜]+")
_CREDIT_FRAME = "（(【[□■●◆▲）)】] \u3000"
_EDITORS_NOTE = re.compile(
    r"[【\[（(■◆●]*\s*(?:编者按|编者的话|编后语?|编后记|编辑手记|编者注|开栏的话|开栏语|开篇语|主持人语)"
    r"(?=[:：】\]）)\s\u3000]|$)"
)
_NUMBER = (
    r"\s{0,3}第?\s{0,3}(?P<no>[A-Za-z]{0,2}\d{1,3}|[一二三四五六七八九十]{1,3})"
    r"(?:[、，和][A-Za-z]{0,2}\d{1,3}){0,4}\s{0,3}版"
)
_ARROWS = r"[▶►▷→◀◄◁←>＞<＜\s]{0,6}"
_TO, _FROM = r"(?:下转|紧转|文转|转)", r"(?:上接|紧接|文接|接)"
_BRACKETED_TO = re.compile(rf"{_OPEN}\s{{0,3}}{_TO}{_NUMBER}[^（）()\n]{{0,40}}{_CLOSE}$")
_BRACKETED_FROM = re.compile(rf"{_OPEN}\s{{0,3}}{_FROM}{_NUMBER}[^（）()\n]{{0,40}}{_CLOSE}")
_BARE_TO = re.compile(rf"{_ARROWS}(?:下转|文转|紧转){_NUMBER}{_ARROWS}$")
_BARE_FROM = re.compile(rf"{_ARROWS}(?:上接|紧接|文接){_NUMBER}{_ARROWS}")
_JUMP_CHARS = 64
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_DATELINE = re.compile(
    r"(?P<line>(?:据?(?:新华社|新华网|中新社|中新网|央视|人民日报|法新社|路透社|塔斯社|美联社|新华社客户端)"
    r"[^，。；（(\n]{0,24}?[电讯])|综合消息|(?:本报[^，。；（(\n]{1,16}?[电讯])|[^，。；：:（(\s“《]{1,16}讯)"
    r"(?=\s|[（(]|$|[\u3000])\s*(?:[（(](?P<by>[^）)\n]{2,60})[）)])?"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of a report, and the makers that it names in brackets (None when none)."""

    line: str
    makers: str | None


def is_author_note(text: str) -> bool:
    """True for "(作者系…)" as a paragraph of its own, wherever it stands."""
    return len(text) <= 300 and _AUTHOR_NOTE.fullmatch(text) is not None


def is_closing_note(text: str) -> bool:
    """True for what is an author note only at the end of an article: "作者系…", "（张三系…教授）"."""
    return len(text) <= 300 and _CLOSING_NOTE.fullmatch(text) is not None


def is_page_credits(text: str) -> bool:
    """True for a colophon line, roles and names only: "本版责编 张三 美编 李四"."""
    if len(text) > MAX_CREDIT_CHARS:
        return False
    plain = join_padded_names(text.strip(_CREDIT_FRAME))
    tokens = [token for token in _CREDIT_SEPARATORS.split(plain) if token]
    kinds = [_credit_kind(token) for token in tokens]
    return (
        bool(kinds)
        and kinds[0] in ("role", "both")
        and {"name", "both"} & set(kinds) != set()
        and None not in kinds
    )


def _credit_kind(token: str) -> str | None:
    """ "role", "name", "both" (责编张三) or "contact"; None for what no colophon has."""
    role = _CREDIT_ROLE.match(token)
    if role is not None:
        rest = token[role.end() :]
        return "role" if not rest else "both" if is_name(rest, 4) else None
    if _CREDIT_NAME.fullmatch(token):
        return "name"
    return "contact" if _CONTACT.fullmatch(token) else None


def is_editors_note(text: str) -> bool:
    """True for a paragraph that opens with 编者按 or its like."""
    return _EDITORS_NOTE.match(text) is not None


def split_jump_to(text: str) -> tuple[str, str, PageNo | None]:
    """The text without a closing "（下转第3版）", the jump line as printed, and the page."""
    text = text.rstrip()
    start = max(len(text) - _JUMP_CHARS, 0)
    match = _BRACKETED_TO.search(text, start)
    if match is None:
        bare = _BARE_TO.search(text, start)
        ends_a_sentence = bare is not None and text[: bare.start()].rstrip()[-1:] in "。！？”…」"
        match = bare if ends_a_sentence else None
    if match is None:
        return text, "", None
    return text[: match.start()].rstrip(), match[0].strip(), _page(match["no"])


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
