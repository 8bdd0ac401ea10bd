"""Files that a person saved: which paper, issue, page and article they are, and what they hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from crawler.clean.whitespace import squeeze
from crawler.papers.addresses import article_url, front_url, hosts_of, page_url, read_url
from crawler.parse.article import read_story
from crawler.parse.dates import printed_dates
from crawler.parse.decoding import Decoded, decode
from crawler.parse.dump import is_dump, read_dump
from crawler.parse.frame import find_body
from crawler.parse.layout import Layout, issue_folder
from crawler.parse.page import PageIndex, read_index
from crawler.parse.tree import Tree, has_end, parse_tree, scan_text
from crawler.parse.verdict import explain_stranger
from crawler.platforms import LAYOUTS
from crawler.reading import as_article, as_page
from press.errors import Truncated, UsageError
from press.model import Article, Entry, Page, PageNo
from press.paper import Era, Paper

_SAVED_FROM = re.compile(r"<!--\s{0,3}saved from url=\(\d{1,6}\)([^\s<>]{1,2000})", re.IGNORECASE)
_FILE_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.年]?(\d{2})[-_.月]?(\d{2})(?!\d)")
_FILE_ARTICLE = re.compile(
    r"content_(?:[a-z]+_)?(\d+(?:_\d+)?)\.html?$|nw\.D\d+[A-Za-z]+_(\d{8}_\d+-\w+)\.html?$"
)
_PAPER_NAME = re.compile(r"<founder-papername>([^<]{1,60})", re.IGNORECASE)
_FOUNDER_DATE = re.compile(r"<founder-date>\s*(\d{4})-(\d{2})-(\d{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a file holds: a page as far as it shows, and, unless it is a page index, an article."""

    paper: Paper
    page: Page
    article: Article | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clues:
    """What is known of a file from outside its text."""

    url: str | None
    file_name: str
    papers: Mapping[str, Paper]
    paper: Paper | None


def read_saved(
    body: bytes,
    *,
    content_type: str | None,
    url: str | None,
    file_name: str,
    papers: Mapping[str, Paper],
    paper: Paper | None,
) -> Saved:
    """The page, and the article if there is one, in a saved file.

    `url` is where it was saved from if that is known, `paper` what the person said. Raises
    UsageError where paper, date or page cannot be told, and what the readers raise.
    """
    decoded = decode(body, content_type)
    clues = _Clues(url=url, file_name=file_name, papers=papers, paper=paper)
    if is_dump(decoded.text):
        return _saved_dump(decoded.text, clues)
    return _saved_markup(decoded, clues)


def _saved_dump(text: str, clues: _Clues) -> Saved:
    paper = clues.paper or _paper_by_name(text, clues.papers, clues.file_name)
    dump = read_dump(text)
    issue_date = dump.issue_date or _date_in(clues.file_name)
    if issue_date is None:
        raise UsageError(
            f"{clues.file_name} shows no issue date: put it into the file's name, like 2026-01-12"
        )
    _era(paper, issue_date)
    page = Page(
        paper=paper.slug, issue_date=issue_date, page_no=dump.page_no, page_label=dump.page_label,
        page_name=dump.page_name, url=None, facsimile_url=None, pdf_url=None, previous_url=None,
        next_url=None, printed_date=dump.issue_date, page_links=(), entries=dump.entries,
    )  # fmt: skip
    return Saved(
        paper=paper,
        page=page,
        article=as_article(dump.story, paper=paper, page=page, entry=dump.entry),
    )


def _saved_markup(decoded: Decoded, clues: _Clues) -> Saved:
    tree = parse_tree(decoded.text)
    url = clues.url or _saved_from(tree.source)
    paper = clues.paper or _paper_of(tree.source, url, clues)
    _refuse_early(paper, url)
    url = url if url and read_url(paper, url) is not None else None
    issue_date = _issue_date(tree.source, paper, url, clues.file_name)
    era = _era(paper, issue_date)
    layout = LAYOUTS[era.platform]
    base_url = url or front_url(era, issue_date)
    index = read_index(tree, layout, base_url)
    if not (index.has_map or index.entries or find_body(tree.root, layout) is not None):
        explain_stranger(tree.source)
    page_no = index.page_no if index.page_no is not None else _page_no(paper, url, clues.file_name)
    _check_address(paper, url, index, clues.file_name)
    if page_no is None:
        raise UsageError(f"{clues.file_name} does not show which page it is of: give its --url")
    if url is None and (own := page_url(era, issue_date, page_no)) is not None:
        base_url = own
        index = read_index(tree, layout, base_url)
    is_index = _is_index(tree, layout, index)
    if is_index and (_native_id(paper, url or "", clues.file_name) or not has_end(tree.source)):
        raise Truncated(f"{clues.file_name} ends in the middle of its page: save it again")
    page = as_page(
        index, paper=paper, issue_date=issue_date, page_no=page_no,
        url=_page_address(index, era, issue_date, page_no, base_url if is_index else None),
    )  # fmt: skip
    if is_index:
        return Saved(paper=paper, page=page, article=None)
    return _saved_article(tree, decoded, page, paper, era, url or base_url, clues)


def _refuse_early(paper: Paper, url: str | None) -> None:
    day = issue_folder(url) if url else None
    if day is not None and day < paper.first_issue:
        raise UsageError(
            f"{url} is of {day.isoformat()}: the first issue of {paper.name} is of "
            f"{paper.first_issue.isoformat()}"
        )


