"""CDXJ, the index of WARC files by address: its lines, their order, and the compressed form."""

import gzip
import hashlib
import heapq
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from typing import IO, Final
from urllib.parse import urlsplit

from press.capture import Capture, header_of
from storage.raw.record import Record

BLOCK_LINES: Final = 1_024
"""Lines in one gzip member of the compressed index."""

_RUN_LINES: Final = 20_000
_REVISIT: Final = "warc/revisit"


def cdx_line(capture: Capture, record: Record, *, file: str, offset: int) -> str:
    """The line, without its newline, of a record that lies in `file` at `offset`."""
    status = 200 if capture.kind == "resource" else capture.status
    kind = (capture.content_type or "text/html").partition(";")[0].strip()
    fields = {
        "url": capture.url,
        "mime": _REVISIT if capture.kind == "revisit" else kind,
        "status": str(status),
        "digest": header_of(record.headers, "WARC-Payload-Digest") or "",
        "length": str(record.length),
        "offset": str(offset),
        "filename": file,
    }
    stamp = f"{capture.captured_at:%Y%m%d%H%M%S}"
    return f"{sort_key(capture.url)} {stamp} {json.dumps(fields)}"


def sort_key(url: str) -> str:
    """An address turned round, as replayweb.page looks it up: cn,cqrb,epaper)/cqrb/node.htm."""
    parts = urlsplit(url.lower())
    host = parts.hostname or ""
    if host.startswith("www."):
        host = host[4:]
    port = f":{parts.port}" if parts.port and parts.port not in {80, 443} else ""
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    turned = ",".join(reversed(host.split(".")))
    return f"{turned}{port}){parts.path or '/'}" + (f"?{query}" if query else "")


class SortedLines:
    """Takes lines in any order and gives them back sorted, in bounded memory. Use it as a context."""

    def __init__(self, run_lines: int = _RUN_LINES) -> None:
        self._run_lines = run_lines
        self._stack = ExitStack()
        self._run: list[str] = []
        self._files: list[IO[str]] = []

    def __enter__(self) -> "SortedLines":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def add(self, line: str) -> None:
        """Takes one line, without its newline."""
        self._run.append(line)
        if len(self._run) >= self._run_lines:
            opened = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - the stack closes it
            file = self._stack.enter_context(opened)
            file.writelines(f"{one}\n" for one in sorted(self._run))
            self._files.append(file)
            self._run.clear()

    def lines(self) -> Iterator[str]:
        """Every line by its characters' code points, each once."""
        for file in self._files:
            file.seek(0)
        runs = [(line.rstrip("\n") for line in file) for file in self._files]
        last = None
        for line in heapq.merge(*runs, sorted(self._run)):
            if line != last:
                yield line
            last = line


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexBlock:
    """A piece of the compressed index, and the line of the index of pieces that finds it."""

    data: bytes
    idx_line: str


def index_blocks(lines: Iterable[str]) -> Iterator[IndexBlock]:
    """The sorted lines as gzip members of BLOCK_LINES each, in order."""
    offset, left = 0, iter(lines)
    while block := list(islice(left, BLOCK_LINES)):
        data = gzip.compress("".join(f"{line}\n" for line in block).encode(), mtime=0)
        place = {
            "offset": offset,
            "length": len(data),
            "digest": f"sha256:{hashlib.sha256(data).hexdigest()}",
        }
        first = " ".join(block[0].split(" ", 2)[:2])
        yield IndexBlock(data=data, idx_line=f"{first} {json.dumps(place)}")
        offset += len(data)


def idx_head(file: str) -> str:
    """The first line of the index of pieces: `file` is the compressed index's name."""
    return f"!meta 0 {json.dumps({'format': 'cdxj-gzip-1.0', 'filename': file})}"
