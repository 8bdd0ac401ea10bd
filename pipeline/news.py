"""What there is to tell a person: findings that are new, and those that are no longer so. Pure."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from press.finding import KeptFinding

MAX_LINES = 20
"""Pages named in one message; what is beyond them is counted."""

MAX_LINE_CHARS = 200
MAX_TITLE_CHARS = 120

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

# Each kind: a few words for the title, and what it means and asks for. Gravest first.
_SAID = {
    "layout_changed": (
        "layout changed",
        "The page came and does not look as this paper's pages did. The answers are kept: the "
        "program must learn the new layout.",
    ),
    "unreadable_markup": (
        "unreadable",
        "The page came and is too deep, too large or no text. The answers are kept: look at one.",
    ),
    "unreadable": ("unreadable", "An answer came that is no page of this paper: look at it."),
    "needs_review": (
        "text in no field",
        "An article has text that no field and no rule took: see baoku explain.",
    ),
    "challenge": (
        "bot check",
        "A bot check came instead of the page, and nothing is bypassed: open the site in a "
        "browser, run less often, or ask the publisher.",
    ),
    "robots": ("robots.txt forbids", "robots.txt does not allow it: ask the publisher."),
    "robots_unreadable": (
        "robots.txt unreadable",
        "robots.txt could not be read, and until it can nothing is fetched: it is asked again.",
    ),
    "withdrawn": ("withdrawn", "It was archived, and the paper no longer shows it."),
    "listed_but_missing": (
        "listed but gone (404)",
        "The issue announces it, and its address says that it is gone (404): it is asked again.",
    ),
    "soft_404": (
        "answers not found",
        'The server sent a page that says "not found", which proves nothing: it is asked again.',
    ),
    "no_such_page": ("no such page", "The issue came out, and has no such page."),
    "not_published": ("no issue", "No issue came out that day, as the paper's site has it."),
    "not_yet_due": ("not up yet", "The issue is not up yet: its hour has not come."),
    "other_issue": (
        "another day's page",
        "The server sent another day's page; the issue may not be up yet: it is asked again.",
    ),
    "coverage": (
        "far emptier than usual",
        "The page was read without complaint, and has far less than it usually has: look at it.",
    ),
    "counts_differ": (
        "list and map differ",
        "The title list and the image map do not announce the same articles. All were kept.",
    ),
    "article_withdrawn": (
        "article withdrawn",
        "An article was archived, and its page no longer announces it. It is kept as withdrawn.",
    ),
    "not_on_shelf": (
        "not on the shelf",
        "The page is known and an answer of it is not kept: it is fetched again.",
    ),
    "slow_down": ("asked to slow down", "The server wants a pause: it is asked again later."),
    "retry_after": ("asked to slow down", "The server said how long it wants to be left alone."),
    "refused": ("refused", "The server refused: it is asked again."),
    "unreachable": ("unreachable", "No connection, or it broke: it is asked again."),
    "truncated": ("cut short", "The answer ended early: it is asked again."),
    "oversized": ("too large", "The answer was larger or slower than is allowed: look at it."),
    "encoding": ("strange encoding", "The answer came in a coding that was not asked for."),
    "forbidden_address": (
        "outside address",
        "It leads outside the paper's own hosts, where nothing is fetched: see the paper's file.",
    ),
    "fetch_failed": ("no answer", "No usable answer came: it is asked again."),
    "retry": ("to be tried again", "It could not be archived yet: it is asked again."),
    "failed": ("failed", "It could not be archived, and asking again will not help: look at it."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A message: a title of one line, a body of plain lines, and the findings that it tells of."""

    title: str
    body: str
    told: tuple[KeptFinding, ...]


def news_of(findings: Iterable[KeptFinding]) -> News | None:
    """What a person does not know yet; None when there is nothing new.

    New are the open findings that were never told and the closed ones that were. `findings` come
    with the newest issue first, as Reader.findings gives them; the newest MAX_LINES are named,
    every other one is counted under its kind.
    """
    told = tuple(one for one in findings if (one.told_at is None) == (one.closed_at is None))
    if not told:
        return None
    opened = [one for one in told if one.closed_at is None]
    ended = [one for one in told if one.closed_at is not None]
    named = {id(one) for one in (*opened, *ended)[:MAX_LINES]}
    lines = [line for group in _groups(opened) for line in (*_group_lines(group, named), "")]
    if ended:
        heading = f"No longer so ({len(ended)}):"
        lines += [heading, *_item_lines(ended, named, with_kind=True), ""]
    return News(title=_title(opened, ended), body="\n".join(lines).rstrip(), told=told)


def plain_line(text: str, limit: int) -> str:
    """Text from outside as one line of at most `limit` characters, without what is not seen.

    Control and formatting characters become spaces, and spaces are folded.
    """
    seen = "".join(" " if unicodedata.category(char) in _UNSEEN else char for char in text)
    line = " ".join(seen.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def short_name(kind: str) -> str:
    """A kind of finding in a few words."""
    said = _SAID.get(kind)
    return plain_line(kind, 40).replace("_", " ") if said is None else said[0]


def _title(opened: Sequence[KeptFinding], ended: Sequence[KeptFinding]) -> str:
    names = Counter(short_name(group[0].finding.kind) for group in _groups(opened) for _ in group)
    parts = [f"{name} ({count})" for name, count in names.items()]
    if ended:
        parts.append(f"no longer so ({len(ended)})")
    return plain_line("Baoku: " + ", ".join(parts), MAX_TITLE_CHARS)


def _groups(found: Sequence[KeptFinding]) -> list[list[KeptFinding]]:
    """The findings by kind, the gravest kind first, each as they came."""
    ranks = {kind: rank for rank, kind in enumerate(_SAID)}
    kinds = sorted(
        {one.finding.kind for one in found}, key=lambda kind: (ranks.get(kind, -1), kind)
    )
    return [[one for one in found if one.finding.kind == kind] for kind in kinds]


def _group_lines(group: Sequence[KeptFinding], named: set[int]) -> Iterator[str]:
    kind = group[0].finding.kind
    meaning = _SAID[kind][1] if kind in _SAID else short_name(kind).capitalize() + "."
    yield f"{meaning} ({len(group)})"
    yield from _item_lines(group, named, with_kind=False)


def _item_lines(found: Sequence[KeptFinding], named: set[int], *, with_kind: bool) -> Iterator[str]:
    shown = [one for one in found if id(one) in named]
    for one in shown:
        key = one.finding.key
        said = short_name(one.finding.kind) if with_kind else one.finding.sentence
        where = f"{key.paper} {key.issue_date} page {key.page_no}"
        yield "- " + plain_line(f"{where}: {said}", MAX_LINE_CHARS)
    if len(found) > len(shown):
        yield f"- and {len(found) - len(shown)} more"
