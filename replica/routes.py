"""What a path of the site names."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from replica.addresses import slot_ids

Kind = Literal["page", "article", "facsimile", "pdf", "picture"]

_DAY = r"(?P<year>\d{4})-(?P<month>\d{2})/(?P<day>\d{2})"
_PAGE = r"(?P<root>/html/cqrb|/cqrb)/" + _DAY + r"/(?P<page>\d{3})/"
_SLOT = r"(?P<root>/cqrb/html)/" + _DAY + "/"
_FILE = r"(?P<root>/cqrb)/page/1/" + _DAY + r"/(?P<page>\d{2})/"
_RES = r"(?P<root>/html/cqrb|/cqrb)/res/1/(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})/"

_ROUTES: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("page", re.compile(_PAGE + r"node\.htm")),
    ("article", re.compile(_PAGE + r"content_(?:rb_)?(?P<article>\d+)\.htm")),
    ("facsimile", re.compile(_PAGE + r"cqrb\d{11}_b\.jpg")),
    ("pdf", re.compile(_PAGE + r"cqrb\d{11}\.pdf")),
    ("page", re.compile(_SLOT + r"node_(?P<slot>\d+)\.htm")),
    ("article", re.compile(_SLOT + r"content_(?P<article>\d+)\.htm")),
    ("facsimile", re.compile(_FILE + r"cqrb\d{10}_b\.jpg")),
    ("pdf", re.compile(_FILE + r"cqrb\d{10}\.pdf")),
    ("picture", re.compile(_RES + r"(?P<article>\d+)_\d+\.jpg")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A file of an issue. `page_no` is None in era 1's article paths and in picture paths."""

    kind: Kind
    root: str
    issue_date: date
    page_no: int | None
    native_id: str | None


def read_path(path: str) -> Route | None:
    """What the path names, its query string left out; None where it names no file of an issue."""
    bare = path.partition("?")[0]
    for kind, pattern in _ROUTES:
        if found := pattern.fullmatch(bare):
            return _route(kind, found.groupdict())
    return None


def _route(kind: Kind, parts: dict[str, str]) -> Route | None:
    try:
        issue_date = date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError:
        return None
    page_no = int(parts["page"]) if "page" in parts else None
    if "slot" in parts:
        slots = slot_ids(issue_date)
        if int(parts["slot"]) not in slots:
            return None
        page_no = slots.index(int(parts["slot"])) + 1
    return Route(
        kind=kind,
        root=parts["root"],
        issue_date=issue_date,
        page_no=page_no,
        native_id=parts.get("article"),
    )
