"""Keeping: what was read becomes rows. Saving the same thing again touches no row."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from press.capture import Capture
from press.finding import Finding, KeptFinding
from press.keys import PageKey, article_id, content_hash, page_id
from press.model import Article, Page
from press.outcome import LedgerEntry
from press.record import ArticleRecord
from press.recorded import origin_of
from press.run import Run
from storage.catalogue import findings, ledger, pages, recorded, rows, runs, tombstones
from storage.catalogue.change import SavedAs, add, assign, capture_id
from storage.catalogue.identity import Candidate, Known, Moment, moment_of, same_article, verdict
from storage.catalogue.indexing import Indexing
from storage.catalogue.models import AccountRow, ArticleRow, CaptureRow, RevisionRow
from storage.catalogue.reader import Reader
from storage.catalogue.rows import Columns, storable


class Writer(Reader):
    """The archive while it is being changed: all of it, or nothing, when the transaction ends.

    Every method raises UnreadableMarkup for text that no database keeps, and ArchiveDamaged where
    another body is on record for the capture's place.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._orders: dict[tuple[str, Moment], int] = {}  # of articles saved in this transaction
        self._entered: set[str] = set()  # pages known to be there
        self._changed: set[str] = set()  # pages whose entries are to be linked
        self._indexing = Indexing(session)

    def add_captures(self, captures: Iterable[Capture]) -> None:
        """Enters records of the shelf; one that is there already is left alone."""
        for capture in captures:
            capture_id(self._session, capture)

    def save_ledger(self, entry: LedgerEntry) -> None:
        """Sets the state of one page that was due."""
        ledger.save(self._session, entry)

    def add_unknown(self, entries: Iterable[LedgerEntry]) -> int:
        """Sets the states of the pages of which the ledger has none; gives how many those were."""
        return ledger.add_unknown(self._session, entries)

    def settle_findings(
        self,
        key: PageKey,
        found: Iterable[Finding],
        now: datetime,
        *,
        unjudged: Collection[str] = (),
    ) -> None:
        """Makes the page's open findings those that were found.

        One of an `unjudged` kind stays as it is: this look could not say whether it is still so.
        """
        findings.settle(self._session, key, found, now, unjudged)

    def mark_told(self, told: Iterable[KeptFinding], now: datetime) -> None:
        """A person was told of these findings, open and closed ones."""
        findings.mark_told(self._session, told, now)

    def begin_run(self, command: str, asked: str, now: datetime) -> Run:
        """Enters a run; until `finish_run` it counts as stopped before its end."""
        return runs.begin(self._session, command, asked, now)

    def finish_run(
        self, run: Run, *, exit_code: int, tally: Mapping[str, int], now: datetime
    ) -> None:
        """Says how a run ended; `tally` counts its pages by state."""
        runs.finish(self._session, run.id, exit_code, tally, now)

    def settle_articles(
        self, key: PageKey, announced: Collection[str], evidence: str, now: datetime
    ) -> tuple[str, ...]:
        """Puts a tombstone on each article of the page whose native id it no longer announces.

        One that it announces again loses its tombstone. Articles without a native id (of a dump)
        were never announced and stay as they are. `evidence` is the sha256 of the body that
        shows it. Returns the ids that were withdrawn now, in their order.
        """
        self._indexing.note_page(page_id(key.paper, key.issue_date, key.page_no))
        return tombstones.settle(self._session, key, announced, evidence, now)

    def save_page(self, page: Page, paper_name: str, capture: Capture, read_at: datetime) -> None:
        """Keeps a page and its table of contents; the entries' `order` must differ.

        A reading of an older capture than the one on record changes nothing.
        """
        if pages.save_page(self._session, page, paper_name, capture, read_at):
            self._changed.add(page_id(page.paper, page.issue_date, page.page_no))

    def save_article(
        self, article: Article, capture: Capture, parser: str, read_at: datetime
    ) -> SavedAs:
        """Keeps a reading of an article and says what it was; `read_at` is when `parser` read it.

        The page need not have been saved. A source that does not show the paper's ids (a plain-text
        dump) is a poorer copy: it changes nothing of an article that came with its id. A capture from before the current revision's adds to
        the history only. The same body read otherwise is rewritten in place, even where what
        differs (a genre, a residue) is not under the content hash.
        """
        reading = rows.revision_columns(article)
        reading |= {"parser": parser, "read_at": read_at}
        reading["capture_id"] = capture_id(self._session, capture)
        pieces = rows.pieces(article.account)
        storable(reading | {"account": pieces})
        reading["content_hash"] = content_hash(article)
        standing = storable(rows.standing_columns(article))
        page_key = self._page_of(article)
        moment = moment_of(capture)
        there = pages.candidates(self._session, page_key)
        saved: SavedAs = "new"
        found = same_article(article, reading["content_hash"], self._free(there, article, moment))
        if found is None:
            key, moved = _new_id(article, {one.id for one in there}), True
            self._add_article(key, page_key, standing, reading, capture)
            self._add_revision(key, 1, reading, pieces)
        else:
            row = self._session.get_one(ArticleRow, found.id)
            if article.native_id is None and row.native_id is not None:
                return "unchanged"
            key, saved = row.id, self._save_reading(row, capture, reading, pieces)
            moved = assign(row, standing)
        self._orders[key, moment] = article.order
        if moved or saved != "unchanged":
            self._changed.add(page_key)
            self._indexing.note_page(page_key)
        return saved

    def save_record(self, record: ArticleRecord, capture: Capture, read_at: datetime) -> SavedAs:
        """Keeps what another archive exported, and says what it was; `capture` holds its line.

        The record keeps its id, its number and its times. It changes nothing of an article that
        this archive read from a capture of its own. Of two records with one number the one that
        was fetched later holds, and then the one kept later.
        """
        self._indexing.note_article(record.id)
        saved = recorded.save(self._session, record, capture, read_at)
        if saved != "unchanged":
            article = record.article
            page_key = page_id(article.paper, article.issue_date, article.page_no)
            self._changed.add(page_key)
            self._indexing.note_page(page_key)
        return saved

    def settle(self) -> None:
        """What waits for the end of the transaction.

        Entries learn which articles they became, and the search index what has changed.
        """
        for page_key in self._changed:
            pages.link_entries(self._session, page_key)
        self._indexing.settle()

    def _page_of(self, article: Article) -> str:
        key = page_id(article.paper, article.issue_date, article.page_no)
        if key not in self._entered:
            pages.enter_page(self._session, key, article)
            self._entered.add(key)
        return key

    def _free(self, there: list[Candidate], article: Article, moment: Moment) -> list[Candidate]:
        """Those that the article may be: two articles of one source are two, however alike."""
        return [
            one
            for one in there
            if article.native_id is not None
            or self._orders.get((one.id, moment), article.order) == article.order
        ]

    def _save_reading(
        self, row: ArticleRow, capture: Capture, reading: Columns, pieces: list[list[str]]
    ) -> SavedAs:
        known = self._known(row.id)
        face = _face(reading["content_hash"], reading["residue"])
        current = next(one for one in known if one.number == row.revision)
        found = verdict(face, capture, current, known)
        if found.meaning == "nothing_new":
            return "unchanged"
        self._indexing.note_article(row.id)
        number = found.number
        saved: SavedAs = "reparsed"
        if found.meaning == "same_answer":
            saved = self._answer_record(row.id, number, reading, pieces)
        if found.meaning == "same_body" and not self._rewrite(row.id, number, reading, pieces):
            return "unchanged"
        if found.meaning == "new_content":
            number, saved = known[-1].number + 1, "revised"
            self._add_revision(row.id, number, reading, pieces)
        if found.current:
            status = _status(reading) if row.withdrawn_at is None else row.status
            assign(row, {"revision": number, "status": status})
        return saved

    def _rewrite(self, key: str, number: int, reading: Columns, pieces: list[list[str]]) -> bool:
        """Makes a revision what its own capture is now read as; True when anything differed."""
        revision = self._session.get_one(RevisionRow, (key, number))
        account = self._session.get_one(AccountRow, (key, number))
        provenance = {name: reading[name] for name in ("parser", "read_at")}
        content = {
            name: value
            for name, value in reading.items()
            if name not in provenance and name != "capture_id"
        }
        differs = [assign(revision, content), assign(account, {"pieces": pieces})]
        if any(differs):
            assign(revision, provenance)
        return any(differs)

    def _answer_record(
        self, key: str, number: int, reading: Columns, pieces: list[list[str]]
    ) -> SavedAs:
        """Founds an imported record on the answer itself: it has all that the record left out."""
        revision = self._session.get_one(RevisionRow, (key, number))
        assign(self._session.get_one(AccountRow, (key, number)), {"pieces": pieces})
        source = {name: reading[name] for name in ("capture_id", "read_at", "parser")}
        differs = assign(revision, reading | {name: getattr(revision, name) for name in source})
        assign(revision, source)
        return "reparsed" if differs else "unchanged"

    def _known(self, key: str) -> list[Known]:
        found = self._session.execute(
            select(RevisionRow.number, RevisionRow.content_hash, RevisionRow.residue, CaptureRow)
            .join(CaptureRow, CaptureRow.id == RevisionRow.capture_id)
            .where(RevisionRow.article_id == key)
            .order_by(RevisionRow.number)
        )
        return [
            Known(
                number=number,
                face=_face(content_hash, residue),
                moment=(capture.captured_at, capture.file, capture.offset),
                sha256=capture.sha256,
                origin_sha256=None if (origin := origin_of(capture.url)) is None else origin.sha256,
            )
            for number, content_hash, residue, capture in found
        ]

    def _add_article(
        self, key: str, page_key: str, standing: Columns, reading: Columns, capture: Capture
    ) -> None:
        decided = {
            "id": key,
            "page_id": page_key,
            "status": _status(reading),
            "revision": 1,
            "first_seen_at": capture.captured_at,
        }
        add(self._session, ArticleRow, decided | standing)
        self._indexing.note_new(key)

    def _add_revision(
        self, key: str, number: int, reading: Columns, pieces: list[list[str]]
    ) -> None:
        named = {"article_id": key, "number": number}
        add(self._session, RevisionRow, named | reading)
        add(self._session, AccountRow, named | {"pieces": pieces})


def _new_id(article: Article, taken: set[str]) -> str:
    """The article's id; untitled articles without a native_id would share one, so they count on."""
    key = article_id(
        article.paper, article.issue_date, article.page_no, article.native_id, article.headline
    )
    names = [key, *(f"{key}.{n}" for n in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)


def _face(content_hash: str, residue: list[list[str]] | None) -> str:
    """What two readings must share to say the same: what readers see, and what is in no field."""
    return content_hash + "".join("\0".join(piece) for piece in residue or ())


def _status(reading: Columns) -> str:
    return "needs_review" if reading["residue"] else "ok"
