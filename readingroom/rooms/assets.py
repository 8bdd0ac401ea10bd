"""The files that pages need: read once, named by what is in them, so that they may be kept for good."""

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[1] / "static"
PREFIX: Final = "/static"

KEPT: Final = "private, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file: its address for this content alone, its media type, its bytes."""

    path: str
    media_type: str
    body: bytes


def read_assets(folder: Path = FOLDER) -> Mapping[str, Asset]:
    """Every file of the folder by its name: rooms.css has an address like /static/rooms.1a2b3c4d5e6f.css."""
    return {file.name: _asset(file) for file in sorted(folder.iterdir()) if file.is_file()}


def _asset(file: Path) -> Asset:
    body = file.read_bytes()
    digest = hashlib.sha256(body).hexdigest()[:12]
    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return Asset(
        path=f"{PREFIX}/{file.stem}.{digest}{file.suffix}", media_type=media_type, body=body
    )
