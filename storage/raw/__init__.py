"""The WARC shelf: append, recover, read back (the format: WARC/1.1, one gzip member a record)."""

from storage.raw.kept import Kept
from storage.raw.recovery import Recovery
from storage.raw.scan import Damage
from storage.raw.shelf import Shelf

__all__ = ["Damage", "Kept", "Recovery", "Shelf"]