def _check_address(paper: Paper, url: str | None, index: PageIndex, file_name: str) -> None:
    """Raises UsageError where the address says another day or page than the file prints."""
    address = read_url(paper, url) if url else None
    if address is None:
        return
    if index.printed_dates and address.issue_date not in index.printed_dates:
        raise UsageError(
            f"{file_name} prints {index.printed_dates[0].isoformat()}, but its address is of "
            f"{address.issue_date.isoformat()}: correct the --url"
        )
    if None not in (address.page_no, index.page_no) and address.page_no != index.page_no:
        raise UsageError(
            f"{file_name} is of page {index.page_no}, but its address is of page "
            f"{address.page_no}: correct the --url"
        )


def _saved_article(
    tree: Tree, decoded: Decoded, page: Page, paper: Paper, era: Era, url: str, clues: _Clues
) -> Saved:
    layout = LAYOUTS[era.platform]
    native_id = _native_id(paper, url, clues.file_name)
    known = next((e for e in page.entries if native_id and e.native_id == native_id), None)
    unknown = Entry(
        order=len(page.entries) + 1, native_id=native_id, url=None, title=None, listed=True,
        mapped=False,
    )  # fmt: skip
    story = read_story(tree, layout, known or unknown, url, page.headlines, decoded.replaced)
    entry = known or _entry_by_title(page, story.head.headline) or unknown
    if entry.url is None and entry.native_id is not None:
        own = article_url(era, page.issue_date, page.page_no, entry.native_id)
        entry = replace(entry, url=own)
    if entry not in page.entries:
        listed = replace(entry, title=entry.title or _as_title(story.head.headline))
        entries = tuple(listed if e.order == entry.order else e for e in page.entries)
        page = replace(page, entries=entries if listed in entries else (*page.entries, listed))
    return Saved(
        paper=paper, page=page, article=as_article(story, paper=paper, page=page, entry=entry)
    )


def _is_index(tree: Tree, layout: Layout, index: PageIndex) -> bool:
    """True for a page index: no body, or a body mark that only wraps its lists."""
    body = find_body(tree.root, layout)
    if body is None:
        return True
    inside = [a.get("href") or "" for a in body.iter("a")]
    links = [
        h
        for h in inside
        if layout.article_path.search(f"/2000-01/01/001/{h}") or layout.article_path.search(h)
    ]
    return len(links) >= 2 and len(links) >= len(index.entries) // 2


def _entry_by_title(page: Page, headline: str | None) -> Entry | None:
    wanted = squeeze(headline or "")
    same = [entry for entry in page.entries if wanted and squeeze(entry.title or "") == wanted]
    return same[0] if len(same) == 1 else None


def _as_title(headline: str | None) -> str | None:
    return " ".join(headline.split("\n")) if headline else None


def _page_address(
    index: PageIndex, era: Era, issue_date: date, page_no: PageNo, own: str | None
) -> str | None:
    if own is not None:
        return own
    listed = next((link.url for link in index.page_links if link.page_no == page_no), None)
    return listed or page_url(era, issue_date, page_no)


def _saved_from(source: str) -> str | None:
    found = _SAVED_FROM.search(source[:4096])
    return found[1] if found else None


def _paper_of(source: str, url: str | None, clues: _Clues) -> Paper:
    if url is not None:
        for paper in clues.papers.values():
            if any(f"//{host}/" in url for host in hosts_of(paper)):
                return paper
    named = _PAPER_NAME.search(source)
    if named:
        for paper in clues.papers.values():
            if paper.name == named[1].strip():
                return paper
    return _paper_by_name(source, clues.papers, clues.file_name)


def _paper_by_name(text: str, papers: Mapping[str, Paper], file_name: str) -> Paper:
    """The paper whose name the text prints most often; its slug in the file's name decides first."""
    for paper in papers.values():
        if re.match(rf"{re.escape(paper.slug)}(?![a-z])", file_name.lower()):
            return paper
    counts = sorted(
        ((text.count(paper.name), paper.slug) for paper in papers.values()), reverse=True
    )
    if not counts or counts[0][0] == 0:
        raise UsageError(
            f"{file_name} does not say which paper it is of: give --paper (known are "
            f"{', '.join(papers)})"
        )
    return papers[counts[0][1]]


def _issue_date(source: str, paper: Paper, url: str | None, file_name: str) -> date:
    address = read_url(paper, url) if url else None
    if address is not None:
        return address.issue_date
    printed = _printed(source)
    found = printed or _date_in(file_name)
    if found is None:
        raise UsageError(
            f"{file_name} shows no issue date: give its --url, or put the date into the file's name"
        )
    return found


def _printed(source: str) -> date | None:
    dates = printed_dates(scan_text(source))
    if dates:
        return dates[0]
    founder = _FOUNDER_DATE.search(source)
    return _day(founder[1], founder[2], founder[3]) if founder else None


def _date_in(file_name: str) -> date | None:
    found = _FILE_DATE.search(file_name)
    return _day(found[1], found[2], found[3]) if found else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _page_no(paper: Paper, url: str | None, file_name: str) -> PageNo | None:
    address = read_url(paper, url) if url else None
    return address.page_no if address is not None else None


def _native_id(paper: Paper, url: str, file_name: str) -> str | None:
    address = read_url(paper, url)
    if address is not None and address.native_id is not None:
        return address.native_id
    found = _FILE_ARTICLE.search(file_name)
    return (found[1] or found[2]) if found else None


def _era(paper: Paper, issue_date: date) -> Era:
    eras = paper.eras_on(issue_date)
    if not eras:
        raise UsageError(
            f"{paper.name} has no issue of {issue_date.isoformat()}: its first is of "
            f"{paper.first_issue.isoformat()}"
        )
    return eras[0]
