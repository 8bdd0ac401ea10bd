"""Told once, and again only when it changes: over several runs."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import structlog
from pydantic import SecretStr
from structlog.testing import capture_logs

from cli.settings import Settings
from cli.telling import conclude, tell
from press.finding import Finding
from press.keys import PageKey
from storage.catalogue import Catalogue

SECRET = "hunter2"
START = datetime(2031, 2, 3, 1, tzinfo=UTC)
MONDAY = PageKey("cqrb", date(2031, 2, 3), 7)
TUESDAY = PageKey("cqrb", date(2031, 2, 4), 7)


@dataclass
class Post:
    """A sender that writes down what it was given; addresses in `shut` take nothing."""

    shut: set[str] = field(default_factory=set)
    messages: list[tuple[str, str, str]] = field(default_factory=list)

    def send(self, alarm: SecretStr, title: str, body: str) -> bool:
        address = alarm.get_secret_value()
        if address in self.shut:
            return False
        self.messages.append((address, title, body))
        return True

    @property
    def titles(self) -> list[str]:
        return [title for _, title, _ in self.messages]


@dataclass
class Night:
    """One archive over several runs: what each finds of a page, and what is told after it."""

    catalogue: Catalogue
    settings: Settings
    post: Post = field(default_factory=Post)
    moment: datetime = START

    def run(self, **kinds: list[str]) -> tuple[str, ...]:
        """A run that finds these kinds on monday's and tuesday's page, then tells."""
        self.moment += timedelta(days=1)
        with self.catalogue.writing() as writer:
            for name, found in kinds.items():
                key = {"monday": MONDAY, "tuesday": TUESDAY}[name]
                sentence = f"seen on {self.moment:%d %B}"
                findings = [Finding(key=key, kind=kind, sentence=sentence) for kind in found]
                writer.settle_findings(key, findings, self.moment)
        clock: Any = SimpleNamespace(now=lambda: self.moment)
        return tell(self.catalogue, self.settings, clock, self.post)


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    structlog.reset_defaults()  # a command of another test may have chosen a level
    with closing(Catalogue.open(f"sqlite:///{tmp_path / 'catalogue.sqlite3'}")) as catalogue:
        settings = Settings.model_construct(alarms=(SecretStr(f"one://{SECRET}"),))
        yield Night(catalogue, settings)


def two_alarms(night: Night) -> None:
    alarms = (SecretStr("one://first"), SecretStr(f"two://{SECRET}"))
    night.settings = Settings.model_construct(alarms=alarms)


def test_a_run_without_findings_says_nothing(night: Night) -> None:
    assert night.run(monday=[]) == ()
    assert night.post.messages == []


def test_what_is_found_night_after_night_is_told_once(night: Night) -> None:
    for _ in range(4):
        night.run(monday=["challenge"])
    assert night.post.titles == ["Baoku: bot check (1)"]


def test_its_end_is_told_once_too(night: Night) -> None:
    night.run(monday=["challenge"])
    for _ in range(3):
        night.run(monday=[])
    assert night.post.titles == ["Baoku: bot check (1)", "Baoku: no longer so (1)"]


def test_another_kind_on_the_same_page_is_a_change(night: Night) -> None:
    night.run(monday=["not_published"])
    night.run(monday=["layout_changed"])
    assert night.post.titles == [
        "Baoku: no issue (1)",
        "Baoku: layout changed (1), no longer so (1)",
    ]


def test_the_same_on_another_page_is_told_alone(night: Night) -> None:
    night.run(monday=["challenge"])
    night.run(monday=["challenge"], tuesday=["challenge"])
    assert night.post.titles == ["Baoku: bot check (1)", "Baoku: bot check (1)"]
    assert "2031-02-03" not in night.post.messages[1][2]


def test_what_comes_back_is_told_again(night: Night) -> None:
    for found in (["challenge"], [], ["challenge"]):
        night.run(monday=found)
    assert night.post.titles == [
        "Baoku: bot check (1)",
        "Baoku: no longer so (1)",
        "Baoku: bot check (1)",
    ]


def test_what_nobody_took_is_told_by_the_next_run(night: Night) -> None:
    night.post.shut = {f"one://{SECRET}"}
    (sentence,) = night.run(monday=["challenge"])
    assert sentence.startswith("alarm 1 (one://***) did not take the message")
    night.post.shut = set()
    assert night.run(monday=["challenge"]) == ()
    assert night.post.titles == ["Baoku: bot check (1)"]
    night.run(monday=["challenge"])
    assert len(night.post.messages) == 1


def test_an_end_that_nobody_took_and_that_did_not_last_is_told_to_nobody(night: Night) -> None:
    night.run(monday=["challenge"])
    night.post.shut = {f"one://{SECRET}"}
    night.run(monday=[])
    night.post.shut = set()
    night.run(monday=["challenge"])
    assert night.post.titles == ["Baoku: bot check (1)"]
    night.run(monday=[])
    assert night.post.titles[1:] == ["Baoku: no longer so (1)"]


def test_of_several_addresses_each_is_told_and_one_that_took_it_is_enough(night: Night) -> None:
    two_alarms(night)
    night.post.shut = {f"two://{SECRET}"}
    (sentence,) = night.run(monday=["challenge"])
    assert "alarm 2 (two://***)" in sentence
    night.post.shut = set()
    assert night.run(monday=["challenge"]) == ()
    assert [address for address, _, _ in night.post.messages] == ["one://first"]
    night.run(monday=[])
    assert len(night.post.messages) == 3


def test_without_alarms_nothing_is_sent_and_nothing_counts_as_told(night: Night) -> None:
    with_alarms, night.settings = night.settings, Settings.model_construct()
    assert night.run(monday=["challenge"]) == ()
    assert night.post.messages == []
    night.settings = with_alarms
    night.run(monday=["challenge"])
    assert night.post.titles == ["Baoku: bot check (1)"]


def test_what_is_logged_names_no_secret(night: Night) -> None:
    two_alarms(night)
    night.post.shut = {f"two://{SECRET}"}
    with capture_logs() as logged:
        night.run(monday=["challenge"])
    assert [entry["event"] for entry in logged] == ["telling_failed", "told"]
    assert SECRET not in str(logged)
    assert logged[0]["alarm"] == "two://***"


@pytest.mark.parametrize("as_json", [False, True])
def test_what_fails_after_a_run_is_said_in_sentences_and_is_no_error(
    night: Night, tmp_path: Path, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    night.settings = Settings.model_construct(
        alarms=(SecretStr(f"nosuch://{SECRET}"),), metrics_file=tmp_path / "none" / "b.prom"
    )
    with night.catalogue.writing() as writer:
        finding = Finding(key=MONDAY, kind="challenge", sentence="a bot check came")
        writer.settle_findings(MONDAY, [finding], START)
    with capture_logs() as logged:
        conclude(night.catalogue, night.settings, as_json=as_json)
    said = capsys.readouterr()
    assert [entry["event"] for entry in logged] == ["telling_failed", "metrics_failed"]
    assert said.out == ""
    assert SECRET not in said.err + str(logged)
    lines = said.err.splitlines()
    assert len(lines) == (0 if as_json else 2)
    assert all(line.startswith("baoku: ") for line in lines)


def test_after_a_run_the_metrics_file_is_there(night: Night, tmp_path: Path) -> None:
    file = tmp_path / "baoku.prom"
    night.settings = Settings.model_construct(metrics_file=file)
    conclude(night.catalogue, night.settings, as_json=False)
    assert "baoku_articles 0.0" in file.read_text()
