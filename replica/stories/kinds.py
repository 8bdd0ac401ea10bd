"""Every kind of story by name, and how often each is drawn."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from replica.prose import Prose
from replica.stories import essays, items, reports
from replica.truth import TrueArticle

Writer = Callable[[Prose, date], TrueArticle]

KINDS: Final[Mapping[str, tuple[Writer, int]]] = {
    "news": (reports.news, 18),
    "wire": (reports.wire, 8),
    "feature": (reports.feature, 10),
    "table": (reports.table, 4),
    "list": (reports.list_, 4),
    "symbols": (reports.symbols, 5),
    "chrome_words": (reports.chrome_words, 5),
    "rare": (reports.rare, 5),
    "essay": (essays.essay, 12),
    "commentary": (essays.commentary, 6),
    "letters": (essays.letters, 5),
    "verse": (essays.verse, 6),
    "quoted_verse": (essays.quoted_verse, 5),
    "long": (essays.long, 1),
    "photo": (items.photo, 5),
    "two_pictures": (items.two_pictures, 5),
    "advertisement": (items.advertisement, 5),
    "notice": (items.notice, 4),
    "correction": (items.correction, 3),
    "colophon": (items.colophon, 3),
    "credited": (items.credited, 4),
}
"""The writer of each kind and its weight; the two halves of a jump are made from these."""
