"""What the shelf gives back: a record as the answer that was kept."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from press.capture import Capture, Place, header_of
from press.errors import ArchiveDamaged
from storage.raw.compose import BODY_DIGEST
from storage.raw.entity import decode, read_answer
from storage.raw.record import Record

_DATE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z")
_HEX_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
_KINDS: dict[str, Literal["response", "revisit", "resource"]] = {
    "response": "response",
    "revisit": "revisit",
    "resource": "resource",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A kept answer, its body decoded: transfer framing and content coding removed.

    `body` is None for a revisit, whose body lies in the record that `refers_to` names by address
    and time. `headers` keep the server's order and case, empty for an import; `status` is 0 there
    and in a revisit that another tool wrote without headers. `captured_at` is aware UTC.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content_type: str | None
    captured_at: datetime
    body: bytes | None
    refers_to: tuple[str, datetime] | None


def is_capture(record: Record) -> bool:
    """True for the records that hold an answer: HTTP responses, revisits and resources."""
    kind = record.header("WARC-Type")
    is_http = _url(record, "WARC-Target-URI").startswith(("http://", "https://"))
    return kind in _KINDS and (kind == "resource" or is_http)


def kept_of(record: Record) -> Kept:
    """The answer in a record of which is_capture is true. Raises ArchiveDamaged if unreadable."""
    if record.block is None:
        raise ArchiveDamaged("the record is too large to be loaded")
    url = _url(record, "WARC-Target-URI")
    captured_at = _moment(record.header("WARC-Date"))
    is_revisit = record.header("WARC-Type") == "revisit"
    if record.header("WARC-Type") == "resource" or (is_revisit and not record.block):
        return Kept(
            url=url,
            status=0,
            headers=(),
            content_type=None if is_revisit else record.header("Content-Type"),
            captured_at=captured_at,
            body=None if is_revisit else record.block,
            refers_to=_refers_to(record) if is_revisit else None,
        )
    answer = read_answer(record.block)
    return Kept(
        url=url,
        status=answer.status,
        headers=answer.headers,
        content_type=header_of(answer.headers, "Content-Type"),
        captured_at=captured_at,
        body=None if is_revisit else decode(answer),
        refers_to=_refers_to(record) if is_revisit else None,
    )


def capture_of(record: Record, kept: Kept, file: str) -> Capture:
    """The capture of a record in `file`.

    The digest of a revisit is the one that the shelf wrote beside it, or "" where another tool
    wrote the record and only the record it refers to can tell.
    """
    return Capture(
        url=kept.url,
        status=kept.status,
        content_type=kept.content_type,
        captured_at=kept.captured_at,
        kind=_KINDS[record.header("WARC-Type") or ""],
        place=Place(
            file=file, offset=record.offset, length=record.length, sha256=_sha256(record, kept)
        ),
    )


def _sha256(record: Record, kept: Kept) -> str:
    if kept.body is not None:
        return hashlib.sha256(kept.body).hexdigest()
    written = _HEX_DIGEST.fullmatch(record.header(BODY_DIGEST) or "")
    return written[1] if written else ""


def _refers_to(record: Record) -> tuple[str, datetime] | None:
    url, date = _url(record, "WARC-Refers-To-Target-URI"), record.header("WARC-Refers-To-Date")
    return (url, _moment(date)) if url and date else None


def _url(record: Record, name: str) -> str:
    value = record.header(name) or ""
    # wget up to 1.19 wrote <http://...>
    return value[1:-1] if value.startswith("<") and value.endswith(">") else value


def _moment(text: str | None) -> datetime:
    found = _DATE.fullmatch(text or "")
    if found is None:
        raise ArchiveDamaged(f'"{text}" is no WARC-Date')
    fraction = (found[2] or "").ljust(6, "0")[:6]
    try:
        return datetime.fromisoformat(f"{found[1]}.{fraction}").replace(tzinfo=UTC)
    except ValueError as error:
        raise ArchiveDamaged(f'"{text}" is no WARC-Date') from error
