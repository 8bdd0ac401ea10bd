"""A proxy before a PostgreSQL server that loses the connection at a commit, when it is told to."""

import socket
import struct
from collections import deque
from contextlib import suppress
from threading import Thread
from types import TracebackType
from typing import Literal

from sqlalchemy import URL, make_url

Cut = Literal["before", "after", "reply"]
"""The commit never arrives; it arrives and nobody waits for the answer; the answer is lost."""

CUTS: tuple[Cut, ...] = ("before", "after", "reply")
_COMMIT = b"COMMIT\0"
"""The whole statement as it goes over the wire: "READ COMMITTED" is none."""

_RESET = struct.pack("ii", 1, 0)  # close with a reset, as a line that breaks does


class Dropping:
    """Serves `url`, the same database through the proxy, until it is left.

    `cuts` are carried out one a commit, the first first; None lets a commit pass, and so does an
    empty queue. `carried_out` counts them.
    """

    def __init__(self, url: str) -> None:
        self._server = make_url(url)
        self.cuts: deque[Cut | None] = deque()
        self.carried_out = 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = [self._door]
        self._threads: list[Thread] = []

    @property
    def url(self) -> str:
        """The address to connect to."""
        host, port = self._door.getsockname()
        plain = {"sslmode": "disable", "gssencmode": "disable"}
        there = self._server.set(host=host, port=port, query=plain)
        return there.render_as_string(hide_password=False)

    def __enter__(self) -> "Dropping":
        self._start(self._welcome)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for one in self._open:
            _cut(one)
        for thread in self._threads:
            thread.join(timeout=20)
        for one in self._open:
            one.close()

    def _welcome(self) -> None:
        with suppress(OSError):  # the door was closed
            while True:
                client, _ = self._door.accept()
                server = _connected(self._server)
                self._open += [client, server]
                swallow: list[bool] = []
                self._start(self._forward, client, server, swallow)
                self._start(self._bring_back, server, client, swallow)

    def _forward(self, client: socket.socket, server: socket.socket, swallow: list[bool]) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                cut = self.cuts.popleft() if _COMMIT in data and self.cuts else None
                self.carried_out += cut is not None
                if cut == "before":
                    break
                if cut == "reply":
                    swallow.append(True)
                server.sendall(data)
                if cut == "after":
                    break
        _cut(client)
        _cut(server)

    def _bring_back(
        self, server: socket.socket, client: socket.socket, swallow: list[bool]
    ) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                if swallow:
                    break
                client.sendall(data)
        _cut(client)
        _cut(server)

    def _start(self, work: object, *given: object) -> None:
        thread = Thread(target=work, args=given, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()


def _connected(server: URL) -> socket.socket:
    folder = server.query.get("host")
    if isinstance(folder, str) and folder.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.connect(f"{folder}/.s.PGSQL.{server.port or 5432}")
        return line
    return socket.create_connection((server.host or "127.0.0.1", server.port or 5432))


def _cut(line: socket.socket) -> None:
    """Wakes whoever waits for the line, on both its ends; the descriptor is closed at the end."""
    with suppress(OSError):
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        line.shutdown(socket.SHUT_RDWR)
