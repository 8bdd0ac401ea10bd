"""`baoku search`: finds articles by what stands in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import get_args

import click
from rich.console import RenderableType

from cli.found import (
    Emphasis,
    bracketed,
    coloured,
    count_json,
    count_lines,
    facet_json,
    facet_lines,
    hit_lines,
    kwic_json,
    kwic_lines,
    total_line,
)
from cli.options import archive_options, filter_options, json_option
from cli.show import LISTED, View, print_lines
from cli.terminal import screen
from cli.wiring import archive_to_read, settings_here
from crawler.papers import find_paper
from press.errors import UsageError
from press.model import Genre, PageNo
from press.record import Status, json_line
from storage.catalogue.searcher import Hit, Period, Searcher, Sort, hit_json
from storage.search.fields import article_fields
from storage.search.hits import Line, kwic
from storage.search.query import Query, parse
from storage.search.relevance import RANKED
from storage.search.scope import Scope

SHOWN = 20
"""Articles that a person gets without asking for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be shown of the articles that fit; at most `limit` of them, if there is one."""

    query: Query
    scope: Scope
    sort: Sort
    limit: int | None


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", metavar="QUERY...", nargs=-1, type=click.UNPROCESSED)
@click.option("--sort", type=click.Choice(get_args(Sort)), default="date", help="Newest, or best.")
@click.option("--genre", type=click.Choice(get_args(Genre)), help="Only this kind of item.")
@click.option(
    "--status",
    type=click.Choice(get_args(Status)),
    help="Only these; else all but the withdrawn.",
)
@click.option("--kwic", "is_kwic", is_flag=True, help="Each hit in its context, one a line.")
@click.option(
    "--count-by", "period", type=click.Choice(get_args(Period)), help="How many over time."
)
@click.option("--facets", "is_facets", is_flag=True, help="Years, page names, columns, names.")
@filter_options
@json_option
@archive_options
def search(
    *,
    words: tuple[str, ...],
    sort: Sort,
    genre: Genre | None,
    status: Status | None,
    is_kwic: bool,
    period: Period | None,
    is_facets: bool,
    paper: str | None,
    since: date | None,
    until: date | None,
    page_no: PageNo | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """Find articles that hold all words of QUERY, the newest first.

    A word is any text, of one character or more. "..." is a phrase, - before a word excludes it,
    OR joins two; headline:, kicker:, deck:, byline:, caption:, column:, page_name:, body: before a
    word look there only. Full and half width, upper and lower case are one.
    """
    _refuse_contradictions(words, is_kwic=is_kwic, period=period, is_facets=is_facets, sort=sort)
    scope = Scope(
        paper=paper, since=since, until=until, page_no=page_no, genre=genre, status=status
    )
    wish = Wish(query=parse(" ".join(words)), scope=scope, sort=sort, limit=limit)
    settings = settings_here()
    lines: list[RenderableType] = []
    with archive_to_read(settings) as archive, archive.catalogue.searching() as searcher:
        if period is not None:
            view = _counts(searcher, wish, period)
        elif is_facets:
            view = _facets(searcher, wish)
        else:
            view = _kwic(searcher, wish) if is_kwic else _articles(searcher, wish)
        if as_json:
            for value in view.values:
                click.echo(json_line(value))
            return
        lines += view.lines
    if not lines and paper is not None:
        find_paper(paper, settings.papers)  # a mistyped name is told from an empty one
    print_lines(lines or ["no article fits"])


def _refuse_contradictions(
    words: tuple[str, ...], *, is_kwic: bool, period: Period | None, is_facets: bool, sort: Sort
) -> None:
    for word in words:
        if word.startswith("--") and word.isascii():
            raise UsageError(
                f'there is no option {word}: see baoku search --help, or write "{word}"'
            )
    if is_kwic + is_facets + (period is not None) > 1:
        raise UsageError("give one of --kwic, --count-by and --facets")
    if sort != "date" and (is_facets or period is not None):
        raise UsageError("--sort is for articles and --kwic: leave it out")


def _articles(searcher: Searcher, wish: Wish) -> View:
    def lines() -> Iterator[RenderableType]:
        limit = wish.limit or SHOWN
        hits = list(islice(_hits(searcher, wish), limit))
        for hit in hits:
            yield from hit_lines(hit, _emphasis())
        if hits:
            yield total_line(len(hits), searcher.total(wish.query, wish.scope), wish.sort)

    hits = islice(_hits(searcher, wish), wish.limit)
    return View(map(hit_json, hits), lines())


def _kwic(searcher: Searcher, wish: Wish) -> View:
    def found() -> Iterator[tuple[Hit, Line]]:
        for hit in _hits(searcher, wish):
            for line in kwic(article_fields(hit.record.article), wish.query):
                yield hit, line

    values = (kwic_json(*one) for one in islice(found(), wish.limit))
    return View(values, kwic_lines(islice(found(), wish.limit or LISTED), _emphasis()))


def _counts(searcher: Searcher, wish: Wish, period: Period) -> View:
    counts = searcher.count_by(wish.query, period, wish.scope)[: wish.limit]
    return View((count_json(*one) for one in counts), count_lines(counts))


def _facets(searcher: Searcher, wish: Wish) -> View:
    facets = searcher.facets(wish.query, wish.scope)
    total = searcher.total(wish.query, wish.scope)
    return View(facet_json(facets), facet_lines(facets, wish.limit or 10, total))


def _hits(searcher: Searcher, wish: Wish) -> Iterator[Hit]:
    """The articles that fit, in the order wished; made as they are taken."""
    if wish.sort == "date":
        return searcher.every_hit(wish.query, wish.scope)
    limit = min(wish.limit or RANKED, RANKED)
    return iter(searcher.search(wish.query, wish.scope, sort=wish.sort, limit=limit).hits)


def _emphasis() -> Emphasis:
    console = screen()
    return coloured if console.is_terminal and not console.no_color else bracketed
