"""News: local, from the agency, and reported at length."""

from datetime import date

from press.model import Block
from replica import bylines, words
from replica.prose import Prose
from replica.stories.pieces import block, opened, paragraphs, pictures, sections, with_block
from replica.truth import TrueArticle


def news(prose: Prose, _issue_date: date) -> TrueArticle:
    """A local item that opens with 本报讯."""
    opening = bylines.local_opening(prose)
    named = opening.contributors
    credit = None if named else prose.rng.choice(bylines.REPORTED)(prose)
    return TrueArticle(
        kind="news",
        headline=prose.headline(),
        byline=credit.text if credit else None,
        contributors=credit.contributors if credit else named,
        dateline=opening.dateline,
        blocks=opened(opening, paragraphs(prose, "news", prose.rng.randint(2, 5))),
    )


def wire(prose: Prose, issue_date: date) -> TrueArticle:
    """An agency's item, with a kicker, a deck, or both."""
    opening = bylines.wire_opening(prose, issue_date)
    above, below = prose.fill("{org}最新消息显示"), prose.fill("{thing}{action} {idea}受称道")
    kicker, deck = prose.rng.choice(((above, None), (None, below), (above, below)))
    return TrueArticle(
        kind="wire",
        headline=prose.headline(),
        kicker=kicker,
        deck=deck,
        dateline=opening.dateline,
        contributors=opening.contributors,
        blocks=opened(opening, paragraphs(prose, "news", 3)),
    )


def feature(prose: Prose, _issue_date: date) -> TrueArticle:
    """A reported piece with everything: kicker, deck, byline, crossheads and a picture."""
    credit = prose.rng.choice(bylines.REPORTED)(prose)
    return TrueArticle(
        kind="feature",
        headline=prose.headline(),
        kicker=prose.rng.choice(("走基层", "记者调查", "一线见闻")),
        deck=prose.fill("——{district}{place}探访记"),
        byline=credit.text,
        contributors=credit.contributors,
        blocks=sections(prose, "news", 3, 2),
        pictures=pictures(prose, 1),
    )


def table(prose: Prose, issue_date: date) -> TrueArticle:
    """An item with a table of figures."""
    rows: tuple[tuple[str, ...], ...] = (("点位", "件数", "同比"),)
    rows += tuple((prose["place"], prose["number"], prose["small"] + "%") for _ in range(4))
    figures = Block(type="table", text="\n".join("\t".join(row) for row in rows), rows=rows)
    return with_block(news(prose, issue_date), "table", figures)


def list_(prose: Prose, issue_date: date) -> TrueArticle:
    """An item with a list."""
    items = "\n".join(prose.fill("{place}：{thing}{small}处") for _ in range(4))
    return with_block(news(prose, issue_date), "list", block("list", items))


def symbols(prose: Prose, issue_date: date) -> TrueArticle:
    """An item whose text holds ampersands, less-than signs and straight quotes."""
    extra = block("paragraph", prose.paragraph("symbols", 150))
    return with_block(news(prose, issue_date), "symbols", extra)


def chrome_words(prose: Prose, issue_date: date) -> TrueArticle:
    """An item whose text holds the words of the site's toolbars and footer."""
    extra = block("paragraph", prose.paragraph("chrome", 160))
    return with_block(news(prose, issue_date), "chrome_words", extra)


def rare(prose: Prose, issue_date: date) -> TrueArticle:
    """An item with characters that GB 2312 lacks, and some that GBK lacks too."""
    extra = block("paragraph", f"{'、'.join(words.RARE_PLACES)}五处，" + prose.paragraph("news"))
    return with_block(news(prose, issue_date), "rare", extra)
