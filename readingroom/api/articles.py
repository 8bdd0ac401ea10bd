"""Articles: the record, its revisions, its account, and how it is cited."""

from dataclasses import replace
from itertools import pairwise

from press.difference import step_json
from press.errors import NotInArchive
from press.record import ArticleRecord, account_json, article_json
from readingroom.answer import Answer, json_answer
from readingroom.api import parameters as p
from readingroom.api.operation import Asked, Operation
from readingroom.api.papers import next_url, selected
from readingroom.library import Library
from storage.catalogue import Reader, Selection


def list_articles(_: Library, reader: Reader, asked: Asked) -> Answer:
    """The articles that fit, in the order of reading."""
    limit = asked.need(p.LIMIT)
    chosen = Selection(
        paper=asked.get(p.PAPER),
        since=asked.get(p.SINCE),
        until=asked.get(p.UNTIL),
        page_no=asked.get(p.PAGE_NO),
        genre=asked.get(p.GENRE),
        status=asked.get(p.STATUS),
    )
    found = list(reader.articles_after(asked.get(p.AFTER_ARTICLE), chosen, limit + 1))
    last = found[limit - 1].id if len(found) > limit else None
    query = {
        **selected(chosen),
        "genre": chosen.genre,
        "status": chosen.status,
        "after": last,
        "limit": limit,
    }
    return json_answer(
        {
            "articles": [article_json(one) for one in found[:limit]],
            "next": last and next_url("/api/v1/articles", query),
        }
    )


def give_article(_: Library, reader: Reader, asked: Asked) -> Answer:
    """One article, as it now is or as it once was."""
    article_id, number = asked.need(p.ARTICLE_ID), asked.get(p.REVISION)
    if number is None:
        found = reader.article(article_id)
        if found is None:
            raise absent(article_id)
        return _one(found)
    for record in _revisions(reader, article_id):
        if record.revision == number:
            return _one(record)
    raise NotInArchive(f"{article_id} has no revision {number}: see its revisions")


def list_revisions(_: Library, reader: Reader, asked: Asked) -> Answer:
    """Everything that the article ever said, by number."""
    history = _revisions(reader, asked.need(p.ARTICLE_ID))
    return json_answer({"revisions": [article_json(one) for one in history]})


def list_differences(_: Library, reader: Reader, asked: Asked) -> Answer:
    """What each revision changed, the one captured first before the others."""
    history = sorted(
        _revisions(reader, asked.need(p.ARTICLE_ID)),
        key=lambda one: (one.fetched_at, one.place.file, one.place.offset),
    )
    return json_answer({"steps": [step_json(*step) for step in pairwise(history)]})


def give_account(_: Library, reader: Reader, asked: Asked) -> Answer:
    """Where each visible character of the source went."""
    article_id = asked.need(p.ARTICLE_ID)
    account = reader.account(article_id)
    if account is None:
        raise absent(article_id)
    return json_answer(account_json(article_id, account))


def absent(article_id: str) -> NotInArchive:
    """What a reader is told of an article that there is not."""
    return NotInArchive(f"the archive has no article {article_id}: see /api/v1/articles")


def _one(record: ArticleRecord) -> Answer:
    return replace(json_answer(article_json(record)), last_modified_at=record.fetched_at)


def _revisions(reader: Reader, article_id: str) -> tuple[ArticleRecord, ...]:
    found = reader.revisions(article_id)
    if not found:
        raise absent(article_id)
    return found


OPERATIONS = (
    Operation(
        path="/api/v1/articles",
        name="list_articles",
        summary="Articles by newspaper, issue date, page and place on the page.",
        gives="Articles",
        answer=list_articles,
        parameters=(
            p.PAPER,
            p.SINCE,
            p.UNTIL,
            p.PAGE_NO,
            p.GENRE,
            p.STATUS,
            p.AFTER_ARTICLE,
            p.LIMIT,
        ),
        statuses=(404,),
    ),
    Operation(
        path="/api/v1/articles/{id}",
        name="give_article",
        summary="One article.",
        gives="Article",
        answer=give_article,
        parameters=(p.ARTICLE_ID, p.REVISION),
        statuses=(404,),
    ),
    Operation(
        path="/api/v1/articles/{id}/revisions",
        name="list_revisions",
        summary="Everything that the article ever said, by number.",
        gives="Revisions",
        answer=list_revisions,
        parameters=(p.ARTICLE_ID,),
        statuses=(404,),
    ),
    Operation(
        path="/api/v1/articles/{id}/differences",
        name="list_differences",
        summary="What each revision changed, in the order of their captures.",
        gives="Steps",
        answer=list_differences,
        parameters=(p.ARTICLE_ID,),
        statuses=(404,),
    ),
    Operation(
        path="/api/v1/articles/{id}/account",
        name="give_account",
        summary="Where each visible character of the source went.",
        gives="Account",
        answer=give_account,
        parameters=(p.ARTICLE_ID,),
        statuses=(404,),
    ),
)
