"""An S3 on a loopback port, and a gate before it that does what networks and stores do wrong."""

import http.client
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from moto.server import ThreadedMotoServer

from storage.raw.objects import Key, ObjectVault, Patience, open_vault

KEY = Key(id="key-of-the-tests", secret="hunter2-of-the-tests")
HASTY = Patience(timeout_s=5, retries=2, first_wait_s=0.001)
SINGLE = Patience(timeout_s=5, retries=0, first_wait_s=0.001)

_HOP = {"connection", "transfer-encoding", "content-length", "date", "server"}


@dataclass(slots=True)
class Gate:
    """What is asked passes to the store behind it, but for the faults of each method, in order.

    A fault is a status; "lost": done, and not answered; "cut": half of the answer; "altered": the
    answer with another byte; "killed before", "killed after": whoever asks is, before or after
    the store did it. The last one of a list that ends in "always" stays.
    """

    port: int
    store: tuple[str, int]
    faults: defaultdict[str, list[int | str]] = field(default_factory=lambda: defaultdict(list))
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    kill: Callable[[], None] = lambda: None

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def make_bucket(self, name: str) -> None:
        assert self.pass_on("PUT", f"/{name}", {}, b"")[0] == 200

    def fault(self, method: str) -> int | str | None:
        left = self.faults[method]
        if not left:
            return None
        return left[0] if left[1:] == ["always"] else left.pop(0)

    def pass_on(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        line = http.client.HTTPConnection(*self.store, timeout=20)
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            kept = [(k, v) for k, v in answer.getheaders() if k.lower() not in _HOP]
            length = answer.getheader("Content-Length")
            data = answer.read()
            size = length if method == "HEAD" and length else str(len(data))
            return answer.status, [*kept, ("Content-Length", size)], data
        finally:
            line.close()

    def vault(self, bucket: str, patience: Patience = HASTY, folder: str = "/raw") -> ObjectVault:
        url = f"s3://{bucket}{folder}"
        return open_vault(
            url, endpoint=self.endpoint, region="us-east-1", key=KEY, patience=patience
        )


@contextmanager
def object_store() -> Iterator[Gate]:
    """A store that is empty, behind a gate without faults."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    behind = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    behind.start()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    gate = Gate(port=server.server_port, store=behind.get_host_and_port())
    server.gate = gate  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield gate
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        behind.stop()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Silence."""

    def _answer(self) -> None:
        gate: Gate = self.server.gate  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = dict(self.headers)
        gate.asked.append((self.command, self.path, headers))
        fault = gate.fault("LIST" if "list-type" in self.path else self.command)
        if isinstance(fault, int):
            self._send(fault, [("Content-Length", "0")], b"")
            return
        if fault == "killed before":
            gate.kill()
        else:
            status, given, data = gate.pass_on(self.command, self.path, headers, body)
        if fault == "killed after":
            gate.kill()
        if fault in {"lost", "killed before", "killed after"}:
            self.close_connection = True
            return
        if fault == "cut":
            data = data[: len(data) // 2]
            self.close_connection = True
        if fault == "altered":
            data = data[:-1] + bytes([data[-1] ^ 1])
        self._send(status, given, data)

    do_GET = do_PUT = do_HEAD = _answer  # noqa: N815 - the names are the server's

    def _send(self, status: int, headers: list[tuple[str, str]], data: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
