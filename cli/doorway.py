"""The doorway's manners: one sentence for what went wrong, the right exit code, no traceback."""

import errno
import gc
import importlib
import os
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

import click

from press.clock import Stopped
from press.errors import HomeUnusable, PressError

EXIT_INTERRUPTED = 130
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where a command is defined ("cli.crawl"), its name there, and its line in the help."""

    module: str
    attribute: str
    summary: str


class Doorway(click.Group):
    """A group that imports a command only when it is called, and tells every error in a sentence.

    A command returns its exit code, or None for 0.
    """

    def __init__(self, *, entrances: Mapping[str, Entrance], **attributes: Any) -> None:
        super().__init__(**attributes)
        self._entrances = entrances

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the help."""
        return list(self._entrances)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None where there is none of that name."""
        entrance = self._entrances.get(cmd_name)
        if entrance is None:
            return None
        gc.disable()  # what is imported stays: to look through it for garbage costs 0.2 s a command
        try:
            module = importlib.import_module(entrance.module)
        finally:
            gc.freeze()
            gc.enable()
        command: click.Command = getattr(module, entrance.attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        rows = [(name, entrance.summary) for name, entrance in self._entrances.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def main(  # type: ignore[override]  # always leaves by sys.exit, as click does by default
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Runs the command and leaves with its exit code."""
        extra["standalone_mode"] = False
        try:
            code = super().main(args, "baoku", **extra)
            sys.stdout.flush()
        except (click.Abort, Stopped):
            _say("stopped; what was finished is kept, and the next run takes up the rest")
            code = EXIT_INTERRUPTED
        except click.ClickException as error:
            _say(_with_advice(error))
            code = error.exit_code
        except PressError as error:
            _say(str(error))
            code = error.exit_code
        except (BrokenPipeError, SystemExit):  # click and rich leave so when nobody reads
            _let_go_of_stdout()
            code = 0
        except OSError as error:
            if error.errno not in _FULL:
                raise
            _let_go_of_stdout()
            _say(f"{error.strerror} where the output goes: make room, then run it again")
            code = HomeUnusable.exit_code
        sys.exit(code)


def tell_unexpected(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """A sys.excepthook: names the error and the file that holds its traceback."""
    report = "".join(traceback.format_exception(kind, error, trace))
    with tempfile.NamedTemporaryFile(
        "w", prefix="baoku-", suffix=".traceback", delete=False, encoding="utf-8"
    ) as file:
        file.write(report)
    _say(f"this should not happen ({kind.__name__}: {error}); please report it with {file.name}")
    if "--verbose" in sys.argv:
        click.echo(report, err=True)


def _with_advice(error: click.ClickException) -> str:
    """Click's own words, and where to look; a value that is wrong has its advice with it."""
    words = error.format_message()
    is_told = isinstance(error, click.BadParameter) and not isinstance(
        error, click.MissingParameter
    )
    if not isinstance(error, click.UsageError) or error.ctx is None or is_told:
        return words
    return f"{words.rstrip('.')}: see {error.ctx.command_path} --help"


def _say(sentence: str) -> None:
    click.echo(f"baoku: {sentence}", err=True)


def _let_go_of_stdout() -> None:
    """Nobody reads any more: what is still buffered must not raise when Python closes stdout."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
