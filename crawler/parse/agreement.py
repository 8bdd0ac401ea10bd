"""Where a page index speaks against itself: signs that no page has which a newspaper sent.

Editors leave articles out of the list or the map, shorten titles and page names, and set both in
any order; sites hide rows, link elsewhere and lose pictures. None of that is a sign of anything.
"""

from collections.abc import Iterator, Mapping, Sequence

from crawler.clean.whitespace import squeeze
from crawler.parse.legibility import is_garbled, is_markup
from crawler.parse.zones import PageMap
from press.model import Entry, PageLink, PageNo


def index_conflict(
    entries: Sequence[Entry], page_map: PageMap, titles: Mapping[str, Sequence[str]],
    page_links: Sequence[PageLink], own: PageNo | None, turns: Mapping[str, str],
) -> str | None:  # fmt: skip
    """What the parts of a page index say against each other; None where they do not.

    `titles` are the title list's lines by address, `own` is the page's number, `turns` are the
    addresses of the pages beside by their words.
    """
    signs = (*_of_titles(entries), *_of_map(page_map, titles), *_of_turns(page_links, own, turns))
    return next(iter(signs), None)


def _of_titles(entries: Sequence[Entry]) -> Iterator[str]:
    told = [entry.title for entry in entries if entry.title]
    if told and is_garbled("\n".join(told)):
        yield "its titles are no text"
    if sum(map(is_markup, told)) * 2 > len(told):
        yield "its titles show markup"


def _of_map(page_map: PageMap, titles: Mapping[str, Sequence[str]]) -> Iterator[str]:
    areas = page_map.areas
    if len({area.url for area in areas}) > 1 and not any(area.zone for area in areas):
        yield "no area of the map has a shape"
    if page_map.is_overrun:
        yield "the map's areas lie outside its picture"
    if page_map.is_shrunk:
        yield "the map's areas lie in a corner of its picture"
    if page_map.is_turned:
        yield "the map's areas lie across its picture"
    told = {url: {squeeze(line) for line in lines} for url, lines in titles.items()}
    every = set().union(*told.values())
    named = [(told[area.url], squeeze(area.title or "")) for area in areas if area.url in told]
    if sum(title in every and title not in own for own, title in named) >= 2:
        yield "the map gives articles each other's titles"


def _of_turns(
    page_links: Sequence[PageLink], own: PageNo | None, turns: Mapping[str, str]
) -> Iterator[str]:
    """The link to the page before leads on, and that to the page after does not: or the reverse.

    One alone may: at the ends of an issue some sites begin anew.
    """
    numbers = {link.url: link.page_no for link in page_links}
    steps = [
        _step(own, numbers.get(turns[word])) if word in turns else None
        for word in ("上一版", "下一版")
    ]
    if steps in ([1, -1], [1, None], [None, -1]):
        yield "the links to the pages beside are exchanged"


def _step(own: PageNo | None, other: PageNo | None) -> int:
    """1 for a page after the own, -1 for one before, 0 where nothing tells."""
    if own is None or other is None or type(own) is not type(other) or own == other:
        return 0
    return 1 if str(other).zfill(4) > str(own).zfill(4) else -1
