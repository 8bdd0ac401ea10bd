"""What changed between two readings of an article, field by field. Values, without markup."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

from press.alignment import Pair, Stretch, paired, stretches
from press.model import Article, Block
from press.record import ArticleRecord, Json, time_json

FIELDS = (
    "page_label", "page_name", "kicker", "headline", "deck", "column", "byline", "contributors",
    "dateline", "genre", "blocks", "author_note", "page_credits", "pictures", "continues_to",
    "continued_from", "residue",
)  # fmt: skip
"""What is compared, in the order of the record. Order, address and zones are not: they change when
a neighbour on the page does."""

LISTS = ("contributors", "blocks", "pictures")

_Item: TypeAlias = Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """One value that is not the same in two readings.

    In one of LISTS, `part` is a key of the item in the record, and `no_before` and `no_after`
    count the item from 1, None where that reading has no such item; elsewhere all three are None.
    `before` and `after` are None for what is not printed. Stretches that are kept or removed
    spell `before`, those that are kept or added `after`.
    """

    field: str
    part: str | None
    no_before: int | None
    no_after: int | None
    before: str | None
    after: str | None
    stretches: tuple[Stretch, ...]


def differences(before: Article, after: Article) -> tuple[FieldDifference, ...]:
    """What readers of the record see differently, in its order; empty when they see the same.

    An item that moved within its list is removed in one place and added in the other.
    """
    found: list[FieldDifference] = []
    for field in FIELDS:
        if field in LISTS:
            found += _in_list(field, _items(before, field), _items(after, field))
        elif (one := _value(before, field)) != (other := _value(after, field)):
            found.append(_difference(field, None, (None, None), one, other))
    return tuple(found)


def difference_json(difference: FieldDifference) -> dict[str, Json]:
    """One item of `differences` in docs/record.md, "A difference"."""
    return {
        "field": difference.field,
        "part": difference.part,
        "no_before": difference.no_before,
        "no_after": difference.no_after,
        "before": difference.before,
        "after": difference.after,
        "stretches": [{"kind": one.kind, "text": one.text} for one in difference.stretches],
    }


def step_json(before: ArticleRecord, after: ArticleRecord) -> dict[str, Json]:
    """The object of docs/record.md, "A difference": from one revision to another."""
    found = differences(before.article, after.article)
    return {
        "id": after.id,
        "before": _revision_json(before),
        "after": _revision_json(after),
        "differences": [difference_json(one) for one in found],
    }


def _revision_json(record: ArticleRecord) -> dict[str, Json]:
    place = record.place
    return {
        "revision": record.revision,
        "fetched_at": time_json(record.fetched_at),
        "capture": {
            "file": place.file,
            "offset": place.offset,
            "length": place.length,
            "sha256": place.sha256,
        },
        "parser": record.parser,
    }


def _value(article: Article, field: str) -> str | None:
    value = article.account.residue if field == "residue" else getattr(article, field)
    return None if value is None else str(value)


def _items(article: Article, field: str) -> list[_Item]:
    if field == "blocks":
        return [_block_item(block) for block in article.blocks]
    if field == "contributors":
        return [{"name": one.name, "role": one.role} for one in article.contributors]
    return [
        {"url": one.url, "caption": one.caption, "credit": one.credit} for one in article.pictures
    ]


def _block_item(block: Block) -> _Item:
    """The block as in the record; the rows of a table one a line, each a JSON list."""
    if block.type != "table":
        return {"type": block.type, "text": block.text}
    rows = [json.dumps(row, ensure_ascii=False) for row in block.rows]
    return {"type": block.type, "rows": "\n".join(rows)}


def _in_list(
    field: str, before: Sequence[_Item], after: Sequence[_Item]
) -> Iterator[FieldDifference]:
    for pair in _unequal(before, after):
        one = {} if pair[0] is None else before[pair[0]]
        other = {} if pair[1] is None else after[pair[1]]
        names = tuple(dict.fromkeys((*one, *other)))
        differing = [name for name in names if one.get(name) != other.get(name)]
        for name in (
            differing or names[:1]
        ):  # a picture of which nothing is known comes and goes too
            yield _difference(field, name, pair, one.get(name), other.get(name))


def _unequal(before: Sequence[_Item], after: Sequence[_Item]) -> Iterator[Pair]:
    """The items that are not the same, in order: in pairs where they are alike."""
    one, other = ([tuple(item.items()) for item in items] for items in (before, after))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, other).get_opcodes():
        if tag == "equal":
            continue
        old, new = (list(map(_wording, items)) for items in (before[i1:i2], after[j1:j2]))
        for i, j in paired(old, new):
            yield None if i is None else i1 + i, None if j is None else j1 + j


def _wording(item: _Item) -> str:
    """What an item is recognised by: what the paper printed, not our words for it."""
    return "".join(value or "" for name, value in item.items() if name not in {"type", "role"})


def _difference(
    field: str, part: str | None, pair: Pair, before: str | None, after: str | None
) -> FieldDifference:
    return FieldDifference(
        field=field,
        part=part,
        no_before=None if pair[0] is None else pair[0] + 1,
        no_after=None if pair[1] is None else pair[1] + 1,
        before=before,
        after=after,
        stretches=stretches(before or "", after or ""),
    )
