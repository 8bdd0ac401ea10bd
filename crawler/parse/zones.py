"""The image map of a page: which polygon of the facsimile belongs to which article."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.clean.whitespace import fold_spaces
from crawler.parse.images import source_of
from crawler.parse.layout import Layout, resolve
from press.model import Zone


@dataclass(frozen=True, slots=True)
class MapArea:
    """One area that links to an article; `title` is what it says of it, None without."""

    url: str
    title: str | None
    zone: Zone


@dataclass(frozen=True, slots=True)
class PageMap:
    """The areas of a page's map in source order; `is_marked` when a map of the platform's name
    is there, areas or not; `is_overrun` when most areas reach beyond the picture as displayed."""

    facsimile_url: str | None
    areas: tuple[MapArea, ...]
    is_marked: bool
    is_overrun: bool


def read_areas(root: HtmlElement, layout: Layout, base_url: str) -> PageMap:
    """The page's map: names are compared without case, for image and map disagree in it."""
    image = next((img for img in root.iter("img") if img.get("usemap")), None)
    wanted = (image.get("usemap", "") if image is not None else "").lstrip("#").strip().lower()
    maps = list(root.iter("map"))
    named = [m for m in maps if (m.get("name") or m.get("id") or "").strip().lower() == wanted]
    areas = tuple(
        area
        for page_map in (named or maps)
        for element in page_map.iter("area")
        if (area := _read_area(element, layout, base_url)) is not None
    )
    marked = any(
        (m.get("name") or m.get("id") or "").strip().lower() == layout.map_name for m in maps
    )
    facsimile = resolve(base_url, source_of(image)) if image is not None else None
    return PageMap(facsimile, areas, marked, _overruns(image, areas))


def _overruns(image: HtmlElement | None, areas: tuple[MapArea, ...]) -> bool:
    """True where the picture's size is given and most areas reach more than a tenth beyond it."""
    sizes = (
        [(image.get(name) or "").strip() for name in ("width", "height")]
        if image is not None
        else []
    )
    if not all(size.isdigit() and int(size) > 1 for size in sizes):
        return False
    bounds = [int(size) * 1.1 for size in sizes]
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
    return points if len(set(points)) >= 3 else ()
