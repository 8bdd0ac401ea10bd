"""Exchanges with invented text, a clock that stands still, and shelves that close themselves."""

import gzip
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from press.capture import Exchange
from storage.raw import Shelf
from tests.vaults import HASTY, object_store

START = datetime(2026, 1, 12, 22, 0, 0, 1234, tzinfo=UTC)


class StillClock:
    def __init__(self):
        self.moment = START

    def now(self):
        return self.moment

    def monotonic(self):
        return 0.0

    def sleep(self, wait_s):
        self.moment += timedelta(seconds=wait_s)


def wire(body, *, status=200, coding="identity", framing="length", extra=()):
    """An answer's bytes and its headers: body coded, then framed."""
    payload = gzip.compress(body, mtime=0) if coding == "gzip" else body
    headers = [("Content-Type", "text/html; charset=utf-8"), *extra]
    if coding == "gzip":
        headers.append(("Content-Encoding", "gzip"))
    if framing == "chunked":
        headers.append(("Transfer-Encoding", "chunked"))
        parts = [payload[i : i + 7] for i in range(0, len(payload), 7)]
        framed = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    else:
        headers.append(("Content-Length", str(len(payload))))
        framed = payload
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/1.1 {status} OK\r\n{lines}\r\n".encode("latin-1") + framed, tuple(headers)


def exchange(body, *, url="http://paper.example/7", sent_at=START, ip_address="127.0.0.1", **how):
    response_bytes, headers = wire(body, **how)
    return Exchange(
        url=url,
        request_bytes=b"GET /7 HTTP/1.1\r\nHost: paper.example\r\n\r\n",
        response_bytes=response_bytes,
        status=how.get("status", 200),
        headers=headers,
        body=body,
        sent_at=sent_at,
        ip_address=ip_address,
    )


@pytest.fixture(scope="session")
def make_exchange():
    return exchange


@pytest.fixture(scope="session")
def make_wire():
    return wire


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def open_shelf(tmp_path, clock):
    """Opens a shelf; `folder` defaults to raw/ in the test's own folder."""
    opened = []

    def _open(folder=tmp_path / "raw", **settings):
        opened.append(Shelf(folder, clock=clock, software="baoku-test/0", **settings))
        return opened[-1]

    yield _open
    for shelf in opened:
        shelf.close()


@pytest.fixture(scope="session")
def new_shelf():
    """A shelf on a given folder; whoever asks for it closes it."""
    return lambda folder: Shelf(folder, clock=StillClock(), software="baoku-test/0")


@pytest.fixture(scope="session")
def store():
    """An S3 on a loopback port."""
    with object_store() as gate:
        yield gate


@pytest.fixture
def gate(store):
    """The way to it, without faults."""
    store.faults.clear()
    return store


class Bucket:
    """Makes vaults in one bucket of its own."""

    def __init__(self, gate, name):
        self._gate, self._name = gate, name
        gate.make_bucket(name)

    def __call__(self, patience=HASTY):
        return self._gate.vault(self._name, patience)

    again = __call__


@pytest.fixture
def bucket(gate):
    return Bucket(gate, f"bucket-{uuid4().hex[:12]}")
