"""The site over a real socket."""

import http.client
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from replica.newspaper import Newspaper
from replica.scenarios import FAULT_DATES, SCENARIOS
from replica.server import ReplicaServer
from replica.site import Site

PATH = "/cqrb/2026-01/12/007/node.htm"
SITE = Site(Newspaper(7), SCENARIOS["faults"])


@pytest.fixture
def server() -> Iterator[ReplicaServer]:
    with ReplicaServer(SITE) as running:
        yield running


def line_to(server: ReplicaServer) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)


def page_7(label: str) -> str:
    return f"/cqrb/{FAULT_DATES[label]:%Y-%m/%d}/007/node.htm"


def test_it_sends_the_sites_bytes_and_logs_the_request(server: ReplicaServer) -> None:
    line = line_to(server)
    line.request("GET", PATH, headers={"User-Agent": "check"})
    answer = line.getresponse()
    assert answer.read() == SITE.answer(PATH, {}).body
    [logged] = server.log
    line.close()
    assert (logged.path, logged.status, logged.in_flight) == (PATH, 200, 1)
    assert logged.user_agent == "check"


def test_a_line_is_kept_open_and_one_after_another_is_one_in_flight(
    server: ReplicaServer,
) -> None:
    line = line_to(server)
    for _ in range(50):
        line.request("GET", PATH)
        line.getresponse().read()
    line.close()
    assert [logged.in_flight for logged in server.log] == [1] * 50
    arrivals = [logged.arrived_at for logged in server.log]
    assert arrivals == sorted(arrivals)


def test_reads_of_a_path_are_counted(server: ReplicaServer) -> None:
    statuses = []
    for _ in range(3):
        line = line_to(server)
        line.request("GET", page_7("recovering"))
        answer = line.getresponse()
        answer.read()
        statuses.append(answer.status)
        line.close()
    assert statuses == [503, 503, 200]


def test_a_head_request_gets_no_body_and_counts_as_no_read(server: ReplicaServer) -> None:
    line = line_to(server)
    line.request("HEAD", page_7("error_once"))
    assert line.getresponse().read() == b""
    line.request("GET", page_7("error_once"))
    assert line.getresponse().status == 500
    line.close()


def test_a_truncated_answer_ends_early_on_the_wire(server: ReplicaServer) -> None:
    line = line_to(server)
    line.request("GET", page_7("truncated"))
    with pytest.raises(http.client.IncompleteRead):
        line.getresponse().read()
    line.close()


def test_two_at_once_are_seen_as_two_and_a_slow_answer_pauses() -> None:
    """The slow answer waits in the sleep that it was given until the other one is answered."""
    asked, go_on = threading.Event(), threading.Event()
    pauses: list[float] = []

    def pause(wait_s: float) -> None:
        pauses.append(wait_s)
        asked.set()
        assert go_on.wait(10)

    with ReplicaServer(SITE, sleep=pause) as server:
        slow, quick = line_to(server), line_to(server)
        slow.request("GET", page_7("slow"))
        assert asked.wait(10)
        quick.request("GET", PATH)
        quick.getresponse().read()
        go_on.set()
        assert slow.getresponse().read() == SITE.answer(page_7("slow"), {}).body
        assert [logged.in_flight for logged in server.log] == [1, 2]
        slow.close()
        quick.close()
    assert len(pauses) > 50
    assert set(pauses) == {0.5}


def test_an_unchanged_page_is_answered_without_a_body_or_a_length(server: ReplicaServer) -> None:
    line = line_to(server)
    line.request("GET", PATH)
    first = line.getresponse()
    first.read()
    line.request("GET", PATH, headers={"If-None-Match": first.headers["ETag"]})
    second = line.getresponse()
    assert (second.status, second.read()) == (304, b"")
    assert second.headers["Content-Length"] is None
    assert second.headers["ETag"] == first.headers["ETag"]
    line.request("GET", PATH)  # the line is still in step
    assert line.getresponse().read() == SITE.answer(PATH, {}).body
    line.close()
    assert [logged.conditional for logged in server.log] == [False, True, False]


def test_each_request_is_a_line_of_the_log_as_soon_as_it_is_answered(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    for times in (1, 2):  # a server started again writes on
        with ReplicaServer(SITE, log_file=log) as server:
            line = line_to(server)
            line.request("GET", PATH, headers={"User-Agent": "check"})
            line.getresponse().read()
            told = [json.loads(text) for text in log.read_text().splitlines()]
            line.close()
            assert len(told) == times
            assert told[-1] == asdict(server.log[-1])
    assert set(told[-1]) == {
        "method", "path", "user_agent", "arrived_at", "in_flight", "status", "conditional",
    }  # fmt: skip


def test_a_server_started_again_serves_at_once_and_goes_on_counting(tmp_path: Path) -> None:
    reads, port, statuses = tmp_path / "reads", 0, []
    for _ in range(4):
        with ReplicaServer(SITE, port=port, reads_file=reads) as server:
            port = urlsplit(server.url).port or 0
            line = line_to(server)
            line.request("GET", page_7("recovering"))
            answer = line.getresponse()
            statuses.append(answer.status)
            answer.read()
        line.close()  # the server hung up first, so its end of the line lingers
    assert statuses == [503, 503, 200, 200]


def test_leaving_does_not_wait_for_idle_clients() -> None:
    with ReplicaServer(SITE) as server:
        line = line_to(server)
        line.request("GET", PATH)
        line.getresponse().read()
    line.close()
    with pytest.raises(ConnectionRefusedError):
        line_to(server).request("GET", PATH)


def test_the_command_tells_its_address_and_ends_on_sigterm(tmp_path: Path) -> None:
    files = ["--log", str(tmp_path / "log"), "--reads", str(tmp_path / "reads")]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "replica", "--seed", "3", "--latest", "2024-02-29", *files],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        assert (told["seed"], told["scenario"], told["latest"]) == (3, "demo", "2024-02-29")
        line = http.client.HTTPConnection(urlsplit(told["url"]).netloc, timeout=10)
        issue = Newspaper(3).issue(date(2024, 2, 29))
        assert issue is not None
        line.request("GET", issue.pages[0].path)
        assert line.getresponse().status == 200
        line.close()
        logged = json.loads((tmp_path / "log").read_text())
        assert (logged["path"], logged["status"]) == (issue.pages[0].path, 200)
        assert (tmp_path / "reads").read_text() == f"{issue.pages[0].path}\n"
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
    assert process.returncode == 0
