"""How an article is cited, in the forms that people and reference managers take."""

from collections.abc import Mapping
from typing import Final

from readingroom.answer import Answer
from readingroom.api import parameters as p
from readingroom.api.articles import absent
from readingroom.api.operation import Asked, Operation, Parameter
from readingroom.library import Library
from storage.catalogue import Reader
from storage.export.citations import STYLES

MEDIA_TYPES: Final[Mapping[str, str]] = {
    "gbt7714": "text/plain; charset=utf-8",
    "bibtex": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl": "application/vnd.citationstyles.csl+json",
}

STYLE = Parameter(
    name="style",
    meaning="GB/T 7714, BibTeX, RIS or CSL-JSON.",
    schema={"type": "string", "enum": [*STYLES], "default": "gbt7714"},
    read=p.word_of(tuple(STYLES), "style"),
    default="gbt7714",
)


def give_citation(_: Library, reader: Reader, asked: Asked) -> Answer:
    """One article's citation, as a file of that form holds it."""
    article_id, name = asked.need(p.ARTICLE_ID), asked.need(STYLE)
    record, style = reader.article(article_id), STYLES[name]
    if record is None:
        raise absent(article_id)
    text = style.before + style.entry(record) + style.after
    return Answer(body=text.encode(), media_type=MEDIA_TYPES[name])


OPERATIONS = (
    Operation(
        path="/api/v1/articles/{id}/citation",
        name="give_citation",
        summary="How the article is cited.",
        gives=tuple(MEDIA_TYPES.values()),
        answer=give_citation,
        parameters=(p.ARTICLE_ID, STYLE),
        statuses=(404,),
    ),
)
