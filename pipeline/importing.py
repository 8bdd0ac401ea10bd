"""Takes in what a person saved: page and article HTML, WARC and WACZ files, dumps, exports, folders.

A file is recognised before it is kept, so that nothing but newspaper pages gets into the archive;
the file itself stays where it is. From there on the way is that of a crawl: shelf, then one
transaction.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, urlsplit

from crawler.papers.addresses import Mirror, front_url, hosts_of, read_url
from crawler.reading import PARSER, doubted_as
from crawler.saved import Saved, read_saved
from pipeline.assembling import assemble_page
from pipeline.keeping import Keeper
from pipeline.records import RecordIntake
from pipeline.report import FileResult, tally_of
from pipeline.unpacking import Unpacked, unpacked
from press.capture import Capture, Import
from press.clock import Clock
from press.errors import ArchiveDamaged, CrawlError, UsageError
from press.keys import PageKey, article_id, page_id
from press.model import Article, Page
from press.paper import Paper
from press.record import ArticleRecord
from storage.catalogue import Catalogue, Writer
from storage.export.wacz import RECORDS_PATH
from storage.raw import Damage, Kept, Shelf

MAX_FILE_BYTES = 64 << 20
"""A saved page or dump that is larger is none; a WARC file may be of any size."""

_KINDS = {
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
    ".txt": "text/plain",
    ".warc": "application/warc",
    ".warc.gz": "application/warc",
    ".warc.gz.open": "application/warc",  # the last file of an archive's shelf
    ".wacz": "application/wacz+zip",
    ".jsonl": "application/jsonl",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Something to read, whatever it came in."""

    item: Import
    url: str | None
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """What one saved thing became; `outcome` is None for a page index."""

    id: str
    outcome: str | None
    needs_review: bool


