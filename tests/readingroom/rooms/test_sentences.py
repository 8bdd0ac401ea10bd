"""What readers are told of trouble: the errors' own sentences, in Chinese."""

import re
from collections.abc import Callable
from string import Formatter

import pytest

from press.errors import PressError, TooExpensive, UsageError
from press.keys import page_no_of, read_key
from readingroom.problem import _KEEPERS, problem_of
from readingroom.rooms.leaf import day_of, slug_of
from readingroom.rooms.search import scope_of
from readingroom.rooms.sentences import SENTENCES, told
from storage.search.query import parse
from tests.readingroom.asking import Room


@pytest.mark.parametrize(
    "ask",
    [
        lambda: day_of("2026-13-01"),
        lambda: day_of("昨天"),
        lambda: slug_of({"paper": "报"}),
        lambda: page_no_of("第\n七版"),
        lambda: read_key("cqrb"),
        lambda: read_key("cqrb-20260231-007"),
        lambda: parse("一" * 1001),
        lambda: parse(" ".join("一" * 33)),
        lambda: parse("一 OR"),
        lambda: parse("一 OR -二"),
        lambda: parse("-一"),
        lambda: parse('"一二'),
        lambda: parse('""'),
        lambda: scope_of({"genre": "诗"}),
        lambda: scope_of({"paper": "报"}),
    ],
)
def test_what_people_ask_wrongly_is_told_in_chinese(ask: Callable[[], object]) -> None:
    with pytest.raises(UsageError) as caught:
        ask()
    assert told("zh", str(caught.value)).tag == "zh-Hans", caught.value
    assert told("en", str(caught.value)).text == str(caught.value)


@pytest.mark.parametrize("error", [*(kind("x") for kind, _, _ in _KEEPERS), PressError("x")])
def test_what_the_archive_cannot_do_is_told_in_chinese(error: PressError) -> None:
    assert told("zh", problem_of(error).detail).tag == "zh-Hans"


def test_a_reading_that_is_cut_short_is_told_in_chinese(room: Room) -> None:
    said = "the answer would take too long: ask for fewer days, one page or one newspaper"
    assert told("zh", problem_of(TooExpensive(said)).detail).tag == "zh-Hans"


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/at/all/of/it", "/zzzz", "/cqrb/1999", "/cqrb/1999-01-01", "/cqrb/2031-02-03/99",
        "/cqrb/2031-02-30", "/cqrb/2031-02-03/!", "/articles/x", "/articles/cqrb-20310203-007-9",
        "/articles/" + "x" * 300, "/search?q=%22x", "/search?q=x&sort=none",
        "/search?q=%E4%B8%80&after=nothing",
    ],
)  # fmt: skip
def test_a_chinese_page_of_trouble_has_no_english_sentence(room: Room, path: str) -> None:
    page = room.get(path, Accept="text/html", Accept_Language="zh")
    assert page.status_code in {400, 404}
    main = page.text[page.text.index("<main") : page.text.index("</main>")]
    assert 'lang="en"' not in main
    assert re.search(r"<p class=\"(?:said|notice)\"[^>]*>.*[一-鿿].*</p>", main)


def test_what_has_no_translation_is_marked_as_english() -> None:
    assert told("zh", "never heard of").tag == "en"


@pytest.mark.parametrize(("english", "chinese"), SENTENCES)
def test_a_translation_shows_nothing_that_the_sentence_does_not(english: str, chinese: str) -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert places(chinese) <= places(english)
    assert told("zh", english).tag == "zh-Hans"
