"""What the shelf answers is what the site answered."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from pipeline.source import ShelfSource
from press.capture import Import
from press.errors import CaptureMissing, NotOnShelf, OversizedAnswer
from tests.pipeline.conftest import exchange_of
from tests.pipeline.test_keeping import NOON, commit

OWN, MIRROR = "http://paper.example", "http://127.0.0.1:8123"
HTML = (("Content-Type", "text/html; charset=gbk"),)
DAY = date(2026, 1, 10)


def keep(desk: Any, url: str, body: bytes, *, minute: int = 0, status: int = 200,
         headers: tuple[tuple[str, str], ...] = HTML) -> None:  # fmt: skip
    moment = NOON + timedelta(minutes=minute)
    desk.keeper.keep(exchange_of(url, status, headers, body, moment))
    commit(desk)


def shelf_of(desk: Any, **how: Any) -> ShelfSource:
    return ShelfSource(desk.catalogue, desk.shelf, **how)


def test_the_newest_answer_counts_whatever_its_status(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    keep(desk, f"{OWN}/a", b"one")
    keep(desk, f"{OWN}/a", b"gone", minute=1, status=404)
    answer, capture = shelf_of(desk).answer(f"{OWN}/a#top")
    assert (answer.url, answer.status, answer.body) == (f"{OWN}/a", 404, b"gone")
    assert (answer.content_type, answer.wait_s) == ("text/html; charset=gbk", None)
    assert capture == desk.keeper.latest()


def test_only_what_was_there_by_then_is_given(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    for minute, body in enumerate([b"one", b"two", b"one"]):
        keep(desk, f"{OWN}/a", body, minute=minute)
    given = [
        shelf_of(desk, until=NOON + timedelta(minutes=minute)).answer(f"{OWN}/a")[0].body
        for minute in range(4)
    ]
    assert given == [b"one", b"two", b"one", b"one"]
    with pytest.raises(NotOnShelf, match="crawl it first") as caught:
        shelf_of(desk, until=NOON - timedelta(minutes=1)).answer(f"{OWN}/a")
    assert caught.value.url == f"{OWN}/a"


def test_a_revisit_is_given_with_its_own_headers_and_the_body_it_refers_to(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    keep(desk, f"{OWN}/a", b"one")
    keep(desk, f"{OWN}/b", b"one", minute=1, headers=(("Content-Type", "text/plain"),))
    answer, capture = shelf_of(desk).answer(f"{OWN}/b")
    assert (capture.kind, answer.body, answer.content_type) == ("revisit", b"one", "text/plain")


def test_what_a_mirror_served_has_the_papers_own_address(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    keep(desk, f"{MIRROR}/a?b=1", b"mirrored", minute=1)
    with pytest.raises(NotOnShelf):
        shelf_of(desk).answer(f"{OWN}/a?b=1")
    answer, _ = shelf_of(desk, origins=(MIRROR,)).answer(f"{OWN}/a?b=1")
    assert (answer.url, answer.body) == (f"{OWN}/a?b=1", b"mirrored")
    keep(desk, f"{OWN}/a?b=1", b"older")
    assert shelf_of(desk, origins=(MIRROR,)).answer(f"{OWN}/a?b=1")[0].body == b"mirrored"
    keep(desk, f"{OWN}/a?b=1", b"newer", minute=2)
    assert shelf_of(desk, origins=(MIRROR,)).answer(f"{OWN}/a?b=1")[0].body == b"newer"


@pytest.mark.parametrize("origin", [OWN, MIRROR])
def test_a_kept_redirect_leads_on_to_its_target_as_kept(
    new_desk: Callable[..., Any], origin: str
) -> None:
    desk = new_desk()
    keep(desk, f"{origin}/a", b"", status=302, headers=(("location", "b/c"),))
    keep(desk, f"{origin}/b/c", b"", status=301, headers=(("Location", f"{origin}/d"),))
    keep(desk, f"{origin}/d", b"there")
    answer, capture = shelf_of(desk, origins=(MIRROR,)).answer(f"{OWN}/a")
    assert (answer.url, answer.body, capture.url) == (f"{OWN}/d", b"there", f"{origin}/d")


def test_a_redirect_whose_target_is_not_kept_is_told_by_the_target(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    keep(desk, f"{OWN}/a", b"", status=302, headers=(("Location", "/b"),))
    with pytest.raises(NotOnShelf) as caught:
        shelf_of(desk).answer(f"{OWN}/a")
    assert caught.value.url == f"{OWN}/b"


def test_the_sixth_kept_redirect_is_not_followed(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    for n in range(6):
        location = (("Location", f"/{n + 1}"),)
        keep(desk, f"{OWN}/{n}", b"", minute=n, status=302, headers=location)
    keep(desk, f"{OWN}/6", b"there", minute=6)
    assert shelf_of(desk).answer(f"{OWN}/1")[0].body == b"there"
    with pytest.raises(OversizedAnswer):
        shelf_of(desk).answer(f"{OWN}/0")


def test_a_plea_to_slow_down_is_given_with_its_wait(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    keep(desk, f"{OWN}/a", b"", status=503, headers=(("Retry-After", "7"),))
    assert shelf_of(desk).answer(f"{OWN}/a")[0].wait_s == 7


def test_an_import_under_its_address_stands_for_a_page(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    item = Import(url=f"{OWN}/a", content_type="text/html", body=b"saved", imported_at=NOON)
    desk.keeper.keep(item)
    commit(desk)
    answer, _ = shelf_of(desk).answer(f"{OWN}/a")
    assert (answer.status, answer.body, answer.content_type) == (200, b"saved", "text/html")


def test_a_revisit_whose_body_is_nowhere_is_damage(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    desk.keeper.keep(exchange_of(f"{OWN}/a", 200, HTML, b"one", NOON))
    desk.keeper.keep(exchange_of(f"{OWN}/b", 200, HTML, b"one", NOON))
    with desk.catalogue.writing() as writer:
        writer.add_captures(desk.keeper.pending[1:])
    with pytest.raises(CaptureMissing, match="restore"):
        shelf_of(desk).answer(f"{OWN}/b")


def test_a_page_read_from_the_shelf_is_the_page_read_from_the_site(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    desk.source.origin = MIRROR
    desk.archive(DAY)
    shelf = shelf_of(desk, origins=(MIRROR,))
    asked = tuple(desk.source.asked)
    for url in asked:
        assert shelf.answer(url)[0] == desk.source.answer(url)[0]
    assert len(asked) > 4
