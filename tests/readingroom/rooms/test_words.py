"""What the rooms say: in both languages, everything that is asked for and nothing else."""

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from press import errors
from press.difference import FIELDS as CHANGED
from press.model import Genre, Role
from press.outcome import State
from press.record import Status
from readingroom.rooms import search
from readingroom.rooms.calendar import WORST_FIRST
from readingroom.rooms.chart import Period
from readingroom.rooms.setting import TEMPLATES
from readingroom.rooms.words import PHRASES, say, word
from storage.search.fields import FIELDS as SEARCHED

SOURCES = {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html")}
CODE = "\n".join(
    path.read_text(encoding="utf-8") for path in Path(search.__file__).parent.glob("*.py")
)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", PHRASES)
def test_a_phrase_has_the_same_places_in_both_languages(key: str) -> None:
    chinese, english = PHRASES[key]
    assert chinese
    assert english
    assert places(chinese) == places(english)


def test_every_phrase_that_a_template_asks_for_is_there_and_none_is_idle() -> None:
    asked = set(re.findall(r"""\bt\(["']([\w.]+)["']""", "".join(SOURCES.values())))
    assert asked
    assert asked <= PHRASES.keys()
    kinds = ("standing.", "status.", "genre.", "role.", "field.", "cause.", "kind.", "facet.",
             "sort.", "period.", "trouble.")  # fmt: skip
    assert {key for key in PHRASES if not key.startswith(kinds)} - asked == set()


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("standing", WORST_FIRST),
        ("standing", get_args(State)),
        ("status", get_args(Status)),
        ("genre", get_args(Genre)),
        ("role", get_args(Role)),
        ("cause", [error.cause for error in errors.all_errors(errors.CrawlError)]),
        ("field", SEARCHED),
        ("field", CHANGED),
        ("facet", search.FACETS),
        ("period", get_args(Period)),
    ],
)
def test_every_word_of_the_model_is_spoken(kind: str, names: tuple[str, ...]) -> None:
    assert not [name for name in names if f"{kind}.{name}" not in PHRASES]


def test_a_word_without_a_phrase_is_itself() -> None:
    assert word("zh", "cause", "never heard of") == "never heard of"
    assert word("en", "genre", "verse") == "verse"
    assert say("zh", "articles_count", count="{0}") == "{0} 篇"
