"""What may become of files and sizes: pictures shown twice or small, areas turned."""

import re
from collections.abc import Mapping
from typing import Final

from replica.markup.mutations.edits import Mutation, in_body, in_map, swap

_PICTURE: Final = r'<IMG src="(?P<folder>[^"]*/)(?P<stem>[^"/.]*)\.jpg"[^>]*>'
_COORDS: Final = r'(?<=coords=")[^"]*'


def _copied_below(inner: str) -> str:
    return inner + "".join(f"<p align=center>{found[0]}</p>" for found in _images(inner))


def _images(page: str) -> list[re.Match[str]]:
    return list(re.finditer(_PICTURE, page))


def _turned(found: re.Match[str]) -> str:
    return re.sub(r"(\d+),(\d+)", r"\2,\1", found[0])


PLATES: Final[Mapping[str, Mutation]] = {
    "pictures twice": swap(_PICTURE, r"\g<0>\g<0>"),
    "pictures again at the end": in_body(_copied_below),
    "pictures with a smaller copy": swap(_PICTURE, r'\g<0><IMG src="\g<folder>\g<stem>_s.jpg">'),
    "pictures with a sharper copy": swap(_PICTURE, r'\g<0><IMG src="\g<folder>\g<stem>@2x.jpg">'),
    "smaller pictures that open the whole": swap(
        _PICTURE, r'<a href="\g<folder>\g<stem>.jpg"><IMG src="\g<folder>\g<stem>-thumb.jpg"></a>'
    ),
    "areas across the picture": in_map(swap(_COORDS, _turned)),
}  # fmt: skip
"""What a site that shows several sizes of a picture, or turns one, makes of a page."""
