"""A page index: its label and name, the issue's page list, and the articles it announces."""

import re
from dataclasses import dataclass, field
from datetime import date

from lxml import etree
from lxml.html import HtmlElement

from crawler.clean.whitespace import fold_spaces
from crawler.parse.agreement import index_conflict
from crawler.parse.dates import masthead_dates
from crawler.parse.layout import Layout, is_of_page, resolve
from crawler.parse.tree import Tree, text_of
from crawler.parse.zones import MapArea, read_areas
from press.keys import page_no_of
from press.model import Entry, PageLink, PageNo

_LABEL = re.compile(
    r"(?P<label>第?\s*0*(?P<no>[A-Za-z]{0,2}\d{1,3})\s*版)\s*[:：]?\s*(?P<name>.*)", re.DOTALL
)
_BARE = re.compile(r"(?P<label>(?P<no>[A-Z]{1,2}\d{1,3}))\s*[:：]\s*(?P<name>.+)", re.DOTALL)
_TURN = re.compile(r"^[\s347489<>《》«»◀▶←→]*(上一[版篇期]|下一[版篇期])[\s347489<>《》«»◀▶←→]*$")
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_UNLINKED = etree.XPath("//text()[not(ancestor::a or ancestor::map)]", smart_strings=False)
_LEAD = re.compile(r"第?\s{0,3}[A-Za-z]{0,2}\d{1,3}\s{0,3}版\s{0,3}[:：]?\s{0,3}$")
_LEAD_CHARS = 40
_LETTER = re.compile(r"[^\W\d_]")
_ROW_LEVELS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PageIndex:
    """What a page shows of itself; None and empty where it shows nothing.

    An article page shows most of it too: its left column repeats the page index. `conflict` is
    what its parts say against each other, None where they agree.
    """

    page_no: PageNo | None
    page_label: str | None
    page_name: str | None
    facsimile_url: str | None
    pdf_url: str | None
    previous_url: str | None
    next_url: str | None
    printed_dates: tuple[date, ...]
    page_links: tuple[PageLink, ...]
    entries: tuple[Entry, ...]
    has_map: bool
    conflict: str | None


@dataclass(slots=True)
class _Links:
    """The page's anchors, sorted by what they lead to."""

    pages: dict[str, list[tuple[HtmlElement, str]]] = field(default_factory=dict)
    page_pdfs: dict[str, str] = field(default_factory=dict)
    own_pdf: str | None = None
    titles: list[tuple[str, HtmlElement, str]] = field(default_factory=list)
    turns: dict[str, str] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)


def read_index(tree: Tree, layout: Layout, base_url: str) -> PageIndex:
    """What the page shows of itself, its list and its articles.

    Page list: one row a page, repeated and hidden rows merged by address. Articles: the union of
    title list and image map, each once whatever its query string, in the list's order first.
    """
    root = tree.root
    links = _sort_links(root, layout, base_url)
    page_map = read_areas(root, layout, base_url)
    page_links = _page_links(links)
    listing = {anchor for anchors in links.pages.values() for anchor, _ in anchors}
    label, name, page_no = _own_label(root, listing)
    listed = next((link for link in page_links if _is_same_page(link, base_url, page_no)), None)
    own = _own_titles(links, page_map.areas, layout, base_url)
    entries = _entries(own, page_map.areas, layout, base_url)
    own_no = page_no if page_no is not None else (listed.page_no if listed else None)
    return PageIndex(
        page_no=own_no,
        page_label=_fuller_label(label, listed),
        page_name=_plain_name(name, listed),
        facsimile_url=page_map.facsimile_url,
        pdf_url=(listed.pdf_url if listed else None) or links.own_pdf,
        previous_url=links.turns.get("上一版"),
        next_url=links.turns.get("下一版"),
        printed_dates=masthead_dates(_unlinked_text(root)),
        page_links=page_links,
        entries=entries,
        has_map=page_map.is_marked,
        conflict=index_conflict(entries, page_map, own, page_links, own_no, links.turns),
    )


def _unlinked_text(root: HtmlElement) -> str:
    """The text outside links: a title may hold any date, the masthead holds the issue's."""
    found = _UNLINKED(root)
    return " ".join(str(text) for text in found) if isinstance(found, list) else ""


