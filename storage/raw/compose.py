"""Pure: what is to be kept -> the WARC records that keep it, byte for byte.

The HTTP blocks are the bytes of the wire. warcio's writer is not used: it puts a header's line
breaks into the record as they are (webrecorder/warcio#40), rewrites HTTP headers and names
records at random; these records depend on their content and place alone.
"""

import uuid
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from unicodedata import category

from press.capture import Exchange, Import
from press.errors import ArchiveDamaged, UsageError
from storage.raw.entity import decode, read_answer
from storage.raw.record import MAX_BLOCK_BYTES, Record, digest_text

BODY_DIGEST = "Baoku-Body-Digest"
"""Extension header of revisit records: the digest of the decoded body, which they do not hold."""

_NAMES = uuid.UUID("5b2f6c0e-7d0b-5f54-9c53-0d6a3f0c6f11")
_REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record that has no place yet. Raises UsageError for a value that no header can hold."""

    kind: str
    date: str
    headers: tuple[tuple[str, str], ...]
    block: bytes

    def __post_init__(self) -> None:
        for name, value in self.headers:
            _check_value(name, value)
        if len(self.block) > MAX_BLOCK_BYTES:
            raise UsageError(f"a record of {len(self.block)} bytes is too large to be kept")


def drafts_of(item: Exchange | Import, original: Record | None) -> tuple[Draft, ...]:
    """The records of one item: a response, or a revisit of `original`, and then its request.

    The response goes first: of a pair torn by a power cut it is what cannot be had again. Raises
    UsageError where the bytes are not the answer that the exchange says.
    """
    if isinstance(item, Import):
        return (_resource(item),)
    _check_answer(item)
    answer = _response(item) if original is None else _revisit(item, original)
    target = (("WARC-Target-URI", item.url),)
    http = (("Content-Type", "application/http;msgtype=request"),)
    request = Draft(
        kind="request", date=answer.date, headers=target + http, block=item.request_bytes
    )
    return answer, request


def info_of(file: str, software: str, moment: datetime) -> Draft:
    """The record that begins each file and says what wrote it."""
    _check_value("software", software)
    fields = f"software: {software}\r\nformat: WARC File Format 1.1\r\n"
    headers = (("WARC-Filename", file), ("Content-Type", "application/warc-fields"))
    return Draft(kind="warcinfo", date=date_text(moment), headers=headers, block=fields.encode())


def members_of(drafts: Iterable[Draft], *, file: str, offset: int) -> tuple[bytes, ...]:
    """One gzip member a draft, as they lie in `file` from `offset` on."""
    members: list[bytes] = []
    answer_id = ""
    for draft in drafts:
        name = record_id(file, offset, draft.date)
        links = (("WARC-Concurrent-To", answer_id),) if draft.kind == "request" else ()
        answer_id = name
        members.append(_member(draft, name, links))
        offset += len(members[-1])
    return tuple(members)


def preview(draft: Draft) -> Record:
    """The record as it will read back, its place aside."""
    headers = (("WARC-Type", draft.kind), ("WARC-Date", draft.date), *draft.headers)
    return Record(offset=0, length=0, headers=headers, block=draft.block)


def record_id(file: str, offset: int, date: str) -> str:
    """The record's name: it follows from the place, so that a record proves where it belongs."""
    return f"<urn:uuid:{uuid.uuid5(_NAMES, f'{file} {offset} {date}')}>"


def date_text(moment: datetime) -> str:
    """A WARC-Date in UTC to the microsecond, which WARC/1.1 allows."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _response(item: Exchange) -> Draft:
    payload = read_answer(item.response_bytes).payload
    headers = (
        *_about(item),
        ("WARC-Payload-Digest", digest_text(payload)),
        ("Content-Type", "application/http;msgtype=response"),
    )
    date = date_text(item.sent_at)
    return Draft(kind="response", date=date, headers=headers, block=item.response_bytes)


def _revisit(item: Exchange, original: Record) -> Draft:
    headers = (
        *_about(item),
        ("WARC-Profile", _REVISIT_PROFILE),
        ("WARC-Refers-To-Target-URI", original.header("WARC-Target-URI") or ""),
        ("WARC-Refers-To-Date", original.header("WARC-Date") or ""),
        ("WARC-Payload-Digest", original.header("WARC-Payload-Digest") or ""),
        (BODY_DIGEST, digest_text(item.body)),
        ("Content-Type", "application/http;msgtype=response"),
    )
    head = read_answer(item.response_bytes).head
    return Draft(kind="revisit", date=date_text(item.sent_at), headers=headers, block=head)


def _resource(item: Import) -> Draft:
    headers = (
        ("WARC-Target-URI", item.url),
        ("WARC-Payload-Digest", digest_text(item.body)),
        ("Content-Type", item.content_type),
    )
    date = date_text(item.imported_at)
    return Draft(kind="resource", date=date, headers=headers, block=item.body)


def _about(item: Exchange) -> tuple[tuple[str, str], ...]:
    address = (("WARC-IP-Address", item.ip_address),) if item.ip_address else ()
    return (("WARC-Target-URI", item.url), *address)


def _member(draft: Draft, name: str, links: tuple[tuple[str, str], ...]) -> bytes:
    headers = (
        ("WARC-Type", draft.kind),
        ("WARC-Record-ID", name),
        ("WARC-Date", draft.date),
        *links,
        *draft.headers,
        ("WARC-Block-Digest", digest_text(draft.block)),
        ("Content-Length", str(len(draft.block))),
    )
    lines = "".join(f"{key}: {value}\r\n" for key, value in headers)
    deflater = zlib.compressobj(wbits=31)
    parts = (f"WARC/1.1\r\n{lines}\r\n".encode(), draft.block, b"\r\n\r\n")
    return b"".join([*map(deflater.compress, parts), deflater.flush()])


def _check_answer(item: Exchange) -> None:
    try:
        answer = read_answer(item.response_bytes)
        is_same = (answer.status, decode(answer)) == (item.status, item.body)
    except ArchiveDamaged as error:
        raise UsageError(f"the answer from {item.url!r} cannot be kept: {error}") from error
    if not is_same:
        raise UsageError(f"the bytes from {item.url!r} are not the status and body beside them")


def _check_value(name: str, value: str) -> None:
    if not value or value != value.strip() or any(category(c) == "Cc" for c in value):
        raise UsageError(f"{name} {value!r} is empty or has control characters: it is not kept")
    if name.endswith("URI") and " " in value:
        raise UsageError(f"the address {value!r} has a space: write it as %20")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"{name} {value!r} has half a character: it is not kept") from error
