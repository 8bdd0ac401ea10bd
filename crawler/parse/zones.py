"""The image map of a page: which polygon of the facsimile belongs to which article."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.clean.whitespace import fold_spaces
from crawler.parse.images import source_of
from crawler.parse.layout import Layout, resolve
from press.model import Zone

MIN_AREAS = 3
FREE_SHARE = 0.55
BEYOND = 1.1
MARGIN = 1.02


@dataclass(frozen=True, slots=True)
class MapArea:
    """One area that links to an article; `title` is what it says of it, None without."""

    url: str
    title: str | None
    zone: Zone


@dataclass(frozen=True, slots=True)
class PageMap:
    """The areas of a page's map in source order; `is_marked` when a map of the platform's name
    is there, areas or not; `is_overrun` when most areas reach beyond the picture as displayed,
    `is_shrunk` when all crowd into its upper left quarter, `is_turned` when they would fit into the
    picture laid on its side."""

    facsimile_url: str | None
    areas: tuple[MapArea, ...]
    is_marked: bool
    is_overrun: bool
    is_shrunk: bool
    is_turned: bool


def read_areas(root: HtmlElement, layout: Layout, base_url: str) -> PageMap:
    """The page's map: names are compared without case, for image and map disagree in it."""
    maps = list(root.iter("map"))
    names = {_name(page_map) for page_map in maps}
    images = [img for img in root.iter("img") if img.get("usemap")]
    image = next((img for img in images if _used(img) in names), next(iter(images), None))
    wanted = _used(image) if image is not None else ""
    named = [m for m in maps if _name(m) == wanted]
    areas = tuple(
        area
        for page_map in (named or maps)
        for element in page_map.iter("area")
        if (area := _read_area(element, layout, base_url)) is not None
    )
    marked = layout.map_name in names
    facsimile = resolve(base_url, source_of(image)) if image is not None else None
    return PageMap(
        facsimile, areas, marked, _overruns(image, areas), _shrinks(image, areas),
        _is_turned(image, areas),
    )  # fmt: skip


def _name(page_map: HtmlElement) -> str:
    return (page_map.get("name") or page_map.get("id") or "").strip().lower()


def _used(image: HtmlElement) -> str:
    return str(image.get("usemap", "")).lstrip("#").strip().lower()


def _shrinks(image: HtmlElement | None, areas: tuple[MapArea, ...]) -> bool:
    """True where three areas and more leave nearly half of the picture free to the right and
    below: they were drawn for a smaller one."""
    size, reach = _size_of(image), _reach_of(areas)
    if size is None or reach is None:
        return False
    return all(end < whole * FREE_SHARE for end, whole in zip(reach, size, strict=True))


def _is_turned(image: HtmlElement | None, areas: tuple[MapArea, ...]) -> bool:
    """True where three areas and more reach as far to the right as the picture is high, and no
    farther down than it is wide: their coordinates are exchanged."""
    size, reach = _size_of(image), _reach_of(areas)
    if size is None or reach is None:
        return False
    (width, height), (right, bottom) = size, reach
    return width * BEYOND < right <= height * MARGIN and bottom <= width * MARGIN


def _reach_of(areas: tuple[MapArea, ...]) -> tuple[float, float] | None:
    """How far the areas reach to the right and down; None for fewer than three articles."""
    corners = [corner for area in areas for corner in area.zone]
    if len({area.url for area in areas}) < MIN_AREAS or not corners:
        return None
    return max(x for x, _ in corners), max(y for _, y in corners)


def _size_of(image: HtmlElement | None) -> tuple[int, int] | None:
    """The picture's width and height as displayed; None where they are not given."""
    if image is None:
        return None
    width, height = ((image.get(name) or "").strip() for name in ("width", "height"))
    is_given = width.isdigit() and height.isdigit() and int(width) > 1 and int(height) > 1
    return (int(width), int(height)) if is_given else None


def _overruns(image: HtmlElement | None, areas: tuple[MapArea, ...]) -> bool:
    """True where the picture's size is given and most areas reach more than a tenth beyond it."""
    size = _size_of(image)
    if size is None:
        return False
    bounds = [length * BEYOND for length in size]
    beyond = sum(
        any(at > bound for corner in area.zone for at, bound in zip(corner, bounds, strict=False))
        for area in areas
    )
    return beyond * 2 > len(areas)


def _read_area(element: HtmlElement, layout: Layout, base_url: str) -> MapArea | None:
    url = resolve(base_url, element.get("href"))
    if url is None or not layout.article_path.search(url):
        return None
    # Some pages write the title between <Area> and </Area>: it becomes the tail of a void element.
    texts = (element.get("alt"), element.get("title"), element.text, element.tail)
    title = next((t for t in (fold_spaces(text or "").strip() for text in texts) if t), None)
    return MapArea(url, title, _zone(element.get("coords") or "", element.get("shape") or ""))


def _zone(coords: str, shape: str) -> Zone:
    """The polygon of an area; a rectangle becomes its four corners, a circle its square.

    Empty for coordinates that span no area, and for shares of a size that nobody knows.
    """
    if "%" in coords:
        return ()
    numbers = [float(n) for n in re.findall(r"-?\d{1,6}(?:\.\d{1,6})?", coords)]
    if shape.lower().startswith("rect") or len(numbers) == 4:
        if len(numbers) < 4:
            return ()
        left, top, right, bottom = numbers[:4]
        if left == right or top == bottom:
            return ()
        return ((left, top), (right, top), (right, bottom), (left, bottom))
    if shape.lower().startswith("circ") and len(numbers) >= 3:
        x, y, r = numbers[:3]
        return ((x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r))
    points = tuple(zip(numbers[::2], numbers[1::2], strict=False))
    if len(points) > 3 and points[0] == points[-1]:
        points = points[:-1]  # a ring that is closed twice
    return points if len(set(points)) >= 3 else ()
