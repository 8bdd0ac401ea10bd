"""How things are put on a person's terminal: nothing that a newspaper wrote can steer it."""

import re
import sys
from functools import lru_cache
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
_WIDTH_WITHOUT_TERMINAL = 160


def screen() -> Console:
    """Standard output: coloured on a terminal only, and never when NO_COLOR is set."""
    return _fitted(Console(highlight=False, markup=False, emoji=False))


def side_screen() -> Console:
    """Standard error, for what must not stand among the results.

    The same console as long as standard error is the same: only so does a sentence not run into
    the progress bar that stands there.
    """
    return _console_on(sys.stderr)


@lru_cache(maxsize=1)
def _console_on(stream: TextIO) -> Console:
    return _fitted(Console(file=stream, highlight=False, markup=False, emoji=False))


def printed(text: str, style: str = "") -> Text:
    """Text from outside, fit for a terminal: what would steer it is shown as U+FFFD."""
    return Text(_STEERING.sub("\ufffd", text), style=style)


def table_of(*titles: str) -> Table:
    """An empty table in the style of the house; a title that starts with ">" aligns right.

    Ids and dates are never broken: they are there to be copied.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in titles:
        table.add_column(
            title.lstrip(">"),
            justify="right" if title.startswith(">") else "left",
            overflow="fold",
            no_wrap=title in {"id", "issue"},
        )
    return table


def _fitted(console: Console) -> Console:
    if not console.is_terminal:
        console.width = _WIDTH_WITHOUT_TERMINAL
    return console
