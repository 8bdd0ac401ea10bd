"""From answers to pages and articles: the doorway of the crawler's pure half.

The pipeline hands in answers, tonight's or those of the shelf, and gets pages and articles or a
named error.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from crawler.parse import PARSER
from crawler.parse.article import Story, read_story
from crawler.parse.dates import printed_dates, shows_date
from crawler.parse.decoding import decode
from crawler.parse.layout import Layout, issue_folder
from crawler.parse.neighbours import apart, doubt_together, doubted_as
from crawler.parse.page import PageIndex, read_index
from crawler.parse.tree import Tree, is_cut, parse_tree, text_of
from crawler.parse.verdict import (
    check_status,
    explain_stranger,
    is_challenge_answer,
    is_gone,
)
from crawler.platforms import LAYOUTS
from press.errors import LayoutChanged, OtherIssue, Truncated
from press.model import Article, Entry, Page, PageNo
from press.paper import Era, Paper

__all__ = [
    "PARSER",
    "Answer",
    "apart",
    "as_article",
    "as_page",
    "doubt_together",
    "doubted_as",
    "read_article",
    "read_page",
]


_NEAR = timedelta(days=400)
"""A date farther away is of something else: the day the paper was founded, say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came for an address; `url` is the paper's own, also when a mirror was asked.

    `wait_s` is how long the server asks to be left alone, None when it does not ask.
    """

    url: str
    status: int
    content_type: str | None
    body: bytes
    wait_s: float | None = None


def read_page(
    answer: Answer, *, paper: Paper, era: Era, issue_date: date, page_no: PageNo | None
) -> Page | None:
    """The page in an answer; None when the server says plainly that it is gone (404, 410).

    `page_no` is the page asked for, None for whichever is the front page. Raises SlowDown,
    Refused, Truncated, ChallengePage, SoftMissing, OtherIssue, LayoutChanged or UnreadableMarkup.
    """
    if is_gone(answer.status) and not is_challenge_answer(answer.body, answer.content_type):
        return None
    check_status(answer.status, answer.body, answer.content_type, answer.wait_s)
    layout = LAYOUTS[era.platform]
    tree = parse_tree(decode(answer.body, answer.content_type).text)
    index = read_index(tree, layout, answer.url)
    is_listed = bool(index.page_label and index.entries and index.page_links)
    if not (is_listed or (index.has_map and (index.entries or index.page_links))):
        explain_stranger(tree.source)
    if is_cut(tree.source):
        raise Truncated("the page ends in the middle: ask for it again")
    _check_date(index.printed_dates, text_of(tree.root), issue_date)
    linked = {issue_folder(link.url) for link in index.page_links if link.url}
    if linked and issue_date not in linked:
        raise OtherIssue("the page's own links lead to another issue: try again later")
    if page_no is not None and index.page_no is not None and index.page_no != page_no:
        raise OtherIssue(f"page {index.page_no} came instead of page {page_no}: try again later")
    if not index.entries:
        raise LayoutChanged(
            "the page announces no article, neither in its title list nor on its map"
        )
    if index.conflict is not None:
        raise LayoutChanged(f"{index.conflict}: the layout may have changed")
    return as_page(index, paper=paper, issue_date=issue_date, page_no=page_no, url=answer.url)


def read_article(
    answer: Answer, *, paper: Paper, era: Era, page: Page, entry: Entry
) -> Article | None:
    """The article in an answer; None when the server says plainly that it is gone (404, 410).

    Raises what read_page raises.
    """
    if is_gone(answer.status) and not is_challenge_answer(answer.body, answer.content_type):
        return None
    check_status(answer.status, answer.body, answer.content_type, answer.wait_s)
    layout = LAYOUTS[era.platform]
    decoded = decode(answer.body, answer.content_type)
    tree = parse_tree(decoded.text)
    story = _read_story(tree, layout, entry, answer.url, page.headlines, decoded.replaced)
    masthead = _masthead(story)
    _check_date(printed_dates(masthead), masthead, page.issue_date)
    return as_article(story, paper=paper, page=page, entry=entry)


def as_page(
    index: PageIndex, *, paper: Paper, issue_date: date, page_no: PageNo | None, url: str | None
) -> Page:
    """The page that an index shows. Raises LayoutChanged where nothing says which page it is."""
    number = index.page_no if index.page_no is not None else page_no
    if number is None:
        raise LayoutChanged("nothing on the page says which page it is")
    label = index.page_label or (f"第{number:03d}版" if isinstance(number, int) else number)
    return Page(
        paper=paper.slug,
        issue_date=issue_date,
        page_no=number,
        page_label=label,
        page_name=index.page_name,
        url=url,
        facsimile_url=index.facsimile_url,
        pdf_url=index.pdf_url,
        previous_url=index.previous_url,
        next_url=index.next_url,
        printed_date=issue_date if issue_date in index.printed_dates else None,
        page_links=index.page_links,
        entries=index.entries,
    )


def as_article(story: Story, *, paper: Paper, page: Page, entry: Entry) -> Article:
    """The article that a story on a page is."""
    return Article(
        paper=paper.slug,
        paper_name=paper.name,
        issue_date=page.issue_date,
        page_no=page.page_no,
        page_label=page.page_label,
        page_name=page.page_name,
        order=entry.order,
        native_id=entry.native_id,
        url=entry.url,
        kicker=story.head.kicker,
        headline=story.head.headline,
        deck=story.head.deck,
        column=None,
        byline=story.head.byline,
        contributors=story.contributors,
        dateline=story.dateline,
        genre=story.genre,
        blocks=story.blocks,
        author_note=story.author_note,
        page_credits=story.page_credits,
        pictures=story.pictures,
        zones=entry.zones,
        continues_to=story.continues_to,
        continued_from=story.continued_from,
        account=story.account,
    )


def _read_story(
    tree: Tree, layout: Layout, entry: Entry, url: str, titles: tuple[str, ...], replaced: int
) -> Story:
    try:
        return read_story(tree, layout, entry, url, titles, replaced)
    except LayoutChanged:
        if _has_body_mark(tree, layout):
            raise
        explain_stranger(tree.source)
        raise


def _has_body_mark(tree: Tree, layout: Layout) -> bool:
    source = tree.source.lower()
    return any(mark in source for mark in (*layout.body_ids, *layout.body_tags))


def _masthead(story: Story) -> str:
    return " ".join(piece.text for piece in story.account.pieces if piece.kind == "dropped")


def _check_date(printed: tuple[date, ...], text: str, issue_date: date) -> None:
    """Raises OtherIssue where a masthead prints dates of about that time and never this one."""
    near = [day for day in printed if abs(day - issue_date) <= _NEAR]
    if near and not shows_date(text, issue_date):
        raise OtherIssue(
            f"the page of {near[0].isoformat()} came instead of {issue_date.isoformat()}: "
            "this issue may not be up yet, try again later"
        )
