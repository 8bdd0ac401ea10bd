"""What a server writes down: a line for each request, and which paths were read."""

import json
from collections import Counter
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """One request. `arrived_at` is monotonic seconds, of one clock for all of a machine's
    processes; `in_flight` counts the requests that were being answered when it arrived, this one
    included; `conditional` is whether it wanted the page only if it changed.
    """

    method: str
    path: str
    user_agent: str | None
    arrived_at: float
    in_flight: int
    status: int
    conditional: bool


class Journal:
    """The requests of one server, in memory and, where files are given, in them too.

    `log_file` gains a JSON object a request, `reads_file` the path of each read; every line is
    there for other processes as soon as it is written. What `reads_file` holds already counts.
    """

    def __init__(self, log_file: Path | None, reads_file: Path | None) -> None:
        self.entries: list[Logged] = []
        self._reads = Counter(_lines(reads_file))
        self._files = ExitStack()
        self._log = self._opened(log_file)
        self._read_paths = self._opened(reads_file)

    def count_read(self, path: str) -> int:
        """How often the path was read before, and from now on once more."""
        earlier = self._reads[path]
        self._reads[path] += 1
        _write(self._read_paths, path)
        return earlier

    def reads(self, path: str) -> int:
        """How often the path was read."""
        return self._reads[path]

    def enter(self, logged: Logged) -> None:
        """Writes the request down."""
        self.entries.append(logged)
        _write(self._log, json.dumps(asdict(logged)))

    def close(self) -> None:
        """Closes the files."""
        self._files.close()

    def _opened(self, path: Path | None) -> TextIO | None:
        if path is None:
            return None
        return self._files.enter_context(path.open("a", encoding="utf-8"))


def _lines(path: Path | None) -> list[str]:
    if path is None or not path.exists():
        return []
    return path.read_text(encoding="utf-8").splitlines()


def _write(file: TextIO | None, line: str) -> None:
    if file is not None:
        file.write(f"{line}\n")
        file.flush()
