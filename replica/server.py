"""The site on a port of this machine, with a log of who asked for what and when."""

import socket
import sys
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType

from replica.answer import Answer
from replica.journal import Journal, Logged
from replica.site import Site
from replica.validators import is_conditional


class ReplicaServer:
    """A context manager that serves the site on its own threads until it is left.

    Port 0 takes any free port; `address` is one of this machine's own, 127.0.0.0/8. `log_file` gains a line of JSON, a Logged, for each request as it
    is answered; with a `reads_file` how often each path was read outlives the server. `sleep`
    waits between the pieces of a slow answer.
    """

    def __init__(
        self,
        site: Site,
        *,
        port: int = 0,
        address: str = "127.0.0.1",
        log_file: Path | None = None,
        reads_file: Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._desk = _Desk(site, Journal(log_file, reads_file), sleep, monotonic)
        self._server = _Server((address, port), self._desk)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        """Scheme, host and port, without a slash at the end."""
        address, port = self._server.server_address[:2]
        return f"http://{address!s}:{port}"

    @property
    def log(self) -> tuple[Logged, ...]:
        """Every request answered so far, in order of arrival."""
        return tuple(sorted(self._desk.journal.entries, key=lambda logged: logged.arrived_at))

    def __enter__(self) -> "ReplicaServer":
        self._thread.start()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()
        self._desk.journal.close()


class _Desk:
    """What the handlers share: the site, and the journal with the reads of each path."""

    def __init__(
        self,
        site: Site,
        journal: Journal,
        sleep: Callable[[float], None],
        monotonic: Callable[[], float],
    ) -> None:
        self.site = site
        self.journal = journal
        self.sleep = sleep
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._in_flight = 0

    def take(self, method: str, path: str, headers: dict[str, str]) -> Answer:
        with self._lock:
            arrived_at = self._monotonic()
            self._in_flight += 1
            in_flight = self._in_flight
            is_read = method == "GET"
            earlier = (self.journal.count_read if is_read else self.journal.reads)(path)
        given = self.site.answer(path, headers, earlier)
        logged = Logged(
            method=method,
            path=path,
            user_agent=headers.get("user-agent"),
            arrived_at=arrived_at,
            in_flight=in_flight,
            status=given.status,
            conditional=is_conditional(headers),
        )
        with self._lock:
            self.journal.enter(logged)
        return given

    def hand_over(self) -> None:
        with self._lock:
            self._in_flight -= 1


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for the handlers

    def __init__(self, address: tuple[str, int], desk: _Desk) -> None:
        self.desk = desk
        self._lines: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        line, client = super().get_request()
        self._lines.add(line)
        return line, client

    def shutdown_request(self, request: object) -> None:
        if isinstance(request, socket.socket):
            self._lines.discard(request)
            super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing for a client that was gone; anything else as usual."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def hang_up(self) -> None:
        for line in tuple(self._lines):
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the client was quicker


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes
    server: _Server

    def version_string(self) -> str:
        return "replica"

    def do_GET(self) -> None:
        self._answer("GET")

    def do_HEAD(self) -> None:
        self._answer("HEAD")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name there
        """Nothing: the desk keeps the log."""

    def _answer(self, method: str) -> None:
        desk = self.server.desk
        asked = {name.lower(): value for name, value in self.headers.items()}
        given = desk.take(method, self.path, asked)
        self.send_response(given.status)
        for name, value in given.headers:
            self.send_header(name, value)
        length = len(given.body) if given.claimed_length is None else given.claimed_length
        if given.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(length))
        try:
            self._send(given if method == "GET" else None, desk)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client hung up
        if length != len(given.body):
            self.close_connection = True

    def _send(self, given: Answer | None, desk: _Desk) -> None:
        """Writes head and body. A request leaves the count of those in flight just before its
        last bytes are written: with them in hand the client may ask again at once.
        """
        body = given.body if given else b""
        try:
            if given and given.pause_s:
                self.end_headers()
                while len(body) > given.piece_bytes:
                    desk.sleep(given.pause_s)
                    self.wfile.write(body[: given.piece_bytes])
                    body = body[given.piece_bytes :]
                desk.sleep(given.pause_s)
        finally:
            desk.hand_over()
        if not (given and given.pause_s):
            self.end_headers()
        self.wfile.write(body)