def _sort_links(root: HtmlElement, layout: Layout, base_url: str) -> _Links:
    links = _Links()
    current: str | None = None
    for anchor in root.iter("a"):
        url = resolve(base_url, anchor.get("href"))
        if url is None:
            continue
        text = fold_spaces(text_of(anchor)).strip()
        turn = _TURN.match(text)
        path = url.split("?", 1)[0]
        if turn:
            links.turns.setdefault(turn[1], url)
            current = None
        elif path.lower().endswith(".pdf"):
            if (
                current is not None
                and current not in links.page_pdfs
                and _in_row(anchor, links.pages[current])
            ):
                links.page_pdfs[current] = url
            elif current is None and links.own_pdf is None:
                links.own_pdf = url
        elif layout.page_path.search(path):
            links.pages.setdefault(url, []).append((anchor, text))
            if not _is_hidden(anchor):
                links.shown.append(url)
            current = url
        elif layout.article_path.search(path):
            links.titles.append((url, anchor, text))
        elif text:
            current = None
    return links


def _is_hidden(anchor: HtmlElement) -> bool:
    """True for a link in a row that the page hides: such rows repeat others out of order."""
    near = (element for element, _ in zip(anchor.iterancestors(), range(4), strict=False))
    return any(_HIDDEN.search(element.get("style") or "") for element in near)


def _in_row(anchor: HtmlElement, page_anchors: list[tuple[HtmlElement, str]]) -> bool:
    """True when the PDF's link stands within three levels of the page's link."""
    near = [ancestor for _, ancestor in zip(range(4), anchor.iterancestors(), strict=False)]
    return any(
        ancestor in near
        for page_anchor, _ in page_anchors
        for _, ancestor in zip(range(4), page_anchor.iterancestors(), strict=False)
    )


def _page_links(links: _Links) -> tuple[PageLink, ...]:
    rows = []
    for url in dict.fromkeys([*links.shown, *links.pages]):
        anchors = links.pages[url]
        best: tuple[str, str | None, PageNo] | None = None
        for anchor, text in anchors:
            read = read_label(text) or read_label(f"{_lead_of(anchor)}{text}")
            if read is not None and (best is None or (read[0][0] == "第" != best[0][0])):
                best = read
        if best is not None:
            rows.append(
                PageLink(
                    page_no=best[2], page_label=best[0], page_name=best[1], url=url,
                    pdf_url=links.page_pdfs.get(url),
                )
            )  # fmt: skip
    return tuple(rows)


def _lead_of(anchor: HtmlElement) -> str:
    """The label before a link in its row: "第007版：" where only the name is linked."""
    lead = ""
    element = anchor
    for _ in range(_ROW_LEVELS):
        parent = element.getparent()
        if parent is None or len(lead) > _LEAD_CHARS:
            break
        before = [parent.text or ""]
        for sibling in parent:
            if sibling is element:
                break
            before.append(
                (text_of(sibling) if isinstance(sibling.tag, str) else "") + (sibling.tail or "")
            )
        lead = "".join(before) + lead
        if parent.tag in ("tr", "li", "dd", "dl", "body"):
            break
        element = parent
    lead = lead.rstrip()
    found = _LEAD.search(lead, max(len(lead) - _LEAD_CHARS, 0))
    return found[0] if found else ""


def read_label(text: str) -> tuple[str, str | None, PageNo] | None:
    """Label, name and number in "第007版：思想周刊" or "A01： 头版"; None where there is no label."""
    text = fold_spaces(text.replace("\u3000", " ")).strip()
    found = _LABEL.fullmatch(text) or _BARE.fullmatch(text)
    if found is None:
        return None
    label = re.sub(r"\s+", "", found["label"])
    return label, found["name"].strip() or None, page_no_of(found["no"])


