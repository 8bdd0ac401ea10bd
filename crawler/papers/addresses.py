"""Addresses: from an issue's date and page to a URL and back, and from a site to its mirror."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit, urlunsplit

from crawler.parse.layout import issue_folder, path_of
from crawler.platforms import LAYOUTS
from press.errors import UsageError
from press.keys import page_no_of
from press.model import PageNo
from press.paper import Era, Paper

_ORIGIN = re.compile(r"https?://(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?/?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What a URL of a paper names; `page_no` and `native_id` are None where it does not show."""

    era: Era
    issue_date: date
    page_no: PageNo | None
    native_id: str | None


@dataclass(frozen=True, slots=True)
class Mirror:
    """Another place that serves the paper's paths: scheme and host are swapped.

    `origin` is like "http://127.0.0.1:8080"; None is the paper's own site.
    """

    origin: str | None = None

    def __post_init__(self) -> None:
        if self.origin is None:
            return
        if _ORIGIN.fullmatch(self.origin) is None or not _has_netloc(self.origin):
            raise UsageError(
                f'"{self.origin}" is no site: give scheme and host only, like http://127.0.0.1:8080'
            )

    def outward(self, url: str) -> str:
        """The address to ask for a page of the paper."""
        if self.origin is None:
            return url
        site, parts = urlsplit(self.origin), urlsplit(url)
        return urlunsplit((site.scheme, site.netloc, parts.path, parts.query, ""))

    def inward(self, url: str, own: str) -> str:
        """The paper's own address of what the mirror serves at `url`.

        `own` is any address of the era: it gives scheme and host.
        """
        if self.origin is None or urlsplit(url).netloc != urlsplit(self.origin).netloc:
            return url
        paper, parts = urlsplit(own), urlsplit(url)
        return urlunsplit((paper.scheme, paper.netloc, parts.path, parts.query, ""))


def _has_netloc(origin: str) -> bool:
    try:
        return urlsplit(origin).port != 0 and bool(urlsplit(origin).netloc)
    except ValueError:  # no IPv6 address between the brackets, or no port number
        return False


def front_url(era: Era, issue_date: date) -> str:
    """The address of the issue's first page."""
    return _fill(era.front_url, issue_date)


def page_url(era: Era, issue_date: date, page_no: PageNo) -> str | None:
    """The address of a page; None where it stands only on the front page's list."""
    if era.page_url is None:
        return None
    if isinstance(page_no, str):
        return _fill(re.sub(r"\{page(?::\w+)?\}", page_no, era.page_url), issue_date)
    return _fill(era.page_url, issue_date, page=page_no)


def article_url(era: Era, issue_date: date, page_no: PageNo, native_id: str) -> str:
    """The address of an article."""
    pattern = era.article_url
    if isinstance(page_no, str):
        pattern = re.sub(r"\{page(?::\w+)?\}", page_no, pattern)
    return _fill(pattern, issue_date, page=page_no, native_id=native_id)


def hosts_of(paper: Paper) -> frozenset[str]:
    """The hosts of all the paper's eras, with the port where one is written."""
    return frozenset(urlsplit(era.front_url).netloc.lower() for era in paper.eras)


def read_url(paper: Paper, url: str) -> Address | None:
    """What an address names, judged by its path alone; None when it is none of the paper's.

    The host is not looked at: a mirror and a saved page have another.
    """
    issue_date = issue_folder(url)
    if issue_date is None:
        return None
    path = path_of(url)
    for era in paper.eras_on(issue_date):
        layout = LAYOUTS[era.platform]
        for pattern in (layout.article_path, layout.page_path):
            found = pattern.search(path)
            if found is not None:
                groups = found.groupdict()
                folio = groups.get("folio")
                return Address(
                    era=era,
                    issue_date=issue_date,
                    page_no=page_no_of(folio) if folio else None,
                    native_id=groups.get("native_id"),
                )
    return None


def _fill(pattern: str, issue_date: date, **parts: object) -> str:
    return pattern.format(
        yyyy=f"{issue_date:%Y}", mm=f"{issue_date:%m}", dd=f"{issue_date:%d}", **parts
    )
