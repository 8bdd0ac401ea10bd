"""What the reader has already is not sent again."""

from datetime import UTC, datetime

import pytest

from readingroom.answer import Answer, headers_of, is_known
from tests.readingroom.asking import ARTICLE, Room

MOMENT = datetime(2031, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
ANSWER = Answer(body=b"lamp", last_modified_at=MOMENT, tag="lamp")
TAG = ANSWER.entity_tag
SAME = "Mon, 03 Feb 2031 04:05:06 GMT"


@pytest.mark.parametrize(
    ("if_none_match", "if_modified_since", "known"),
    [
        (TAG, None, True),
        (f"W/{TAG}", None, True),
        (f'"other", {TAG}', None, True),
        ("*", None, True),
        ('"other"', None, False),
        ('"other"', SAME, False),
        (None, SAME, True),
        (None, "Mon, 03 Feb 2031 04:05:05 GMT", False),
        (None, "Mon, 03 Feb 2031 04:05:06", False),
        (None, "yesterday", False),
        (None, None, False),
    ],
)
def test_conditions_are_read_as_rfc_9110_has_them(
    if_none_match: str | None, if_modified_since: str | None, known: bool
) -> None:
    assert is_known(ANSWER, if_none_match, if_modified_since) is known


def test_a_time_is_not_looked_at_where_the_answer_has_none() -> None:
    assert not is_known(Answer(body=b"lamp"), None, SAME)


def test_equal_bodies_have_equal_tags_and_others_others() -> None:
    lamp, later = Answer(body=b"lamp"), Answer(body=b"lamp", last_modified_at=MOMENT)
    assert later.entity_tag == lamp.entity_tag
    assert Answer(body=b"lamps").entity_tag != lamp.entity_tag
    assert headers_of(ANSWER)["Last-Modified"] == SAME


def test_a_second_call_with_the_tag_costs_no_body(room: Room) -> None:
    path = f"/api/v1/articles/{ARTICLE}"
    first = room.get(path)
    again = room.get(path, If_None_Match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "private" in again.headers["cache-control"]


@pytest.mark.parametrize("path", [f"/api/v1/articles/{ARTICLE}", "/feeds/articles"])
def test_a_time_is_said_but_only_a_tag_shows_that_it_is_still_so(room: Room, path: str) -> None:
    first = room.get(path)
    assert room.get(path, If_Modified_Since=first.headers["last-modified"]).status_code == 200
    assert room.get(path, If_None_Match=first.headers["etag"]).status_code == 304


def test_a_problem_is_never_known(room: Room) -> None:
    answer = room.get("/api/v1/articles/x", If_None_Match="*")
    assert answer.status_code == 400
    assert answer.headers["cache-control"] == "no-store"
