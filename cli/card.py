"""What lies beside an export: the card that says what it is, and the dictionary of its columns."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from shlex import quote
from typing import Final

from cli.calendar import Gap, coverage, page_ranges, span
from cli.due import due_pages
from press.paper import Paper
from press.record import time_json
from storage.catalogue import Reader, Selection
from storage.export.census import Census
from storage.export.file import replacing

GAPS_TOLD: Final = 500
"""Gaps of one paper that are told one by one."""

DICTIONARY: Final = "dictionary.md"
_MARKUP: Final = re.compile(r"([\\|<>\[\]`*&])")
RIGHTS: Final = """\
The texts and pictures belong to the newspaper and to those who made them. Chongqing Daily, for one, forbids
copying and mirroring without written permission. This file is a private copy for study and preservation:
whether you may keep one, or hand it on, is for the law where you live to say. It grants no right to anybody.
Quote with the newspaper's name, the date and the page.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How an export was made: `asked` are the options that chose and shaped it, as typed."""

    format: str
    asked: str
    software: str
    made_at: datetime


def gaps_of(
    reader: Reader, chosen: Selection, papers: Mapping[str, Paper]
) -> dict[str, Sequence[Gap]]:
    """The gaps within a selection's paper, dates and page, by slug; a paper without any has ()."""
    found: dict[str, Sequence[Gap]] = {}
    for slug, entries in groupby(reader.ledger(chosen), key=lambda entry: entry.paper):
        found[slug] = coverage(entries, due_pages(reader, papers.get(slug))).gaps
    return found


def write_beside(
    target: Path,
    making: Making,
    census: Census,
    gaps: Mapping[str, Sequence[Gap]],
    written: int,
) -> None:
    """Writes the card and the dictionary of an export that is finished.

    Beside a file they are FILE.card.md and FILE.dictionary.md, in a folder card.md and
    dictionary.md. Raises HomeUnusable where they cannot be written.
    """
    in_folder = target.is_dir()
    listed = target / "MANIFEST.sha256" if in_folder else target
    with replacing(target / "card.md" if in_folder else _beside(target, "card.md")) as out:
        out.writelines(f"{line}\n" for line in card_lines(listed, making, census, gaps, written))
    text = files("storage.export").joinpath(DICTIONARY).read_text(encoding="utf-8")
    with replacing(target / DICTIONARY if in_folder else _beside(target, DICTIONARY)) as out:
        out.write(text)


def card_lines(
    file: Path,
    making: Making,
    census: Census,
    gaps: Mapping[str, Sequence[Gap]],
    written: int,
) -> Iterator[str]:
    """The card: what, how much of it, what is missing, how to check it, and whose it is.

    `file` is what the digest is of; `written` is how many articles are in the export, in a WACZ
    how many with their answer: it has the records of all.
    """
    yield "# Dataset card"
    yield ""
    yield from _table(("", ""), _facts(file, making, census, written))
    yield from _section("Articles by paper and year")
    years = sorted(census.years.items())
    yield from _table(("paper", "year", "articles"), ((*key, count) for key, count in years))
    for title, counts in (
        ("Status", census.statuses), ("Genre", census.genres), ("Parser", census.parsers),
    ):  # fmt: skip
        yield from _section(title)
        yield from _table((title.lower(), "articles"), sorted(counts.items()))
    yield from _section("Gaps")
    yield "What the ledger has within the chosen papers, dates and page, and what is not settled:"
    yield "a text that is not here may have been printed all the same."
    yield ""
    yield from _gap_lines(gaps)
    yield from _section("Check")
    yield f"    echo {quote(f'{digest_of(file)}  {_name(file)}')} | sha256sum -c"
    yield from _section("Rights")
    yield RIGHTS.rstrip("\n")
    yield from _section("Columns")
    yield "They are explained in the dictionary beside this card."


def digest_of(file: Path) -> str:
    """The SHA-256 in hex of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _facts(
    file: Path, making: Making, census: Census, written: int
) -> Iterator[tuple[object, ...]]:
    dates = "none" if census.first is None else f"{census.first} to {census.last}"
    names = (f"{name} ({slug})" for slug, name in sorted(census.names.items()))
    yield "file", _name(file)
    yield "bytes", file.stat().st_size
    yield "sha256", digest_of(file)
    yield "format", making.format
    yield "asked for", making.asked or "everything"
    yield "made at", time_json(making.made_at)
    yield "made by", making.software
    yield "papers", ", ".join(names) or "none"
    yield "issue dates", dates
    yield "pages", census.pages
    yield "articles chosen", census.articles
    yield "articles in the file", census.articles if making.format == "wacz" else written
    if making.format == "wacz":
        yield "of these with their answer", written
    yield "characters", census.char_count
    yield "in need of review", census.statuses["needs_review"]
    yield "withdrawn by the paper", census.statuses["withdrawn"]


def _gap_lines(gaps: Mapping[str, Sequence[Gap]]) -> Iterator[str]:
    if not any(gaps.values()):
        yield "none" if gaps else "nothing there was ever asked for (imports have no ledger)"
        return
    rows = (
        (slug, span(gap.since, gap.until), page_ranges(gap.pages), gap.standing, gap.cause or "")
        for slug, found in gaps.items()
        for gap in found[:GAPS_TOLD]
    )
    yield from _table(("paper", "days", "pages", "standing", "cause"), rows)
    more = sum(max(0, len(found) - GAPS_TOLD) for found in gaps.values())
    if more:
        yield ""
        yield f"and {more} more: `baoku status --gaps` tells them all"


def _section(title: str) -> Iterator[str]:
    yield ""
    yield f"## {title}"
    yield ""


def _table(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(titles)} |"
    yield f"|{'---|' * len(titles)}"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"


def _cell(value: object) -> str:
    """On one line, and no markup: names come from newspapers and from the person's disk."""
    return _MARKUP.sub(r"\\\1", " ".join(str(value).split()))


def _name(file: Path) -> str:
    """The file's name as UTF-8, whatever its bytes are."""
    return os.fsencode(file.name).decode("utf-8", "backslashreplace")


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(f"{target.name}.{suffix}")
