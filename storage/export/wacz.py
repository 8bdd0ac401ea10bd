"""WACZ 1.1.1: the kept answers behind the records, with an index and the newspaper's own page list.

replayweb.page opens it. The answers are byte for byte as on the shelf: requests, which name the
operator, stay at home. The records lie beside them, since no answer tells what an article was
before or that it was withdrawn; so `baoku import` takes back all that was exported.
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import IO, Final, Protocol

from press.capture import Capture, Place
from press.citation import title
from press.errors import CaptureMissing
from press.keys import PageKey
from press.model import Article, Page
from press.record import ArticleRecord, Json, PageRecord, article_json, json_line, time_json
from storage.catalogue import Reader
from storage.export.cdx import SortedLines, cdx_line, idx_head, index_blocks
from storage.export.file import replacing_bytes
from storage.raw import Shelf
from storage.raw.compose import info_of, members_of

VERSION: Final = "1.1.1"
WARC_NAME: Final = "data.warc.gz"
RECORDS_PATH: Final = "baoku/records.jsonl"
"""Where the records lie in the package, as a file of the format jsonl. No other program reads it."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every entry of the zip file: the earliest that it can say."""

_NO_ALIGNMENT: Final = bytes.fromhex("35d902000100")
"""An extra field that says nothing. replayweb.page skips the one that zipfile puts before an entry
of unknown size, and with it the first bytes of the entry, unless the directory has one too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the records' answers are, what wrote the file, and when (aware)."""

    reader: Reader
    shelf: Shelf
    software: str
    made_at: datetime


class Sink(Protocol):
    """What bytes are written to, one piece after the other."""

    def write(self, data: bytes, /) -> int:
        """Takes all of it and returns how many bytes that were."""
        ...


def write_wacz(records: Iterable[ArticleRecord], target: Path, source: Source) -> int:
    """Writes the records, and the answers that they and their pages were read from.

    Returns how many records there were whose answer is in it: one that was imported without an
    address of the web, or whose answer is in another archive, has none. The file comes whole or not at all. Raises
    CaptureMissing or DigestMismatch where the shelf is damaged, HomeUnusable where the path
    cannot be written.
    """
    with (
        replacing_bytes(target) as out,
        zipfile.ZipFile(out, "w") as package,
        SortedLines() as index,
        tempfile.TemporaryFile() as pages,
        tempfile.TemporaryFile() as lines,
    ):
        writing = _Writing(source, index, pages, lines)
        parts = _Parts(package)
        with parts.entry(f"archive/{WARC_NAME}") as warc:
            count = writing.write_answers(records, warc)
        idx = [f"{idx_head('index.cdx.gz')}\n".encode()]
        with parts.entry("indexes/index.cdx.gz") as compressed:
            for block in index_blocks(index.lines()):
                compressed.write(block.data)
                idx.append(f"{block.idx_line}\n".encode())
        parts.write("indexes/index.idx", idx)
        parts.write("pages/pages.jsonl", _pieces_of(pages))
        parts.write(RECORDS_PATH, _pieces_of(lines), zipfile.ZIP_DEFLATED)
        parts.finish(source, writing.main_page)
    return count


class _Writing:
    """The answers as they are written: index, page list, records, and the first page of all."""

    def __init__(
        self, source: Source, index: SortedLines, pages: IO[bytes], lines: IO[bytes]
    ) -> None:
        self._source = source
        self._index = index
        self._pages = pages
        self._lines = lines
        self._end = 0
        self._written: set[Place] = set()  # of one page: more would grow with the selection
        self.main_page: dict[str, Json] = {}

    def write_answers(self, records: Iterable[ArticleRecord], warc: Sink) -> int:
        self._line({"format": "json-pages-1.0", "id": "pages", "title": "Pages", "hasText": True})
        info = info_of(WARC_NAME, self._source.software, self._source.made_at)
        for member in members_of([info], file=WARC_NAME, offset=0):
            self._end += warc.write(member)
        count = 0
        for key, of_page in groupby(records, key=_page_of):
            self._written.clear()
            page = self._source.reader.page(key)
            if page is not None:
                self._add(page.place, warc, _page_line(page))
            for record in of_page:
                self._lines.write(f"{json_line(article_json(record))}\n".encode())
                count += self._add(record.place, warc, _article_line(record))
        return count

    def _add(self, place: Place, warc: Sink, line: dict[str, Json]) -> bool:
        """Writes the answer at a place of the shelf, and its line of the page list; False for none.

        None is no answer from the web, or one that only another archive has.
        """
        reader = self._source.reader
        capture = reader.capture_at(place.file, place.offset)
        if capture is None or capture.place != place:
            capture = reader.capture_of_body(place.sha256)  # an imported record's answer may be too
        if capture is None or not _is_of_the_web(capture):
            return False
        self._copy(capture, warc)
        if capture.kind == "revisit":
            self._copy(self._original(capture), warc)
        moment = time_json(capture.captured_at)
        self._line({"url": capture.url, "ts": moment, **line})
        self.main_page = self.main_page or {"mainPageUrl": capture.url, "mainPageDate": moment}
        return True

    def _copy(self, capture: Capture, warc: Sink) -> None:
        if capture.place in self._written:
            return
        record, member = self._source.shelf.member(capture.place)
        self._index.add(cdx_line(capture, record, file=WARC_NAME, offset=self._end))
        self._end += warc.write(member)
        self._written.add(capture.place)

    def _original(self, revisit: Capture) -> Capture:
        whole = self._source.reader.capture_of_body(revisit.place.sha256)
        if whole is None:
            raise CaptureMissing(f"no record holds the body of {revisit.url}: run baoku verify")
        return whole

    def _line(self, value: dict[str, Json]) -> None:
        self._pages.write(f"{json_line(value)}\n".encode())


