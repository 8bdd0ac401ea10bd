"""What of an article is searched: its fields, as printed and as folded. Pure."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypeAlias, get_args

from press.model import Article
from storage.search.fold import FIELD, PART, fold

Field = Literal[
    "body",
    "headline",
    "kicker",
    "deck",
    "byline",
    "caption",
    "column",
    "page_name",
    "author_note",
    "page_credits",
]

FIELDS: Final[tuple[Field, ...]] = get_args(Field)
"""In the order of the index, which must not change: the body first, since most hits are there."""

Printed: TypeAlias = Mapping[Field, tuple[str, ...]]
"""The texts of each field; only captions are more than one. Fields that are not printed are left out."""

SearchCopy: TypeAlias = Mapping[Field, str]
"""The folded text of every field, "" where it is not printed; several texts are joined by PART."""


SOURCES: Final = (
    "text", "headline", "kicker", "deck", "byline", "column", "page_name", "author_note",
    "page_credits",
)  # fmt: skip
"""What the fields but the captions are called in an article, and in a revision's row."""


def printed_fields(sources: Mapping[str, str | None], captions: Iterable[str | None]) -> Printed:
    """The fields as printed: `sources` are SOURCES, `captions` those of the pictures and credits."""
    texts: dict[Field, Iterable[str | None]] = {
        field: (sources["text" if field == "body" else field],)
        for field in FIELDS
        if field != "caption"
    }
    texts["caption"] = captions
    there = {field: tuple(filter(None, parts)) for field, parts in texts.items()}
    return {field: parts for field, parts in there.items() if parts}


def article_fields(article: Article) -> Printed:
    """The fields of an article as printed."""
    captions = (text for one in article.pictures for text in (one.caption, one.credit))
    return printed_fields({name: getattr(article, name) for name in SOURCES}, captions)


def search_copy(printed: Printed) -> SearchCopy:
    """The fields as they are searched."""
    return {field: PART.join(map(fold, printed.get(field, ()))) for field in FIELDS}


def joined(copy: SearchCopy) -> str:
    """All fields as one text, in their order, FIELD between them."""
    return FIELD.join(copy[field] for field in FIELDS)
