from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from press.capture import Exchange, Import

NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)


def an_exchange(url: str, body: bytes, *, status: int = 200, minute: int = 0) -> Exchange:
    head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return Exchange(
        url=url,
        request_bytes=b"GET / HTTP/1.1\r\n\r\n",
        response_bytes=head + body,
        status=status,
        headers=(("Content-Length", str(len(body))),),
        body=body,
        sent_at=NOON + timedelta(minutes=minute),
        ip_address=None,
    )


def commit(desk: Any) -> None:
    with desk.catalogue.writing() as writer:
        writer.add_captures(desk.keeper.pending)
    desk.keeper.committed()


@pytest.mark.parametrize("committed", [False, True])
def test_the_same_answer_again_is_the_capture_that_there_is(
    new_desk: Callable[..., Any], committed: bool
) -> None:
    desk = new_desk()
    desk.keeper.keep(an_exchange("http://a.example/", b"one"))
    first = desk.keeper.latest()
    if committed:
        commit(desk)
    desk.keeper.keep(an_exchange("http://a.example/", b"one", minute=1))
    assert desk.keeper.latest() == first
    assert desk.keeper.pending == (() if committed else (first,))


def test_another_status_with_the_same_body_is_another_answer(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    desk.keeper.keep(an_exchange("http://a.example/", b"one"))
    desk.keeper.keep(an_exchange("http://a.example/", b"one", status=404, minute=1))
    assert [capture.status for capture in desk.keeper.pending] == [200, 404]


@pytest.mark.parametrize("commits", ["", "a", "abc"])
def test_a_body_that_is_kept_is_not_kept_twice(new_desk: Callable[..., Any], commits: str) -> None:
    desk = new_desk()
    kinds = []
    for minute, host in enumerate("abc"):
        desk.keeper.keep(an_exchange(f"http://{host}.example/", b"one", minute=minute))
        kinds.append(desk.keeper.latest().kind)
        if host in commits:
            commit(desk)
    assert kinds == ["response", "revisit", "revisit"]


def test_an_answer_that_comes_back_after_another_is_a_new_capture(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    for minute, body in enumerate([b"one", b"two", b"one"]):
        desk.keeper.keep(an_exchange("http://a.example/", body, minute=minute))
    assert [c.kind for c in desk.keeper.pending] == ["response", "response", "revisit"]


def test_an_import_of_what_is_kept_already_is_the_capture_that_there_is(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    desk.keeper.keep(an_exchange("http://a.example/", b"one"))
    first = desk.keeper.latest()
    item = Import(url="import:a", content_type="text/html", body=b"one", imported_at=NOON)
    desk.keeper.keep(item)
    assert desk.keeper.latest() == first
