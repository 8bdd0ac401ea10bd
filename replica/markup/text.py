"""Characters as markup, and pages as bytes."""

from collections.abc import Mapping
from typing import Final

from replica.markup.layout import Layout

_FEW: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_NAMED: Final = {
    '"': "&quot;", "·": "&middot;", "“": "&ldquo;", "”": "&rdquo;", "—": "&mdash;",
    "…": "&hellip;", "℃": "&#8451;",
}  # fmt: skip
_NUMERIC: Final = {"·": "&#xB7;", "—": "&#x2014;", "《": "&#x300a;", "》": "&#12299;", '"': "&#34;"}

_TABLES: Final = {
    "few": str.maketrans(_FEW),
    "named": str.maketrans(_FEW | _NAMED),
    "numeric": str.maketrans(_FEW | _NUMERIC),
}
_SENT: Final[Mapping[str, tuple[str, str, str | None]]] = {
    "utf8": ("utf-8", "utf-8", None),
    "utf8-charset": ("utf-8", "utf-8", "UTF-8"),
    "utf8-gbk-meta": ("utf-8", "gbk", None),
    "gb18030": ("gb18030", "gb2312", None),
    "gb18030-charset": ("gb18030", "gb2312", "gb2312"),
}


def markup(text: str, layout: Layout) -> str:
    """The text with its special characters as entities, in the layout's manner."""
    return text.translate(_TABLES[layout.entities])


def attribute(text: str) -> str:
    """The text for an attribute in single or double quotes."""
    return text.translate(_TABLES["few"]).replace('"', "&quot;").replace("'", "&#39;")


def declared_charset(layout: Layout) -> str:
    """What the page's meta element says of its encoding, rightly or wrongly."""
    return _SENT[layout.encoding][1]


def content_type(layout: Layout) -> str:
    """The header's value; without a charset where the server says nothing of it."""
    charset = _SENT[layout.encoding][2]
    return f"text/html; charset={charset}" if charset else "text/html"


def encoded(page: str, layout: Layout) -> bytes:
    """The page as it is sent."""
    return page.encode(_SENT[layout.encoding][0])
