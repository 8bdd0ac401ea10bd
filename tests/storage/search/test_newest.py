"""Both indexes find exactly what an exact search of every text finds, in the same order."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.errors import UsageError
from press.keys import article_id
from press.model import Article, Block, Picture
from storage.catalogue import Catalogue
from storage.search.fields import article_fields, search_copy
from storage.search.hits import fits
from storage.search.newest import newest_hits
from storage.search.query import parse
from storage.search.scope import Scope, day_of
from tests.storage.samples import DAY, PARSER, READ_AT, a_capture, an_article
from tests.storage.search.conftest import Way

CHARACTERS = st.sampled_from('桥桥灯灯船aA１1，\n "-%_\\é\U00020bb7')
TEXTS = st.text(CHARACTERS, min_size=1, max_size=12)
QUERIES = st.lists(
    st.text(CHARACTERS, min_size=1, max_size=3)
    | st.sampled_from(
        ["OR", "-灯", "headline:桥", "caption:灯", '"桥灯"', "-headline:船", "body:1"]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
ARTICLES = st.builds(
    an_article,
    paper=st.sampled_from(["cqrb", "abcd"]),
    issue_date=st.sampled_from([DAY, DAY + timedelta(days=1), DAY + timedelta(days=40)]),
    page_no=st.sampled_from([2, 10, "A01"]),
    order=st.integers(1, 3),
    headline=st.none() | TEXTS,
    genre=st.sampled_from(["article", "notice"]),
    blocks=st.lists(st.builds(Block, type=st.just("paragraph"), text=TEXTS), max_size=2).map(tuple),
    pictures=st.lists(
        st.builds(Picture, order=st.just(1), url=st.none(), caption=TEXTS, credit=st.none()),
        max_size=2,
    ).map(tuple),
    kicker=st.none(),
    byline=st.none(),
    column=st.none() | TEXTS,
    author_note=st.none(),
    page_name=st.none(),
)
SCOPES = st.builds(
    Scope,
    paper=st.sampled_from([None, "cqrb"]),
    since=st.sampled_from([None, DAY, DAY + timedelta(days=1)]),
    until=st.sampled_from([None, DAY]),
    page_no=st.sampled_from([None, None, 10, "A01"]),
    genre=st.sampled_from([None, "notice"]),
)


class UndoError(Exception):
    """Leaves a transaction without a trace."""


@pytest.fixture(scope="module")
def catalogues(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Any]:
    opened: dict[str, Catalogue] = {}

    def of(name: str) -> Catalogue:
        if name not in opened:
            path = tmp_path_factory.mktemp("laws") / "catalogue.sqlite3"
            url = (
                f"sqlite:///{path}" if name == "sqlite" else request.getfixturevalue("postgresql")()
            )
            opened[name] = Catalogue.open(url)
        return opened[name]

    yield of
    for catalogue in opened.values():
        catalogue.close()


def truth(articles: dict[str, Article], query: Any, scope: Scope) -> list[str]:
    """The ids of what an exact search finds, by Reader.newest_articles's order."""
    found = [
        (key, one)
        for key, one in articles.items()
        if fits(query, search_copy(article_fields(one)))
        and scope.paper in {None, one.paper}
        and (scope.since or date.min) <= one.issue_date <= (scope.until or date.max)
        and scope.page_no in {None, one.page_no}
        and scope.genre in {None, one.genre}
    ]
    order = {"2": 2, "10": 10, "A01": 10_001}
    found.sort(
        key=lambda it: (
            -it[1].issue_date.toordinal(), it[1].paper, order[str(it[1].page_no)], it[1].order, it[0],
        )
    )  # fmt: skip
    return [key for key, _ in found]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(ARTICLES, max_size=9), st.lists(QUERIES, min_size=1, max_size=6), SCOPES)
def test_what_is_found_is_what_an_exact_search_finds(
    catalogues: Any, way: tuple[str, Way], articles: list[Article], typed: list[str], scope: Scope
) -> None:
    name, index_of = way
    with suppress(UndoError), catalogues(name).writing() as writer:
        kept = {}
        for number, drawn in enumerate(articles):
            one = replace(drawn, native_id=str(number))
            writer.save_article(one, a_capture(str(number), hours=number), PARSER, READ_AT)
            named = (one.paper, one.issue_date, one.page_no, one.native_id, one.headline)
            kept[article_id(*named)] = one
        writer.settle()
        index = index_of(writer._session)
        for text in typed:
            try:
                query = parse(text)
            except UsageError:
                continue
            ids = truth(kept, query, scope)
            found = newest_hits(index, query, scope, 100, None)
            assert [one.article_id for one in found] == ids
            assert index.count(query, scope, 100) == len(ids)
            assert index.count(query, scope, 1) == min(1, len(ids))
            assert index.count_days(query, scope) == Counter(day_of(one.doc) for one in found)
            pages, after = [], None
            for _ in range(0, len(ids), 2):
                page = newest_hits(index, query, scope, 2, after)
                pages += [one.article_id for one in page]
                after = page[-1] if page else None
            assert pages == ids
            if after is not None:
                assert newest_hits(index, query, scope, 2, after) == []
        raise UndoError


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("桥", "310"),
        ("桥 -灯", "3"),
        ("桥 -灯 -路", "3"),
        ("桥 -headline:灯", "30"),
        ("灯 OR 路", "210"),
        ("灯 OR 路 船", "20"),
        ("headline:桥", "31"),
        ("body:桥 OR headline:灯", "10"),
        ("桥灯", ""),
        ("亮桥", ""),
        ("caption:灯亮", ""),
        ("1%_", "2"),
        ('"a b"', "2"),
        ('"a-b"', "3"),
        ("ａ", "32"),
        ("\U00020bb7", "0"),
        ("桥 船 -桥", ""),
    ],
)
def test_each_operator_finds_what_it_says(
    catalogues: Any, way: tuple[str, Way], typed: str, numbers: str
) -> None:
    texts = [
        ("无题", "桥上的灯船\U00020bb7", ("灯", "亮")),
        ("桥和灯", "桥", ()),
        ("无题", "路船1％_ a b 灯亮", ()),
        ("桥", "船A-B", ()),
    ]
    name, index_of = way
    with suppress(UndoError), catalogues(name).writing() as writer:
        for number, (headline, words, captions) in enumerate(texts):
            article = an_article(
                str(number),
                issue_date=DAY + timedelta(days=number),
                headline=headline,
                kicker=None,
                blocks=(Block(type="paragraph", text=words),),
                pictures=tuple(
                    Picture(order=at, url=None, caption=one, credit=None)
                    for at, one in enumerate(captions, 1)
                ),
            )
            writer.save_article(article, a_capture(str(number), hours=number), PARSER, READ_AT)
        writer.settle()
        found = newest_hits(index_of(writer._session), parse(typed), Scope(), 100, None)
        assert "".join(one.article_id[-1] for one in found) == numbers
        raise UndoError
