"""How the results of a run are told: one by one, as a table, in one line."""

from collections.abc import Iterable, Iterator

import click
import structlog
from rich.table import Table

from cli.terminal import printed, side_screen, table_of
from pipeline.harvest import Harvest
from pipeline.report import PageResult, Tally
from press.keys import page_id
from press.outcome import EXIT_ARCHIVED
from press.record import json_line

log = structlog.get_logger()

_CHANGES = ("new", "revised", "reparsed", "withdrawn", "lost")
"""What may have become of an article that a person would want to know."""


def told(results: Iterable[PageResult], *, as_json: bool) -> Iterator[PageResult]:
    """The same results; each was told as soon as its page is in the archive."""
    for result in results:
        if as_json:
            click.echo(json_line(result.as_json()))
        message = result.verdict.message
        level = log.info if result.verdict.exit_code == EXIT_ARCHIVED else log.warning
        level("page_done", **result.as_json())
        if message is not None and not as_json:
            side_screen().print(printed(f"baoku: {sentence_of(result)}"), soft_wrap=True)
        yield result


def say_cut_short(harvest: Harvest, *, as_json: bool) -> None:
    """Says why a run left the rest of its plan, if it did."""
    if harvest.cut_short is not None:
        log.warning("cut_short", message=harvest.cut_short)
        if not as_json:
            side_screen().print(printed(f"baoku: {harvest.cut_short}"), soft_wrap=True)


def sentence_of(result: PageResult) -> str:
    """What a person is told of a page, with its issue where the sentence does not name it."""
    message = result.verdict.message or result.verdict.state
    issue_date = result.key.issue_date.isoformat()
    return (
        message if issue_date in message else f"{issue_date} page {result.key.page_no}: {message}"
    )


def result_table(results: Iterable[PageResult]) -> Table:
    """One row a page: how it ended, and what became of its articles."""
    table = table_of("issue", ">page", "name", "state", ">articles", "of them", "id")
    for result in results:
        verdict, tally = result.verdict, result.tally
        state = f"{verdict.state} before" if result.was_held else verdict.state
        cause = f" ({verdict.cause})" if verdict.cause else ""
        table.add_row(
            result.key.issue_date.isoformat(),
            str(result.key.page_no),
            printed(result.page_name or ""),
            printed(state + cause, "" if verdict.exit_code == EXIT_ARCHIVED else "red"),
            "" if result.was_held else str(tally.stored),
            "" if result.was_held else _changes_of(tally),
            page_id(result.key.paper, result.key.issue_date, result.key.page_no),
        )
    return table


def _changes_of(tally: Tally) -> str:
    counts = tally.counts()
    return ", ".join(f"{counts[name]} {name}" for name in _CHANGES if counts[name])
