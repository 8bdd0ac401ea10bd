"""Where the paper's pages live, by the date of the issue: four eras of addresses."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

PAPER: Final = "cqrb"
PAPER_NAME: Final = "重庆日报"
PAGE_COUNT: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """A scheme of addresses; `since` is the first issue date under it."""

    number: int
    since: date
    host: str
    root: str
    article_prefix: str


ERAS: Final = (
    Era(
        number=1,
        since=date(2007, 12, 16),
        host="http://cqrbepaper.cqnews.net",
        root="/cqrb/html",
        article_prefix="content_",
    ),
    Era(
        number=2,
        since=date(2016, 7, 1),
        host="http://www.cqrb.cn",
        root="/html/cqrb",
        article_prefix="content_",
    ),
    Era(
        number=3,
        since=date(2018, 12, 1),
        host="https://epaper.cqrb.cn",
        root="/html/cqrb",
        article_prefix="content_",
    ),
    Era(
        number=4,
        since=date(2021, 1, 1),
        host="https://epaper.cqrb.cn",
        root="/cqrb",
        article_prefix="content_rb_",
    ),
)

_SLOTS: Final = (
    (124, 125, 126, 127, 128, 129, 130, 131),
    (124, 125, 126, 129, 130, 131, 134, 135),
    (124, 126, 127, 128, 129, 132, 133, 136),
)
"""Era 1 names a page by its slot's id; the ids of a year run upwards, with gaps."""


@lru_cache(maxsize=1024)
def era_of(issue_date: date) -> Era | None:
    """The era of that issue date; None before the first issue."""
    return next((era for era in reversed(ERAS) if era.since <= issue_date), None)


def era_on(issue_date: date) -> Era:
    """The era of an issue that exists. Raises ValueError before the first issue."""
    era = era_of(issue_date)
    if era is None:
        raise ValueError(f"no issue came out on {issue_date}; the first is {ERAS[0].since}")
    return era


@lru_cache(maxsize=1024)
def folder(issue_date: date, page_no: int) -> str:
    """The folder of a page's files, without a slash at its end."""
    era = era_on(issue_date)
    day = f"{era.root}/{issue_date:%Y-%m/%d}"
    return day if era.number == 1 else f"{day}/{page_no:03d}"


def page_path(issue_date: date, page_no: int) -> str:
    """The path of a page index."""
    if era_on(issue_date).number == 1:
        return f"{folder(issue_date, page_no)}/{node_name(issue_date, page_no)}"
    return f"{folder(issue_date, page_no)}/node.htm"


def slot_ids(issue_date: date) -> tuple[int, ...]:
    """Era 1's ids of the slots of pages 1 to 8 in the year of that date."""
    return _SLOTS[issue_date.year % 3]


def node_name(issue_date: date, page_no: int) -> str:
    """Era 1's file name of a page index: node_124.htm for page 1, others by the year's slots."""
    return f"node_{slot_ids(issue_date)[page_no - 1]}.htm"


def article_path(issue_date: date, page_no: int, native_id: str) -> str:
    """The path of an article page."""
    prefix = era_on(issue_date).article_prefix
    return f"{folder(issue_date, page_no)}/{prefix}{native_id}.htm"


def page_file_path(issue_date: date, page_no: int, ext: Literal["jpg", "pdf"]) -> str:
    """The path of a page's facsimile image or of its PDF."""
    big = "_b" if ext == "jpg" else ""
    if era_on(issue_date).number == 1:
        name = f"cqrb{issue_date:%Y%m%d}{page_no:02d}{big}.{ext}"
        return f"/cqrb/page/1/{issue_date:%Y-%m/%d}/{page_no:02d}/{name}"
    return f"{folder(issue_date, page_no)}/cqrb{issue_date:%Y%m%d}{page_no:03d}{big}.{ext}"


def picture_path(issue_date: date, native_id: str, order: int) -> str:
    """The path of an article's picture."""
    base = era_on(issue_date).root.removesuffix("/html")
    return f"{base}/res/1/{issue_date:%Y%m%d}/{native_id}_{order}.jpg"


def absolute(issue_date: date, path: str) -> str:
    """The path's address on the real host of that date."""
    return era_on(issue_date).host + path
