from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.fetch import Validators
from press.capture import Exchange, Import
from tests.storage.samples import PARSER, an_article

NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)


def an_exchange(
    url: str,
    body: bytes,
    *,
    status: int = 200,
    minute: int = 0,
    marks: tuple[tuple[str, str], ...] = (),
) -> Exchange:
    headers = (*marks, ("Content-Length", str(len(body))))
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    head = f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode()
    return Exchange(
        url=url,
        request_bytes=b"GET / HTTP/1.1\r\n\r\n",
        response_bytes=head + body,
        status=status,
        headers=headers,
        body=body,
        sent_at=NOON + timedelta(minutes=minute),
        ip_address=None,
    )


def commit(desk: Any) -> None:
    with desk.keeper.committing() as captures, desk.catalogue.writing() as writer:
        writer.add_captures(captures)


def read(desk: Any) -> None:
    """Commits what is pending, with an article that was read from the last of it."""
    with desk.keeper.committing() as captures, desk.catalogue.writing() as writer:
        writer.add_captures(captures)
        text = desk.keeper.latest().place.sha256
        article = an_article(headline=text)
        writer.save_article(article, desk.keeper.latest(), PARSER, NOON)


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


A, B = "http://a.example/", "http://b.example/"


def test_what_is_known_of_an_address_is_its_last_page_with_the_servers_marks(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    for minute, body in enumerate([b"one", b"two"]):
        marks = (("ETag", f'"{minute}"'),)
        desk.keeper.keep(an_exchange(A, body, minute=minute, marks=marks))
        read(desk)
    known = desk.keeper.known(A)
    assert (known.capture, known.body) == (desk.keeper.latest(), b"two")
    assert known.validators == Validators(etag='"1"')
    assert desk.keeper.known(B) is None


def test_an_answer_that_nobody_could_read_is_not_known(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    desk.keeper.keep(an_exchange(A, b"half a page", marks=(("ETag", '"1"'),)))
    assert desk.keeper.known(A) is None
    commit(desk)
    assert desk.keeper.known(A) is None


def test_a_revisit_is_known_with_its_own_marks_and_the_body_it_refers_to(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    desk.keeper.keep(an_exchange(A, b"one", marks=(("ETag", '"a"'),)))
    read(desk)
    desk.keeper.keep(an_exchange(B, b"one", minute=1, marks=(("Last-Modified", "b"),)))
    known = desk.keeper.known(B)
    assert (known.capture.kind, known.capture.url, known.body) == ("revisit", B, b"one")
    assert known.validators == Validators(last_modified="b")


def test_what_is_no_page_is_not_known(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    desk.keeper.keep(an_exchange(A, b"one"))
    read(desk)
    desk.keeper.keep(an_exchange(A, b"one", status=404, minute=1))
    assert desk.keeper.known(A) is None


@pytest.mark.parametrize("address", [A, B])
def test_what_the_shelf_does_not_give_back_true_is_not_known(
    new_desk: Callable[..., Any], address: str
) -> None:
    desk = new_desk()
    desk.keeper.keep(an_exchange(A, b"one"))
    first = desk.keeper.latest()
    desk.keeper.keep(an_exchange(B, b"one", minute=1))
    read(desk)
    assert desk.keeper.known(address) is not None
    (path,) = (desk.folder / "raw").glob("*.open")
    data = bytearray(path.read_bytes())
    data[first.place.offset + 40] ^= 1
    path.write_bytes(data)
    assert desk.keeper.known(address) is None


def test_a_304_is_not_kept_and_tells_that_the_known_capture_holds(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    desk.keeper.keep(an_exchange(A, b"one"))
    first = desk.keeper.latest()
    desk.keeper.keep(an_exchange(B, b"two", minute=1))
    commit(desk)
    desk.keeper.keep(an_exchange(A, b"", status=304, minute=2))
    assert desk.keeper.latest() == first
    assert desk.keeper.pending == ()
    assert len(list(desk.shelf.captures())) == 2
