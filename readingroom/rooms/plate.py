"""A page's zones as a drawing: a map of the page on a blank plate, in its proportions. Pure.

The facsimile itself is not archived; its address is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import ceil, floor, isfinite
from typing import Final
from unicodedata import east_asian_width

from press.model import Page, Zone

_SIZES: Final = tuple(1 / part for part in (13, 16, 19, 23, 27, 31))
"""Heights of a label's characters, in widths of the plate; the largest that fits is taken."""

_LEADING: Final = 1.3
_FILLED: Final = 0.86
_STACKED: Final = 0.76
"""How much of a zone's sides its label may take: along its lines, and across them."""

_OPENING: Final = frozenset("“‘（《〈【「『〔")
_CLOSING: Final = frozenset("”’）》〉】」』〕，。、；：？！…")

_FEWEST_ACROSS: Final = 5
"""In a tall zone that is narrower than so many characters, a label is set from top to bottom."""

_MOST_CORNERS: Final = 12
"""Different places of a polygon's corners, up to which room for a label is looked for in it."""

_NARROW: Final = 0.56
"""The width of a character that is not a Chinese one, in heights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a label: where its middle (of a column: its top) is."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What is written in a zone; `is_upright` is set from top to bottom, columns from the right."""

    size: str
    lines: tuple[Line, ...]
    is_upright: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """What one article takes of the plate: the corners of its polygons, and its label in one.

    `article_id` is None for what is not in the archive.
    """

    article_id: str | None
    title: str | None
    polygons: tuple[str, ...]
    label: Label | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """The drawing: its width and height in the zones' pixels."""

    width: str
    height: str
    plots: tuple[Plot, ...]


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


def plate_of(page: Page, archived: Mapping[str, str]) -> Plate | None:
    """The plate of a page; None where it has no zones to draw.

    `archived` gives the id of an article by its native_id.
    """
    zones = {one.order: [zone for zone in one.zones if _is_drawn(zone)] for one in page.entries}
    boxes = [_box(zone) for of_entry in zones.values() for zone in of_entry]
    if not boxes:
        return None
    width = max(box.right for box in boxes) + min(box.left for box in boxes)
    height = max(box.bottom for box in boxes) + min(box.top for box in boxes)
    return Plate(
        width=_said(width),
        height=_said(height),
        plots=tuple(
            Plot(
                article_id=archived.get(one.native_id or ""),
                title=one.title,
                polygons=tuple(
                    " ".join(f"{_said(x)},{_said(y)}" for x, y in zone) for zone in zones[one.order]
                ),
                label=_label(
                    one.title or "", max(map(_inside, zones[one.order]), key=_area), width
                ),
            )
            for one in page.entries
            if zones[one.order]
        ),
    )


def wrapped(text: str, per_line: float, lines: int) -> tuple[str, ...] | None:
    """The text in at most so many lines, each at most so many characters high; None if it is longer.

    Chinese is broken anywhere; so are words, for a label is short. An opening mark goes with what
    follows it, a closing one takes what stands before it along.
    """
    if per_line < 1:
        return None
    found: list[str] = []
    line, length = "", 0.0
    for character in " ".join(text.split()):
        wide = _width(character)
        if length + wide > per_line:
            parted = line[-1:] in _OPENING or character in _CLOSING
            carried = line[-1:] if parted and len(line) > 1 and per_line >= 2 else ""
            found.append(line.removesuffix(carried).strip())
            line, length = carried, sum(map(_width, carried))
        line, length = line + character, length + wide
    found += [line.strip()] if line.strip() else []
    return tuple(found) if len(found) <= lines else None


def _label(title: str, box: _Box, plate_width: float) -> Label | None:
    """The title as large as it fits; cut short where it fits in no size; None where nothing does."""
    for part in _SIZES:
        size = part * plate_width
        is_column = box.height > 2 * box.width and box.width < _FEWEST_ACROSS * size
        for is_upright in (True, False) if is_column else (False,):
            room = _room(box, size, is_upright=is_upright)
            lines = wrapped(title, *room)
            if lines:
                even = wrapped(title, ceil(sum(map(_width, title)) / len(lines)), len(lines))
                return _set(even or lines, box, size, is_upright=is_upright)
    size = _SIZES[-1] * plate_width
    per_line, count = _room(box, size, is_upright=False)
    capacity = floor(per_line) * count
    if not title or capacity < 3:
        return None
    for kept in range(min(len(title), 2 * capacity), 0, -1):
        lines = wrapped(f"{title[:kept]}…", per_line, count)
        if lines:
            return _set(lines, box, size, is_upright=False)
    return None


def _room(box: _Box, size: float, *, is_upright: bool) -> tuple[float, int]:
    """How many characters a line takes, and how many lines there is room for."""
    along, across = (box.height, box.width) if is_upright else (box.width, box.height)
    return _FILLED * along / size, floor((_STACKED * across / size - 1) / _LEADING) + 1


def _set(lines: Sequence[str], box: _Box, size: float, *, is_upright: bool) -> Label:
    step = size * _LEADING
    first = -step * (len(lines) - 1) / 2
    centre, middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    top = middle - max(sum(map(_width, line)) for line in lines) * size / 2
    return Label(
        size=_said(size),
        is_upright=is_upright,
        lines=tuple(
            Line(x=_said(centre - first - n * step), y=_said(top), text=line)
            if is_upright
            else Line(x=_said(centre), y=_said(middle + first + n * step), text=line)
            for n, line in enumerate(lines)
        ),
    )


def _is_drawn(zone: Zone) -> bool:
    if not all(isfinite(number) and 0 <= number <= 1e6 for point in zone for number in point):
        return False
    box = _box(zone)
    return box.width >= 1 and box.height >= 1


def _box(zone: Zone) -> _Box:
    across, down = [x for x, _ in zone], [y for _, y in zone]
    return _Box(min(across), min(down), max(across), max(down))


def _inside(zone: Zone) -> _Box:
    """The largest box in the polygon whose sides lie on its corners; for an odd one, its own box."""
    across, down = sorted({x for x, _ in zone}), sorted({y for _, y in zone})
    if len(across) > _MOST_CORNERS or len(down) > _MOST_CORNERS:
        return _box(zone)
    cells = [
        [_holds(zone, (x1 + x2) / 2, (y1 + y2) / 2) for x1, x2 in pairwise(across)]
        for y1, y2 in pairwise(down)
    ]
    boxes = (
        _Box(across[left], down[top], across[right], down[bottom])
        for left, right in combinations(range(len(across)), 2)
        for top, bottom in combinations(range(len(down)), 2)
        if all(all(row[left:right]) for row in cells[top:bottom])
    )
    return max(boxes, key=_area, default=_box(zone))


def _holds(zone: Zone, x: float, y: float) -> bool:
    """True when the point lies in the polygon: a ray from it crosses an odd number of sides."""
    is_in = False
    for (x1, y1), (x2, y2) in zip(zone, (*zone[1:], zone[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1):
            is_in = not is_in
    return is_in


def _area(box: _Box) -> float:
    return box.width * box.height


def _width(character: str) -> float:
    return 1.0 if east_asian_width(character) in "WFA" else _NARROW


def _said(number: float) -> str:
    """With at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")
