"""Tables of data in a body, told apart from tables that only lay out a page."""

from lxml.html import HtmlElement

from crawler.clean.whitespace import fold_spaces, is_indented
from crawler.parse.images import is_icon
from crawler.parse.lines import Grid
from crawler.parse.tree import text_of

PARAGRAPH_CHARS = 20


def is_data(table: HtmlElement) -> bool:
    """True for a table of data: several cells with text, no picture, no table inside."""
    if table.find(".//table") is not None or not all(map(is_icon, table.iter("img"))):
        return False
    cells = [cell for cell in table.iter("td", "th") if text_of(cell).strip()]
    if any(_is_column(cell) for cell in cells):
        return False
    return len(cells) >= 2 and any(len(row) >= 2 for row in table.iter("tr"))


def _is_column(cell: HtmlElement) -> bool:
    """True for a cell that sets a column of the story: indented paragraphs of some length."""
    texts = (text_of(paragraph) for paragraph in cell.iter("p"))
    told = [text for text in texts if is_indented(text) and len(text.strip()) >= PARAGRAPH_CHARS]
    return len(told) >= 2


def read_grid(table: HtmlElement) -> Grid:
    """The texts of a table's cells, its caption as a row; rows without text are left out."""
    rows = []
    for row in table.iter("caption", "tr"):
        cells = (row,) if row.tag == "caption" else tuple(c for c in row if c.tag in ("td", "th"))
        cells = tuple(_cell(cell) for cell in cells)
        if any(cells):
            rows.append(cells)
    return Grid(tuple(rows), " ".join(text_of(table).split()))


def _cell(cell: HtmlElement) -> str:
    for parted in cell.iter("br", "p", "div", "li"):
        parted.tail = " " + (parted.tail or "")
    return fold_spaces(text_of(cell)).strip()
