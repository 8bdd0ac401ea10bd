"""Options that several commands share, spelled and explained once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from cli.clock import SystemClock
from cli.dates import read_date
from press.clock import beijing_date
from press.errors import UsageError
from press.keys import page_no_of
from press.model import PageNo

Command = TypeVar("Command", bound=Callable[..., Any])


class IssueDate(click.ParamType[date]):
    """A date in Beijing."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The date that was typed; fails with one sentence."""
        if isinstance(value, date):
            return value
        try:
            return read_date(str(value), beijing_date(SystemClock().now()))
        except UsageError as error:
            self.fail(str(error), param, ctx)


class PageNumber(click.ParamType[PageNo]):
    """A page number, 7 or A01."""

    name = "page"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> PageNo:
        """The number that was typed; fails with one sentence."""
        try:
            return page_no_of(str(value))
        except UsageError as error:
            self.fail(str(error), param, ctx)


class PageOrAll(PageNumber):
    """A page number, or "all"."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> PageNo:
        """The number, or "all"; fails with one sentence."""
        return "all" if value == "all" else super().convert(value, param, ctx)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doorplate:
    """What stood on the command line about the archive itself."""

    home: Path | None
    verbose: bool


def archive_options(command: Command) -> Command:
    """--home and --verbose, before the command and after it; the inner one holds."""
    for add in (
        click.option(
            "--verbose",
            is_flag=True,
            default=None,
            expose_value=False,
            callback=_remember,
            help="Log what is done, as JSON on stderr.",
        ),
        click.option(
            "--home",
            type=click.Path(path_type=Path),
            expose_value=False,
            callback=_remember,
            metavar="FOLDER",
            help="The archive's folder; else BAOKU_HOME, else ~/.local/share/baoku.",
        ),
    ):
        command = add(command)
    return command


def doorplate() -> Doorplate:
    """What the command in hand was told of the archive."""
    said = click.get_current_context().ensure_object(dict)
    return Doorplate(home=said.get("home"), verbose=bool(said.get("verbose")))


def site_options(command: Command) -> Command:
    """--site --interval --contact: where the pages come from, and with what manners."""
    for add in (
        click.option("--contact", help="An e-mail or URL where the publisher can reach you."),
        click.option(
            "--interval", "interval_s", type=float, metavar="S", help="Seconds between requests."
        ),
        click.option("--site", metavar="URL", help="A mirror with its paths: http://host:port."),
    ):
        command = add(command)
    return command


def json_option(command: Command) -> Command:
    """--json."""
    return click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout.")(command)


def filter_options(command: Command) -> Command:
    """--paper --from --to --page --limit, handed on as one keyword argument each."""
    for add in (
        click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many."),
        click.option("--page", "page_no", type=PageNumber(), metavar="N", help="Only this page."),
        click.option("--to", "until", type=IssueDate(), metavar="D", help="Up to this date."),
        click.option("--from", "since", type=IssueDate(), metavar="D", help="From this date on."),
        click.option("--paper", metavar="PAPER", help="Only this newspaper."),
    ):
        command = add(command)
    return command


def _remember(ctx: click.Context, param: click.Parameter, value: object) -> None:
    if value is not None and param.name is not None:
        ctx.ensure_object(dict)[param.name] = value
