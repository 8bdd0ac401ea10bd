"""What a page holds beside stories: pictures, advertisements, notices, corrections, credits."""

from dataclasses import replace
from datetime import date

from press.model import Picture
from replica import bylines
from replica.prose import Prose
from replica.stories.pieces import block, paragraphs, pictures
from replica.stories.reports import news
from replica.truth import TrueArticle


def photo(prose: Prose, _issue_date: date) -> TrueArticle:
    """A picture without a text."""
    credit = bylines.photographer(prose) if prose.rng.random() < 0.4 else None
    return TrueArticle(
        kind="photo",
        headline=prose.headline(),
        byline=credit.text if credit else None,
        contributors=credit.contributors if credit else (),
        genre="photo",
        pictures=pictures(prose, 1),
    )


def two_pictures(prose: Prose, issue_date: date) -> TrueArticle:
    """An item with two pictures."""
    return replace(news(prose, issue_date), kind="two_pictures", pictures=pictures(prose, 2))


def advertisement(prose: Prose, _issue_date: date) -> TrueArticle:
    """An advertisement that only the image map knows, as a picture or as text."""
    drawn = prose.rng.random() < 0.5
    text = prose.fill("{place}{thing}火热招商，咨询电话{number}{number}。")
    return TrueArticle(
        kind="advertisement",
        headline="广告",
        genre="advertisement",
        blocks=() if drawn else (block("paragraph", text),),
        pictures=(Picture(order=1, url=None, caption=None, credit=None),) if drawn else (),
        listed=False,
    )


def notice(prose: Prose, _issue_date: date) -> TrueArticle:
    """A public notice."""
    return TrueArticle(
        kind="notice",
        headline=prose.rng.choice(("公告", "遗失声明", "停水通告")),
        genre="notice",
        blocks=paragraphs(prose, "notice", 2, 20),
    )


def correction(prose: Prose, _issue_date: date) -> TrueArticle:
    """A correction of an earlier page."""
    text = prose.fill(
        "本报{month}月{day}日第{small}版《{place}{thing}》一文中，“{person}”应为“{person}”，特此更正。"
    )
    return TrueArticle(
        kind="correction",
        headline="更正",
        genre="correction",
        blocks=(block("paragraph", text),),
        mapped=False,
    )


def colophon(prose: Prose, _issue_date: date) -> TrueArticle:
    """The names of those who made the page, as an item of its own."""
    return TrueArticle(
        kind="colophon", headline="本版责编", genre="colophon", page_credits=credits_line(prose)
    )


def credited(prose: Prose, issue_date: date) -> TrueArticle:
    """An item whose last paragraph names those who made the page."""
    return replace(news(prose, issue_date), kind="credited", page_credits=credits_line(prose))


def credits_line(prose: Prose) -> str:
    """The line of those who made the page, as printed."""
    first, second, third = prose.people(3)
    return prose.rng.choice(
        (
            f"本版责编 {first}　美编 {second}　校对 {third}",
            f"本版责编：{first} 美编：{second}",
            f"本版编辑 {first} 美编 {second} 校对 {third}",
        )
    )
