"""Where things stand: the rooms' own addresses, and which of a newspaper's may be followed. Pure."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from press.keys import PageKey

SEARCH: Final = "/search"

_NOT_IN_URLS: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")


def paper_path(paper: str) -> str:
    """/cqrb"""
    return f"/{quote(paper, safe='')}"


def year_path(paper: str, year: int) -> str:
    """/cqrb/2026"""
    return f"{paper_path(paper)}/{year:04d}"


def issue_path(paper: str, issue_date: date) -> str:
    """/cqrb/2026-01-12"""
    return f"{paper_path(paper)}/{issue_date.isoformat()}"


def page_path(key: PageKey) -> str:
    """/cqrb/2026-01-12/7"""
    return f"{issue_path(key.paper, key.issue_date)}/{quote(str(key.page_no), safe='')}"


def article_path(article_id: str, room: str | None = None) -> str:
    """/articles/cqrb-20260112-007-353117, or one of its rooms: revisions, provenance."""
    path = f"/articles/{quote(article_id, safe='')}"
    return path if room is None else f"{path}/{room}"


def with_query(path: str, query: Mapping[str, str | None]) -> str:
    """The path with what of the query is not None; characters outside ASCII are escaped."""
    said = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(said)}" if said else path


def outside(url: str | None) -> str | None:
    """The address if a browser may be led there, else None: http and https with a host, no more.

    What a browser would read otherwise than we do (spaces, controls, backslashes) is refused.
    """
    if url is None or _NOT_IN_URLS.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return url if is_web and "@" not in parts.netloc else None
