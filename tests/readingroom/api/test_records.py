"""What the API gives is the record, key by key, and is what its own document says."""

import json
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from press.difference import step_json
from press.record import account_json, article_json, page_json
from readingroom.api import OPERATIONS
from readingroom.api.openapi import openapi
from storage.catalogue import Catalogue
from tests.readingroom.asking import ARTICLE, PAGE, Room
from tests.storage.samples import KEY

DOCUMENT = openapi(OPERATIONS, "1")

ASKED = {
    "/api/v1/papers": "Papers",
    "/api/v1/papers/cqrb": "Paper",
    "/api/v1/papers/cqrb/issues": "Issues",
    "/api/v1/papers/cqrb/issues?limit=1": "Issues",
    "/api/v1/issues/cqrb/2031-02-03": "Issue",
    f"/api/v1/pages/{PAGE}": "Page",
    "/api/v1/articles": "Articles",
    "/api/v1/articles?limit=2": "Articles",
    f"/api/v1/articles/{ARTICLE}": "Article",
    f"/api/v1/articles/{ARTICLE}?revision=1": "Article",
    f"/api/v1/articles/{ARTICLE}/revisions": "Revisions",
    f"/api/v1/articles/{ARTICLE}/differences": "Steps",
    f"/api/v1/articles/{ARTICLE}/account": "Account",
    "/api/v1/search?q=灯": "Hits",
    "/api/v1/search?q=灯&limit=1&sort=relevance": "Hits",
    "/api/v1/ledger": "Ledger",
    "/healthz": "Health",
    "/api/v1/articles/nothing": "Problem",
}


def validator(name: str) -> Draft202012Validator:
    components: Any = DOCUMENT["components"]
    schema = {"$ref": f"#/components/schemas/{name}", "components": components}
    return Draft202012Validator(schema)


@pytest.mark.parametrize(("path", "name"), ASKED.items())
def test_each_answer_is_what_the_document_says(room: Room, path: str, name: str) -> None:
    validator(name).validate(room.get(path).json())


def test_every_schema_is_a_schema_and_is_asked_for_or_part_of_another() -> None:
    components: Any = DOCUMENT["components"]
    for schema in components["schemas"].values():
        Draft202012Validator.check_schema(schema)
    text = json.dumps(DOCUMENT)
    assert not [name for name in components["schemas"] if f'schemas/{name}"' not in text] or (
        set(components["schemas"]) - {"Health"}
        <= set(ASKED.values()) | {"Step", "LedgerEntry", "Hit"}
    )


def test_an_article_is_the_record_with_its_keys_in_order(room: Room) -> None:
    with closing(Catalogue.open(room.url)) as catalogue, catalogue.reading() as reader:
        record = reader.article(ARTICLE)
        account = reader.account(ARTICLE)
        page = reader.page(KEY)
        steps = reader.revisions(ARTICLE)
    assert record is not None
    assert account is not None
    assert page is not None
    expected = {
        f"/api/v1/articles/{ARTICLE}": article_json(record),
        f"/api/v1/articles/{ARTICLE}/account": account_json(ARTICLE, account),
        f"/api/v1/pages/{PAGE}": page_json(page),
        f"/api/v1/articles/{ARTICLE}/differences": {"steps": [step_json(*steps)]},
    }
    for path, value in expected.items():
        assert room.get(path).text == json.dumps(value, ensure_ascii=False)


def test_an_older_revision_is_given_by_its_number(room: Room) -> None:
    assert room.get(f"/api/v1/articles/{ARTICLE}").json()["headline"] == "桥上的灯　都亮了"
    old = room.get(f"/api/v1/articles/{ARTICLE}?revision=1").json()
    assert (old["revision"], old["headline"]) == (1, "桥上的灯　亮了")
    assert room.get(f"/api/v1/articles/{ARTICLE}?revision=9").status_code == 404


def test_an_issue_has_its_pages_as_bound_with_their_states(room: Room) -> None:
    pages = room.get("/api/v1/issues/cqrb/2031-02-03").json()["pages"]
    assert [(one["page_no"], one["state"], one["articles"]) for one in pages] == [
        (7, "archived", 2),
        ("A01", "retry", 0),
    ]
    (later,) = room.get("/api/v1/issues/cqrb/2031-02-04").json()["pages"]
    assert (later["state"], later["articles"]) == (None, 5)


def test_what_there_is_not_is_a_404_that_says_where_to_look(room: Room) -> None:
    for path in (
        "/api/v1/papers/xxrb",
        "/api/v1/issues/cqrb/2031-02-28",
        "/api/v1/pages/cqrb-20310203-008",
        "/api/v1/articles/cqrb-20310203-007-1",
        "/api/v1/articles/cqrb-20310203-007-1/revisions",
        "/api/v1/articles/cqrb-20310203-007-1/differences",
        "/api/v1/articles/cqrb-20310203-007-1/account",
        "/api/v1/articles/cqrb-20310230-007-1",
        "/api/v1/articles?after=cqrb-20310203-007-1",
        "/api/v1/captures/a.warc.gz/0",
        "/nothing",
    ):
        answer = room.get(path)
        assert (answer.status_code, path) == (404, path)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]


def test_a_raw_answer_is_a_file_to_be_saved_and_nothing_that_runs(room: Room) -> None:
    captures = room.get(f"/api/v1/articles/{ARTICLE}/revisions").json()["revisions"]
    place = captures[0]["capture"]
    answer = room.get(f"/api/v1/captures/{place['file']}/{place['offset']}")
    assert answer.status_code == 200
    assert answer.content == "<script>alert(1)</script>编的".encode()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["etag"] == f'"{place["sha256"]}"'


def test_a_lost_answer_is_told_to_its_keeper_without_a_path(room: Room) -> None:
    place = room.get(f"/api/v1/articles/{ARTICLE}").json()["capture"]
    answer = room.get(f"/api/v1/captures/{place['file']}/{place['offset']}")
    assert answer.status_code == 503
    assert "baoku verify" in answer.json()["detail"]
    assert str(room.home) not in answer.text


def test_metrics_and_document_are_served(room: Room) -> None:
    metrics, document = room.ask([("GET", "/metrics"), ("GET", "/openapi.json")])
    assert "baoku_articles 7.0" in metrics.text
    assert document.json()["info"]["version"] == "1.2.3"
    assert set(document.json()["paths"]) == {one.path for one in OPERATIONS}


def test_the_schema_of_an_article_refuses_another_order_of_things() -> None:
    assert not validator("Article").is_valid({"id": "cqrb-20310203-007-1"})
    assert not validator("Paper").is_valid({"paper": date(2031, 2, 3).isoformat()})