class Intake:
    """Takes files into one archive. `papers` are all that a file may be of."""

    def __init__(
        self,
        *,
        papers: Mapping[str, Paper],
        keeper: Keeper,
        shelf: Shelf,
        catalogue: Catalogue,
        clock: Clock,
    ) -> None:
        self._papers = papers
        self._keeper = keeper
        self._shelf = shelf
        self._catalogue = catalogue
        self._clock = clock
        self._records_in = RecordIntake(
            papers=papers, keeper=keeper, catalogue=catalogue, clock=clock
        )

    def take(
        self, paths: Iterable[Path], *, paper: Paper | None = None, url: str | None = None
    ) -> Iterator[FileResult]:
        """One result a file, in the order of files_in; a bad file does not stop the others.

        `paper` is what the person says they are of, `url` where the one file was saved from.
        Raises UsageError for a path that is not there, StoreError when keeping fails.
        """
        for path in files_in(paths):
            try:
                yield self._take_file(path, paper, url)
            except (CrawlError, UsageError) as error:
                yield FileResult.unreadable(path, str(error))

    def _take_file(self, path: Path, paper: Paper | None, url: str | None) -> FileResult:
        kind = kind_of(path)
        if kind == "application/warc":
            return _result(path, *self._take_warcs([path], paper))
        if kind == "application/wacz+zip":
            with unpacked(path) as package:
                return self._take_package(path, package, paper)
        if kind == "application/jsonl":
            return self._records_in.take(path, paper)
        return _result(path, [self._store(self._read_file(path, url), paper)], [])

    def _read_file(self, path: Path, url: str | None) -> _Found:
        try:
            if not path.is_file():
                raise UsageError("it is no regular file: save it as one first")
            if path.stat().st_size > MAX_FILE_BYTES:
                raise UsageError(f"it is larger than {MAX_FILE_BYTES >> 20} MiB, so no saved page")
            body = path.read_bytes()
        except OSError as error:
            raise UsageError(f"it cannot be read: {error.strerror}") from error
        item = Import(
            url=url or f"import:{quote(os.fsencode(path.name))}",
            content_type=kind_of(path),
            body=body,
            imported_at=self._clock.now(),
        )
        return _Found(item=item, url=url, file_name=path.name)

    def _take_package(self, path: Path, package: Unpacked, paper: Paper | None) -> FileResult:
        """Records first: they say which revision an answer was, and whether it was withdrawn."""
        if package.records is None:
            return _result(path, *self._take_warcs(package.warcs, paper))
        try:
            told = self._records_in.take(package.records, paper)
        except UsageError as error:
            told = FileResult.unreadable(path, f"{RECORDS_PATH}: {error}")
        stored, problems = self._take_warcs(package.warcs, paper, can_be_empty=bool(told.ids))
        known = set(told.ids)
        others = [one for one in stored if one.outcome is None or one.id not in known]
        return replace(told, path=path).joined(_result(path, others, problems))

    def _take_warcs(
        self, warcs: Sequence[Path], paper: Paper | None, *, can_be_empty: bool = False
    ) -> tuple[list[_Stored], list[str]]:
        """What was kept, and what could not be read.

        Two readings of the files: page indexes first, so that articles find their places.
        """
        stored: list[_Stored] = []
        problems: list[str] = []
        damage: list[Damage] = []
        for articles in (False, True):
            damage.clear()
            found_in = (
                found
                for warc in warcs
                for found in self._records(warc, paper, damage, articles=articles)
            )
            for found in found_in:
                try:
                    stored.append(self._store(found, paper))
                except (CrawlError, UsageError) as error:
                    problems.append(f"{found.item.url}: {error}")
        problems += [f"at byte {one.offset}: {one.reason}" for one in damage]
        if not (stored or problems or can_be_empty):
            raise UsageError("it holds no page of a known paper: name the paper with --paper")
        return stored, problems

    def _records(
        self, path: Path, paper: Paper | None, damage: list[Damage], *, articles: bool
    ) -> Iterator[_Found]:
        """The records that are pages, or articles, of a known paper, in the file's order."""
        papers = self._papers.values() if paper is None else [paper]
        try:
            for capture, kept in self._shelf.captures(path, report=damage.append):
                own = own_url(capture.url, papers)
                if own is None or not _is_page(kept):
                    continue
                of_article = any(
                    address.native_id is not None
                    for address in (read_url(one, own) for one in papers)
                    if address is not None
                )
                if of_article == articles:
                    yield _found_record(kept, own)
        except ArchiveDamaged as error:
            raise UsageError(f"it is no readable WARC file: {error}") from error

    def read_kept(self, kept: Kept) -> Saved | ArticleRecord:
        """What a file holds that was imported before and lies on the shelf.

        A line of another archive's export is a record. Raises UsageError or a CrawlError where it cannot be told any more, as it can when the
        person named the paper at the time.
        """
        record = self._records_in.read_kept(kept)
        if record is not None:
            return record
        own = own_url(kept.url, self._papers.values())
        found = _found_record(kept, own or kept.url)
        return self._read(replace(found, url=own), None)

    def save_again(self, saved: Saved | ArticleRecord, capture: Capture) -> None:
        """Enters what a kept import holds into the catalogue."""
        with self._catalogue.writing() as writer:
            if isinstance(saved, ArticleRecord):
                self._records_in.save(writer, saved, capture)
            else:
                self._save(writer, saved, capture)

    def _store(self, found: _Found, paper: Paper | None) -> _Stored:
        saved = self._read(found, paper)
        self._keeper.keep(found.item)
        with self._keeper.committing() as captures, self._catalogue.writing() as writer:
            writer.add_captures(captures)
            return self._save(writer, saved, self._keeper.latest())

    def _read(self, found: _Found, paper: Paper | None) -> Saved:
        return read_saved(
            found.item.body,
            content_type=found.item.content_type,
            url=found.url,
            file_name=found.file_name,
            papers=self._papers,
            paper=paper,
        )

    def _save(self, writer: Writer, saved: Saved, capture: Capture) -> _Stored:
        now, page = self._clock.now(), saved.page
        known = writer.page(PageKey(page.paper, page.issue_date, page.page_no))
        if saved.article is None or known is None:
            writer.save_page(page, saved.paper.name, capture, now)
        if saved.article is None:
            name = page_id(page.paper, page.issue_date, page.page_no)
            return _Stored(id=name, outcome=None, needs_review=False)
        article = saved.article if known is None else placed(saved.article, known.page)
        name = article_id(
            page.paper, page.issue_date, page.page_no, article.native_id, article.headline
        )
        before = writer.article(name)
        if known is not None and not _is_announced(article, known.page):
            article = _left_in_place(article, before)
        if before is not None:
            article = doubted_as(article, before.article.account)
        outcome = writer.save_article(article, capture, PARSER, now)
        assemble_page(writer, PageKey(page.paper, page.issue_date, page.page_no), now)
        kept = writer.article(name)
        needs_review = article.needs_review or (kept is not None and kept.article.needs_review)
        return _Stored(id=name, outcome=outcome, needs_review=needs_review)


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files named, and in folders, at any depth, those that can be imported; each once.

    Page indexes go first where their names show it, so that articles find their places. Raises
    UsageError for a path that is not there, and for a folder with nothing to import.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = [file for file in sorted(path.rglob("*")) if file.is_file() and _suffix(file)]
            if not inside:
                raise UsageError(f"{path} holds no file to import ({', '.join(_KINDS)})")
            found.update(dict.fromkeys(inside))
        elif path.exists():
            found[path] = None
        else:
            raise UsageError(f"there is no {path}: check the path")
    return sorted(found, key=lambda path: not path.name.startswith("node"))


