"""Reads the sample with one tool and times each page: a process of its own, started by extract.py.

Usage: reader.py TOOL[:FUNCTION] SAMPLE.json ANSWERS.json, TOOL being a file of tools/. Runs under the
Python that has the tool, so only the standard library and the tool are imported. A tool that is
not installed ends it with status 3 and the missing name on stderr. No socket can be opened: a
page is read from memory or not at all.
"""

import base64
import json
import socket
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

WARM_UP = 25
NOT_INSTALLED = 3


def main(tool: str, sample: str, target: str) -> int:
    """The exit status; the answers are in `target`."""
    module_name, _, function = tool.partition(":")
    try:
        module = import_module(f"tools.{module_name}")
    except ModuleNotFoundError as error:
        print(error.name, file=sys.stderr)
        return NOT_INSTALLED
    socket.socket.connect = socket.getaddrinfo = _refuse
    questions = [_opened(question) for question in json.loads(Path(sample).read_text("utf-8"))]
    prepared = [module.prepare(question) for question in questions]
    read = getattr(module, function or "read")
    for page in prepared[:WARM_UP]:
        _timed(read, page)
    cpu = time.process_time()
    read_pages = [_timed(read, page) for page in prepared]
    cpu = time.process_time() - cpu
    answers = [
        {"ms": ms, "error": error, **({} if error else module.answer(found))}
        for found, ms, error in read_pages
    ]
    report = {
        "version": module.VERSION, "cpu_ms": cpu * 1e3 / len(answers), "answers": answers,
    }  # fmt: skip
    Path(target).write_text(json.dumps(report, ensure_ascii=False), "utf-8")
    return 0


def _timed(read: Callable[[Any], Any], page: Any) -> tuple[Any, float, str | None]:
    start = time.perf_counter()
    try:
        found, error = read(page), None
    except Exception as raised:  # noqa: BLE001 - whatever a tool raises is a page it did not read
        found, error = None, f"{type(raised).__name__}: {raised}"
    return found, (time.perf_counter() - start) * 1e3, error


def _opened(question: dict[str, Any]) -> dict[str, Any]:
    """The question with its bodies as bytes."""
    index = question["index"]
    return question | {
        "body": base64.b64decode(question["body"]),
        "index": index | {"body": base64.b64decode(index["body"])},
    }


def _refuse(*_: object) -> NoReturn:
    raise OSError("a reader opens no connection")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
