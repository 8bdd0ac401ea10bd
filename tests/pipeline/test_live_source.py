"""A second look costs what changed: over the wire, with the replica's server at its end."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from pipeline.source import nothing_known
from replica.scenario import Fault, Scenario
from replica.server import ReplicaServer

DAY = date(2026, 1, 10)
NO_ISSUE = date(2026, 1, 9)


def scenario(name: str, **how: Any) -> Scenario:
    return Scenario(name=name, **how)


def shelf_bytes(desk: Any) -> int:
    return sum(path.stat().st_size for path in Path(desk.folder / "raw").iterdir())


def looks(desk: Any, server: ReplicaServer, day: date = DAY) -> Counter[int]:
    """The statuses of the requests that one more look costs."""
    before = len(server.log)
    desk.archive(day)
    return Counter(logged.status for logged in server.log[before:] if "robots" not in logged.path)


def test_a_second_look_at_an_archived_page_costs_one_conditional_request_an_address(
    new_desk: Callable[..., Any], go_live: Callable[..., ReplicaServer]
) -> None:
    desk = new_desk()
    server = go_live(desk)
    first = looks(desk, server)
    size, captures, canonical = shelf_bytes(desk), desk.captures(), desk.canonical()
    assert set(first) == {200}
    second = looks(desk, server)
    assert second == {304: first[200]}
    asked = Counter(logged.path for logged in server.log if logged.conditional)
    assert set(asked.values()) == {1}
    assert (shelf_bytes(desk), desk.captures(), desk.canonical()) == (size, captures, canonical)
    assert desk.ledger(DAY).state == "archived"


def test_what_changed_comes_whole_and_the_rest_does_not(
    new_desk: Callable[..., Any], go_live: Callable[..., ReplicaServer]
) -> None:
    desk = new_desk(scenario("changing", faults={(DAY, 7): Fault("changing_article")}))
    server = go_live(desk)
    total = looks(desk, server)[200]
    assert looks(desk, server) == {200: 1, 304: total - 1}
    assert looks(desk, server) == {200: 1, 304: total - 1}
    assert looks(desk, server) == {304: total}
    assert max(record.revision for record in desk.articles()) == 3


def test_a_server_without_validators_is_asked_plainly(
    new_desk: Callable[..., Any], go_live: Callable[..., ReplicaServer]
) -> None:
    desk = new_desk(scenario("plain", validators="absent"))
    server = go_live(desk)
    first, size = looks(desk, server), shelf_bytes(desk)
    assert looks(desk, server) == first
    assert shelf_bytes(desk) == size
    assert not any(logged.conditional for logged in server.log)


def test_a_look_at_everything_anew_finds_what_a_lying_server_hides(
    new_desk: Callable[..., Any], go_live: Callable[..., ReplicaServer]
) -> None:
    faults = {(DAY, 7): Fault("changing_article")}
    desk = new_desk(scenario("lying", validators="lying", faults=faults))
    server = go_live(desk)
    total = looks(desk, server)[200]
    assert looks(desk, server) == {304: total}
    assert max(record.revision for record in desk.articles()) == 1
    server = go_live(desk, known=nothing_known)
    looks(desk, server)
    assert looks(desk, server) == {200: total}
    assert max(record.revision for record in desk.articles()) == 2


def test_an_address_that_answered_otherwise_last_is_asked_plainly(
    new_desk: Callable[..., Any], go_live: Callable[..., ReplicaServer]
) -> None:
    desk = new_desk(scenario("none", faults={NO_ISSUE: Fault("no_issue")}))
    server = go_live(desk)
    assert set(looks(desk, server, NO_ISSUE)) == {404}
    assert set(looks(desk, server, NO_ISSUE)) == {404}
    assert not any(logged.conditional for logged in server.log)


def test_half_a_page_that_the_server_calls_unchanged_is_asked_for_as_a_whole(
    new_desk: Callable[..., Any], go_live: Callable[..., ReplicaServer]
) -> None:
    desk = new_desk()
    url = desk.source.site.issue(DAY).page(7).url
    server = go_live(desk)
    whole, _ = desk.live.answer(url)
    desk.source.bodies[urlsplit(url).path] = whole.body[: len(whole.body) // 2]
    desk.source.origin = server.url
    desk.read_from(desk.source)
    assert desk.archive(DAY).verdict.cause == "truncated"
    desk.read_from(desk.live)
    assert desk.archive(DAY).verdict.state == "archived"


def test_a_page_whose_record_is_damaged_is_fetched_and_kept_once_more(
    new_desk: Callable[..., Any], go_live: Callable[..., ReplicaServer]
) -> None:
    desk = new_desk()
    server = go_live(desk)
    total = looks(desk, server)[200]
    place = desk.articles()[0].place
    path = next(Path(desk.folder / "raw").glob("*.open"))
    data = bytearray(path.read_bytes())
    data[place.offset + 40] ^= 1
    path.write_bytes(data)
    assert looks(desk, server) == {200: 1, 304: total - 1}


@pytest.mark.parametrize("day", [date(2012, 3, 5), DAY])
def test_an_unchanged_answer_is_the_kept_one_under_the_papers_own_address(
    new_desk: Callable[..., Any], go_live: Callable[..., ReplicaServer], day: date
) -> None:
    desk = new_desk()
    server = go_live(desk)
    issue = desk.source.site.issue(day)
    urls = (issue.pages[0].url, issue.pages[0].lead.url)
    whole = [desk.live.answer(url) for url in urls]
    desk.archive(day, 1)
    before = len(server.log)
    for url, (first, capture) in zip(urls, whole, strict=True):
        assert desk.live.answer(url) == (first, capture)
        assert (first.url, first.status, capture.kind) == (url, 200, "response")
        assert first.content_type == capture.content_type
    assert [logged.status for logged in server.log[before:]] == [304, 304]


def test_a_redirect_is_asked_plainly_and_followed_again(
    new_desk: Callable[..., Any], go_live: Callable[..., ReplicaServer]
) -> None:
    desk = new_desk(scenario("moved", faults={DAY: Fault("redirected")}))
    server = go_live(desk)
    url = desk.source.site.issue(DAY).page(7).url
    first = desk.live.answer(url)
    size = shelf_bytes(desk)
    assert desk.live.answer(url) == first
    assert first[0].url == url.replace("/cqrb/", "/html/cqrb/", 1)
    assert [logged.status for logged in server.log] == [404, 302, 200, 302, 200]
    assert shelf_bytes(desk) == size
