"""The parameters that several operations share, and how each is read."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar, cast, get_args

from press.errors import NotInArchive, UsageError
from press.keys import PageKey, page_id, page_no_of, read_key
from press.model import Genre, PageNo
from press.outcome import State
from press.record import Status
from readingroom.api.operation import Parameter

MAX_PAGE: Final = 100
"""Items in one answer."""

_Word = TypeVar("_Word")

_SLUG = "[a-z][a-z0-9]{0,31}"
_PAGE_NO = "[A-Za-z]{0,3}[0-9]{1,4}"
_PAGE_ID = f"{_SLUG}-[0-9]{{8}}-{_PAGE_NO}"
_ARTICLE_ID = f"{_PAGE_ID}-[A-Za-z0-9_.-]{{1,100}}"
_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_NUMBER = "[0-9]{1,18}"
_FILE = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}"


def read_slug(text: str) -> str:
    """A newspaper's short name. Raises UsageError."""
    if not re.fullmatch(_SLUG, text):
        raise UsageError(f"{text[:40]!a} is no newspaper's short name: give one like cqrb")
    return text


def read_date(text: str) -> date:
    """A date in Beijing. Raises UsageError."""
    try:
        if re.fullmatch(_DATE, text):
            return date.fromisoformat(text)
    except ValueError:  # the 31st of June
        pass
    raise UsageError(f"{text[:40]!a} is no date: give one like 2026-01-12")


def read_page_no(text: str) -> PageNo:
    """A page number. Raises UsageError."""
    if not re.fullmatch(_PAGE_NO, text):
        raise UsageError(f"{text[:40]!a} is no page number: give one like 7 or A01")
    return page_no_of(text)


def read_page_id(text: str) -> PageKey:
    """A page. Raises UsageError; NotInArchive where its date is none."""
    if not re.fullmatch(_PAGE_ID, text):
        raise UsageError(f"{text[:80]!a} is no page's id: give one like cqrb-20260112-007")
    return _key(text)[0]


def read_article_id(text: str) -> str:
    """An article's id. Raises UsageError; NotInArchive where its date is none."""
    if not re.fullmatch(_ARTICLE_ID, text):
        raise UsageError(
            f"{text[:80]!a} is no article's id: give one like cqrb-20260112-007-353117"
        )
    key, article_part = _key(text)
    return f"{page_id(key.paper, key.issue_date, key.page_no)}-{article_part}"


def _key(text: str) -> tuple[PageKey, str | None]:
    try:
        return read_key(text)
    except UsageError as error:  # the 30th of February: an id in form that names nothing
        raise NotInArchive(str(error)) from error


def read_offset(text: str) -> int:
    """A place in a file, in bytes. Raises UsageError."""
    if not re.fullmatch(_NUMBER, text):
        raise UsageError(f"{text[:40]!a} is no offset: give bytes from the start of the file")
    return int(text)


def read_file(text: str) -> str:
    """The name of a file on the shelf. Raises UsageError."""
    if not re.fullmatch(_FILE, text):
        raise UsageError(f"{text[:40]!a} is no name of a file on the shelf")
    return text


def read_limit(text: str) -> int:
    """How many. Raises UsageError."""
    number = int(text) if re.fullmatch(_NUMBER, text) else 0
    if not 1 <= number <= MAX_PAGE:
        raise UsageError(f"{text[:40]!a} is no limit: give a number from 1 to {MAX_PAGE}")
    return number


def word_of(words: tuple[_Word, ...], what: str) -> Callable[[str], _Word]:
    """Reads one of these words. It raises UsageError for another."""

    def read(text: str) -> _Word:
        if text not in words:
            raise UsageError(f"{text[:40]!a} is no {what}: there are {', '.join(map(str, words))}")
        return cast("_Word", text)

    return read


_GENRES: tuple[Genre, ...] = get_args(Genre)
_STATUSES: tuple[Status, ...] = get_args(Status)
_STATES: tuple[State, ...] = get_args(State)
_A_DATE: Final = {"type": "string", "format": "date"}

SLUG = Parameter(
    name="paper",
    meaning="A newspaper's short name.",
    schema={"type": "string", "pattern": f"^{_SLUG}$"},
    read=read_slug,
    place="path",
    is_required=True,
)
PAPER = Parameter(name="paper", meaning="Only this newspaper.", schema=SLUG.schema, read=read_slug)
SINCE = Parameter(
    name="from", meaning="From this issue date on.", schema={**_A_DATE}, read=read_date
)
UNTIL = Parameter(name="to", meaning="Up to this issue date.", schema={**_A_DATE}, read=read_date)
DAY = Parameter(
    name="date",
    meaning="The issue's date in Beijing.",
    schema={**_A_DATE},
    read=read_date,
    place="path",
    is_required=True,
)
PAGE_NO = Parameter(
    name="page",
    meaning="Only this page: 7, A01.",
    schema={"type": "string", "pattern": f"^{_PAGE_NO}$"},
    read=read_page_no,
)
GENRE = Parameter(
    name="genre",
    meaning="Only this kind of item.",
    schema={"type": "string", "enum": [*_GENRES]},
    read=word_of(_GENRES, "genre"),
)
STATUS = Parameter(
    name="status",
    meaning="Only articles of this status.",
    schema={"type": "string", "enum": [*_STATUSES]},
    read=word_of(_STATUSES, "status"),
)
STATE = Parameter(
    name="state",
    meaning="Only pages in this ledger state.",
    schema={"type": "string", "enum": [*_STATES]},
    read=word_of(_STATES, "ledger state"),
)
LIMIT = Parameter(
    name="limit",
    meaning="How many at most.",
    schema={"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": 20},
    read=read_limit,
    default=20,
)
ARTICLE_ID = Parameter(
    name="id",
    meaning="An article's id: cqrb-20260112-007-353117.",
    schema={"type": "string", "pattern": f"^{_ARTICLE_ID}$"},
    read=read_article_id,
    place="path",
    is_required=True,
)
AFTER_ARTICLE = Parameter(
    name="after",
    meaning="Goes on behind the article of that id, the last of the answer before.",
    schema=ARTICLE_ID.schema,
    read=read_article_id,
)
PAGE_ID = Parameter(
    name="id",
    meaning="A page's id: cqrb-20260112-007.",
    schema={"type": "string", "pattern": f"^{_PAGE_ID}$"},
    read=read_page_id,
    place="path",
    is_required=True,
)
AFTER_PAGE = Parameter(
    name="after",
    meaning="Goes on behind the page of that id, the last of the answer before.",
    schema=PAGE_ID.schema,
    read=read_page_id,
)
FILE = Parameter(
    name="file",
    meaning="A file of the shelf, as an article's capture names it.",
    schema={"type": "string", "pattern": f"^{_FILE}$"},
    read=read_file,
    place="path",
    is_required=True,
)
OFFSET = Parameter(
    name="offset",
    meaning="Where the record begins in the file, in bytes.",
    schema={"type": "integer", "minimum": 0, "maximum": 10**18 - 1},
    read=read_offset,
    place="path",
    is_required=True,
)
REVISION = Parameter(
    name="revision",
    meaning="An older revision; else the current one.",
    schema={"type": "integer", "minimum": 1, "maximum": 10**18 - 1},
    read=read_offset,
)
