"""What of an article is searched: its fields, as printed and as folded. Pure."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal, Protocol, TypeAlias, get_args

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


class Texts(Protocol):
    """What the searched fields, but for captions, are taken from: an Article, or a row."""

    @property
    def text(self) -> str:
        """The body."""

    @property
    def headline(self) -> str | None: ...
    @property
    def kicker(self) -> str | None: ...
    @property
    def deck(self) -> str | None: ...
    @property
    def byline(self) -> str | None: ...
    @property
    def column(self) -> str | None: ...
    @property
    def page_name(self) -> str | None: ...
    @property
    def author_note(self) -> str | None: ...
    @property
    def page_credits(self) -> str | None: ...


def printed_fields(source: Texts, captions: Iterable[str | None]) -> Printed:
    """The fields as printed; `captions` are those of the pictures and their credits."""
    texts: dict[Field, tuple[str | None, ...]] = {
        "body": (source.text,),
        "headline": (source.headline,),
        "kicker": (source.kicker,),
        "deck": (source.deck,),
        "byline": (source.byline,),
        "caption": tuple(captions),
        "column": (source.column,),
        "page_name": (source.page_name,),
        "author_note": (source.author_note,),
        "page_credits": (source.page_credits,),
    }
    there = {field: tuple(filter(None, parts)) for field, parts in texts.items()}
    return {field: parts for field, parts in there.items() if parts}


def article_fields(article: Article) -> Printed:
    """The fields of an article as printed."""
    captions = (text for one in article.pictures for text in (one.caption, one.credit))
    return printed_fields(article, captions)


def search_copy(printed: Printed) -> SearchCopy:
    """The fields as they are searched."""
    return {field: PART.join(map(fold, printed.get(field, ()))) for field in FIELDS}


def joined(copy: SearchCopy) -> str:
    """All fields as one text, in their order, FIELD between them."""
    return FIELD.join(copy[field] for field in FIELDS)
