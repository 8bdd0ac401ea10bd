"""The index of one page: facsimile, titles, and the list of the issue's pages."""

from replica.addresses import PAPER_NAME
from replica.markup import chrome
from replica.markup.article import Sheet
from replica.markup.column import column
from replica.markup.layout import Layout, page_layout
from replica.markup.text import content_type, encoded
from replica.truth import TrueIssue, TruePage


def render_index(page: TruePage, issue: TrueIssue, *, layout: Layout | None = None) -> Sheet:
    """The page's index, set in its own layout or in the one that is given."""
    layout = layout or page_layout(page)
    html = (
        chrome.head(f"{PAPER_NAME}数字报 {page.issue_date} {page.page_label}", layout)
        + "<table width=1000 align=center border=0><tr>\n"
        + column(issue, page, layout)
        + f"\n<td valign=top>{chrome.masthead()}\n"
        + f"<table><tr><td width=268 class=px12>{chrome.printed_date(page.issue_date)}</td>"
        + "</tr></table>\n<div class=default>版面导航</div>\n"
        + chrome.page_list(issue, page, layout)
        + f"\n{chrome.calendar()}</td></tr></table>\n"
        + chrome.footer()
    )
    if layout.ending == "enpproperty":
        html += chrome.closing_comment(2, page, PAPER_NAME, PAPER_NAME)
    return Sheet(encoded(html, layout), content_type(layout))
