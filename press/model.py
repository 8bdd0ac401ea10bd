"""What a newspaper page holds, as values: pages, their entries, and articles.

Text is kept as printed. `None` means that the paper does not print the field; an empty string
never occurs in an optional field.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from press.account import Account

PageNo: TypeAlias = int | str
"""The number of a printed side: an int where the label is plain ("第007版" is 7), else "A01"."""

Zone: TypeAlias = tuple[tuple[float, float], ...]
"""A polygon on the page's facsimile as displayed, in pixels: at least three (x, y) points."""

BlockType = Literal["paragraph", "crosshead", "verse", "table", "list", "note"]

Genre = Literal[
    "article", "photo", "verse", "notice", "advertisement", "correction", "colophon", "masthead"
]

Role = Literal[
    "author",
    "reporter",
    "correspondent",
    "intern",
    "photographer",
    "commentator",
    "editor",
    "compiler",
    "narrator",
    "translator",
    "illustrator",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of the body.

    `text` holds no indent. In verse and lists each line or item stands on a line of its own; in a
    table cells are joined by tabs and rows by newlines, and `rows` has them apart (else empty).
    """

    type: BlockType
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture of an article; `order` counts from 1; `url` is absolute, None when unknown."""

    order: int
    url: str | None
    caption: str | None
    credit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """A name without padding ("张　三" is 张三) and what it did (see docs/glossary.md)."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article as its page announces it, in the title list, on the image map, or on both.

    `native_id` is the paper's own id; None for a saved page that does not show it.
    `url` is absolute and without its query string. `title` is None where the page prints none.
    """

    order: int
    native_id: str | None
    url: str | None
    title: str | None
    listed: bool
    mapped: bool
    zones: tuple[Zone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """One row of the issue's page list, in printed order, each page once."""

    page_no: PageNo
    page_label: str
    page_name: str | None
    url: str | None
    pdf_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One printed side as its page index shows it.

    `printed_date` is the issue date that the page itself prints, None where it prints none.
    `entries` is the union of the title list and the image map, in the list's order, what only
    the map knows after it. `page_links` may be empty: not every platform repeats the page list.
    """

    paper: str
    issue_date: date
    page_no: PageNo
    page_label: str
    page_name: str | None
    url: str | None
    facsimile_url: str | None
    pdf_url: str | None
    previous_url: str | None
    next_url: str | None
    printed_date: date | None
    page_links: tuple[PageLink, ...]
    entries: tuple[Entry, ...]

    @property
    def headlines(self) -> tuple[str, ...]:
        """The titles that the page announces, in order; entries without a title are left out."""
        return tuple(entry.title for entry in self.entries if entry.title is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One story as laid out on its page, with the account of its source's characters."""

    paper: str
    paper_name: str
    issue_date: date
    page_no: PageNo
    page_label: str
    page_name: str | None
    order: int
    native_id: str | None
    url: str | None
    kicker: str | None
    headline: str | None
    deck: str | None
    column: str | None
    byline: str | None
    contributors: tuple[Contributor, ...]
    dateline: str | None
    genre: Genre
    blocks: tuple[Block, ...]
    author_note: str | None
    page_credits: str | None
    pictures: tuple[Picture, ...]
    zones: tuple[Zone, ...]
    continues_to: PageNo | None
    continued_from: PageNo | None
    account: Account

    @property
    def text(self) -> str:
        """The body: the blocks' texts joined by newlines; empty for a picture-only item."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def char_count(self) -> int:
        """Length of the body in characters, white space not counted, punctuation counted."""
        return len("".join(self.text.split()))

    @property
    def needs_review(self) -> bool:
        """True when the account has a residue: something of the source is in no field."""
        return not self.account.is_closed
