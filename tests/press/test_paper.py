"""The choice of eras by issue date."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.paper import Era, Paper


def era(
    name: str, since: date, until: date | None, evidence: tuple[date, date] | None = None
) -> Era:
    return Era(
        name=name, since=since, until=until, evidence=evidence or (since, until or since),
        platform="page_folders", front_url="http://paper.example/", page_url=None,
        article_url="http://paper.example/",
    )  # fmt: skip


def paper(*eras: Era) -> Paper:
    return Paper(
        slug="xb", name="新报", home_url="http://paper.example/", first_issue=date(2000, 1, 1),
        weekdays=frozenset(range(7)), published_at=time(8), default_page=1, eras=eras,
    )  # fmt: skip


OLD = era("old", date(2000, 1, 1), date(2010, 12, 31), (date(2000, 1, 1), date(2008, 6, 1)))
NEW = era("new", date(2009, 1, 1), None, (date(2010, 1, 1), date(2015, 1, 1)))


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(1999, 12, 31), []),
        (date(2000, 1, 1), ["old"]),
        (date(2008, 12, 31), ["old"]),
        (date(2009, 1, 1), ["old", "new"]),
        (date(2009, 11, 1), ["new", "old"]),
        (date(2010, 12, 31), ["new", "old"]),
        (date(2011, 1, 1), ["new"]),
        (date(2099, 1, 1), ["new"]),
    ],
)
def test_the_eras_of_a_date_come_with_the_likelier_first(day: date, names: list[str]) -> None:
    assert [found.name for found in paper(OLD, NEW).eras_on(day)] == names


def test_equally_likely_eras_keep_the_order_of_the_file() -> None:
    one, two = era("one", date(2000, 1, 1), None), era("two", date(2000, 1, 1), None)
    assert [found.name for found in paper(one, two).eras_on(date(2001, 1, 1))] == ["one", "two"]
    assert [found.name for found in paper(two, one).eras_on(date(2001, 1, 1))] == ["two", "one"]


def test_a_day_within_the_evidence_is_likelier_than_a_day_beside_it() -> None:
    seen = date(2001, 5, 5)
    beside = era("beside", date(2000, 1, 1), None, (date(2000, 1, 1), date(2001, 5, 4)))
    within = era("within", date(2000, 1, 1), None, (seen, seen))
    assert [found.name for found in paper(beside, within).eras_on(seen)] == ["within", "beside"]


DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@given(st.lists(st.tuples(DAYS, DAYS, DAYS, DAYS), max_size=4), DAYS)
def test_the_chosen_eras_are_exactly_those_that_span_the_date(
    spans: list[tuple[date, date, date, date]], day: date
) -> None:
    eras = [
        era(str(n), min(a, b), max(a, b), (min(c, d), max(c, d)))
        for n, (a, b, c, d) in enumerate(spans)
    ]
    chosen = paper(*eras).eras_on(day)
    assert set(chosen) == {e for e in eras if e.since <= day <= (e.until or day)}
    distances = [
        0 if first <= day <= last else min(abs((first - day).days), abs((day - last).days))
        for first, last in (e.evidence for e in chosen)
    ]
    assert distances == sorted(distances)