class _Hashing:
    """Hands bytes on and keeps their digest and number."""

    def __init__(self, out: Sink) -> None:
        self._out = out
        self.digest = hashlib.sha256()
        self.size_bytes = 0

    def write(self, data: bytes, /) -> int:
        self.digest.update(data)
        self.size_bytes += len(data)
        return self._out.write(data)


class _Parts:
    """The entries of the zip file, with their digests for the package's description."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._resources: list[Json] = []

    @contextmanager
    def entry(self, name: str, compression: int = zipfile.ZIP_STORED) -> Iterator[Sink]:
        """An entry, without compression where a reader asks for a piece of it."""
        info = zipfile.ZipInfo(name, _EPOCH)
        info.compress_type = compression
        info.extra = _NO_ALIGNMENT
        with self._package.open(info, "w", force_zip64=True) as raw:
            out = _Hashing(raw)
            yield out
        self._resources.append(
            {
                "name": name.rpartition("/")[2],
                "path": name,
                "hash": f"sha256:{out.digest.hexdigest()}",
                "bytes": out.size_bytes,
            }
        )

    def write(
        self, name: str, pieces: Iterable[bytes], compression: int = zipfile.ZIP_STORED
    ) -> None:
        """An entry of these pieces."""
        with self.entry(name, compression) as out:
            for piece in pieces:
                out.write(piece)

    def finish(self, source: Source, main_page: dict[str, Json]) -> None:
        """Describes the package, and gives the description's digest."""
        described: dict[str, Json] = {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": "Baoku 报库",
            "software": source.software,
            "created": time_json(source.made_at),
            **main_page,
            "resources": list(self._resources),
        }
        text = json.dumps(described, ensure_ascii=False, indent=2).encode()
        digest = {
            "path": "datapackage.json",
            "hash": f"sha256:{hashlib.sha256(text).hexdigest()}",
        }
        self._package.writestr(zipfile.ZipInfo("datapackage.json", _EPOCH), text)
        self._package.writestr(
            zipfile.ZipInfo("datapackage-digest.json", _EPOCH), json.dumps(digest)
        )


def _pieces_of(spooled: IO[bytes]) -> Iterator[bytes]:
    spooled.seek(0)
    return iter(lambda: spooled.read(1 << 16), b"")


def _page_of(record: ArticleRecord) -> PageKey:
    article = record.article
    return PageKey(article.paper, article.issue_date, article.page_no)


def _is_of_the_web(capture: Capture) -> bool:
    return capture.url.startswith(("http://", "https://"))


def _page_line(page: PageRecord) -> dict[str, Json]:
    """A page under the newspaper's own labels."""
    own = page.page
    names = (page.paper_name, own.issue_date.isoformat(), own.page_label, own.page_name)
    return {"id": page.id, "title": " ".join(filter(None, names)), **_labels(own)}


def _article_line(record: ArticleRecord) -> dict[str, Json]:
    """An article under its headline, with its text for the search inside the package."""
    article = record.article
    return {
        "id": record.id,
        "title": title(article),
        **_labels(article),
        "text": article.text,
    }


def _labels(item: Article | Page) -> dict[str, Json]:
    return {
        "paper": item.paper,
        "issue_date": item.issue_date.isoformat(),
        "page_no": item.page_no,
        "page_label": item.page_label,
        "page_name": item.page_name,
    }
