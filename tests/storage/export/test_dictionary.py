"""The dictionary that goes with every export says what docs/record.md says."""

import re
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from press.model import BlockType, Genre, Role
from press.record import ARTICLE_KEYS, article_json
from storage.export.citations import STYLES
from storage.export.sheet import COLUMNS
from tests.storage.export.records import a_record

HOUSE = Path(__file__).parents[3]
TEXT = files("storage.export").joinpath("dictionary.md").read_text(encoding="utf-8")


def rows(text: str) -> list[list[str]]:
    """Key, type and what null means of each row; links as their words."""
    plain = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    return [
        line.strip("| ").split(" | ")[:3] for line in plain.splitlines() if line.startswith("| `")
    ]


def test_the_keys_are_those_of_an_article_in_their_order() -> None:
    assert list(article_json(a_record())) == list(ARTICLE_KEYS)
    assert [key for key, *_ in rows(TEXT)] == [f"`{key}`" for key in ARTICLE_KEYS]


def test_each_is_explained_as_in_the_record() -> None:
    record = (HOUSE / "docs/record.md").read_text(encoding="utf-8")
    section = record.split("\n## An article\n")[1].split("\n## ")[0]
    assert rows(TEXT) == rows(section)


@pytest.mark.parametrize(
    "words",
    [
        get_args(Role), get_args(Genre), get_args(BlockType), tuple(STYLES),
        tuple(set(COLUMNS) - set(ARTICLE_KEYS)),
        ("jsonl", "csv", "parquet", "markdown", "wacz"),
    ],
)  # fmt: skip
def test_every_word_that_a_file_may_hold_is_there(words: tuple[str, ...]) -> None:
    told = set(re.findall(r"`(\w+)`", TEXT)) | set(re.findall(r"^## (\w+)", TEXT, re.M))
    assert set(words) <= told
