"""The same issue after a redesign: other names, no tables; people read it as before."""

from html import escape

from replica.addresses import PAPER_NAME
from replica.markup.article import Sheet
from replica.truth import TrueArticle, TrueIssue, TruePage


def redesigned_article(article: TrueArticle, page: TruePage) -> Sheet:
    """The article's page as a new system would write it."""
    kicker, deck, byline, note, page_credits = (
        f"<div>{escape(part)}</div>" if part else ""
        for part in (
            article.kicker, article.deck, article.byline, article.author_note, article.page_credits
        )
    )  # fmt: skip
    blocks = "".join(
        f'<div class="u-t">{escape(line)}</div>'
        for block in article.blocks
        for line in block.text.split("\n")
    )
    figures = "".join(
        f'<figure><img src="{picture.url}"><figcaption>{escape(picture.caption or "")}'
        f"{escape(picture.credit or '')}</figcaption></figure>"
        for picture in article.pictures
    )
    jumps = "".join(filter(None, (article.resume_line, article.jump_line)))
    return _sheet(
        article.title,
        f'<section class="m-story"><header>{kicker}<h2>{escape(article.title)}</h2>{deck}{byline}'
        f"</header>{figures}{blocks}<div>{jumps}</div>{note}{page_credits}</section>"
        f'<nav><a href="{page.path}">{page.page_label}</a></nav>',
    )


def redesigned_index(page: TruePage, issue: TrueIssue) -> Sheet:
    """The page's index as a new system would write it."""
    stories = "".join(
        f'<li><a href="{article.path}">{escape(article.title)}</a></li>'
        for article in page.articles
    )
    sides = "".join(
        f'<a class="m-side" href="{side.path}"><b>{side.page_no}</b>{escape(side.page_name)}</a>'
        for side in issue.pages
    )
    return _sheet(
        f"{page.page_label} {page.page_name}",
        f'<aside class="m-sides">{sides}</aside><ol class="m-stories">{stories}</ol>',
    )


def _sheet(title: str, inner: str) -> Sheet:
    html = (
        '<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head><body><div id=app><div class=top>{PAPER_NAME}</div>"
        f"<main>{inner}</main></div></body></html>"
    )
    return Sheet(html.encode(), "text/html; charset=utf-8")
