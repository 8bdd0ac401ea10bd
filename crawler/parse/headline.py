"""The headline block: kicker, headline, deck and byline, in one cell or in rows."""

from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from crawler.clean.whitespace import squeeze
from crawler.parse.announced import Announced
from crawler.parse.byline import is_byline, is_name_alone, is_signature
from crawler.parse.chrome import is_prose
from crawler.parse.claims import Claims
from crawler.parse.genre import is_alone
from crawler.parse.lines import Grid, Line

_INNER_HEAD_LINES = 6
_INNER_HEAD_CHARS = 50
MIN_SIGNED_LINES = 2
"""A text of one line is no signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineBlock:
    """The parts as printed; lines of one part are joined by newlines. None: not printed."""

    kicker: str | None = None
    headline: str | None = None
    deck: str | None = None
    byline: str | None = None


def read_headline_block(
    lines: list[Line], headline: HtmlElement | None, announced: Announced, claims: Claims
) -> HeadlineBlock:
    """The parts among the lines of the region before the body, pictures' lines left out.

    What stands above the headline is the kicker; below it the last line is the byline where it
    reads as one, the rest the deck. A line that names who made the story, and in which role, is
    the byline wherever it stands. Every line is claimed.
    """
    first, end = _headline_span(lines, headline, announced.title)
    above, own, below = lines[:first], lines[first:end], lines[end:]
    cell = own[0].block if own else None
    above = _without_prose(above, cell, claims)
    below = _without_prose(below, cell, claims)
    deck, byline = _split_below(below, announced)
    if not byline:
        byline = [line for line in above if is_signature(line.text)]
        above = [line for line in above if line not in byline]
    for line in (*byline, *(line for line in below if line not in byline)):
        claims.take("byline" if line in byline else "deck", line.text, line.place)
    for line in above:
        claims.take("kicker", line.text, line.place)
    for line in own:
        claims.take("headline", line.text, line.place)
    return HeadlineBlock(
        kicker=_joined(above), headline=_joined(own), deck=_joined(deck), byline=_joined(byline)
    )


def split_inner_head(
    flow: list[Line | Grid], title: str | None
) -> tuple[list[Line], list[Line | Grid]]:
    """The headline block that opens the body element itself, and the flow after it.

    Some templates set everything into one element: then a line equal to the title stands among
    the first. Empty without such a line.
    """
    wanted = squeeze(title or "")
    opening = flow[:_INNER_HEAD_LINES]
    for index, item in enumerate(opening):
        if not isinstance(item, Line):
            break
        if wanted and squeeze(item.text) == wanted:
            end = index + 1
            while end < len(flow) and _is_head_line(flow[end]):
                end += 1
            return [t for t in flow[:end] if isinstance(t, Line) and t.text], flow[end:]
    return [], flow


def split_signature(
    flow: list[Line | Grid], head: HeadlineBlock, claims: Claims
) -> tuple[HeadlineBlock, list[Line | Grid]]:
    """The headline block with the signature that opens or closes the body, and the flow without it.

    Only where the block names nobody: else the line is the story's, and both are as they were.
    """
    lines = [item for item in flow if not isinstance(item, Line) or item.text]
    if head.byline is not None or len(lines) < MIN_SIGNED_LINES:
        return head, flow
    for line in (lines[0], lines[-1]):
        is_opening = line is lines[0] and isinstance(line, Line) and is_name_alone(line.text)
        if isinstance(line, Line) and (is_opening or is_signature(line.text)):
            claims.take("byline", line.text, line.place)
            return replace(head, byline=line.text), [item for item in flow if item is not line]
    return head, flow


def _is_head_line(item: Line | Grid) -> bool:
    if not isinstance(item, Line) or item.indented:
        return False
    is_short = len(item.text) <= _INNER_HEAD_CHARS and "。" not in item.text
    return not item.text or is_short or is_byline(item.text)


def _headline_span(
    lines: list[Line], headline: HtmlElement | None, title: str | None
) -> tuple[int, int]:
    """The headline's lines as a slice; an empty one after the kicker when there is none."""
    if headline is None:
        wanted = squeeze(title or "")
        for size in (1, 2, 3):
            for index in range(len(lines)):
                joined = squeeze("".join(line.text for line in lines[index : index + size]))
                if wanted and joined == wanted:
                    return index, index + size
        bold = next((n for n, line in enumerate(lines) if line.strong), 0)
        return (bold, bold + 1) if lines and _is_headline(lines[bold].text) else (0, 0)
    own = [index for index, line in enumerate(lines) if line.is_in(headline)]
    if not own:
        return 0, 0
    first, end = own[0], own[-1] + 1
    told = ""
    for index in own:
        told += squeeze(lines[index].text)
        if told == squeeze(title or ""):
            end = index + 1
            break
    while end < len(lines) and lines[end].strong and lines[end].block is lines[first].block:
        so_far = squeeze("".join(line.text for line in lines[first:end]))
        joined = so_far + squeeze(lines[end].text)
        is_more = bool(title) and squeeze(title or "").startswith(joined)
        if so_far == squeeze(title or "") or (is_byline(lines[end].text) and not is_more):
            break
        end += 1
    return first, end


def _is_headline(text: str) -> bool:
    """False for what signs a story: a name, but not 广告, which is as short as one."""
    return is_alone(text) or not is_byline(text)


def _without_prose(lines: list[Line], cell: HtmlElement | None, claims: Claims) -> list[Line]:
    """The lines that can head the story; a paragraph outside the headline's cell strayed there."""
    kept = []
    for line in lines:
        is_paragraph = line.indented or (line.block.tag == "p" and line.block is not cell)
        if is_paragraph and is_prose(line.text, indented=True):
            claims.leave("beside the headline", line.text, line.place)
        else:
            kept.append(line)
    return kept


def _split_below(lines: list[Line], announced: Announced) -> tuple[list[Line], list[Line]]:
    """The lines below the headline as deck and byline."""
    if not lines:
        return [], []
    if announced.byline:
        wanted = squeeze(announced.byline)
        byline = [line for line in lines if squeeze(line.text) in wanted]
        if byline and squeeze("".join(line.text for line in byline)) == wanted:
            return [line for line in lines if line not in byline], byline
    if announced.deck and squeeze("".join(line.text for line in lines)) == squeeze(announced.deck):
        return lines, []
    start = len(lines)
    while start > 0 and is_byline(lines[start - 1].text):
        start -= 1
    byline = lines[start:] or [line for line in lines if is_signature(line.text)]
    return [line for line in lines if line not in byline], byline


def _joined(lines: list[Line]) -> str | None:
    """The lines of one part: a line that only another element sets apart goes on after a space."""
    text = ""
    for line in lines:
        text += (" " if line.flows else "\n") + line.text if text else line.text
    return text or None
