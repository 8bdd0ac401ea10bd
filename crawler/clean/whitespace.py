"""White space as a browser renders it, and the indent that a newspaper prints."""

import re

_SPACES = re.compile(r"[ \t\r\n\f\v\xa0\u2002-\u200a]+")
_WIDE = re.compile(
    r"[\u2e80-\u2fdf\u3001-\u33ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]"
)


_AFTER_COMMA = re.compile(r"([，、；]) (?=\S)")


def fold_spaces(text: str) -> str:
    """The text with each run of spaces, tabs, newlines and no-break spaces as one space.

    A source line broken between two wide characters is joined: Chinese has no space there. Nor
    has it one after a comma.
    Ideographic spaces are kept: the paper printed them. Both ends are kept too.
    """
    folded = _SPACES.sub(_folded if "\n" in text or "\r" in text else " ", text)
    return _AFTER_COMMA.sub(r"\1", folded) if "， " in folded or "、 " in folded else folded


def _folded(run: re.Match[str]) -> str:
    before = run.string[run.start() - 1 : run.start()] if run.start() else ""
    after = run.string[run.end() : run.end() + 1]
    is_broken_line = ("\n" in run[0] or "\r" in run[0]) and "\xa0" not in run[0]
    return "" if is_broken_line and _WIDE.match(before) and _WIDE.match(after) else " "


def is_indented(text: str) -> bool:
    """True when the text opens as a printed paragraph does: two spaces or an ideographic one."""
    lead = text[: len(text) - len(text.lstrip())].replace("\n", "").replace("\t", "")
    return "\u3000" in lead or len(lead) >= 2


def squeeze(text: str) -> str:
    """The text without any white space: the form in which titles are compared."""
    return "".join(text.split())
