"""Through apprise to a server on this machine, and to nobody else."""

import json
import logging
import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from pydantic import SecretStr

from cli.messenger import Messenger, is_known, masked

SECRET = "hunter2"


class Mailbox(ThreadingHTTPServer):
    """Keeps what is posted to it; answers with `status`, and with `location` where it has one."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.status = 200
        self.location: str | None = None
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
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        self.server.requests.append((self.path, dict(self.headers)))
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Keeps the tests' output clean."""


@pytest.fixture
def mailboxes() -> Iterator[tuple[Mailbox, Mailbox]]:
    servers = Mailbox(), Mailbox()
    for server in servers:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield servers
    for server in servers:
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


def test_the_environment_is_as_it_was_afterwards(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "one.example")
    monkeypatch.delenv("NETRC", raising=False)
    Messenger().send(mailbox.alarm(), "title", "body")
    assert os.environ["NO_PROXY"] == "one.example"
    assert "NETRC" not in os.environ


def test_nothing_is_logged_or_printed_about_an_address(
    mailbox: Mailbox, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    mailbox.status = 500
    Messenger().send(mailbox.alarm(SECRET), "title", "body")
    Messenger().send(SecretStr(f"nosuch://{SECRET}"), "title", "body")
    assert not is_known(SecretStr(f"tgram://{SECRET}"))
    assert caplog.text == ""
    assert "".join(capsys.readouterr()) == ""
    assert logging.root.manager.disable == logging.NOTSET


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
    assert is_known(SecretStr(address))


def test_a_masked_address_shows_the_service_alone() -> None:
    assert masked(SecretStr(f"dingtalk://{SECRET}@{SECRET}/1")) == "dingtalk://***"
