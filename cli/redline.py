"""Changes set as a person reads them: what was behind "-", what came behind "+". Pure."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from cli.terminal import printed
from press.alignment import Stretch
from press.difference import FieldDifference, differences
from press.record import ArticleRecord, time_json

SURROUNDINGS = 16
"""Characters shown on each side of a change."""


def step_lines(before: ArticleRecord, after: ArticleRecord) -> Iterator[RenderableType]:
    """What changed from one revision to another: the old text behind "-", the new behind "+"."""
    yield printed(f"{after.id} from revision {before.revision} to {after.revision}", "bold")
    for mark, record in (("-", before), ("+", after)):
        yield printed(
            f"{mark} fetched {time_json(record.fetched_at)} · {record.place.file}"
            f"@{record.place.offset} · read by {record.parser}",
            "dim",
        )
    found = differences(before.article, after.article)
    if not found:
        yield Text("\nnothing that readers see")
    yield from difference_lines(found)
    yield Text("")


def difference_lines(found: Sequence[FieldDifference]) -> Iterator[RenderableType]:
    """Each difference under the name of its field; an item that came or went, in one piece."""
    for item, group in groupby(found, lambda one: (one.field, one.no_before, one.no_after)):
        parts = list(group)
        if item[1:] != (None, None) and None in item:
            yield from _heading(parts[0], None)
            shown = [one.before or one.after for one in parts]
            text = " · ".join(value for value in shown if value) or "nothing known of it"
            yield from _marked("-" if item[2] is None else "+", Text("").append_text(printed(text)))
        else:
            for one in parts:
                yield from _heading(one, None if one.part in {"text", "rows"} else one.part)
                yield from _change(one)


def _heading(one: FieldDifference, part: str | None) -> Iterator[Text]:
    numbers = dict.fromkeys(str(no) for no in (one.no_before, one.no_after) if no is not None)
    yield printed("\n" + " ".join(filter(None, (one.field, ", now ".join(numbers), part))), "bold")


def _change(one: FieldDifference) -> Iterator[Text]:
    """The two values, with what they share cut down to what surrounds the changes."""
    pieces = [
        (stretch, _shortened(stretch, is_first=place == 0, is_last=place == len(one.stretches) - 1))
        for place, stretch in enumerate(one.stretches)
    ]
    for mark, kind, value in (("-", "removed", one.before), ("+", "added", one.after)):
        if value is not None:
            text = Text()
            for stretch, shown in pieces:
                if stretch.kind in {"kept", kind}:
                    text.append_text(printed(shown, "" if stretch.kind == "kept" else "bold"))
            yield from _marked(mark, text)


def _shortened(stretch: Stretch, *, is_first: bool, is_last: bool) -> str:
    text = stretch.text
    head = "" if is_first else text[:SURROUNDINGS]
    tail = "" if is_last else text[-SURROUNDINGS:]
    if stretch.kind != "kept" or len(text) <= len(head) + len(tail) + 1:
        return text
    return f"{head}…{tail}"


def _marked(mark: str, text: Text) -> Iterator[Text]:
    """Each line of the text behind its mark, red for "-" and green for "+"."""
    style = {"-": "red", "+": "green"}[mark]
    for line in text.split("\n", allow_blank=True):
        yield Text(f"{mark} ", style).append_text(line)
