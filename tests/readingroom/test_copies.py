"""Ready answers: what is given is what would be made now."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.errors import NotInArchive
from readingroom.answer import Answer
from readingroom.copies import Copies
from storage.catalogue import Catalogue
from tests.readingroom.asking import Room
from tests.storage.samples import PARSER, READ_AT, a_capture, an_article


@dataclass(slots=True)
class Archive:
    """Says one thing until it changes; counts how often an answer was made of it."""

    state: int = 0
    made: list[str] = field(default_factory=list)

    def now(self) -> tuple[int, str]:
        return 1, str(self.state)

    def answer(self, asked: str) -> Callable[[], Answer]:
        def make() -> Answer:
            self.made.append(asked)
            return Answer(body=f"{asked} {self.state}".encode())

        return make


def test_what_is_asked_again_is_made_once() -> None:
    archive = Archive()
    copies = Copies(archive.now)
    for asked in ("a", "b", "a", "a", "b"):
        assert copies.give(asked, archive.answer(asked)).body == f"{asked} 0".encode()
    assert archive.made == ["a", "b"]


@given(st.lists(st.sampled_from(["change", "a", "b", "c"])))
def test_what_is_given_is_always_what_would_be_made_now(steps: list[str]) -> None:
    archive = Archive()
    copies = Copies(archive.now, most_bytes=7)
    for step in steps:
        if step == "change":
            archive.state += 1
        else:
            assert copies.give(step, archive.answer(step)) == archive.answer(step)()


def test_an_answer_that_the_archive_changed_under_is_not_given_again() -> None:
    archive = Archive()
    copies = Copies(archive.now)

    def make_slowly() -> Answer:
        answer = archive.answer("a")()
        archive.state += 1
        copies.give("b", archive.answer("b"))
        return answer

    assert copies.give("a", make_slowly).body == b"a 0"
    assert copies.give("a", archive.answer("a")).body == b"a 1"


def test_no_more_is_kept_than_there_is_room_for() -> None:
    archive = Archive()
    copies = Copies(archive.now, most_bytes=7)
    for asked in ("a", "b", "c", "a", "b", "c"):
        copies.give(asked, archive.answer(asked))
    assert archive.made == ["a", "b", "c", "c"]


def test_a_failure_and_an_answer_that_is_no_success_are_not_kept() -> None:
    archive = Archive()
    copies = Copies(archive.now)

    def fail() -> Answer:
        raise NotInArchive("x")

    with pytest.raises(NotInArchive):
        copies.give("a", fail)
    copies.give("a", lambda: Answer(body=b"gone", status=404))
    assert copies.give("a", archive.answer("a")).body == b"a 0"


@pytest.mark.parametrize("path", ["/articles/{}", "/api/v1/articles/{}"])
def test_after_a_commit_nobody_reads_what_was_before(room: Room, path: str) -> None:
    """The same room is asked before and after a revision, by the address of the article."""
    article_id = "cqrb-20310203-007-353117"

    def revise(headline: str, hours: int) -> Callable[[], None]:
        def write() -> None:
            with closing(Catalogue.open(room.url)) as catalogue, catalogue.writing() as writer:
                changed = an_article("353117", headline=headline)
                writer.save_article(changed, a_capture(headline, hours=hours), PARSER, READ_AT)

        return write

    calls = [("GET", path.format(article_id))] * 2
    told = room.ask_between(calls, [revise("河灯一", 50), revise("河灯二", 60)])
    assert ["河灯一" in one.text for one in told] == [True, False]
    assert ["河灯二" in one.text for one in told] == [False, True]
