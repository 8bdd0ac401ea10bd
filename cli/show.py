"""`baoku show`: articles and pages, as a person reads them or as records."""

from collections.abc import Iterable, Iterator
from datetime import date

import click
from rich.console import RenderableType
from rich.text import Text

from cli.options import archive_options, filter_options, json_option
from cli.terminal import screen
from cli.typeset import article_lines, article_table, page_lines
from cli.wiring import archive_to_read, settings_here
from press.errors import UsageError
from press.keys import PageKey, page_id, read_key
from press.model import PageNo
from press.record import ArticleRecord, Json, PageRecord, article_json, json_line, page_json
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
    lines: list[RenderableType] = []
    with archive_to_read(settings_here()) as archive, archive.catalogue.reading() as reader:
        found = [_find(reader, key, article_part) for key, article_part in keys]
        if as_json:
            for value in map(_as_json, found if ids else reader.articles(chosen)):
                click.echo(json_line(value))
        elif ids:
            for item in found:
                lines += lines_of(reader, item)
        else:
            lines += _list_lines(reader, chosen)
    print_lines(lines)  # outside: whoever pages through them keeps no writer waiting


def lines_of(reader: Reader, item: ArticleRecord | PageRecord) -> list[RenderableType]:
    """The article or page set for reading, with what the archive knows around it."""
    if isinstance(item, PageRecord):
        return list(page_lines(item, list(reader.articles(Selection(ids=item.article_ids)))))
    article = item.article
    page = reader.page(PageKey(article.paper, article.issue_date, article.page_no))
    return list(article_lines(item, page))


def print_lines(lines: Iterable[RenderableType]) -> None:
    """Puts them on the screen; long lines are broken on a terminal only."""
    console = screen()
    for line in lines:
        console.print(line, soft_wrap=not console.is_terminal)


def _list_lines(reader: Reader, chosen: Selection) -> Iterator[RenderableType]:
    limit = chosen.limit or LISTED
    records = list(reader.newest_articles(chosen, limit))
    if not records:
        yield Text("no article fits")
        return
    yield article_table(records)
    if chosen.limit is None and len(records) == LISTED:
        yield Text(f"\nthe newest {LISTED}; --limit gives more", style="dim")


def _find(reader: Reader, key: PageKey, article_part: str | None) -> ArticleRecord | PageRecord:
    name = page_id(key.paper, key.issue_date, key.page_no)
    if article_part is not None:
        name = f"{name}-{article_part}"
    found = reader.page(key) if article_part is None else reader.article(name)
    if found is None:
        raise UsageError(f"the archive has no {name}: see baoku show for what it has")
    return found


def _as_json(item: ArticleRecord | PageRecord) -> dict[str, Json]:
    return page_json(item) if isinstance(item, PageRecord) else article_json(item)
