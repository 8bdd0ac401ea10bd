"""The command line in this process, and the stand-in site on a loopback port."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.main import baoku
from cli.settings import PREFIX, Settings
from replica.newspaper import Newspaper
from replica.scenario import Fault, Scenario, Where
from replica.server import ReplicaServer
from replica.site import Site

DAY = date(2026, 1, 10)


@dataclass(frozen=True, slots=True)
class Doorstep:
    """Runs commands on an archive in a folder of its own."""

    home: Path

    def run(self, *words: object) -> Result:
        return CliRunner().invoke(baoku, [*map(str, words), "--home", str(self.home)])

    def crawl(self, site: str, *words: object) -> Result:
        return self.run("crawl", "--site", site, "--interval", 0, "--date", DAY, *words)

    def records(self, *words: object) -> list[dict[str, Any]]:
        result = self.run(*words, "--json")
        assert result.exit_code == 0, result.stderr
        return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Doorstep:
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return Doorstep(tmp_path / "home")


@pytest.fixture
def serve() -> Iterator[Callable[..., ReplicaServer]]:
    """Starts sites; they stop with the test. Faults are those of replica.scenario."""
    servers: list[ReplicaServer] = []

    def start(faults: dict[Where, Fault] | None = None) -> ReplicaServer:
        scenario = Scenario(name="test", faults=faults or {})
        servers.append(ReplicaServer(Site(Newspaper(7), scenario)).__enter__())
        return servers[-1]

    yield start
    for server in servers:
        server.__exit__(None, None, None)
