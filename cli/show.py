"""`baoku show`: articles and pages, as a person reads them or as records."""

from collections.abc import Iterable
from datetime import date

import click

from cli.options import archive_options, filter_options, json_option
from cli.terminal import screen
from cli.typeset import article_lines, article_table, page_lines
from cli.wiring import archive_to_read, settings_here
from press.errors import UsageError
from press.keys import PageKey, page_id, read_key
from press.model import PageNo
from press.record import ArticleRecord, PageRecord, article_json, json_line, page_json
from storage.catalogue import Reader, Selection

LISTED = 50
"""Rows that a person gets without asking for more."""


@click.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@filter_options
@json_option
@archive_options
def show(
    *,
    ids: tuple[str, ...],
    paper: str | None,
    since: date | None,
    until: date | None,
    page_no: PageNo | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """Read articles and pages.

    ID is an article (cqrb-20260112-007-353117) or a page (cqrb-20260112-007, or cqrb/2026-01-12/7).
    Without one, the articles that the filters select are listed, the newest issue first.
    """
    chosen = Selection(paper=paper, since=since, until=until, page_no=page_no, limit=limit)
    if ids and chosen != Selection():
        raise UsageError("give either IDs or filters (--paper --from --to --page --limit)")
    keys = [read_key(text) for text in ids]
    with archive_to_read(settings_here()) as archive, archive.catalogue.reading() as reader:
        if not ids:
            _list(reader, chosen, as_json=as_json)
        found = [_find(reader, key, article_part) for key, article_part in keys]
        for item in found:
            if isinstance(item, ArticleRecord):
                show_article(reader, item, as_json=as_json)
            else:
                _show_page(reader, item, as_json=as_json)


def _find(reader: Reader, key: PageKey, article_part: str | None) -> ArticleRecord | PageRecord:
    name = page_id(key.paper, key.issue_date, key.page_no)
    if article_part is not None:
        name = f"{name}-{article_part}"
    found = reader.page(key) if article_part is None else reader.article(name)
    if found is None:
        raise UsageError(f"the archive has no {name}: see baoku show for what it has")
    return found


def show_article(reader: Reader, record: ArticleRecord, *, as_json: bool) -> None:
    """One article, as its record or set for reading."""
    if as_json:
        click.echo(json_line(article_json(record)))
        return
    article = record.article
    page = reader.page(PageKey(article.paper, article.issue_date, article.page_no))
    _print(article_lines(record, page))


def _show_page(reader: Reader, record: PageRecord, *, as_json: bool) -> None:
    if as_json:
        click.echo(json_line(page_json(record)))
        return
    articles = list(reader.articles(Selection(ids=record.article_ids)))
    _print(page_lines(record, articles))


def _list(reader: Reader, chosen: Selection, *, as_json: bool) -> None:
    if as_json:
        for record in reader.articles(chosen):
            click.echo(json_line(article_json(record)))
        return
    records = list(reader.newest_articles(chosen, chosen.limit or LISTED))
    screen().print(article_table(records))
    if not records:
        click.echo("no article fits: see baoku show without filters", err=True)
    elif chosen.limit is None and len(records) == LISTED:
        click.echo(f"the newest {LISTED}; --limit gives more", err=True)


def _print(lines: Iterable[object]) -> None:
    console = screen()
    for line in lines:
        console.print(line, soft_wrap=console.is_terminal is False)
