"""Logs: one JSON object a line on standard error."""

import logging
import sys

import structlog

from cli.options import doorplate


def start_logging(*, for_machines: bool) -> None:
    """From now on problems are logged where a machine reads, all steps with --verbose.

    A person without --verbose gets sentences instead.
    """
    quiet = logging.WARNING if for_machines else logging.CRITICAL
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.INFO if doorplate().verbose else quiet
        ),
        logger_factory=_stderr_logger,
        cache_logger_on_first_use=False,
    )


def _stderr_logger(*_: object) -> structlog.PrintLogger:
    return structlog.PrintLogger(sys.stderr)