def _own_label(
    root: HtmlElement, listing: set[HtmlElement]
) -> tuple[str | None, str | None, PageNo | None]:
    """The label of the page itself: a cell that opens with one and stands in no row of the list.

    `listing` are the anchors of the page list.
    """
    for cell in root.iter("td", "div", "li", "span", "p", "h1", "h2", "h3", "th"):
        if cell.find(".//a") is not None or cell.find(".//td") is not None:
            continue
        text = text_of(cell).strip()
        if len(text) > 60 or "版" not in text or _is_in_list(cell, listing):
            continue
        found = read_label(text) if _LABEL.match(text) else None
        if found is not None:
            return found
    return None, None, None


def _is_in_list(cell: HtmlElement, listing: set[HtmlElement]) -> bool:
    """True for a cell whose row, or the line it stands in, links to a page of the list."""
    row = next((e for e in cell.iterancestors() if e.tag in ("tr", "li", "dd", "p")), None)
    if row is not None and any(anchor in listing for anchor in row.iter("a")):
        return True
    following = cell.getnext()
    return following is not None and following in listing


def _is_same_page(link: PageLink, base_url: str, page_no: PageNo | None) -> bool:
    return link.url == resolve(base_url, base_url) or (
        page_no is not None and link.page_no == page_no
    )


def _fuller_label(own: str | None, listed: PageLink | None) -> str | None:
    """ "第01版" of the page list rather than the bare "01版" of a heading."""
    if listed is not None and (own is None or (own[0] != "第" and listed.page_label[0] == "第")):
        return listed.page_label
    return own


def _plain_name(own: str | None, listed: PageLink | None) -> str | None:
    """The page's name as its heading has it, without the signs and dates that its name in the
    page list has not."""
    name = listed.page_name if listed is not None else None
    if own is None or name is None or name not in own:
        return own or name
    return own if _LETTER.search(own.replace(name, "", 1)) else name


def _entries(
    titles: dict[str, list[str]], areas: tuple[MapArea, ...], layout: Layout, base_url: str
) -> tuple[Entry, ...]:
    """The articles: the title list's first, then what only the map knows."""
    mapped: dict[str, list[MapArea]] = {}
    for area in areas:
        if is_of_page(area.url, layout, base_url):
            mapped.setdefault(area.url, []).append(area)
    entries = []
    for order, url in enumerate(dict.fromkeys([*titles, *mapped]), 1):
        own = mapped.get(url, [])
        found = layout.article_path.search(url)
        listed = max(titles.get(url, ()), key=len, default=None)
        entries.append(
            Entry(
                order=order,
                native_id=found["native_id"] if found else None,
                url=url,
                title=listed or next((a.title for a in own if a.title), None),
                listed=url in titles,
                mapped=bool(own),
                zones=tuple(dict.fromkeys(area.zone for area in own if area.zone)),
            )
        )
    return tuple(entries)


def _own_titles(
    links: _Links, areas: tuple[MapArea, ...], layout: Layout, base_url: str
) -> dict[str, list[str]]:
    """The title list by address, each line of it once: of this issue's folder, from the lists that
    hold this page's own.

    Some pages also print headlines of other pages; a list without one of the map's articles is
    such a block.
    """
    found: dict[str, list[str]] = {}
    mapped = {area.url for area in areas}
    own = [link for link in links.titles if is_of_page(link[0], layout, base_url)]
    lists = {_list_of(anchor, layout) for url, anchor, _ in own if url in mapped}
    for url, anchor, text in own:
        title = _title_of(anchor, text)
        if title is None or (lists and not lists.intersection(anchor.iterancestors())):
            continue
        if title not in found.setdefault(url, []):
            found[url].append(title)
    return {url: found[url] for url in dict.fromkeys(u for u, _, _ in links.titles) if url in found}


def _title_of(anchor: HtmlElement, text: str) -> str | None:
    if text:
        for line_break in anchor.iter("br"):
            line_break.tail = " " + (line_break.tail or "")
        return fold_spaces(text_of(anchor)).strip() or None
    return None


def _list_of(anchor: HtmlElement, layout: Layout) -> HtmlElement:
    """The list that a title stands in: the nearest block that links to another article too."""
    own = anchor.get("href")
    last = anchor
    for ancestor in anchor.iterancestors():
        last = ancestor
        for other in ancestor.iter("a"):
            href = other.get("href") or ""
            if href != own and layout.article_name.search(href) and text_of(other).strip():
                return ancestor
    return last
