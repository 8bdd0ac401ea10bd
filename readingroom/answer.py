"""What a reader is given, as a value, and what of it they have already. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

from press.record import Json

REVALIDATED = "private, no-cache"
"""Kept by the reader alone, who asks each time whether it still holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A body with its media type, and when it last changed, None where nothing says.

    `tag` names a body that never changes, as on the shelf; where it is None, the body's digest does.
    """

    body: bytes
    media_type: str = "application/json"
    status: int = 200
    last_modified_at: datetime | None = None
    tag: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def entity_tag(self) -> str:
        """The ETag: equal for equal bodies."""
        return f'"{self.tag or hashlib.sha256(self.body).hexdigest()[:32]}"'


def json_answer(value: Json) -> Answer:
    """The value as JSON, its keys in their order, Chinese readable."""
    return Answer(body=json.dumps(value, ensure_ascii=False).encode())


def headers_of(answer: Answer) -> dict[str, str]:
    """The headers that go with the body, and with the word that it still holds."""
    known = {"ETag": answer.entity_tag, "Cache-Control": REVALIDATED, **answer.headers}
    if answer.last_modified_at is not None:
        known["Last-Modified"] = format_datetime(answer.last_modified_at, usegmt=True)
    return known


def is_known(answer: Answer, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """True when the reader has that body already, as their conditions say.

    A time is looked at only where no tag was given, and of a body that never changes: an article
    that is withdrawn, or read again by a better parser, keeps the time of its capture.
    """
    if answer.status != 200:
        return False
    if if_none_match is not None:
        tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
        return "*" in tags or answer.entity_tag in tags
    if if_modified_since is None or answer.last_modified_at is None or answer.tag is None:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
        return answer.last_modified_at.replace(microsecond=0) <= since
    except (ValueError, TypeError):  # no date, or one without a zone: as if it were not there
        return False
