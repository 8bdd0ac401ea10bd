"""Where an answer leads on to. Pure."""

from typing import Final
from urllib.parse import quote

import httpx

from crawler.fetch.border import border

_STATUSES: Final = frozenset({301, 302, 303, 307, 308})


def redirect_target(url: str, status: int, location: str | None) -> str | None:
    """The address that the answer of `url` leads on to; None when it leads nowhere.

    Bytes beyond ASCII are escaped; a location that is no address is given as it is, for whoever
    vets it to name the oddity. Raises ForbiddenAddress where it cannot be joined to `url`.
    """
    if status not in _STATUSES or not location:
        return None
    raw = location.strip().encode("latin-1")
    text = quote(raw, safe="".join(map(chr, range(128))))
    if not text.isprintable() or "\\" in text:
        return text
    with border(url):
        return str(httpx.URL(url).join(text))
