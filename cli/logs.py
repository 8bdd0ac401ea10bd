"""Logs: one JSON object a line on standard error."""

import json
import logging
import re
import sys
from collections.abc import Callable
from typing import Any

import structlog

from cli.options import doorplate

# JSON escapes what is below U+0020 itself; these also break a line or steer a terminal.
_STEERING = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def start_logging(*, for_machines: bool) -> None:
    """From now on problems are logged where a machine reads, all steps with --verbose.

    A person without --verbose gets sentences instead.
    """
    quiet = logging.WARNING if for_machines else logging.CRITICAL
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _in_order,
            structlog.processors.JSONRenderer(one_line),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.INFO if doorplate().verbose else quiet
        ),
        logger_factory=_stderr_logger,
        cache_logger_on_first_use=False,
    )


def one_line(value: object, *, default: Callable[[Any], Any]) -> str:
    """The value as JSON in one line, readable, in which nothing can break the line or steer."""
    text = json.dumps(value, ensure_ascii=False, default=default)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _in_order(
    _logger: object, _method: str, fields: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """What every line has comes first: when, how grave, what."""
    first = {name: fields.pop(name) for name in ("at", "level", "event")}
    return first | dict(fields)


def _stderr_logger(*_: object) -> structlog.PrintLogger:
    return structlog.PrintLogger(sys.stderr)
