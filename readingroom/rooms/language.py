"""In which language the rooms speak to whom. Pure."""

import re
from typing import Final, Literal, get_args

Language = Literal["zh", "en"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

TAGS: Final[dict[Language, str]] = {"zh": "zh-Hans", "en": "en"}
"""What a document says of its language."""

_WANTED: Final = re.compile(
    r"\s*([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]*)?\s*(?:;\s*q=([01](?:\.\d*)?))?"
)


def spoken(asked: str | None, accepted: str | None) -> Language:
    """The language asked for by name, else that which a browser likes best, else Chinese.

    `accepted` is an Accept-Language header; what is in neither language says nothing.
    """
    for language in LANGUAGES:
        if asked == language:
            return language
    best, weight = LANGUAGES[0], 0.0
    for part in (accepted or "").split(","):
        found = _WANTED.match(part)
        if found is None:
            continue
        liking = float(found[2] or 1)
        for language in LANGUAGES:
            if found[1].lower() == language and liking > weight:
                best, weight = language, liking
    return best


def other(language: Language) -> Language:
    """The other of the two."""
    return "en" if language == "zh" else "zh"
