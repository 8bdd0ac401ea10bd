"""What a region of a page is to a reader: lines, pictures and tables, in order."""

from dataclasses import dataclass
from typing import TypeAlias

from lxml.html import HtmlElement


@dataclass(slots=True, eq=False)
class Line:
    """One line of text; `text` is folded and without indent, empty for a blank line.

    `part` is the element that sets the line apart in a headline block: a span, a strong, a cell.
    Lines of one `group` stand in one block and are parted by <br> only; `flows` marks one that
    goes on without even that. `glued` marks a line with a paragraph's indent in its middle. `place` counts the region's tokens.
    """

    text: str
    block: HtmlElement
    part: HtmlElement
    group: int
    strong: bool
    linked: bool
    centred: bool
    indented: bool
    item: bool
    flows: bool
    table: HtmlElement | None
    glued: bool = False
    place: int = 0

    def is_in(self, element: HtmlElement | None) -> bool:
        """True for a line that the element sets or holds; False where there is no element."""
        return element is not None and (
            self.part is element or any(holder is element for holder in self.part.iterancestors())
        )


@dataclass(slots=True, eq=False)
class Image:
    """One img element, and the table that it stands in, if any."""

    element: HtmlElement
    block: HtmlElement
    group: int
    table: HtmlElement | None
    place: int = 0


@dataclass(slots=True, eq=False)
class Grid:
    """A table of data: the texts of its cells; rows without text are left out."""

    rows: tuple[tuple[str, ...], ...]
    text: str
    place: int = 0


@dataclass(slots=True, eq=False)
class Unseen:
    """Text that the page holds and no reader reads; `rule` names why."""

    rule: str
    text: str
    place: int = 0


@dataclass(slots=True, eq=False)
class Mark:
    """A place in the flow: "body" and "/body" around the body element, or a comment's text."""

    name: str
    place: int = 0


Token: TypeAlias = Line | Image | Grid | Unseen | Mark
