"""Where a page index speaks against itself: its list, its map, its links and its picture.

A template that changed seldom changes all of them at once. What one part says of another is read
here as evidence; a page whose parts disagree is not read at all, for nobody knows which is right.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from crawler.clean.whitespace import squeeze
from crawler.parse.genre import is_alone
from crawler.parse.images import is_blank
from crawler.parse.layout import issue_folder, path_of
from crawler.parse.zones import PageMap
from press.model import Entry, PageLink

_HAN = re.compile(r"[\u3400-\u9fff]{2}")
_LITERAL = re.compile(
    r"\{\{|\$\{|<%|&(?:[a-z]{2,8}|#\d{1,6}|#x[\da-f]{1,6});|</?[a-z][^<>]*>|<!--", re.IGNORECASE
)
_NOT_WORDS = re.compile(r"\W+")


def is_markup(text: str) -> bool:
    """True for text that shows a tag or an entity: it was escaped once too often."""
    return any(sign in text for sign in "<&{") and _LITERAL.search(text) is not None


def is_chinese(text: str) -> bool:
    """True for text with two Chinese characters in a row; what has none was decoded wrongly."""
    return _HAN.search(text) is not None


def entries_conflict(
    entries: Sequence[Entry], page_map: PageMap, titles: Mapping[str, Sequence[str]]
) -> str | None:
    """What the title list and the image map say against each other; None where they agree.

    `titles` are the title list's lines by address, each line once.
    """
    return next(_of_entries(entries, page_map, titles), None)


def _of_entries(
    entries: Sequence[Entry], page_map: PageMap, titles: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    told = [entry.title for entry in entries if entry.title]
    if told and not any(map(is_chinese, told)):
        yield "none of its titles is Chinese"
    if any(map(is_markup, told)):
        yield "a title shows markup"
    if any(_differ(one, other) for lines in titles.values() for one, other in pairwise(lines)):
        yield "the title list leads to one article under two titles"
    for area in page_map.areas:
        lines = titles.get(area.url)
        if area.title and lines and all(_differ(area.title, line) for line in lines):
            yield "the title list and the map name one article differently"
    yield from _of_sizes(entries)
    yield from _of_map(entries, page_map)


def _of_sizes(entries: Sequence[Entry]) -> Iterator[str]:
    """Single items may be missing in one of the two, as advertisements and corrections are."""
    listed = [entry for entry in entries if entry.listed]
    mapped = [entry for entry in entries if entry.mapped]
    if len(listed) >= 2 and not mapped:
        yield "the title list announces articles and the map has none of them"
    if len(mapped) >= 2 and not listed:
        yield "the map shows articles and the title list has none of them"
    if sum(not entry.mapped for entry in listed) * 2 > len(listed) >= 3:
        yield "most of the listed articles are not on the map"
    named = [e for e in entries if e.title and not is_alone(e.title)]
    unmapped = sum(not e.mapped for e in named)
    unlisted = sum(not e.listed for e in named)
    if max(unmapped, unlisted) >= 2 and max(unmapped, unlisted) * 2 >= len(entries) - 1:
        yield "half of the articles stand in only one of the title list and the map"


def _of_map(entries: Sequence[Entry], page_map: PageMap) -> Iterator[str]:
    if not page_map.areas:
        return
    if page_map.facsimile_url is None or is_blank(page_map.facsimile_url):
        yield "the map lies on no picture"
    if not any(area.zone for area in page_map.areas):
        yield "no area of the map has a shape"
    if page_map.is_overrun:
        yield "an area of the map lies outside its picture"
    owners: dict[object, str] = {}
    for area in page_map.areas:
        if area.zone and owners.setdefault(area.zone, area.url) != area.url:
            yield "two articles share one area of the map"
    runs = [url for url, _ in groupby(area.url for area in page_map.areas)]
    areas = list(dict.fromkeys(runs))
    if len(runs) > len(areas):
        yield "the areas of one article stand apart in the map"
    both = [entry.url for entry in entries if entry.listed and entry.url in areas]
    silent = [e.url for e in entries if e.title is None and e.url in areas]
    is_amid = silent and both and areas.index(silent[0]) < areas.index(both[-1])
    if is_amid and len(silent) >= 2 and len(silent) * 2 >= len(entries) - 1:
        yield "half of the map's articles stand in no title list"


def pages_conflict(
    page_links: Sequence[PageLink], linked: Iterable[str], own: PageLink | None, turns: Mapping[str, str],
    pdf_url: str | None, page_name: str | None,
) -> str | None:  # fmt: skip
    """What the page list, the links to the pages beside and the PDFs say against each other.

    `linked` are the addresses of all pages that any link leads to.
    """
    return next(_of_pages(page_links, linked, own, turns, pdf_url, page_name), None)


def _of_pages(
    page_links: Sequence[PageLink], linked: Iterable[str], own: PageLink | None, turns: Mapping[str, str],
    pdf_url: str | None, page_name: str | None,
) -> Iterator[str]:  # fmt: skip
    urls = [link.url for link in page_links]
    before, after = turns.get("上一版"), turns.get("下一版")
    if any(is_markup(link.page_name or "") for link in page_links):
        yield "a page's name shows markup"
    if len(set(linked) - set(urls)) >= 2 and page_links:
        yield "there are links to pages that the page list does not name"
    if own is not None and page_name and own.page_name and _differ(page_name, own.page_name):
        yield "the page list gives the page another name"
    if own is None:  # the page itself may stand in its list without a link
        return
    at = urls.index(own.url)
    if before and (at == 0 or urls[at - 1] != before):
        yield "the link to the page before leads elsewhere than the page list"
    if after and (at + 1 == len(urls) or urls[at + 1] != after):
        yield "the link to the page after leads elsewhere than the page list"
    if len(urls) > 1 and not (before or after):
        yield "the page list has other pages, and nothing leads to the ones beside"
    days = {issue_folder(url) for url in (pdf_url, own.url) if url and path_of(url)} - {None}
    if len(days) > 1:
        yield "the page's PDF is of another issue"


def _differ(one: str, other: str) -> bool:
    """True for titles of which neither is a shorter form of the other."""
    first, second = (_NOT_WORDS.sub("", squeeze(text)) for text in (one, other))
    return first not in second and second not in first
