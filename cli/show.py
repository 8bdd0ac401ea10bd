"""`baoku show`: articles and pages, as a person reads them or as records."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeAlias

import click
from rich.console import RenderableType
from rich.text import Text

from cli.options import archive_options, filter_options, json_option
from cli.redline import step_lines
from cli.terminal import printed, screen
from cli.typeset import article_lines, article_table, page_lines, tombstone_line
from cli.wiring import archive_to_read, settings_here
from press.difference import step_json
from press.errors import UsageError
from press.keys import PageKey, page_id, read_key
from press.model import PageNo
from press.record import ArticleRecord, Json, PageRecord, article_json, json_line, page_json
from storage.catalogue import Reader, Selection
from storage.export.markdown import article_markdown, page_title

LISTED = 50
"""Rows that a person gets without asking for more."""

_Key: TypeAlias = tuple[PageKey, str | None]


@dataclass(frozen=True, slots=True)
class View:
    """What is shown, for programs and for people; each is made only when it is taken."""

    values: Iterable[dict[str, Json]]
    lines: Iterable[RenderableType]


@click.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--diff", is_flag=True, help="What each revision of an article changed.")
@click.option("--markdown", is_flag=True, help="As Markdown, on its way to a file or a note.")
@click.option("--revision", type=click.IntRange(min=1), metavar="N", help="An older revision.")
@filter_options
@json_option
@archive_options
def show(
    *,
    ids: tuple[str, ...],
    diff: bool,
    markdown: bool,
    revision: int | None,
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
    _refuse_contradictions(keys, diff=diff, revision=revision)
    if markdown and (not ids or diff or as_json):
        raise UsageError("--markdown is for IDs, without --diff and --json")
    lines: list[RenderableType] = []
    with archive_to_read(settings_here()) as archive, archive.catalogue.reading() as reader:
        if diff:
            view = _steps_view(reader, [_history(reader, key) for key in keys])
        elif revision is not None:
            view = _items_view(reader, [_revision(reader, key, revision) for key in keys])
        elif ids:
            view = _items_view(reader, [_find(reader, key) for key in keys])
        else:
            view = View(map(article_json, reader.articles(chosen)), _list_lines(reader, chosen))
        if markdown:
            click.echo("\n".join(_markdown(reader, keys, revision)), nl=False)
        elif as_json:
            for value in view.values:
                click.echo(json_line(value))
        else:
            lines += view.lines
    print_lines(lines)  # outside: whoever pages through them keeps no writer waiting


def lines_of(reader: Reader, item: ArticleRecord | PageRecord) -> list[RenderableType]:
    """The article or page set for reading, with what the archive knows around it."""
    if isinstance(item, PageRecord):
        return list(page_lines(item, list(reader.articles(Selection(ids=item.article_ids)))))
    article = item.article
    page = reader.page(PageKey(article.paper, article.issue_date, article.page_no))
    return [*_withdrawn_lines(reader, item.id), *article_lines(item, page)]


def print_lines(lines: Iterable[RenderableType]) -> None:
    """Puts them on the screen; long lines are broken on a terminal only."""
    console = screen()
    for line in lines:
        console.print(line, soft_wrap=not console.is_terminal)


def _refuse_contradictions(keys: Sequence[_Key], *, diff: bool, revision: int | None) -> None:
    if diff and revision is not None:
        raise UsageError("give either --diff or --revision: --diff tells of every revision")
    names_articles = bool(keys) and all(part is not None for _, part in keys)
    if (diff or revision is not None) and not names_articles:
        raise UsageError("--diff and --revision are for articles: give the ID of one")


def _items_view(reader: Reader, items: Sequence[ArticleRecord | PageRecord]) -> View:
    lines = (line for item in items for line in lines_of(reader, item))
    return View(map(_as_json, items), lines)


def _steps_view(reader: Reader, histories: Sequence[Sequence[ArticleRecord]]) -> View:
    steps = [step for history in histories for step in pairwise(history)]
    lines = (line for history in histories for line in _history_lines(reader, history))
    return View((step_json(*step) for step in steps), lines)


def _markdown(reader: Reader, keys: Sequence[_Key], revision: int | None) -> Iterator[str]:
    """Each article, and each page as a title and its articles."""
    for key in keys:
        item = _find(reader, key) if revision is None else _revision(reader, key, revision)
        if isinstance(item, PageRecord):
            yield page_title(item)
            records = reader.articles(Selection(ids=item.article_ids))
            yield from (article_markdown(record) for record in records)
        else:
            yield article_markdown(item)


def _history_lines(reader: Reader, history: Sequence[ArticleRecord]) -> Iterator[RenderableType]:
    for before, after in pairwise(history):
        yield from step_lines(before, after)
    if len(history) == 1:
        yield printed(f"{history[0].id} has one revision: it never changed")
    yield from _withdrawn_lines(reader, history[0].id)


def _withdrawn_lines(reader: Reader, article_id: str) -> Iterator[RenderableType]:
    tombstone = reader.tombstone(article_id)
    if tombstone is not None:
        evidence = tombstone.evidence and reader.capture_of_body(tombstone.evidence)
        yield tombstone_line(tombstone, evidence or None)


def _list_lines(reader: Reader, chosen: Selection) -> Iterator[RenderableType]:
    limit = chosen.limit or LISTED
    records = list(reader.newest_articles(chosen, limit))
    if not records:
        yield Text("no article fits")
        return
    yield article_table(records)
    if chosen.limit is None and len(records) == LISTED:
        yield Text(f"\nthe newest {LISTED}; --limit gives more", style="dim")


def _find(reader: Reader, key: _Key) -> ArticleRecord | PageRecord:
    page_key, article_part = key
    found = reader.page(page_key) if article_part is None else reader.article(_name(key))
    if found is None:
        raise _absent(key)
    return found


def _history(reader: Reader, key: _Key) -> tuple[ArticleRecord, ...]:
    """An article's revisions, the one captured first before the others; never empty."""
    found = reader.revisions(_name(key))
    if not found:
        raise _absent(key)
    return tuple(sorted(found, key=lambda one: (one.fetched_at, one.place.file, one.place.offset)))


def _revision(reader: Reader, key: _Key, number: int) -> ArticleRecord:
    history = _history(reader, key)
    for record in history:
        if record.revision == number:
            return record
    numbers = "revision 1 only" if len(history) == 1 else f"revisions 1 to {len(history)}"
    raise UsageError(f"{_name(key)} has {numbers}: give one that there is")


def _absent(key: _Key) -> UsageError:
    return UsageError(f"the archive has no {_name(key)}: see baoku show for what it has")


def _name(key: _Key) -> str:
    page_key, article_part = key
    name = page_id(page_key.paper, page_key.issue_date, page_key.page_no)
    return name if article_part is None else f"{name}-{article_part}"


def _as_json(item: ArticleRecord | PageRecord) -> dict[str, Json]:
    return page_json(item) if isinstance(item, PageRecord) else article_json(item)
