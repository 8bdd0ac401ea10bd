"""A page saved as plain text: what a reader gets who marks everything in the browser and copies.

Above the article stand the map's titles, the page's label, its navigation and title list, the
masthead and the toolbar; below it the navigation again and the footer. There are no tags: the
order of the parts and the indent of paragraphs are the structure.
"""

from dataclasses import dataclass
from datetime import date

from lxml import etree
from lxml.html import HtmlElement

from crawler.clean.whitespace import fold_spaces, is_indented, squeeze
from crawler.parse.announced import Announced
from crawler.parse.article import Story, assemble
from crawler.parse.blocks import read_body
from crawler.parse.captions import has_credit, split_caption
from crawler.parse.chrome import chrome_rule, is_footer, is_prose
from crawler.parse.claims import Claims
from crawler.parse.dates import printed_dates
from crawler.parse.headline import read_headline_block
from crawler.parse.lines import Line
from crawler.parse.page import read_label
from press.errors import LayoutChanged
from press.model import Entry, PageNo, Picture

CAPTION_CHARS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """The page and the one article that a plain-text dump holds; `entry` is that article's."""

    page_no: PageNo
    page_label: str
    page_name: str | None
    issue_date: date | None
    entries: tuple[Entry, ...]
    entry: Entry
    story: Story


def is_dump(text: str) -> bool:
    """True for a text that has a page label on a line of its own and no markup."""
    return "<html" not in text[:2000].lower() and any(
        read_label(line) is not None for line in text.splitlines()[:60]
    )


def read_dump(text: str) -> Dump:
    """The page and article of a dump. Raises LayoutChanged where the parts are not found."""
    lines = _lines(text)
    labels = ((n, read_label(line.text)) for n, line in enumerate(lines))
    label_at, found = next(((n, label) for n, label in labels if label is not None), (None, None))
    if label_at is None or found is None:
        raise LayoutChanged("no page label like 第007版 stands on a line of its own")
    start = _article_start(lines, label_at)
    end = _article_end(lines, start)
    titles = _titles(lines, label_at, start)
    claims = Claims()
    _drop_around(lines, label_at, start, end, {squeeze(t) for t in titles}, claims)
    own = [line for line in lines[start:end] if line.text]
    entry, entries = _entry_of(own, titles)
    head_end = next((n for n, line in enumerate(own) if _is_body(line)), len(own))
    head = read_headline_block(own[:head_end], None, Announced(title=entry.title), claims)
    body = own[head_end:]
    pictures, body = _pictures(body, claims)
    story = assemble(
        head=head, body=read_body(list(body), claims), pictures=pictures, claims=claims,
        visible=text, lost_chars=0, replaced=text.count("\ufffd"), entry=entry,
    )  # fmt: skip
    dates = printed_dates(text)
    return Dump(
        page_no=found[2], page_label=found[0], page_name=found[1],
        issue_date=dates[0] if dates else None, entries=entries, entry=entry, story=story,
    )  # fmt: skip


def _lines(text: str) -> list[Line]:
    paper: HtmlElement = etree.Element("div")
    lines = []
    for number, raw in enumerate(text.splitlines()):
        folded = fold_spaces(raw).strip()
        lines.append(
            Line(
                text=folded,
                block=paper,
                part=paper,
                group=number,
                strong=False,
                linked=False,
                centred=False,
                indented=bool(folded) and (is_indented(raw) or raw.startswith("\t")),
                item=False,
                flows=False,
                table=None,
                place=number,
            )
        )
    return lines


def _article_start(lines: list[Line], label_at: int) -> int:
    """The line after the last toolbar line above the first indented paragraph."""
    first = next(
        (
            n
            for n in range(label_at + 1, len(lines))
            if lines[n].indented and len(lines[n].text) > 1
        ),
        len(lines),
    )
    tools = [n for n in range(label_at, first) if chrome_rule(lines[n].text)]
    return tools[-1] + 1 if tools else label_at + 1


def _article_end(lines: list[Line], start: int) -> int:
    """The first toolbar or footer line below the article."""
    for number in range(start, len(lines)):
        line = lines[number]
        if not line.text or line.indented:
            continue
        if chrome_rule(line.text) == "toolbar" or is_footer(line.text):
            return number
    return len(lines)


def _titles(lines: list[Line], label_at: int, start: int) -> tuple[str, ...]:
    """The title list: the lines below the label and its navigation, up to the first gap."""
    titles: list[str] = []
    for line in lines[label_at + 1 : start]:
        if chrome_rule(line.text):
            if titles:
                break
            continue
        if not line.text:
            if titles:
                break
            continue
        titles.append(line.text)
    return tuple(dict.fromkeys(titles))


def _drop_around(
    lines: list[Line], label_at: int, start: int, end: int, titles: set[str], claims: Claims
) -> None:
    for number, line in enumerate(lines):
        if start <= number < end or not line.text:
            continue
        if number < label_at:
            rule = "image_map"
        elif squeeze(line.text) in titles:
            rule = "title_list"
        else:
            rule = chrome_rule(line.text) or ("masthead" if number < start else "footer")
        claims.drop(rule, line.text, line.place)


def _is_body(line: Line) -> bool:
    return line.indented or is_prose(line.text, indented=True)


def _entry_of(own: list[Line], titles: tuple[str, ...]) -> tuple[Entry, tuple[Entry, ...]]:
    """The entry whose title stands in the headline block, and all entries of the page."""
    entries = tuple(
        Entry(order=order, native_id=None, url=None, title=title, listed=True, mapped=False)
        for order, title in enumerate(titles, 1)
    )
    block = [squeeze(line.text) for line in own[:8]]
    block += ["".join(block[n : n + size]) for size in (2, 3) for n in range(len(block))]
    for entry in entries:
        if squeeze(entry.title or "") in block:
            return entry, entries
    raise LayoutChanged(
        "no line of the dump's article equals a title of its title list, so its headline is unknown"
    )


def _pictures(body: list[Line], claims: Claims) -> tuple[tuple[Picture, ...], list[Line]]:
    """Captions at the head of the body: short lines that end in a picture credit."""
    pictures: list[Picture] = []
    for line in body:
        if len(line.text) > CAPTION_CHARS or not has_credit(line.text):
            break
        caption, credit = split_caption(line.text)
        order = len(pictures) + 1
        for part, value in (("caption", caption), ("credit", credit)):
            if value:
                claims.take(f"pictures[{order - 1}].{part}", value, line.place)
        pictures.append(Picture(order=order, url=None, caption=caption, credit=credit))
    return tuple(pictures), body[len(pictures) :]
