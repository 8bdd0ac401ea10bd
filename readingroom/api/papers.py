"""Newspapers, issues and pages."""

from collections.abc import Mapping
from itertools import islice
from urllib.parse import urlencode

from press.errors import NotInArchive
from press.holdings import issue_holdings_json, paper_holdings_json
from press.keys import page_id
from press.outcome import ledger_json
from press.record import page_json
from readingroom.answer import Answer, json_answer
from readingroom.api import parameters as p
from readingroom.api.operation import Asked, Operation
from readingroom.library import Library
from storage.catalogue import Reader, Selection


def list_papers(_: Library, reader: Reader, _asked: Asked) -> Answer:
    """Every newspaper with how much there is of it."""
    return json_answer({"papers": [paper_holdings_json(one) for one in reader.papers()]})


def give_paper(_: Library, reader: Reader, asked: Asked) -> Answer:
    """One newspaper."""
    slug = asked.need(p.SLUG)
    for one in reader.papers():
        if one.paper == slug:
            return json_answer(paper_holdings_json(one))
    raise NotInArchive(f"the archive has nothing of {slug}: see /api/v1/papers for what it has")


def list_issues(_: Library, reader: Reader, asked: Asked) -> Answer:
    """The issues of a newspaper, each with the state of its pages."""
    slug, limit = asked.need(p.SLUG), asked.need(p.LIMIT)
    found = reader.issues(slug, asked.get(p.SINCE), asked.get(p.UNTIL), limit=limit + 1)
    after = found[limit].issue_date.isoformat() if len(found) > limit else None
    until = asked.get(p.UNTIL)
    query = {"from": after, "to": until and until.isoformat(), "limit": limit}
    return json_answer(
        {
            "issues": [issue_holdings_json(one) for one in found[:limit]],
            "next": after and next_url(f"/api/v1/papers/{slug}/issues", query),
        }
    )


def give_issue(_: Library, reader: Reader, asked: Asked) -> Answer:
    """One issue with the state of its pages."""
    slug, day = asked.need(p.SLUG), asked.need(p.DAY)
    found = reader.issues(slug, day, day, limit=1)
    if not found:
        raise NotInArchive(f"nothing is kept or known of {slug} of {day}: it was never asked for")
    return json_answer(issue_holdings_json(found[0]))


def give_page(_: Library, reader: Reader, asked: Asked) -> Answer:
    """One page: what it announces, and the ids of its articles."""
    key = asked.need(p.PAGE_ID)
    found = reader.page(key)
    if found is None:
        name = page_id(key.paper, key.issue_date, key.page_no)
        raise NotInArchive(
            f"no index of the page {name} is kept: see /api/v1/issues/{key.paper}/{key.issue_date}"
        )
    return json_answer(page_json(found))


def list_ledger(_: Library, reader: Reader, asked: Asked) -> Answer:
    """What the ledger says of each page that was due."""
    limit, state = asked.need(p.LIMIT), asked.get(p.STATE)
    chosen = Selection(
        paper=asked.get(p.PAPER),
        since=asked.get(p.SINCE),
        until=asked.get(p.UNTIL),
        page_no=asked.get(p.PAGE_NO),
    )
    entries = reader.ledger(chosen, after=asked.get(p.AFTER_PAGE))
    wanted = (one for one in entries if state is None or one.state == state)
    found = list(islice(wanted, limit + 1))
    last = found[limit - 1] if len(found) > limit else None
    query = {
        **selected(chosen),
        "state": state,
        "after": last and page_id(last.paper, last.issue_date, last.page_no),
        "limit": limit,
    }
    return json_answer(
        {
            "entries": [ledger_json(one) for one in found[:limit]],
            "next": None if last is None else next_url("/api/v1/ledger", query),
        }
    )


def selected(selection: Selection) -> dict[str, object]:
    """A selection's paper, dates and page as parameters of a query."""
    return {
        "paper": selection.paper,
        "from": selection.since,
        "to": selection.until,
        "page": selection.page_no,
    }


def next_url(path: str, query: Mapping[str, object]) -> str:
    """The address of the next answer; what is None is left out."""
    return f"{path}?{urlencode({key: str(one) for key, one in query.items() if one is not None})}"


OPERATIONS = (
    Operation(
        path="/api/v1/papers",
        name="list_papers",
        summary="Every newspaper with how much there is of it.",
        gives="Papers",
        answer=list_papers,
    ),
    Operation(
        path="/api/v1/papers/{paper}",
        name="give_paper",
        summary="How much there is of one newspaper.",
        gives="Paper",
        answer=give_paper,
        parameters=(p.SLUG,),
        statuses=(404,),
    ),
    Operation(
        path="/api/v1/papers/{paper}/issues",
        name="list_issues",
        summary="The issues of a newspaper, the earliest first, each with the state of its pages.",
        gives="Issues",
        answer=list_issues,
        parameters=(p.SLUG, p.SINCE, p.UNTIL, p.LIMIT),
    ),
    Operation(
        path="/api/v1/issues/{paper}/{date}",
        name="give_issue",
        summary="One issue with the state of its pages.",
        gives="Issue",
        answer=give_issue,
        parameters=(p.SLUG, p.DAY),
        statuses=(404,),
    ),
    Operation(
        path="/api/v1/pages/{id}",
        name="give_page",
        summary="One page: what it announces, and the ids of its articles.",
        gives="Page",
        answer=give_page,
        parameters=(p.PAGE_ID,),
        statuses=(404,),
    ),
    Operation(
        path="/api/v1/ledger",
        name="list_ledger",
        summary="The state of each page that was due, by newspaper, date and page.",
        gives="Ledger",
        answer=list_ledger,
        parameters=(p.PAPER, p.SINCE, p.UNTIL, p.PAGE_NO, p.STATE, p.AFTER_PAGE, p.LIMIT),
        statuses=(404,),
    ),
)
