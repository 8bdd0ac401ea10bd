"""Where a connection goes: the address that was vetted, under the name that was asked for."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crawler.fetch import Fetcher, Limits
from crawler.fetch.wire import resolve
from press.capture import Exchange
from press.errors import ForbiddenAddress, PressError
from tests.crawler.fetch.conftest import Site

CERTIFICATES = Path(__file__).parent / "certificates"
CONTACT = "archive@library.example"


def answers(*rounds: list[str]) -> Callable[[str, int], list[str]]:
    """A resolver that gives these in turn, and fails when asked once more."""
    left = list(rounds)

    def resolve(host: str, port: int) -> list[str]:
        return left.pop(0)

    return resolve


@pytest.mark.parametrize(
    "found", [["127.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["::1"], ["fd00::1"], ["198.18.0.9"]]
)
def test_a_name_that_leads_inside_is_not_dialled(
    open_fetcher: Callable[..., Fetcher], found: list[str], kept: list[Exchange]
) -> None:
    fetcher = open_fetcher(
        hosts=frozenset({"epaper.example"}), contact=CONTACT, resolve=answers(found)
    )
    with pytest.raises(ForbiddenAddress, match=r"epaper\.example resolves to") as caught:
        fetcher.fetch("http://epaper.example/a")
    assert caught.value.url
    assert kept == []


def test_a_private_literal_is_not_dialled(open_fetcher: Callable[..., Fetcher]) -> None:
    fetcher = open_fetcher(hosts=frozenset({"10.0.0.1"}), contact=CONTACT)
    with pytest.raises(ForbiddenAddress):
        fetcher.fetch("http://10.0.0.1/a")


def test_the_vetted_address_is_dialled_and_the_name_is_asked_for(
    site: Site, open_fetcher: Callable[..., Fetcher]
) -> None:
    host = f"localhost:{site.port}"
    fetcher = open_fetcher(hosts=frozenset({host}), resolve=answers(["127.0.0.1"]))
    exchange = fetcher.fetch(f"http://{host}/a")
    assert exchange.ip_address == "127.0.0.1"
    assert f"Host: {host}\r\n".encode() in exchange.request_bytes


def test_a_name_is_vetted_at_each_connection(
    site: Site, open_fetcher: Callable[..., Fetcher]
) -> None:
    host = f"localhost:{site.port}"
    site.answers("/a", site.closes_after(site.answer(b"a", "Connection: close")))
    rebinding = answers(["127.0.0.1"], ["10.0.0.1"])
    fetcher = open_fetcher(hosts=frozenset({host}), resolve=rebinding)
    assert fetcher.fetch(f"http://{host}/a").body == b"a"
    with pytest.raises(ForbiddenAddress):
        fetcher.fetch(f"http://{host}/a")


def test_the_next_address_is_tried_when_one_takes_no_connection(
    site: Site, open_fetcher: Callable[..., Fetcher]
) -> None:
    host = f"localhost:{site.port}"
    fetcher = open_fetcher(hosts=frozenset({host}), resolve=answers(["::1", "127.0.0.1"]))
    assert fetcher.fetch(f"http://{host}/a").ip_address == "127.0.0.1"


@pytest.mark.parametrize("found", [[], None])
def test_a_name_without_address_is_unreachable(
    open_fetcher: Callable[..., Fetcher], found: list[str] | None
) -> None:
    def resolve(host: str, port: int) -> list[str]:
        if found is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return found

    fetcher = open_fetcher(hosts=frozenset({"localhost"}), resolve=resolve)
    with pytest.raises(PressError, match="No answer came") as caught:
        fetcher.fetch("http://localhost/a")
    assert caught.value.exit_code == 20


@contextmanager
def secure_site(certificate: str) -> Iterator[int]:
    """The port of a server that answers one HTTPS request a connection, with that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                try:
                    with context.wrap_socket(connection, server_side=True) as secure:
                        secure.recv(65536)
                        secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(timeout=5)


def fetch_securely(
    open_fetcher: Callable[..., Fetcher], port: int, *, trusts: str | None
) -> Exchange:
    host = f"localhost:{port}"
    fetcher = open_fetcher(
        hosts=frozenset({host}),
        resolve=lambda _host, _port: ["127.0.0.1"],
        authorities=CERTIFICATES / trusts if trusts else None,
        limits=Limits(attempts=1),
    )
    return fetcher.fetch(f"https://{host}/a")


def test_a_good_certificate_for_the_name_is_accepted(
    open_fetcher: Callable[..., Fetcher],
) -> None:
    with secure_site("good") as port:
        exchange = fetch_securely(open_fetcher, port, trusts="authority.pem")
    assert exchange.response_bytes == b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    assert exchange.request_bytes.startswith(b"GET /a HTTP/1.1\r\n")


@pytest.mark.parametrize(
    ("certificate", "trusts", "reason"),
    [
        ("good", None, "unable to get local issuer"),
        ("expired", "authority.pem", "expired"),
        ("other_name", "authority.pem", "[Hh]ostname mismatch"),
    ],
)
def test_every_other_certificate_is_refused(
    open_fetcher: Callable[..., Fetcher], certificate: str, trusts: str | None, reason: str
) -> None:
    with secure_site(certificate) as port, pytest.raises(PressError, match=reason) as caught:
        fetch_securely(open_fetcher, port, trusts=trusts)
    assert caught.value.exit_code == 20


def test_a_plain_server_is_no_secure_one(site: Site, open_fetcher: Callable[..., Fetcher]) -> None:
    limits = Limits(attempts=1, connect_s=0.1)
    began = time.monotonic()
    with pytest.raises(PressError, match="no connection in time") as caught:
        open_fetcher(limits=limits).fetch(f"https://{site.host}/a")
    assert time.monotonic() - began < 10
    assert caught.value.exit_code == 20


def test_the_system_resolver_gives_literals_once_each() -> None:
    assert resolve("127.0.0.1", 80) == ("127.0.0.1",)


def test_a_name_that_is_none_is_an_os_error() -> None:
    with pytest.raises(socket.gaierror, match="no host name"):
        resolve("a..b", 80)


def test_a_fetcher_closes_its_connections_at_the_end_of_its_block(
    site: Site, open_fetcher: Callable[..., Fetcher]
) -> None:
    with open_fetcher() as fetcher:
        fetcher.fetch(site.url("/a"))
    with open_fetcher() as fetcher:
        fetcher.fetch(site.url("/a"))
    assert {arrival.connection for arrival in site.arrivals} == {1, 2}
