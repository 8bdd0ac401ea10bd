"""What makes a request conditional: the marks that an earlier answer bore. Pure."""

from dataclasses import dataclass
from typing import Final, TypeAlias
from unicodedata import category

from press.capture import header_of
from press.errors import UsageError

Conditions: TypeAlias = tuple[tuple[bytes, bytes], ...]
"""Headers that make a request conditional; empty for a plain one."""

_LONGEST_CHARS: Final = 1024
"""A longer mark could make the request too large for the server that gave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """An earlier answer's ETag and Last-Modified as they came; None for none.

    Raises UsageError for a value that no header can hold: empty, longer than 1,024 characters,
    with control characters, white space around it, or a character beyond Latin-1.
    """

    etag: str | None = None
    last_modified: str | None = None

    def __post_init__(self) -> None:
        for value in (self.etag, self.last_modified):
            if value is not None and not _is_sendable(value):
                raise UsageError(f"{value[:80]!a} cannot stand in a header: ask without it")

    @property
    def conditions(self) -> Conditions:
        """The request headers that ask for the page only if it changed; empty for no marks."""
        asked = ((b"If-None-Match", self.etag), (b"If-Modified-Since", self.last_modified))
        return tuple((name, value.encode("latin-1")) for name, value in asked if value is not None)


def validators_of(headers: tuple[tuple[str, str], ...]) -> Validators:
    """The marks among an answer's headers; one that cannot be sent back is left out."""
    etag, last_modified = (
        value if value is not None and _is_sendable(value) else None
        for value in (header_of(headers, "ETag"), header_of(headers, "Last-Modified"))
    )
    return Validators(etag=etag, last_modified=last_modified)


def _is_sendable(value: str) -> bool:
    if not 0 < len(value) <= _LONGEST_CHARS or value != value.strip():
        return False
    return not any(ord(c) > 0xFF or category(c) == "Cc" for c in value)
