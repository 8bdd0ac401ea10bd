"""What a page says of a headline block elsewhere: in its title list and its property comment.

Founder's templates close a page with <!--enpproperty … /enpproperty-->, in tags of two generations.
"""

import re
from dataclasses import dataclass

_MARKUP = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What other parts of the page say of the article; each None where they say nothing.

    `opening` is how the body begins.
    """

    title: str | None = None
    deck: str | None = None
    byline: str | None = None
    opening: str | None = None


def announced_by(source: str, title: str | None) -> Announced:
    """What the title list's `title` and the page's property comment say of the headline block."""
    text = _property_comment(source)
    return Announced(
        title=title or _property(text, "founder-title", "title"),
        deck=_property(text, "founder-subtitle", "subtitle"),
        byline=_property(text, "founder-author", "author"),
        opening=_property(text, "founder-content"),
    )


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
