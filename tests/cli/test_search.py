"""`baoku search` on an archive of the stand-in site."""

import json
import re
from collections.abc import Callable

import pytest

from replica.server import ReplicaServer
from storage.catalogue import Catalogue, Selection
from tests.cli.conftest import Doorstep


@pytest.fixture
def crawled(door: Doorstep, serve: Callable[..., ReplicaServer]) -> Doorstep:
    assert door.crawl(serve().url).exit_code == 0
    return door


@pytest.fixture
def word(crawled: Doorstep) -> str:
    """Three characters of the body of some article."""
    catalogue = Catalogue.open(f"sqlite:///{crawled.home / 'catalogue.sqlite3'}", read_only=True)
    with catalogue.reading() as reader:
        texts = [one.article.text for one in reader.articles(Selection())]
    catalogue.close()
    found = re.search("[\u4e00-\u9fa5]{3}", max(texts, key=len)[30:])
    assert found is not None
    return found[0]


def test_a_person_sees_headline_id_and_the_hit_in_its_text(crawled: Doorstep, word: str) -> None:
    result = crawled.run("search", word)
    assert result.exit_code == 0
    assert f"【{word}】" in result.stdout
    assert "2026-01-10 第007版" in result.stdout
    assert "cqrb-20260110-007-" in result.stdout
    assert result.stdout.splitlines()[-1].endswith(("article", "articles"))


def test_a_program_gets_the_record_and_why_it_was_found(crawled: Doorstep, word: str) -> None:
    found = crawled.records("search", word)
    assert found
    (shown,) = crawled.records("show", found[0]["id"])
    assert {key: found[0][key] for key in shown} == shown
    assert list(found[0]) == [*shown, "headline_marks", "snippet"]
    snippet = found[0]["snippet"]
    assert word in {snippet["text"][start:end] for start, end in snippet["marks"]}


def test_words_may_stand_apart_and_a_dash_excludes(crawled: Doorstep, word: str) -> None:
    everything = len(crawled.records("search", word))
    without = len(crawled.records("search", word, f"-{word[:1]}"))
    assert (everything > 0, without) == (True, 0)
    assert crawled.records("search", word, "的") == crawled.records("search", f"{word} 的")


def test_nothing_found_is_no_error(crawled: Doorstep) -> None:
    result = crawled.run("search", "没有的字眼没有的字眼")
    assert (result.exit_code, result.stdout) == (0, "no article fits\n")
    assert crawled.records("search", "没有的字眼没有的字眼") == []


def test_hits_can_be_seen_in_their_context(crawled: Doorstep, word: str) -> None:
    lines = crawled.run("search", word, "--kwic").stdout.splitlines()
    records = crawled.records("search", word, "--kwic")
    assert len(lines) == len(records) > 0
    assert all(f"【{word}】" in line for line in lines)
    assert list(records[0]) == ["id", "issue_date", "page_no", "field", "left", "hit", "right"]


def test_hits_can_be_counted(crawled: Doorstep, word: str) -> None:
    counted = crawled.records("search", word, "--count-by", "month")
    assert counted == [{"period": "2026-01", "articles": len(crawled.records("search", word))}]
    assert "2026-01" in crawled.run("search", word, "--count-by", "month").stdout
    facets = crawled.records("search", word, "--facets")
    assert {"facet": "year", "value": "2026", "articles": counted[0]["articles"]} in facets
    assert "page_name" in crawled.run("search", word, "--facets").stdout


def test_filters_narrow_the_search(crawled: Doorstep, word: str) -> None:
    every = crawled.records("search", word)
    assert crawled.records("search", word, "--page", 7, "--from", "2026-01-10") == every
    for narrow in (["--page", 6], ["--to", "2026-01-09"], ["--status", "withdrawn"]):
        assert crawled.records("search", word, *narrow) == []
    assert crawled.records("search", word, "--sort", "relevance", "--limit", 1)


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["--sorth", "桥"], "no option --sorth"),
        (['"桥'], "has no end"),
        ([], "at least one word"),
        (["桥", "--kwic", "--facets"], "give one of"),
        (["桥", "--facets", "--sort", "relevance"], "leave it out"),
        (["桥", "--paper", "X"], "short name"),
        (["没有的字眼没有", "--paper", "nope"], 'no paper "nope"'),
    ],
)
def test_what_cannot_be_searched_is_answered_in_a_sentence(
    crawled: Doorstep, words: list[str], advice: str
) -> None:
    result = crawled.run("search", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("baoku: ")
    assert advice in result.stderr


def test_every_line_of_a_hit_is_json_on_one_line(crawled: Doorstep) -> None:
    result = crawled.run("search", "的", "--json")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()]