def kind_of(path: Path) -> str:
    """The content type that the file's name promises. Raises UsageError for any other name."""
    suffix = _suffix(path)
    if suffix is None:
        raise UsageError(f"its name must end in one of {', '.join(_KINDS)}")
    return _KINDS[suffix]


def own_url(url: str, papers: Iterable[Paper]) -> str | None:
    """The paper's own address of what was captured at `url`, which may be a mirror's.

    None where it is no page or article of these papers, or where a mirror's path could be of
    several.
    """
    parts = urlsplit(url)
    fitting = [(paper, address) for paper in papers if (address := read_url(paper, url))]
    if any(parts.netloc.lower() in hosts_of(paper) for paper, _ in fitting):
        return url
    if len(fitting) != 1:
        return None
    _, address = fitting[0]
    mirror = Mirror(f"{parts.scheme}://{parts.netloc}")
    return mirror.inward(url, front_url(address.era, address.issue_date))


def placed(article: Article, page: Page) -> Article:
    """The article where the page announces it: by the paper's id, else by its title."""
    title = " ".join((article.headline or "").split())
    for entry in page.entries:
        same_id = entry.native_id is not None and entry.native_id == article.native_id
        same_title = article.native_id is None and title == " ".join((entry.title or "").split())
        if same_id or (title and same_title):
            return replace(
                article,
                order=entry.order,
                native_id=entry.native_id,
                url=entry.url or article.url,
                zones=entry.zones,
                page_name=page.page_name,
            )
    return article


def _is_announced(article: Article, page: Page) -> bool:
    return any(one.native_id == article.native_id for one in page.entries if one.native_id)


def _left_in_place(article: Article, archived: ArticleRecord | None) -> Article:
    """The article where it is archived: its own page does not know where it once stood."""
    if archived is None:
        return article
    there = archived.article
    return replace(
        article, order=there.order, url=there.url, zones=there.zones, page_name=there.page_name
    )


def _suffix(path: Path) -> str | None:
    name = path.name.lower()
    return next((suffix for suffix in reversed(_KINDS) if name.endswith(suffix)), None)


def _is_page(kept: Kept) -> bool:
    kind = (kept.content_type or "text/html").lower()
    return kept.body is not None and kept.status in {0, 200} and kind.startswith("text/html")


def _found_record(kept: Kept, own: str) -> _Found:
    item = Import(
        url=kept.url,
        content_type=kept.content_type or "text/html",
        body=kept.body or b"",
        imported_at=kept.captured_at,
    )
    return _Found(item=item, url=own, file_name=urlsplit(own).path.rpartition("/")[2])


def _result(path: Path, stored: list[_Stored], problems: list[str]) -> FileResult:
    outcomes = [one.outcome for one in stored if one.outcome is not None]
    review = [one.id for one in stored if one.needs_review]
    return FileResult(
        path=path,
        ids=tuple(dict.fromkeys(one.id for one in stored)),
        pages=len(stored) - len(outcomes),
        tally=tally_of(outcomes, needs_review=len(review), lost=len(problems)),
        problems=tuple(problems),
        review_ids=tuple(dict.fromkeys(review)),
    )
