"""Whatever is typed into the search, the reading room answers: results, or 400 with a sentence."""

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from tests.readingroom.asking import Room
from tests.storage.search.hostile import TYPED, is_sentence

ASKED = st.lists(TYPED, min_size=20, max_size=20)


@pytest.fixture(scope="module")
def open_room(filled) -> Room:
    """The room over the archive that all tests share: it is only read."""
    return Room(home=filled, url=f"sqlite:///{filled / 'catalogue.sqlite3'}")


def address(path: str, typed: str) -> str:
    return f"{path}?q={quote(typed.encode('utf-8', 'surrogatepass'))}"


@settings(derandomize=True, max_examples=12)
@given(ASKED)
def test_the_search_room_shows_a_whole_page(open_room: Room, typed: list[str]) -> None:
    for answer in open_room.ask([("GET", address("/search", one)) for one in typed]):
        assert answer.status_code in {200, 400}
        tree = html.fromstring(answer.text)
        complaints = tree.xpath('//*[@class="notice"]/span/text()')
        assert len(complaints) == (answer.status_code == 400)
        assert all(map(is_sentence, complaints))


@settings(derandomize=True, max_examples=12)
@given(ASKED)
def test_the_api_gives_hits_or_a_problem(open_room: Room, typed: list[str]) -> None:
    for answer in open_room.ask([("GET", address("/api/v1/search", one)) for one in typed]):
        assert answer.status_code in {200, 400}
        told = answer.json()
        assert "hits" in told if answer.status_code == 200 else is_sentence(told["detail"])


@settings(derandomize=True, max_examples=12)
@given(ASKED)
def test_the_feed_is_xml_or_a_problem(open_room: Room, typed: list[str]) -> None:
    for answer in open_room.ask([("GET", address("/feeds/search", one)) for one in typed]):
        assert answer.status_code in {200, 400}
        if answer.status_code == 200:
            assert etree.fromstring(answer.content).tag.endswith("}feed")
        else:
            assert is_sentence(answer.json()["detail"])


@pytest.mark.parametrize("path", ["/search", "/api/v1/search", "/feeds/search"])
@pytest.mark.parametrize(
    "typed", ["%ED%A0%80", "%FF%FE", "%", "%u6865", "%00", "+", "", "&q=a", "#"]
)
def test_broken_escapes_are_no_trouble(open_room: Room, path: str, typed: str) -> None:
    assert open_room.get(f"{path}?q={typed}").status_code in {200, 400}
