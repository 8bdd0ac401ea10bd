"""The pictures of an article, each with the line that the paper prints under it."""

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from crawler.parse.captions import has_credit, split_caption
from crawler.parse.claims import Claims
from crawler.parse.layout import resolve
from crawler.parse.lines import Image, Line, Token
from crawler.parse.tree import text_of
from press.model import Picture

CAPTION_CHARS = 200
_ICON = re.compile(
    r"tplimg/|/(?:icon|button|spacer|blank|dot|line)[\w-]*\.(?:gif|png)|(?:^|/)\w{1,2}\.gif$",
    re.IGNORECASE,
)


_PUBLISHED = re.compile(r"\d{4}-?\d{2}[-/]?\d{2}|(?:^|/)(?:res|resfile|pic|page)/", re.IGNORECASE)


@dataclass(slots=True)
class Plate:
    """A picture in the flow and the lines of its caption."""

    image: Image
    lines: list[Line] = field(default_factory=list)


def find_plates(
    tokens: list[Token], keep_apart: tuple[HtmlElement, ...]
) -> tuple[list[Plate], set[int]]:
    """The pictures among tokens, and the ids of the lines that are captions.

    `keep_apart` are the elements that no picture's table may hold: the body, the headline.
    """
    images = [t for t in tokens if isinstance(t, Image) and not is_icon(t.element)]
    tables = {id(image): _table_of(image, keep_apart) for image in images}
    plates = [Plate(image) for image in images]
    taken: set[int] = set()
    for table in dict.fromkeys(t for t in tables.values() if t is not None):
        own = [plate for plate in plates if tables[id(plate.image)] is table]
        inside = [t for t in tokens if isinstance(t, Line) and t.text and _is_inside(t, table)]
        _deal(own, inside, tokens)
        taken |= {id(line) for line in inside}
    for plate in plates:
        if tables[id(plate.image)] is None:
            plate.lines = _lines_after(plate.image, tokens, taken)
            taken |= {id(line) for line in plate.lines}
    return plates, taken


def read_picture(plate: Plate, order: int, base_url: str, claims: Claims) -> Picture:
    """The picture of a plate; its caption's characters are claimed."""
    text = " ".join(line.text for line in plate.lines)
    caption, credit = split_caption(text)
    for part, value in (("caption", caption), ("credit", credit)):
        if value:
            claims.take(f"pictures[{order}].{part}", value, plate.lines[0].place)
    url = resolve(base_url, plate.image.element.get("src"))
    return Picture(order=order, url=url, caption=caption, credit=credit)


def is_icon(image: HtmlElement) -> bool:
    """True for a bullet, a button or a spacer of the template."""
    sizes = [image.get(name, "").removesuffix("px") for name in ("width", "height")]
    if any(size.isdigit() and int(size) <= 30 for size in sizes):
        return True
    return image.get("usemap") is not None or bool(_ICON.search(image.get("src") or ""))


def is_decoration(token: Token) -> bool:
    """True for an image that no issue published: its address shows neither date nor archive."""
    return isinstance(token, Image) and not _PUBLISHED.search(token.element.get("src") or "")


def _table_of(image: Image, keep_apart: tuple[HtmlElement, ...]) -> HtmlElement | None:
    """The outermost table around the image that holds pictures and captions only."""
    found = None
    for ancestor in image.element.iterancestors():
        if ancestor in keep_apart:
            break
        if ancestor.tag == "table":
            if any(apart is inner for apart in keep_apart for inner in ancestor.iter(apart.tag)):
                break
            if len(text_of(ancestor).strip()) > CAPTION_CHARS * (
                1 + len(ancestor.findall(".//img"))
            ):
                break
            found = ancestor
    return found


def _is_inside(line: Line, table: HtmlElement) -> bool:
    return line.block is table or any(a is table for a in line.block.iterancestors())


def _deal(plates: list[Plate], lines: list[Line], tokens: list[Token]) -> None:
    """Gives a table's lines to its pictures: cell by cell where they are as many, else in order."""
    cells: dict[HtmlElement, list[Line]] = {}
    for line in lines:
        cells.setdefault(_cell_of(line), []).append(line)
    if len(cells) == len(plates):
        for plate, cell in zip(plates, cells.values(), strict=True):
            plate.lines = cell
        return
    places = {id(token): index for index, token in enumerate(tokens)}
    for line in lines:
        before = [p for p in plates if places[id(p.image)] < places[id(line)]]
        (before[-1] if before else plates[0]).lines.append(line)


def _cell_of(line: Line) -> HtmlElement:
    return next((e for e in (line.block, *line.block.iterancestors()) if e.tag == "td"), line.block)


def _lines_after(image: Image, tokens: list[Token], taken: set[int]) -> list[Line]:
    """The caption of a picture that stands in no table of its own."""
    start = next(index for index, token in enumerate(tokens) if token is image) + 1
    found: list[Line] = []
    for token in tokens[start:]:
        if not isinstance(token, Line):
            break
        if not token.text:
            continue
        if id(token) in taken or len(token.text) > CAPTION_CHARS:
            break
        same_block = token.group == image.group
        if not found and (same_block or _reads_as_caption(token)):
            found.append(token)
            continue
        break
    return found


def _reads_as_caption(line: Line) -> bool:
    if has_credit(line.text):
        return True
    css = (line.block.get("class") or "") + (line.block.get("id") or "")
    return bool(re.search(r"tushuo|caption|pic|tuzhu|photo", css, re.IGNORECASE)) or (
        line.centred and not line.strong and line.text[-1] in "。）)"
    )
