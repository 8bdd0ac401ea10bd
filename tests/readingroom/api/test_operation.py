"""What is asked wrongly is said so; no call at all ends in a fault of ours."""

import string
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readingroom.api import OPERATIONS
from readingroom.api.operation import Operation
from tests.readingroom.asking import ARTICLE, PAGE, Room

EVERY = OPERATIONS
WORDS = st.one_of(
    st.sampled_from(
        ["cqrb", ARTICLE, PAGE, "2031-02-03", "9999-12-31", "0001-01-01", "7", "A01", "0", "-1"]
    ),
    st.sampled_from(["verse", "retry", "ok", "withdrawn", "..", "%00", "a' OR 1=1;--", "9" * 30]),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300),
    st.text(string.printable, min_size=1, max_size=20),
)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/api/v1/articles?form=2031-02-03", "there is no parameter 'form'"),
        ("/api/v1/articles?from=yesterday", "is no date"),
        ("/api/v1/articles?from=2031-02-30", "is no date"),
        ("/api/v1/articles?limit=0", "from 1 to 100"),
        ("/api/v1/articles?limit=101", "from 1 to 100"),
        ("/api/v1/articles?limit=1&limit=2", "given twice"),
        ("/api/v1/articles?page=seven", "is no page number"),
        ("/api/v1/articles?page=%EF%BC%97", "is no page number"),
        ("/api/v1/articles?genre=poem", "there are article,"),
        ("/api/v1/articles?paper=" + "x" * 201, "more than 200 characters"),
        (f"/api/v1/articles/{PAGE}", "is no article's id"),
        (f"/api/v1/pages/{ARTICLE}", "is no page's id"),
        ("/api/v1/captures/..%2Fcatalogue.sqlite3/0", "there is nothing at this address"),
        ("/api/v1/search", '"q" is missing'),
        ("/api/v1/search?q=-灯", "give at least one word"),
        ("/api/v1/search?q=%22灯", "has no end"),
        (f"/api/v1/articles/{ARTICLE}/citation?style=apa", "there are gbt7714,"),
        ("/api/v1/captures/.hidden/0", "is no name of a file"),
        ("/api/v1/captures/a.warc.gz/x", "is no offset"),
    ],
)
def test_a_wrong_question_is_answered_with_what_would_be_right(
    room: Room, path: str, says: str
) -> None:
    answer = room.get(path)
    assert answer.status_code in {400, 404}
    assert says in answer.json()["detail"]


@given(operation=st.sampled_from(EVERY), data=st.data())
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_asked_the_status_is_one_that_the_document_names(
    room: Room, operation: Operation, data: st.DataObject
) -> None:
    path = operation.path
    for one in operation.parameters:
        if one.place == "path":
            path = path.replace(f"{{{one.name}}}", quote(data.draw(WORDS), safe=""))
    names = [one.name for one in operation.parameters if one.place == "query"]
    chosen = data.draw(st.lists(st.sampled_from([*names, "other"]), max_size=4))
    query = "&".join(f"{name}={quote(data.draw(WORDS), safe='')}" for name in chosen)
    answer = room.get(f"{path}?{query}")
    assert answer.status_code in {200, 400, 404}


def test_every_operation_has_a_name_of_its_own_and_reads_the_parameters_of_its_path() -> None:
    assert len({one.name for one in EVERY}) == len({one.path for one in EVERY}) == len(EVERY)
    for one in EVERY:
        in_path = {each.name for each in one.parameters if each.place == "path"}
        assert {f"{{{name}}}" for name in in_path} == {
            part for part in one.path.split("/") if part.startswith("{")
        }
