"""What a page says of a headline block elsewhere: in its title list and its property comment.

Founder's templates close a page with <!--enpproperty … /enpproperty-->, in tags of two generations.
"""

import html
import re
from dataclasses import dataclass

from crawler.clean.whitespace import squeeze

_MARKUP = re.compile(r"<[^<>]*>")
_HEADING = re.compile(r"<title\b[^<>]{0,200}>([^<]{1,400})", re.IGNORECASE)
_META = re.compile(r"<meta\b[^<>]{1,400}>", re.IGNORECASE)
_AUTHOR = re.compile(r"\bname\s?=\s?[\"']?author[\"'\s]", re.IGNORECASE)
_CONTENT = re.compile(r"\bcontent\s?=\s?[\"']([^\"'<>]{1,80})", re.IGNORECASE)
MIN_TITLE_CHARS = 4
"""A shorter title may stand in the page's own by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What other parts of the page say of the article; each None where they say nothing.

    `opening` is how the body begins. `is_told_twice` is True for a title that the title list, or
    the property comment, and the page's own <title> agree on. `maker` is who a <meta> names.
    """

    title: str | None = None
    deck: str | None = None
    byline: str | None = None
    opening: str | None = None
    is_told_twice: bool = False
    maker: str | None = None


def announced_by(source: str, title: str | None) -> Announced:
    """What the title list's `title` and the page's property comment say of the headline block."""
    text = _property_comment(source)
    title = title or _property(text, "founder-title", "title")
    return Announced(
        title=title,
        deck=_property(text, "founder-subtitle", "subtitle"),
        byline=_property(text, "founder-author", "author"),
        opening=_property(text, "founder-content"),
        is_told_twice=title is not None and _is_in_heading(source, title),
        maker=_maker(source),
    )


def _is_in_heading(source: str, title: str) -> bool:
    """True where the page's <title> begins with the article's title."""
    wanted, found = squeeze(html.unescape(title)), _HEADING.search(source)
    told = squeeze(html.unescape(found[1])) if found is not None else ""
    return len(wanted) >= MIN_TITLE_CHARS and told.startswith(wanted)


def _maker(source: str) -> str | None:
    end = max(source.find("</head"), source.find("</HEAD"))
    for found in _META.finditer(source, 0, max(end, 0)):
        content = _CONTENT.search(found[0]) if _AUTHOR.search(found[0]) else None
        if content is not None:
            return html.unescape(content[1]).strip() or None
    return None


def _property_comment(source: str) -> str:
    start = source.find("<!--enpproperty")
    end = source.find("/enpproperty", start)
    return source[start:end] if 0 <= start < end else ""


def _property(text: str, *names: str) -> str | None:
    for name in names:
        start = text.find(f"<{name}>")
        end = text.find(f"</{name}>", start)
        if 0 <= start < end:
            value = text[start + len(name) + 2 : end]
            value = _MARKUP.sub(" ", value.replace("<![CDATA[", "").replace("]]>", "")).strip()
            if value and value != "null":
                return value
    return None
