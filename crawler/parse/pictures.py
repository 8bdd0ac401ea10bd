"""The pictures of an article, each with the line that the paper prints under it."""

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from crawler.clean.whitespace import is_indented
from crawler.parse.captions import has_credit, split_caption
from crawler.parse.claims import Claims
from crawler.parse.images import source_of
from crawler.parse.layout import path_of, resolve
from crawler.parse.lines import Image, Line, Token
from crawler.parse.tree import text_of
from press.model import Picture

TABLE_CAPTION_CHARS = 800
BODY_CAPTION_CHARS = 160
BARE_CAPTION_CHARS = 40
PARAGRAPH_CHARS = 20
_PUBLISHED = re.compile(
    r"/\d{4}-?\d{2}[-/]?\d{2}(?:/|[^/]*\.|\d*[_/])|/(?:res|resfile|pic|pics|page)/", re.IGNORECASE
)
_FURNITURE = re.compile(
    r"/(?:images?|img|css|skin|style|static|tpl|templates?)/[^/\d]*\.\w+$", re.IGNORECASE
)
_CAPTION_CLASS = re.compile(r"tushuo|caption|pic|tuzhu|photo", re.IGNORECASE)


@dataclass(slots=True)
class Plate:
    """A picture in the flow, the lines of its caption, and the table of pictures it stands in."""

    image: Image
    table: HtmlElement | None
    lines: list[Line] = field(default_factory=list)


def find_plates(
    tokens: list[Token], body: HtmlElement, headline: HtmlElement | None
) -> tuple[list[Plate], set[int]]:
    """The pictures among tokens, and the ids of the lines that are captions.

    No picture's table holds the body or the headline.
    """
    apart = {body, *body.iterancestors()}
    if headline is not None:
        apart |= {headline, *headline.iterancestors()}
    plates = [Plate(token, _table_of(token, apart)) for token in tokens if isinstance(token, Image)]
    tables = {plate.table for plate in plates if plate.table is not None}
    inside: dict[HtmlElement, list[Line]] = {table: [] for table in tables}
    for token in tokens if tables else ():
        if isinstance(token, Line) and token.text:
            holders = (token.block, *token.block.iterancestors())
            table = next((element for element in holders if element in tables), None)
            if table is not None:
                inside[table].append(token)
    taken: set[int] = set()
    for table, lines in inside.items():
        _deal([plate for plate in plates if plate.table is table], lines)
        taken |= {id(line) for line in lines}
    places = {id(token): index for index, token in enumerate(tokens)}
    for plate in plates:
        if plate.table is None:
            start = places[id(plate.image)] + 1
            plate.lines = _lines_after(plate.image, tokens[start : start + 8], taken, body)
            taken |= {id(line) for line in plate.lines}
    return plates, taken


def read_picture(plate: Plate, order: int, base_url: str, claims: Claims) -> Picture:
    """The picture of a plate; its caption's characters are claimed."""
    text = " ".join(line.text for line in plate.lines)
    caption, credit = split_caption(text)
    for part, value in (("caption", caption), ("credit", credit)):
        if value:
            claims.take(f"pictures[{order - 1}].{part}", value, plate.lines[0].place)
    url = resolve(base_url, source_of(plate.image.element))
    return Picture(order=order, url=url, caption=caption, credit=credit)


def is_published(image: Image, base_url: str) -> bool:
    """False for a decoration of the template: its address shows neither date nor archive."""
    path = path_of(resolve(base_url, source_of(image.element)) or "")
    return bool(_PUBLISHED.search(path)) and not _FURNITURE.search(path)


def _table_of(image: Image, apart: set[HtmlElement]) -> HtmlElement | None:
    """The outermost table around the image that holds pictures and captions only."""
    found = None
    for ancestor in image.element.iterancestors():
        if ancestor in apart:
            break
        if ancestor.tag == "table":
            images = len(ancestor.findall(".//img"))
            if len(text_of(ancestor).strip()) > TABLE_CAPTION_CHARS * images or _has_prose(
                ancestor
            ):
                break
            found = ancestor
    return found


def _has_prose(table: HtmlElement) -> bool:
    """True for a table that lays out paragraphs of the story beside a picture."""
    return any(
        is_indented(text) and len(text.strip()) >= PARAGRAPH_CHARS
        for text in (text_of(paragraph) for paragraph in table.iter("p"))
    )


def _deal(plates: list[Plate], lines: list[Line]) -> None:
    """Gives a table's lines to its pictures: by column where the pictures stand side by side,
    cell by cell where they are as many, else each to the picture before it."""
    columns = {_column_of(plate.image.block): plate for plate in plates}
    if len(columns) == len(plates) > 1 and all(_column_of(line.block) in columns for line in lines):
        for line in lines:
            columns[_column_of(line.block)].lines.append(line)
        return
    cells: dict[HtmlElement, list[Line]] = {}
    for line in lines:
        cells.setdefault(_cell_of(line.block), []).append(line)
    if len(cells) == len(plates):
        for plate, cell in zip(plates, cells.values(), strict=True):
            plate.lines = cell
        return
    for line in lines:
        before = [plate for plate in plates if plate.image.place < line.place]
        (before[-1] if before else plates[0]).lines.append(line)


def _cell_of(block: HtmlElement) -> HtmlElement:
    return next((e for e in (block, *block.iterancestors()) if e.tag in ("td", "th")), block)


def _column_of(block: HtmlElement) -> int:
    cell = _cell_of(block)
    return sum(1 for sibling in cell.itersiblings(preceding=True) if sibling.tag in ("td", "th"))


def _lines_after(
    image: Image, tokens: list[Token], taken: set[int], body: HtmlElement
) -> list[Line]:
    """The caption of a picture that stands in no table of its own: the line right after it."""
    in_body = image.block is body or any(a is body for a in image.block.iterancestors())
    for token in tokens:
        if isinstance(token, Line) and not token.text:
            continue
        if not isinstance(token, Line) or id(token) in taken:
            break
        is_caption = _captions_in_body(token, image) if in_body else _captions_above(token, image)
        return [token] if is_caption else []
    return []


def _captions_in_body(line: Line, image: Image) -> bool:
    """In the body a caption shows itself: a credit, a class, or a bare centred line."""
    if len(line.text) > BODY_CAPTION_CHARS or line.strong:
        return False
    if has_credit(line.text) or _has_caption_class(line):
        return True
    is_bare = len(line.text) <= BARE_CAPTION_CHARS
    if line.group == image.group:
        return is_bare and not line.indented
    return is_bare and line.centred and not line.indented


def _captions_above(line: Line, image: Image) -> bool:
    """Between headline and body: what shares the picture's cell, or shows itself as a caption."""
    return (
        line.group == image.group
        or has_credit(line.text)
        or _has_caption_class(line)
        or (line.block.tag in ("p", "div") and line.centred)
    )


def _has_caption_class(line: Line) -> bool:
    css = (line.block.get("class") or "") + (line.block.get("id") or "")
    return bool(_CAPTION_CLASS.search(css))
