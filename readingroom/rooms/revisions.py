"""What an article said, and what was changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from press import citation
from press.difference import FieldDifference, differences
from press.keys import PageKey
from press.record import ArticleRecord
from readingroom.rooms.article import found, key_of_page
from readingroom.rooms.leaf import Leaf, Visit
from readingroom.rooms.runs import Change, changes
from storage.catalogue import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One value that changed: `name` is a key of the item, None where the field itself changed."""

    name: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What changed in a field, or in one item of it; the numbers count from 1.

    `number` is None for a field that is no list; `moved_to` where the item now stands elsewhere.
    """

    field: str
    number: int | None
    moved_to: int | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From one revision to the next; `edits` are empty where readers see the same."""

    before: ArticleRecord
    after: ArticleRecord
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """An article with its steps, the newest first; empty for one that never changed."""

    record: ArticleRecord
    title: str
    key: PageKey
    steps: tuple[Step, ...]


def revisions(reader: Reader, visit: Visit) -> Leaf:
    """Each revision of an article beside the one before it. Raises NotInArchive."""
    record = found(reader, visit)
    every = reader.revisions(record.id)
    view = History(
        record=record,
        title=citation.title(record.article),
        key=key_of_page(record),
        steps=tuple(reversed([step_of(*pair) for pair in pairwise(every)])),
    )
    return Leaf(template="revisions.html", view=view, title=view.title)


def step_of(before: ArticleRecord, after: ArticleRecord) -> Step:
    """What changed from one to the other."""
    edits = edits_of(differences(before.article, after.article))
    return Step(before=before, after=after, edits=tuple(edits))


def edits_of(differing: Sequence[FieldDifference]) -> Iterator[Edit]:
    """The differences, those of one item together."""
    for item, group in groupby(differing, lambda one: (one.field, one.no_before, one.no_after)):
        field, before, after = item
        parts = tuple(Part(name=one.part, changes=tuple(changes(one.stretches))) for one in group)
        yield Edit(
            field=field,
            number=after if before is None else before,
            moved_to=after if before is not None and after not in {None, before} else None,
            parts=tuple(part for part in parts if part.changes),
        )
