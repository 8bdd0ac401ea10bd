"""The records of docs/record.md as JSON Schemas, their keys in that order."""

from collections.abc import Sequence
from typing import get_args

from press.model import BlockType, Genre, Role
from press.outcome import State
from press.record import Json, Status
from readingroom.api.operation import Schema
from storage.search.fields import FIELDS

TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "integer", "minimum": 1}
MAYBE_NUMBER: Schema = {"type": ["integer", "null"], "minimum": 1}
MOMENT: Schema = {"type": "string", "format": "date-time"}
MAYBE_MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
MAYBE_DAY: Schema = {"type": ["string", "null"], "format": "date"}
YES_OR_NO: Schema = {"type": "boolean"}
DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
PAGE_NO: Schema = {"type": ["integer", "string"]}
MAYBE_PAGE_NO: Schema = {"type": ["integer", "string", "null"]}


def an(described: dict[str, Schema], meaning: str = "") -> Schema:
    """An object with exactly these keys."""
    schema: Schema = {
        "type": "object",
        "properties": {**described},
        "required": [*described],
        "additionalProperties": False,
    }
    return schema | ({"description": meaning} if meaning else {})


def each(item: Schema) -> Schema:
    """A list of such items."""
    return {"type": "array", "items": item}


def ref(name: str) -> Schema:
    """The schema of that name."""
    return {"$ref": f"#/components/schemas/{name}"}


def one_of(words: Sequence[str], *, nullable: bool = False) -> Schema:
    """One of these words."""
    values: list[Json] = [*words]
    return {"enum": [*values, None]} if nullable else {"type": "string", "enum": values}


