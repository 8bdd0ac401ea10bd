"""What a platform tells the readers: where to look and how addresses are written."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

_DATED_FOLDER = re.compile(r"/((?:19|20)\d{2})-?(\d{2})/(\d{2})(?=/|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The marks of one platform's pages.

    `page_path` and `article_path` match the path of a page's and an article's address and name
    the groups `folio` (where the address shows the page) and `native_id`; `article_name` matches
    the last part of an article's address, as relative links have it. `body_ids` are the ids
    of the body element, in any case, the likeliest first; `body_tags` are tags that hold it.
    `headline_classes` mark a headline that is set by class and not by <strong>.
    `map_name` is the name of the image map that marks a page index, in any case.
    """

    name: str
    page_path: re.Pattern[str]
    article_path: re.Pattern[str]
    article_name: re.Pattern[str]
    map_name: str = "pagepicmap"
    body_ids: tuple[str, ...] = ("ozoom",)
    body_tags: tuple[str, ...] = ("founder-content",)
    headline_classes: tuple[str, ...] = ("font01", "bt1", "title1")


def resolve(base_url: str, href: str | None) -> str | None:
    """The absolute address of a link, without query and fragment; None for what is no http link.

    The same article is linked as content_1.htm, ?div=0 and ?div=-1: its address is one.
    """
    if not href:
        return None
    cleaned = re.sub(r"[\x00-\x20]+", "", href.strip())
    try:
        parts = urlsplit(urldefrag(urljoin(base_url, cleaned))[0])
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))


def issue_folder(url: str) -> date | None:
    """The issue date that an address shows (…/2026-01/12/…, …/202601/12/…); None without one."""
    found = _DATED_FOLDER.search(path_of(url))
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def is_of_page(url: str, layout: Layout, base_url: str) -> bool:
    """True for an article of the same issue, and, where addresses show it, of the same page."""
    if issue_folder(url) != issue_folder(base_url):
        return False
    there = layout.article_path.search(path_of(url))
    here = layout.page_path.search(path_of(base_url)) or layout.article_path.search(
        path_of(base_url)
    )
    own = here.groupdict().get("folio") if here else None
    other = there.groupdict().get("folio") if there else None
    return own is None or other is None or own == other


def path_of(url: str) -> str:
    """The path of an address; empty for what is no address."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
