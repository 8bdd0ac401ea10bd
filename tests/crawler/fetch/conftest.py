"""A site that answers with whatever bytes a test gives it, and clocks that need no waiting."""

import gzip
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from crawler.fetch import Fetcher, Limits, MemoryGate
from press.capture import Exchange

Reply = Callable[[socket.socket], bool]


@dataclass(frozen=True)
class Arrival:
    path: str
    at: float
    raw: bytes
    connection: int


class Site:
    """Raw answers by path, the last one of a path again and again; 404 for every other path."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._ended = threading.Event()
        self._replies: dict[str, list[Reply]] = {}
        self._threads: list[threading.Thread] = []
        self._connections: list[socket.socket] = []
        self.arrivals: list[Arrival] = []
        self.host = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.port = self._listener.getsockname()[1]
        self._run(self._accept)

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    @property
    def paths(self) -> list[str]:
        return [arrival.path for arrival in self.arrivals]

    def answers(self, path: str, *replies: Reply | bytes) -> None:
        self._replies[path] = [
            self.sends(reply) if isinstance(reply, bytes) else reply for reply in replies
        ]

    @staticmethod
    def answer(body: bytes = b"", *headers: str, status: str = "200 OK") -> bytes:
        lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
        return "\r\n".join(lines).encode() + body

    def page(self, path: str, text: str = "版面") -> bytes:
        body = f"<html><body>{text}</body></html>".encode()
        answer = self.answer(body, "Content-Type: text/html; charset=utf-8")
        self.answers(path, answer)
        return body

    def gzipped(self, body: bytes) -> bytes:
        return self.answer(gzip.compress(body, mtime=0), "Content-Encoding: gzip")

    @staticmethod
    def sends(data: bytes) -> Reply:
        def reply(connection: socket.socket) -> bool:
            connection.sendall(data)
            return True

        return reply

    @staticmethod
    def closes_after(data: bytes) -> Reply:
        def reply(connection: socket.socket) -> bool:
            connection.sendall(data)
            return False

        return reply

    def resets_after(self, data: bytes) -> Reply:
        def reply(connection: socket.socket) -> bool:
            connection.sendall(data)
            self._ended.wait(0.05)  # let the bytes be read before the reset drops them
            linger = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            return False

        return reply

    def repeats(self, head: bytes, data: bytes, *, pause_s: float = 0.0) -> Reply:
        """Sends `data` until the other side hangs up, at most for a few seconds."""

        def reply(connection: socket.socket) -> bool:
            connection.sendall(head)
            give_up = time.monotonic() + 5
            while time.monotonic() < give_up and not self._ended.wait(pause_s):
                connection.sendall(data)
            return False

        return reply

    def close(self) -> None:
        self._ended.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # closed already
        for thread in self._threads:
            thread.join(timeout=5)

    def _run(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._connections.append(connection)
            number = len(self._connections)
            self._run(lambda c=connection, n=number: self._serve(c, n))

    def _serve(self, connection: socket.socket, number: int) -> None:
        with connection:
            try:
                while self._answer_one(connection, number):
                    pass
            except OSError:
                return

    def _answer_one(self, connection: socket.socket, number: int) -> bool:
        request = connection.recv(65536)
        at = time.monotonic()
        while request and b"\r\n\r\n" not in request:
            more = connection.recv(65536)
            if not more:
                return False
            request += more
        if not request:
            return False
        path = request.split(b" ")[1].decode("ascii")
        self.arrivals.append(Arrival(path, at, request, number))
        replies = self._replies.get(path, [self.sends(self.answer(status="404 Not Found"))])
        return (replies.pop(0) if len(replies) > 1 else replies[0])(connection)


class FakeClock:
    """Stands still but for sleeping, and `tick_s` at each look at the elapsed time."""

    def __init__(self) -> None:
        self.elapsed_s = 0.0
        self.tick_s = 0.0
        self.sleeps: list[float] = []

    def now(self) -> datetime:
        return datetime(2026, 1, 12, 22, 0, tzinfo=UTC) + timedelta(seconds=self.elapsed_s)

    def monotonic(self) -> float:
        self.elapsed_s += self.tick_s
        return self.elapsed_s

    def sleep(self, wait_s: float) -> None:
        if wait_s > 0:
            self.sleeps.append(wait_s)
            self.elapsed_s += wait_s


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, wait_s: float) -> None:
        assert wait_s < 1
        if wait_s > 0:
            time.sleep(wait_s)


def no_names(host: str, port: int) -> list[str]:
    raise AssertionError(f"{host} was to be resolved")


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def real_clock() -> RealClock:
    return RealClock()


@pytest.fixture
def kept() -> list[Exchange]:
    return []


@pytest.fixture
def open_fetcher(
    site: Site, clock: FakeClock, kept: list[Exchange]
) -> Iterator[Callable[..., Fetcher]]:
    """Makes a Fetcher for the site; what a test does not say is as harmless as can be."""
    opened: list[Fetcher] = []

    def open_one(**settings: object) -> Fetcher:
        defaults = {
            "hosts": frozenset({site.host}),
            "contact": None,
            "interval_s": 0.0,
            "clock": clock,
            "gate": MemoryGate(),
            "keep": kept.append,
            "version": "1.2",
            "limits": Limits(attempts=1),
            "resolve": no_names,
        }
        opened.append(Fetcher(**(defaults | settings)))
        return opened[-1]

    yield open_one
    for fetcher in opened:
        fetcher.close()


@pytest.fixture
def fetcher(open_fetcher: Callable[..., Fetcher]) -> Fetcher:
    return open_fetcher()
