"""What a search found, set as a person reads it and as records. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from cli.terminal import printed, table_of
from cli.typeset import one_line
from press.record import Json
from storage.catalogue.searcher import Facet, Hit, Sort, Total
from storage.search.hits import Line, Mark

Emphasis: TypeAlias = Callable[[str, Sequence[Mark]], Text]
"""A text with its hits shown as such."""

Counts: TypeAlias = Sequence[tuple[str, int]]

_BAR = 40
_CONTEXT = 40
"""Columns on a terminal that stand before a hit: twenty Chinese characters."""


def coloured(text: str, marks: Sequence[Mark]) -> Text:
    """The hits in colour."""
    shown = printed(text)
    for start, end in marks:
        shown.stylize("bold red", start, end)
    return shown


def bracketed(text: str, marks: Sequence[Mark]) -> Text:
    """The hits in 【】, for a file or a terminal without colour."""
    parts, end_before = [], 0
    for start, end in marks:
        parts += [text[end_before:start], "【", text[start:end], "】"]
        end_before = end
    return printed("".join([*parts, text[end_before:]]))


def hit_lines(hit: Hit, emphasis: Emphasis) -> Iterator[RenderableType]:
    """An article that was found: where and what it is, then the text that shows why."""
    article = hit.record.article
    name = f" {article.page_name}" if article.page_name else ""
    status = "" if hit.record.status == "ok" else f" ({hit.record.status})"
    line = printed(f"{article.issue_date} {article.page_label}{name}", "dim")
    headline = one_line(article.headline)
    title = (
        printed(f"({article.genre})")
        if headline is None
        else emphasis(headline, hit.headline_marks)
    )
    yield line.append("  ").append_text(title).append(f"{status}  {hit.record.id}", "dim")
    if hit.snippet is not None:
        field = "" if hit.snippet.field == "body" else f"{hit.snippet.field}: "
        yield printed(f"    {field}", "dim").append_text(
            emphasis(hit.snippet.text, hit.snippet.marks)
        )


def total_line(shown: int, total: Total, sort: Sort) -> Text:
    """How many there are, and how many of them are shown."""
    if total.is_exact and total.count == shown:
        return Text(f"\n{total} article{'s' * (shown != 1)}", style="dim")
    order = "newest" if sort == "date" else "best"
    return Text(f"\nthe {order} {shown} of {total} articles; --limit gives more", style="dim")


def kwic_lines(found: Iterable[tuple[Hit, Line]], emphasis: Emphasis) -> Iterator[RenderableType]:
    """Hits one below the other, each in its context."""
    for hit, line in found:
        left = " " * (_CONTEXT - cell_len(line.left)) + line.left
        mark = (len(left), len(left) + len(line.hit))
        shown = emphasis(left + line.hit + line.right, [mark])
        yield shown.append(f"  {hit.record.id}", "dim")


def count_lines(counts: Counts) -> Iterator[RenderableType]:
    """One row a period, with a bar."""
    if not counts:
        return
    most = max(count for _, count in counts)
    table = table_of("period", ">articles", "")
    for period, count in counts:
        table.add_row(period, f"{count:,}", "▇" * max(1, count * _BAR // most))
    yield table


def facet_lines(
    facets: Mapping[Facet, Counts], limit: int, total: Total
) -> Iterator[RenderableType]:
    """The values of each facet that most articles have, and among how many they were counted."""
    for facet, counts in facets.items():
        if counts:
            table = table_of(facet, ">articles")
            for value, count in counts[:limit]:
                table.add_row(printed(one_line(value) or ""), f"{count:,}")
            yield table
            yield Text("")
    if not total.is_exact:
        yield Text(f"years: of all articles that fit; all else: of the newest {total.count:,}")


def kwic_json(hit: Hit, line: Line) -> dict[str, Json]:
    """A hit in its context."""
    article = hit.record.article
    return {
        "id": hit.record.id,
        "issue_date": article.issue_date.isoformat(),
        "page_no": article.page_no,
        "field": line.field,
        "left": line.left,
        "hit": line.hit,
        "right": line.right,
    }


def count_json(period: str, count: int) -> dict[str, Json]:
    """How many articles of a period fit."""
    return {"period": period, "articles": count}


def facet_json(facets: Mapping[Facet, Counts]) -> Iterator[dict[str, Json]]:
    """Each value of each facet."""
    for facet, counts in facets.items():
        for value, count in counts:
            yield {"facet": facet, "value": value, "articles": count}
