"""Trouble is cried out once, and over only for those who heard of it."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from cli.settings import Settings
from cli.trouble import Crier
from press.errors import ArchiveDamaged, ArchiveHeld, HomeUnusable, StoreError

FULL = HomeUnusable("no space: make room")
DAMAGED = ArchiveDamaged("a file is cut: restore it")
HELD = ArchiveHeld("another run has it")


class Post:
    """A sender that writes down what it was given; the address "json://shut" takes nothing."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def send(self, alarm: SecretStr, title: str, body: str) -> bool:
        self.sent.append((alarm.get_secret_value(), body))
        return alarm.get_secret_value() != "json://shut"


def crier_of(post: Post, *alarms: str) -> Crier:
    secrets = tuple(map(SecretStr, alarms))
    return Crier(Settings(home=Path("home"), alarms=secrets), post)


@pytest.mark.parametrize("error", [FULL, DAMAGED])
def test_every_alarm_is_given_the_sentence_and_a_deaf_one_stops_nothing(error: StoreError) -> None:
    post = Post()
    crier_of(post, "json://shut", "json://b").tell(error)
    assert post.sent == [("json://shut", str(error)), ("json://b", str(error))]


def test_only_who_was_alarmed_is_told_that_it_is_over() -> None:
    post = Post()
    crier = crier_of(post, "json://a")
    for said in (HELD, None):
        crier.tell(said)
    assert post.sent == []
    for said in (FULL, None, None):
        crier.tell(said)
    assert [body for _, body in post.sent] == [str(FULL), "The daemon can fill the archive again."]


def test_without_alarms_nothing_is_sent() -> None:
    post = Post()
    crier_of(post).tell(FULL)
    assert post.sent == []
