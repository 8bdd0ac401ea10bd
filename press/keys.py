"""Stable names: of pages, of articles, and of an article's content."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import date

from press.errors import UsageError
from press.model import Article, PageNo

CONTENT_HASH_VERSION = 1
"""Raised when the fields under the hash change, so that old and new hashes never compare equal."""

RESERVED_SLUGS = frozenset(
    {"api", "articles", "feeds", "healthz", "livez", "metrics", "search", "static"}
)
"""What no newspaper may be called: the reading room's own addresses begin with these words."""

_PAGE_NO = re.compile(r"[A-Za-z]{0,3}0*(\d{1,4})")
_KEY = re.compile(
    r"(?P<paper>[a-z][a-z0-9]*)[-/](?P<date>\d{4}-?\d{2}-?\d{2})[-/](?P<page>[A-Za-z]{0,3}\d{1,4})"
    r"(?:[-/](?P<article>[A-Za-z0-9_.-]+))?"
)


@dataclass(frozen=True, slots=True)
class PageKey:
    """One page of one issue of one paper."""

    paper: str
    issue_date: date
    page_no: PageNo


def page_no_of(text: str) -> PageNo:
    """The page number in "7", "007", "A01": an int where it is plain digits, else upper case.

    Raises UsageError where the text holds no page number.
    """
    text = text.strip()
    if not _PAGE_NO.fullmatch(text):
        raise UsageError(f'"{text}" is no page number: give one like 7 or A01')
    return int(text) if text.isdigit() else text.upper()


def page_id(paper: str, issue_date: date, page_no: PageNo) -> str:
    """The page's name in commands and links: cqrb-20260112-007, jxrb-20171009-A01."""
    folio = f"{page_no:03d}" if isinstance(page_no, int) else page_no
    return f"{paper}-{issue_date:%Y%m%d}-{folio}"


def article_id(
    paper: str, issue_date: date, page_no: PageNo, native_id: str | None, headline: str | None
) -> str:
    """The article's name for good: the page's, then the paper's own id.

    A source that does not show the paper's id (a plain-text dump) gives "t" and eight digits of
    the headline's hash, white space left out.
    """
    if native_id is None:
        folded = "".join((headline or "").split())
        native_id = "t" + hashlib.sha256(folded.encode()).hexdigest()[:8]
    return f"{page_id(paper, issue_date, page_no)}-{native_id}"


def read_key(text: str) -> tuple[PageKey, str | None]:
    """The page that an id names, and the article's part of it if there is one.

    Takes page_id's and article_id's forms and cqrb/2026-01-12/7. Raises UsageError otherwise.
    """
    found = _KEY.fullmatch(text.strip())
    if found is None:
        raise UsageError(
            f'"{text}" is no id: give one like cqrb-20260112-007-353117, or a page as '
            "cqrb/2026-01-12/7"
        )
    digits = found["date"].replace("-", "")
    try:
        issue_date = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise UsageError(f'"{found["date"]}" in "{text}" is no date') from None
    return PageKey(found["paper"], issue_date, page_no_of(found["page"])), found["article"]


def content_hash(article: Article) -> str:
    """A name for what readers see of an article: equal for equal content, whoever parsed it.

    The order on the page, zones and addresses are left out: they change when a neighbour does.
    """
    seen = {
        name: getattr(article, name)
        for name in (
            "page_label", "page_name", "kicker", "headline", "deck", "column", "byline",
            "author_note", "page_credits",
        )
    }  # fmt: skip
    seen["blocks"] = [asdict(block) for block in article.blocks]
    seen["pictures"] = [[p.caption, p.credit, p.url] for p in article.pictures]
    text = json.dumps(seen, ensure_ascii=False, sort_keys=True)
    return f"v{CONTENT_HASH_VERSION}:{hashlib.sha256(text.encode()).hexdigest()}"