_STATES: tuple[str, ...] = get_args(State)
_ZONES: Schema = each(each({"type": "array", "items": {"type": "number"}, "minItems": 2}))
_HEAD: dict[str, Schema] = {
    "id": TEXT,
    "paper": TEXT,
    "paper_name": TEXT,
    "issue_date": DAY,
    "page_no": PAGE_NO,
    "page_label": TEXT,
    "page_name": MAYBE_TEXT,
}
_CAPTURE = an(
    {"file": TEXT, "offset": COUNT, "length": NUMBER, "sha256": DIGEST},
    "Where the record lies on the shelf; the digest is of the decoded body.",
)
_BLOCK: Schema = {
    "anyOf": [
        an({"type": one_of([one for one in get_args(BlockType) if one != "table"]), "text": TEXT}),
        an({"type": one_of(["table"]), "rows": each(each(TEXT))}),
    ]
}
_ARTICLE_KEYS: dict[str, Schema] = {
    **_HEAD,
    "order": NUMBER,
    "native_id": MAYBE_TEXT,
    "url": MAYBE_TEXT,
    "kicker": MAYBE_TEXT,
    "headline": MAYBE_TEXT,
    "deck": MAYBE_TEXT,
    "column": MAYBE_TEXT,
    "byline": MAYBE_TEXT,
    "contributors": each(an({"name": TEXT, "role": one_of(get_args(Role))})),
    "dateline": MAYBE_TEXT,
    "genre": one_of(get_args(Genre)),
    "blocks": each(_BLOCK),
    "text": TEXT,
    "author_note": MAYBE_TEXT,
    "page_credits": MAYBE_TEXT,
    "pictures": each(
        an({"order": NUMBER, "url": MAYBE_TEXT, "caption": MAYBE_TEXT, "credit": MAYBE_TEXT})
    ),
    "zones": _ZONES,
    "continues_to": MAYBE_PAGE_NO,
    "continued_from": MAYBE_PAGE_NO,
    "char_count": COUNT,
    "status": one_of(get_args(Status)),
    "revision": NUMBER,
    "first_seen_at": MOMENT,
    "fetched_at": MOMENT,
    "capture": _CAPTURE,
    "parser": TEXT,
    "residue": MAYBE_TEXT,
}
_ARTICLE = an(_ARTICLE_KEYS, "One revision of an article.")
_MARKS: Schema = each({"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2})
_SNIPPET = an({"field": one_of(FIELDS), "text": TEXT, "marks": _MARKS})
_HIT = an(
    {
        **_ARTICLE_KEYS,
        "headline_marks": _MARKS,
        "snippet": {"anyOf": [_SNIPPET, {"type": "null"}]},
    },
    "An article in which the words stand; marks are places, the end not in it.",
)
_PAGE = an(
    {
        **_HEAD,
        "url": MAYBE_TEXT,
        "facsimile_url": MAYBE_TEXT,
        "pdf_url": MAYBE_TEXT,
        "previous_url": MAYBE_TEXT,
        "next_url": MAYBE_TEXT,
        "headlines": each(TEXT),
        "entries": each(
            an(
                {
                    "order": NUMBER,
                    "native_id": MAYBE_TEXT,
                    "url": MAYBE_TEXT,
                    "title": MAYBE_TEXT,
                    "listed": YES_OR_NO,
                    "mapped": YES_OR_NO,
                    "zones": _ZONES,
                }
            )
        ),
        "pages": each(
            an(
                {
                    "page_no": PAGE_NO,
                    "page_label": TEXT,
                    "page_name": MAYBE_TEXT,
                    "url": MAYBE_TEXT,
                    "pdf_url": MAYBE_TEXT,
                }
            )
        ),
        "articles": each(TEXT),
        "fetched_at": MOMENT,
        "capture": _CAPTURE,
    },
    "A page as its index showed it; articles are ids.",
)
_SIDE = an({"revision": NUMBER, "fetched_at": MOMENT, "capture": _CAPTURE, "parser": TEXT})
_DIFFERENCE = an(
    {
        "field": TEXT,
        "part": MAYBE_TEXT,
        "no_before": MAYBE_NUMBER,
        "no_after": MAYBE_NUMBER,
        "before": MAYBE_TEXT,
        "after": MAYBE_TEXT,
        "stretches": each(an({"kind": one_of(["kept", "removed", "added"]), "text": TEXT})),
    }
)
_ACCOUNT = an(
    {
        "id": TEXT,
        "pieces": each(
            an(
                {
                    "kind": one_of(["field", "dropped", "residue"]),
                    "name": TEXT,
                    "text": TEXT,
                    "char_count": COUNT,
                }
            )
        ),
        "visible": COUNT,
        "in_fields": COUNT,
        "dropped": COUNT,
        "residue": COUNT,
        "is_closed": YES_OR_NO,
    },
    "Where each visible character of the source went.",
)
_ENTRY = an(
    {
        "paper": TEXT,
        "issue_date": DAY,
        "page_no": PAGE_NO,
        "state": one_of(_STATES),
        "cause": MAYBE_TEXT,
        "attempts": COUNT,
        "next_attempt_at": MAYBE_MOMENT,
        "evidence": MAYBE_TEXT,
    },
    "The state of a page that was due.",
)
_PAPER = an(
    {
        "paper": TEXT,
        "paper_name": MAYBE_TEXT,
        "since": MAYBE_DAY,
        "until": MAYBE_DAY,
        "issues": COUNT,
        "pages": COUNT,
        "articles": COUNT,
        "states": {"type": "object", "additionalProperties": COUNT},
    },
    "How much there is of a newspaper; states counts the pages of the ledger.",
)
_ISSUE = an(
    {
        "paper": TEXT,
        "paper_name": MAYBE_TEXT,
        "issue_date": DAY,
        "pages": each(
            an(
                {
                    "id": TEXT,
                    "page_no": PAGE_NO,
                    "page_label": MAYBE_TEXT,
                    "page_name": MAYBE_TEXT,
                    "state": one_of(_STATES, nullable=True),
                    "cause": MAYBE_TEXT,
                    "articles": COUNT,
                }
            )
        ),
    },
    "An issue's pages, kept or only due; page_label is null for one that is not kept.",
)
_PROBLEM = an({"type": TEXT, "title": TEXT, "status": NUMBER, "detail": TEXT}, "RFC 9457.")
_HEALTH = an(
    {
        "status": one_of(["ok", "problem"]),
        "checks": each(an({"subject": TEXT, "level": one_of(["ok", "problem"]), "sentence": TEXT})),
    }
)


def _pages_of(key: str, name: str) -> Schema:
    """An answer of several items; next is null after the last."""
    return an({key: each(ref(name)), "next": MAYBE_TEXT}, "next is the address of what follows.")


SCHEMAS: dict[str, Schema] = {
    "Paper": _PAPER,
    "Papers": an({"papers": each(ref("Paper"))}),
    "Issue": _ISSUE,
    "Issues": _pages_of("issues", "Issue"),
    "Page": _PAGE,
    "Article": _ARTICLE,
    "Articles": _pages_of("articles", "Article"),
    "Hit": _HIT,
    "Hits": an(
        {
            "total": an({"count": COUNT, "is_exact": YES_OR_NO}),
            "hits": each(ref("Hit")),
            "next": MAYBE_TEXT,
        },
        "Where the total is not exact, there are more than so many.",
    ),
    "Revisions": an({"revisions": each(ref("Article"))}),
    "Step": an({"id": TEXT, "before": _SIDE, "after": _SIDE, "differences": each(_DIFFERENCE)}),
    "Steps": an({"steps": each(ref("Step"))}),
    "Account": _ACCOUNT,
    "LedgerEntry": _ENTRY,
    "Ledger": _pages_of("entries", "LedgerEntry"),
    "Health": _HEALTH,
    "Problem": _PROBLEM,
}
