"""Through apprise to a server on this machine, and to nobody else."""

import json
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from pydantic import SecretStr

from cli.messenger import Messenger, masked

SECRET = "hunter2"


class Mailbox(ThreadingHTTPServer):
    """Keeps what is posted to it; answers with `status`, and with `location` where it has one."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.status = 200
        self.location: str | None = None
        self.is_endless = False
        self.is_over = Event()
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def alarm(self, path: str = "") -> SecretStr:
        return SecretStr(f"json://{self.place}/{path}")


class _Handler(BaseHTTPRequestHandler):
    server: Mailbox

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append((self.path, dict(self.headers)))
        self.server.messages.append(json.loads(body))
        if self.server.is_endless:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while not self.server.is_over.wait(0.1):
                self.wfile.write(b"x")  # no pause is long enough to be a timeout of its own
            return
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        self.server.requests.append((self.path, dict(self.headers)))
        self.send_error(404)

    def handle(self) -> None:
        with suppress(ConnectionError):  # of whoever was stopped
            super().handle()

    def log_message(self, *_: object) -> None:
        """Keeps the tests' output clean."""


@pytest.fixture
def mailboxes() -> Iterator[tuple[Mailbox, Mailbox]]:
    servers = Mailbox(), Mailbox()
    for server in servers:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield servers
    for server in servers:
        server.is_over.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def mailbox(mailboxes: tuple[Mailbox, Mailbox]) -> Mailbox:
    return mailboxes[0]


def test_a_message_arrives_as_it_was_written(mailbox: Mailbox) -> None:
    body = "A bot check came. (1)\n- cqrb 2031-02-03 page 7: 人机验证 <b> &amp; \\n :smile: {{x}}"
    assert Messenger().send(mailbox.alarm(), "Baoku: bot check (1)", body)
    (message,) = mailbox.messages
    assert message["title"] == "Baoku: bot check (1)"
    assert message["message"] == body
    assert message["attachments"] == []


@pytest.mark.parametrize("status", [404, 500])
def test_a_service_that_refuses_did_not_take_the_message(mailbox: Mailbox, status: int) -> None:
    mailbox.status = status
    assert not Messenger().send(mailbox.alarm(), "title", "body")


@pytest.mark.parametrize(
    "address",
    [
        "json://127.0.0.1:1/x",
        f"nosuch://{SECRET}",
        "mailto://",
        "tgram://x",
        "json://[",
        f"file:///{SECRET}",
    ],
)
def test_an_address_that_leads_nowhere_did_not_take_the_message(address: str) -> None:
    assert not Messenger().send(SecretStr(address), "title", "body")


def test_no_proxy_of_the_environment_sees_the_message(
    mailboxes: tuple[Mailbox, Mailbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox, proxy = mailboxes
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://{proxy.place}")
    monkeypatch.setenv("NO_PROXY", "other.example")
    assert Messenger().send(mailbox.alarm(), "title", "body")
    assert len(mailbox.messages) == 1
    assert proxy.requests == []


def test_no_redirect_is_followed(mailboxes: tuple[Mailbox, Mailbox]) -> None:
    mailbox, elsewhere = mailboxes
    mailbox.status, mailbox.location = 307, f"http://{elsewhere.place}/"
    assert not Messenger().send(mailbox.alarm(), "title", "body")
    assert elsewhere.requests == []


def test_no_password_of_a_netrc_is_sent(
    mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine 127.0.0.1 login me password {SECRET}\n")
    monkeypatch.setenv("NETRC", str(netrc))
    assert Messenger().send(mailbox.alarm(), "title", "body")
    ((_, headers),) = mailbox.requests
    assert "Authorization" not in headers


def test_nothing_is_printed_about_an_address(
    mailbox: Mailbox, capfd: pytest.CaptureFixture[str]
) -> None:
    mailbox.status = 500
    Messenger().send(mailbox.alarm(SECRET), "title", "body")
    Messenger().send(SecretStr(f"nosuch://{SECRET}"), "title", "body")
    assert not Messenger().knows(SecretStr(f"tgram://{SECRET}"))
    assert "".join(capfd.readouterr()) == ""


def test_a_service_that_never_ends_its_answer_is_left(mailbox: Mailbox) -> None:
    mailbox.is_endless = True
    assert not Messenger(timeout_s=1).send(mailbox.alarm(), "title", "body")


def test_a_long_message_goes_in_pieces_that_the_service_takes(mailbox: Mailbox) -> None:
    body = "\n".join(f"line {number} " + "x" * 90 for number in range(500))
    assert Messenger().send(mailbox.alarm(), "title", body)
    assert len(mailbox.messages) == 2
    lines = [line for m in mailbox.messages for line in m["message"].splitlines()]
    assert len(lines) >= 500


@pytest.mark.parametrize(
    "address",
    [
        "mailto://me:password@mail.example",
        "wecombot://" + "a" * 36,
        "dingtalk://" + "a" * 64,
        "feishu://" + "a" * 36,
        "json://hook.example/path",
    ],
)
def test_mail_wecom_dingtalk_feishu_and_webhooks_are_known(address: str) -> None:
    assert Messenger().knows(SecretStr(address))


def test_a_masked_address_shows_the_service_alone() -> None:
    assert masked(SecretStr(f"dingtalk://{SECRET}@{SECRET}/1")) == "dingtalk://***"
