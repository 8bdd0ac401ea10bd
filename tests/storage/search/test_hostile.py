"""Whatever is typed, a searcher of either database answers it, or says in a sentence why not."""

from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from press.errors import UsageError
from press.model import Article, Block
from storage.catalogue import Catalogue, Searcher
from storage.search.fields import article_fields, search_copy
from storage.search.hits import fits, kwic
from storage.search.query import Query, parse
from storage.search.scope import Scope
from tests.storage.samples import DAY, PARSER, READ_AT, a_capture, an_article
from tests.storage.search.hostile import PRINTED, TYPED, is_sentence

MONTH = Scope(since=DAY, until=DAY + timedelta(days=27))
ODD_TEXTS = (
    "新\u200b桥，\U00020bb7野家",
    "ＡＩ+桥 8+1 New\nBridge",
    "か\u3099 \ue000\U000f0000",
    "cafe\u0301",
    "桥" * 50_000 + "灯" + "\U00020bb7" * 49_999,
)


class UndoError(Exception):
    """Leaves a transaction without a trace."""


DATABASES = ["sqlite", "postgresql"]


def opened(request: pytest.FixtureRequest, folder: Path) -> Catalogue:
    """An empty catalogue of the fixture's database."""
    url = f"sqlite:///{folder / 'catalogue.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql")()
    return Catalogue.open(url)


@pytest.fixture(scope="module", params=DATABASES)
def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Catalogue]:
    """An empty catalogue of each database, for all examples of a law."""
    with closing(opened(request, tmp_path_factory.mktemp("hostile"))) as catalogue:
        yield catalogue


@pytest.fixture(scope="module", params=DATABASES)
def odd(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Catalogue]:
    """A catalogue of each database with the texts of ODD_TEXTS, numbered in their order."""
    with closing(opened(request, tmp_path_factory.mktemp("odd"))) as catalogue:
        with catalogue.writing() as writer:
            save(writer, *ODD_TEXTS, headline="无题")
        yield catalogue


def save(writer: Any, *texts: str, **changes: object) -> list[Article]:
    """An article a day with each of these texts as its body."""
    articles = []
    for number, text in enumerate(texts):
        article = an_article(
            str(number),
            issue_date=DAY + timedelta(days=20 * number),
            blocks=(Block(type="paragraph", text=text),) if text else (),
            **changes,
        )
        writer.save_article(article, a_capture(str(number), hours=number), PARSER, READ_AT)
        articles.append(article)
    writer.settle()
    return articles


def read(typed: str) -> Query | None:
    """The query; None where there is none, and then a sentence has said so."""
    complaints = []
    try:
        return parse(typed)
    except UsageError as error:
        complaints.append(str(error))
    assert all(map(is_sentence, complaints))
    return None


def ask_everything(searcher: Searcher, query: Query) -> int:
    """The total, after every other question was asked too."""
    hits = list(searcher.every_hit(query))
    for hit in hits:
        list(kwic(article_fields(hit.record.article), query))
    best = searcher.search(query, sort="relevance", limit=100).hits
    assert {hit.record.id for hit in best} == {hit.record.id for hit in hits}
    assert sum(count for _, count in searcher.count_by(query, "day")) == len(hits)
    assert sum(count for _, count in searcher.facets(query)["year"]) == len(hits)
    assert searcher.total(query).count == len(hits)
    return len(hits)


@settings(
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(PRINTED, min_size=1, max_size=3), PRINTED, st.lists(TYPED, min_size=1, max_size=4))
@example(["\ue000\U000f0000"], "", ["\ue000", "\U000f0000", "\ufffe", '"\ud800'])
def test_each_hostile_query_is_answered_exactly_or_with_a_sentence(
    shared: Catalogue, texts: list[str], headline: str, typed: list[str]
) -> None:
    with suppress(UndoError), shared.writing() as writer:
        articles = save(writer, *texts, headline=headline or None)
        copies = [search_copy(article_fields(one)) for one in articles]
        searcher = Searcher(writer._session)
        for text in [*typed, *(f'"{one.replace(chr(34), chr(34) * 2)}"' for one in texts)]:
            query = read(text)
            if query is not None:
                expected = sum(fits(query, copy) for copy in copies)
                assert ask_everything(searcher, query) == expected
        raise UndoError


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("桥", "410"),
        ("ａｉ", "1"),
        ("AI", "1"),
        ("ai＋", "1"),
        ("８＋１", "1"),
        ('"new   bridge"', "1"),
        ('"new\nbridge"', "1"),
        ('"newbridge"', ""),
        ("\U00020bb7野家", "0"),
        ("\U00020bb7", "40"),
        ("cafe", "3"),
        ("café", "3"),
        ("cafe\u0301", "3"),
        ("か\u3099", "2"),
        ("新\u200b桥", "0"),
        ("新桥", "0"),
        ("新\ufe0f\u00ad桥", "0"),
        ("\ue000", "2"),
        ("\U000f0000", "2"),
        ("桥\0灯", "4"),
        ("新\0桥", "0"),
        ("\ufffe桥", "410"),
        (" OR ".join(["空", "桥"] * 16), "410"),
        ("桥 " + " ".join(["-空"] * 31), "410"),
        ("桥灯\U00020bb7", "4"),
        ("桥" * 900 + "灯", "4"),
        ("\U00020bb7" * 1_000, "4"),
        ("桥" * 1_000, "4"),
        ("桥 -灯", "10"),
    ],
)
def test_odd_texts_are_found_as_they_are_seen(odd: Catalogue, typed: str, numbers: str) -> None:
    with odd.searching() as searcher:
        found = [hit.record.article.native_id for hit in searcher.search(parse(typed)).hits]
        in_month = searcher.search(parse(typed), MONTH).hits
        assert "".join(map(str, found)) == numbers
        assert [hit.record.article.native_id for hit in in_month] == [
            one for one in found if one in {"0", "1"}
        ]
        assert ask_everything(searcher, parse(typed)) == len(numbers)


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("-桥", "at least one word"),
        ("-桥 -灯", "at least one word"),
        (" OR ".join("桥" * 50), "more than 32 words"),
        ("\0", r"'\\x00' holds nothing"),
        ("\u200b\ufeff", r"holds nothing"),
        ("\uffff", r"holds nothing"),
        ('headline:"' + "\x1b" * 500 + '"', r"…' holds nothing"),
        ('"\ud800', r"quotation of '\\ud800' has no end"),
        ('"桥\n灯', r"quotation of '桥\\n灯' has no end"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(typed: str, advice: str) -> None:
    with pytest.raises(UsageError, match=advice) as told:
        parse(typed)
    assert is_sentence(str(told.value))


@pytest.mark.parametrize("paper", ["", "x" * 41 + "!", "CQRB", "桥", "\0", "\x1b[31m", "a'--", "\ud800"])  # fmt: skip
def test_what_is_no_newspaper_is_told_in_one_line(paper: str) -> None:
    with pytest.raises(UsageError, match="short name") as told:
        Scope(paper=paper)
    assert is_sentence(str(told.value))
