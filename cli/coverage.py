"""Coverage set as a person reads it: gaps with their causes, totals, a calendar. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC

from rich.text import Text

from cli.calendar import Gap, Month, Standing, page_ranges, span
from cli.terminal import printed
from press.finding import Finding

MARKS: Mapping[Standing, tuple[str, str]] = {
    "archived": (".", "green"),
    "not_published": ("-", "dim"),
    "no_such_page": ("/", "dim"),
    "never_asked": ("?", "blue"),
    "not_yet_due": ("~", "cyan"),
    "withdrawn": ("W", "magenta"),
    "retry": ("R", "yellow"),
    "failed": ("F", "bold red"),
}
"""A day in the calendar and its colour; the characters alone say all."""

DAYS = "".join(f"{day:2d}" if day == 1 or day % 5 == 0 else "  " for day in range(1, 32))


def gap_lines(gaps: Sequence[Gap], limit: int) -> Iterator[Text]:
    """The first gaps, a line each: days, pages, state, cause, looks, next look."""
    for gap in gaps[:limit]:
        line = Text(f"{span(gap.since, gap.until)} {page_ranges(gap.pages)}: ")
        line.append_text(printed(_words(gap.standing), MARKS[gap.standing][1]))
        yield line.append_text(printed(_reasons(gap)))
    if len(gaps) > limit:
        yield Text(f"and {len(gaps) - limit} more; --limit gives more", style="dim")


def finding_lines(findings: Sequence[Finding]) -> Iterator[Text]:
    """What a person should know, a line each: day, page, kind, sentence."""
    for finding in findings:
        key = finding.key
        line = Text(f"{key.issue_date} {page_ranges([key.page_no])}: ")
        line.append_text(printed(finding.kind, "yellow"))
        yield line.append_text(printed(f": {finding.sentence}"))


def total_line(totals: Mapping[Standing, int]) -> Text:
    """How many pages of issues stand how, the best first."""
    return Text(
        " · ".join(
            f"{totals[standing]:,} {_words(standing)}" for standing in MARKS if totals[standing]
        )
    )


def year_lines(rows: Sequence[Month]) -> Iterator[Text]:
    """A year of the calendar: the numbers of the days, then a row a month."""
    yield Text(f"{rows[0].year:<8}{DAYS}".rstrip(), style="bold")
    for row in rows:
        line = Text(f"{row.year}-{row.month:02d} ")
        for standing in row.standings:
            mark, style = MARKS[standing] if standing else (" ", "")
            line.append(" ").append(mark, style)
        line.rstrip()
        yield line


def legend(totals: Mapping[Standing, int]) -> Text:
    """What the marks mean that occur; of several pages of a day the worst is shown."""
    line = Text()
    for standing, (mark, style) in MARKS.items():
        if totals[standing]:
            line.append("   " if line else "").append(mark, style).append(f" {_words(standing)}")
    return line


def _reasons(gap: Gap) -> str:
    text = f" ({gap.cause})" if gap.cause else ""
    fewest, most = gap.looks
    if most:
        looks = str(most) if fewest == most else f"{fewest}..{most}"
        text += f", {looks} {'look' if looks == '1' else 'looks'}"
    if gap.next_attempt_at is not None:
        text += f", next {gap.next_attempt_at.astimezone(UTC):%Y-%m-%d %H:%M}Z"
    return text


def _words(standing: Standing) -> str:
    return standing.replace("_", " ")
