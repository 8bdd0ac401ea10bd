"""Pictures that a page shows twice, or small before they are opened."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from crawler.clean.whitespace import squeeze
from crawler.parse.images import source_of
from crawler.parse.layout import path_of, resolve
from crawler.parse.pictures import Plate
from press.account import Piece

_SIZE = re.compile(
    r"(?:[_.!-]|@)(?:s|t|m|b|l|sm|lg|xs|xl|big|small|mid|large|thumb(?:nail)?|tn|mini|preview|w?\d{2,4}x\d{2,4}|w\d{2,4}|[23]x)$",
    re.IGNORECASE,
)
"""What a site adds to a file's name for another size of it; _brief is the platform's own name."""


def without_copies(plates: Sequence[Plate], base_url: str) -> list[Plate]:
    """The pictures, each file once, the whole rather than a smaller copy of it.

    A copy with a caption of its own stays, for the page prints it twice.
    """
    kept: dict[str, Plate] = {}
    rest: list[Plate] = []
    for plate in plates:
        path = _path(plate, base_url)
        name = next((name for name in kept if _is_copy(path, name) or _is_copy(name, path)), None)
        first = kept.get(path if name is None else name)
        if not path or (first is not None and first.lines and plate.lines):
            rest.append(plate)
        elif first is None:
            kept[path] = plate
        else:
            first.lines = first.lines or plate.lines
            if name is not None and _is_copy(name, path):
                first.image = plate.image
                kept[path] = kept.pop(name)
    stay = {id(plate) for plate in (*kept.values(), *rest)}
    return [plate for plate in plates if id(plate) in stay]


def picture_copies(plates: Sequence[Plate], base_url: str) -> Iterator[Piece]:
    """A residue for each picture that stands twice under one caption, and for each that is a
    smaller copy of the file that it links to: the archive should name that one."""
    seen: set[tuple[str, str]] = set()
    for plate in plates:
        path, caption = _path(plate, base_url), squeeze("".join(line.text for line in plate.lines))
        if path and caption and (path, caption) in seen:
            yield Piece("residue", "one picture twice", path)
        seen.add((path, caption))
        link = next(plate.image.element.iterancestors("a"), None)
        if link is not None and _is_copy(path, path_of(resolve(base_url, link.get("href")) or "")):
            yield Piece("residue", "a smaller copy of a picture", path)


def _path(plate: Plate, base_url: str) -> str:
    return path_of(resolve(base_url, source_of(plate.image.element)) or "")


def _is_copy(path: str, whole: str) -> bool:
    """True for a file whose name says that it is another size of the whole."""
    stem = PurePosixPath(path).stem
    plain = _SIZE.sub("", stem)
    return plain != stem and plain == PurePosixPath(whole).stem
