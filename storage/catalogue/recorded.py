"""Keeping records that another archive exported: with their own ids, numbers and times.

What an archive read from its own captures is the better witness, and stays as it is.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from press.capture import Capture
from press.errors import ArchiveDamaged
from press.keys import content_hash, page_id
from press.record import ArticleRecord
from press.recorded import origin_of
from storage.catalogue import pages, rows
from storage.catalogue.change import SavedAs, add, assign, capture_id
from storage.catalogue.identity import moment_of
from storage.catalogue.models import AccountRow, ArticleRow, CaptureRow, RevisionRow
from storage.catalogue.rows import Columns, storable


def save(session: Session, record: ArticleRecord, capture: Capture, read_at: datetime) -> SavedAs:
    """As Writer.save_record says."""
    article = record.article
    reading = rows.revision_columns(article)
    reading |= {
        "parser": record.parser,
        "read_at": read_at,
        "capture_id": capture_id(session, capture),
        "content_hash": content_hash(article),
    }
    pieces = rows.pieces(article.account)
    storable(reading | {"account": pieces})
    row = session.get(ArticleRow, record.id)
    if row is None:
        return _enter(session, record, capture, reading, pieces)
    if not _is_all_recorded(session, row.id):
        return "unchanged"
    saved = _save_revision(session, record, capture, reading, pieces)
    if saved != "unchanged" and record.revision >= row.revision:
        assign(row, _standing(record, capture, reading) | {"revision": record.revision})
    return saved


def _enter(
    session: Session,
    record: ArticleRecord,
    capture: Capture,
    reading: Columns,
    pieces: list[list[str]],
) -> SavedAs:
    article = record.article
    page_key = page_id(article.paper, article.issue_date, article.page_no)
    pages.enter_page(session, page_key, article)
    known = {one.native_id for one in pages.candidates(session, page_key)} - {None}
    if article.native_id in known:
        return "unchanged"
    decided = {
        "id": record.id,
        "page_id": page_key,
        "revision": record.revision,
        "first_seen_at": record.first_seen_at,
    }
    add(session, ArticleRow, decided | _standing(record, capture, reading))
    _add_revision(session, record, reading, pieces)
    return "new"


def _save_revision(
    session: Session,
    record: ArticleRecord,
    capture: Capture,
    reading: Columns,
    pieces: list[list[str]],
) -> SavedAs:
    """Adds the record's revision, or makes the one of its number what the later record says."""
    key = (record.id, record.revision)
    revision = session.get(RevisionRow, key)
    if revision is None:
        _add_revision(session, record, reading, pieces)
        return "revised"
    there = session.get_one(CaptureRow, revision.capture_id)
    if moment_of(capture) <= (there.captured_at, there.file, there.offset):
        return "unchanged"
    assign(revision, reading)
    assign(session.get_one(AccountRow, key), {"pieces": pieces})
    return "reparsed"


def _add_revision(
    session: Session, record: ArticleRecord, reading: Columns, pieces: list[list[str]]
) -> None:
    named = {"article_id": record.id, "number": record.revision}
    add(session, RevisionRow, named | reading)
    add(session, AccountRow, named | {"pieces": pieces})


def _standing(record: ArticleRecord, capture: Capture, reading: Columns) -> Columns:
    """Where the article stands; of one that was withdrawn, that the record shows it."""
    is_withdrawn = record.status == "withdrawn"
    return storable(rows.standing_columns(record.article)) | {
        "status": record.status,
        "withdrawn_at": reading["read_at"] if is_withdrawn else None,
        "withdrawn_evidence": capture.place.sha256 if is_withdrawn else None,
    }


def _is_all_recorded(session: Session, article_id: str) -> bool:
    urls = session.scalars(
        select(CaptureRow.url)
        .join(RevisionRow, RevisionRow.capture_id == CaptureRow.id)
        .where(RevisionRow.article_id == article_id)
    ).all()
    if not urls:
        raise ArchiveDamaged(f"{article_id} has no revision: run baoku verify")
    return all(origin_of(url) is not None for url in urls)
