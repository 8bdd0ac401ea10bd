"""What a reader asks of a room, and what the room lays before them. Values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from press.errors import NotInArchive, UsageError
from press.keys import PageKey, page_no_of
from readingroom.rooms.language import Language

_SLUG: Final = re.compile(r"[a-z][a-z0-9]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request: the path's parts and the query's, both as typed, the first of each name."""

    language: Language
    path: str
    parts: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A page to be set: its template, what it shows, its title, and its HTTP status."""

    template: str
    view: object
    title: str
    status: int = 200


def day_of(text: str) -> date:
    """The date in 2026-01-12. Raises UsageError."""
    try:
        if len(text) != len("2026-01-12"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text[:40]!a} is no date: give one like 2026-01-12") from None


def slug_of(parts: Mapping[str, str]) -> str:
    """The newspaper that the parts name. Raises NotInArchive for what is no newspaper's name."""
    if not _SLUG.fullmatch(parts["paper"]):
        raise NotInArchive("there is nothing at this address")
    return parts["paper"]


def key_of(parts: Mapping[str, str]) -> PageKey:
    """The page that the parts paper, day and page name. Raises UsageError, NotInArchive."""
    return PageKey(slug_of(parts), day_of(parts["day"]), page_no_of(parts["page"]))
