"""`baoku serve`: where it listens, who must give a token, how it ends."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from cli.serve import is_loopback, read_token
from press.errors import SettingError
from replica.server import ReplicaServer
from tests.cli.conftest import Doorstep

TOKEN = "a-secret-that-is-long-enough-for-anybody"


@pytest.fixture
def opened(door: Doorstep, serve: Callable[..., ReplicaServer]) -> Iterator[Callable[..., str]]:
    """Starts the command over an archive of one day; gives its address."""
    assert door.crawl(serve().url).exit_code == 0
    running: list[subprocess.Popen[str]] = []

    def start(*words: str) -> str:
        command = [sys.executable, "-m", "cli.main", "serve", "--port", "0", *words]
        running.append(
            subprocess.Popen(  # noqa: S603 - our own words
                [*command, "--home", str(door.home)],
                stdout=subprocess.PIPE,
                text=True,
                cwd=Path(__file__).parents[2],
            )
        )
        assert running[0].stdout is not None
        line = running[0].stdout.readline()
        return line.partition(" at ")[2].partition(";")[0]

    yield start
    for process in running:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
        assert process.returncode in {0, -signal.SIGTERM}


def test_an_archive_is_read_over_http(opened: Callable[..., str]) -> None:
    address = opened()
    assert address.startswith("http://127.0.0.1:")
    papers = httpx.get(f"{address}api/v1/papers", trust_env=False)
    assert papers.json()["papers"][0]["paper"] == "cqrb"
    assert "server" not in papers.headers
    assert httpx.get(f"{address}healthz", trust_env=False).status_code == 200
    long = httpx.get(f"{address}livez", headers={"X": "x" * 20_000}, trust_env=False)
    assert long.status_code == 431


def test_with_a_token_it_may_listen_anywhere_and_asks_everybody(
    opened: Callable[..., str], tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN + "\n", encoding="ascii")
    file.chmod(0o600)
    port = opened("--host", "0.0.0.0", "--token-file", str(file)).rpartition(":")[2]  # noqa: S104
    address = f"http://127.0.0.1:{port}api/v1/papers"
    assert httpx.get(address, trust_env=False).status_code == 401
    assert httpx.get(address, auth=("any", TOKEN), trust_env=False).status_code == 200


def test_without_token_or_proxy_it_opens_nothing_to_other_machines(door: Doorstep) -> None:
    for host in ("0.0.0.0", "192.0.2.7", "::", "example.org"):  # noqa: S104
        result = door.run("serve", "--host", host)
        assert result.exit_code == 2
        assert "--token-file" in result.stderr


def test_without_an_archive_it_says_what_to_do(door: Doorstep) -> None:
    result = door.run("serve", "--port", "0")
    assert result.exit_code == 30
    assert "baoku crawl" in result.stderr


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104
        ("::", False),
        ("localhost.example.org", False),
    ],
)
def test_loopback_is_told_from_what_others_reach(host: str, local: bool) -> None:
    assert is_loopback(host) is local


@pytest.mark.parametrize(
    ("content", "mode", "says"),
    [
        (TOKEN, 0o644, "chmod 600"),
        ("short", 0o600, "is short"),
        ("", 0o600, "is short"),
        ("令牌" * 20, 0o600, "cannot be read"),
    ],
)
def test_a_token_that_is_weak_or_lies_open_is_refused(
    tmp_path: Path, content: str, mode: int, says: str
) -> None:
    file = tmp_path / "token"
    file.write_text(content, encoding="utf-8")
    file.chmod(mode)
    with pytest.raises(SettingError, match=says):
        read_token(file)


def test_a_token_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="cannot be read"):
        read_token(tmp_path / "none")
